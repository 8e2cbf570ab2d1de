"""Ways of writing 0 and 1."""

import numpy as np
from numpy.random import Generator

from core.vision.hand.curves import Stroke, arc, curve, join, line, style

# 0


def _oval(r: Generator, turn: float, start: float) -> Stroke:
    angle = 2 * np.pi * np.linspace(start, start + turn, 56)
    drift = 1 + r.uniform(-0.12, 0.12) * np.linspace(0, 1, 56)
    square = r.uniform(0.85, 1.0)  # below 1: fuller than an ellipse
    c, s = np.cos(angle), np.sin(angle)
    x = np.sign(c) * np.abs(c) ** square * drift
    y = np.sign(s) * np.abs(s) ** square * drift
    return np.stack([0.5 + r.uniform(0.28, 0.5) * x, 0.5 + 0.5 * y], axis=1)


@style(0, "oval")
def _(r: Generator) -> list[Stroke]:
    return [_oval(r, -r.uniform(0.97, 1.12), r.uniform(-0.38, -0.05))]


@style(0, "clockwise")
def _(r: Generator) -> list[Stroke]:
    return [_oval(r, r.uniform(0.97, 1.12), r.uniform(-0.45, -0.1))]


@style(0, "open")
def _(r: Generator) -> list[Stroke]:
    return [_oval(r, r.choice([-1, 1]) * r.uniform(0.86, 0.95), r.uniform(-0.32, -0.18))]


@style(0, "slashed")
def _(r: Generator) -> list[Stroke]:
    out = r.uniform(-0.05, 0.15)
    slash = line((0.85 + out, 0.05 - out), (0.15 - out, 0.95 + out))
    return [_oval(r, -r.uniform(0.98, 1.06), -0.25), slash]


@style(0, "curl on top")
def _(r: Generator) -> list[Stroke]:
    w = r.uniform(0.3, 0.45)
    loop = curve(
        (0.6, 0.02), (0.5 - w, 0.35), (0.5 - w, 0.7), (0.5, 1), (0.5 + w, 0.65), (0.5 + w, 0.3)
    )
    return [
        join(
            loop,
            curve(
                (0.5 + w - 0.03, 0.2),
                (0.6, 0.02),
                (r.uniform(0.4, 0.5), 0.08),
                (r.uniform(0.5, 0.7), 0.2),
            ),
        )
    ]


@style(0, "two halves")
def _(r: Generator) -> list[Stroke]:
    w = r.uniform(0.3, 0.48)
    return [arc(0.5, 0.5, w, 0.5, -0.25, -0.77), arc(0.5, 0.5, w, 0.5, -0.27, 0.27)]


# 1


def _stem(r: Generator, x: float, top: float = 0.0) -> Stroke:
    bow = r.normal(0, 0.02)
    return curve((x, top), (x + bow, 0.5), (x + r.normal(0, 0.02), 1))


def _base(r: Generator, x: float) -> Stroke:
    y = 1 + r.normal(0, 0.02)
    return line((x - r.uniform(0.12, 0.35), y), (x + r.uniform(0.12, 0.35), y + r.normal(0, 0.02)))


@style(1, "bar")
def _(r: Generator) -> list[Stroke]:
    return [_stem(r, 0.5)]


@style(1, "bar from below")
def _(r: Generator) -> list[Stroke]:
    return [_stem(r, 0.5)[::-1]]


@style(1, "bowed bar")
def _(r: Generator) -> list[Stroke]:
    bow = r.uniform(-0.1, 0.1)
    return [curve((0.5, 0), (0.5 + bow, 0.35), (0.5 + bow, 0.65), (0.5 - bow / 2, 1))]


@style(1, "flag")
def _(r: Generator) -> list[Stroke]:
    return [join(line((0.5 - r.uniform(0.08, 0.3), r.uniform(0.1, 0.3)), (0.5, 0)), _stem(r, 0.5))]


@style(1, "curved flag")
def _(r: Generator) -> list[Stroke]:
    w, h = r.uniform(0.15, 0.3), r.uniform(0.15, 0.35)
    return [join(curve((0.5 - w, h), (0.5 - w * 0.3, h * 0.7), (0.5, 0)), _stem(r, 0.5))]


@style(1, "flag, base")
def _(r: Generator) -> list[Stroke]:
    flag = line((0.5 - r.uniform(0.1, 0.35), r.uniform(0.12, 0.35)), (0.5, 0))
    return [join(flag, _stem(r, 0.5)), _base(r, 0.5)]


@style(1, "flag and base in one")
def _(r: Generator) -> list[Stroke]:
    flag = line((0.5 - r.uniform(0.1, 0.3), r.uniform(0.12, 0.3)), (0.5, 0))
    return [join(flag, _stem(r, 0.5), _base(r, 0.5))]


@style(1, "base")
def _(r: Generator) -> list[Stroke]:
    return [_stem(r, 0.5), _base(r, 0.5)]


@style(1, "long flag")
def _(r: Generator) -> list[Stroke]:
    x = 0.65
    flag = line((x - r.uniform(0.25, 0.5), r.uniform(0.35, 0.6)), (x, 0))
    return [join(flag, _stem(r, x))]


@style(1, "stem, then flag")
def _(r: Generator) -> list[Stroke]:
    return [
        _stem(r, 0.5),
        line((0.5, r.normal(0, 0.02)), (0.5 - r.uniform(0.12, 0.35), r.uniform(0.12, 0.4))),
    ]


@style(1, "hook below")
def _(r: Generator) -> list[Stroke]:
    return [
        curve(
            (0.5, 0),
            (0.5, 0.5),
            (0.5, 0.9),
            (0.5 + r.uniform(0.06, 0.15), 1),
            (0.5 + r.uniform(0.15, 0.3), 0.93),
        )
    ]


@style(1, "long flag, base")
def _(r: Generator) -> list[Stroke]:
    flag = line((0.65 - r.uniform(0.25, 0.45), r.uniform(0.35, 0.55)), (0.65, 0))
    return [join(flag, _stem(r, 0.65)), _base(r, 0.65)]
