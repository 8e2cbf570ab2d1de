"""Ways of writing 7, 8 and 9."""

import numpy as np
from numpy.random import Generator

from core.vision.hand.curves import Stroke, arc, curve, join, line, style

# 7


def _seven(r: Generator, left: float = 0.02) -> Stroke:
    right = r.uniform(0.8, 1.0)
    foot = r.uniform(0.15, 0.6)
    return line((left, r.normal(0.02, 0.025)), (right, r.normal(0, 0.02)), (foot, 1))


def _cross(r: Generator) -> Stroke:
    y = r.uniform(0.42, 0.58)
    return line(
        (r.uniform(0.15, 0.35), y + r.normal(0, 0.03)),
        (r.uniform(0.75, 0.98), y + r.normal(0, 0.03)),
    )


@style(7, "plain")
def _(r: Generator) -> list[Stroke]:
    return [_seven(r)]


@style(7, "curved leg")
def _(r: Generator) -> list[Stroke]:
    top = line((0.02, r.normal(0.03, 0.025)), (r.uniform(0.85, 1.0), 0))
    return [join(top, curve((0.88, 0.05), (0.6, 0.4), (0.42, 0.7), (r.uniform(0.3, 0.42), 1)))]


@style(7, "barred")
def _(r: Generator) -> list[Stroke]:
    return [_seven(r), _cross(r)]


@style(7, "barred, curved leg")
def _(r: Generator) -> list[Stroke]:
    top = line((0.02, r.normal(0.04, 0.025)), (0.9, 0))
    leg = curve((0.9, 0.02), (0.65, 0.35), (0.48, 0.65), (r.uniform(0.3, 0.45), 1))
    return [join(top, leg), _cross(r)]


@style(7, "serif")
def _(r: Generator) -> list[Stroke]:
    return [join(line((0.03, r.uniform(0.12, 0.36)), (0.03, 0.02)), _seven(r, 0.03))]


@style(7, "wavy top")
def _(r: Generator) -> list[Stroke]:
    top = curve((0.0, r.uniform(0.06, 0.16)), (0.2, 0.0), (0.5, 0.07), (r.uniform(0.8, 0.95), 0.0))
    return [join(top, curve((0.85, 0.08), (0.55, 0.5), (r.uniform(0.25, 0.45), 1)))]


@style(7, "round corner")
def _(r: Generator) -> list[Stroke]:
    return [
        curve(
            (0.02, 0.1),
            (0.3, 0.02),
            (0.7, 0.0),
            (0.9, 0.12),
            (0.75, 0.4),
            (0.55, 0.7),
            (r.uniform(0.35, 0.5), 1),
        )
    ]


@style(7, "barred without lifting")
def _(r: Generator) -> list[Stroke]:
    return [join(_seven(r), _cross(r))]


@style(7, "steep")
def _(r: Generator) -> list[Stroke]:
    x = r.uniform(0.6, 0.75)
    return [line((0.05, r.normal(0.04, 0.03)), (x, 0), (x - r.uniform(0.0, 0.15), 1))]


@style(7, "top and leg apart")
def _(r: Generator) -> list[Stroke]:
    right = r.uniform(0.8, 0.95)
    return [
        line((0.0, 0.03), (right + r.uniform(0, 0.1), 0)),
        line((right, 0.02), (r.uniform(0.2, 0.5), 1)),
    ]


@style(7, "serif and bar")
def _(r: Generator) -> list[Stroke]:
    return [join(line((0.03, r.uniform(0.1, 0.3)), (0.04, 0.02)), _seven(r, 0.04)), _cross(r)]


# 8


def _eight(r: Generator, start: float, way: int, turn: float = 1.03) -> Stroke:
    """Once around a figure of eight; start 0 is the top, 0.25 the crossing."""
    t = 2 * np.pi * (start + way * np.linspace(0, turn, 72))
    waist = r.uniform(0.4, 0.54)
    up, low = r.uniform(0.3, 0.42), r.uniform(0.38, 0.5)
    y = (1 - np.cos(t)) / 2
    y = np.where(y < 0.5, y * 2 * waist, waist + (y - 0.5) * 2 * (1 - waist))
    x = 0.5 - np.where(y < waist, up, low) * np.sin(2 * t)
    return np.stack([x, y], axis=1)


@style(8, "from the top")
def _(r: Generator) -> list[Stroke]:
    return [_eight(r, r.uniform(-0.06, 0.02), int(r.choice([-1, 1])), r.uniform(0.98, 1.06))]


@style(8, "from the right shoulder")
def _(r: Generator) -> list[Stroke]:
    return [_eight(r, -r.uniform(0.08, 0.15), 1, r.uniform(0.95, 1.05))]


@style(8, "open at the top")
def _(r: Generator) -> list[Stroke]:
    return [_eight(r, r.uniform(-0.05, 0.0), int(r.choice([-1, 1])), r.uniform(0.88, 0.95))]


@style(8, "from the crossing")
def _(r: Generator) -> list[Stroke]:
    return [
        _eight(
            r,
            0.25 * r.choice([1, 3]) + r.uniform(-0.03, 0.03),
            int(r.choice([-1, 1])),
            r.uniform(0.98, 1.06),
        )
    ]


@style(8, "two circles")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.4, 0.52)
    up, low = r.uniform(0.26, 0.42), r.uniform(0.34, 0.5)
    a, b = r.uniform(-0.3, 0.3, 2)
    gap = r.uniform(-0.02, 0.03)
    return [
        arc(0.5, y / 2, up, y / 2, a, a + r.uniform(0.95, 1.05)),
        arc(0.5, (1 + y) / 2 + gap, low, (1 - y) / 2, b, b - r.uniform(0.95, 1.05)),
    ]


@style(8, "S and back")
def _(r: Generator) -> list[Stroke]:
    s = curve(
        (0.85, 0.12),
        (0.55, 0.0),
        (0.2, 0.12),
        (0.22, 0.34),
        (0.55, 0.5),
        (0.85, 0.72),
        (0.6, 0.98),
        (0.25, 0.94),
        (0.12, 0.75),
    )
    return [join(s, line((0.2, 0.66), (r.uniform(0.75, 0.92), r.uniform(0.1, 0.2))))]


@style(8, "thin waist")
def _(r: Generator) -> list[Stroke]:
    return [
        line((0.85, 0.1), (0.15, 0.92)),
        curve(
            (0.15, 0.92),
            (0.5, 1.02),
            (0.85, 0.88),
            (0.5, 0.5),
            (0.15, 0.14),
            (0.5, -0.02),
            (0.85, 0.1),
        ),
    ]


@style(8, "two curves")
def _(r: Generator) -> list[Stroke]:
    w = r.uniform(0.35, 0.45)
    s = curve(
        (0.5 + w, 0.15),
        (0.5, 0),
        (0.5 - w, 0.2),
        (0.5, 0.48),
        (0.5 + w, 0.78),
        (0.5, 1),
        (0.5 - w, 0.85),
    )
    back = curve(
        (0.5 - w, 0.85), (0.5 - w * 0.7, 0.65), (0.5, 0.5), (0.5 + w * 0.8, 0.3), (0.5 + w, 0.14)
    )
    return [s, back]


# 9


def _head(r: Generator, y: float, close: float) -> Stroke:
    """The loop of a 9, counter-clockwise from the upper right, down to height y."""
    w = r.uniform(0.32, 0.46)
    return arc(0.5 - 0.02, y / 2, w, y / 2, -r.uniform(0.02, 0.14), -close)


@style(9, "straight leg")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.4, 0.56)
    x = r.uniform(0.84, 0.92)
    return [
        join(
            _head(r, y, r.uniform(0.9, 1.0)),
            line((x, r.uniform(0.05, 0.2)), (x - r.uniform(0, 0.12), 1)),
        )
    ]


@style(9, "curved leg")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.4, 0.55)
    leg = curve((0.88, 0.15), (0.88, 0.5), (0.75, 0.8), (r.uniform(0.35, 0.6), 1))
    return [join(_head(r, y, r.uniform(0.9, 1.0)), leg)]


@style(9, "hooked leg")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.38, 0.5)
    leg = curve(
        (0.88, 0.15),
        (0.9, 0.5),
        (0.85, 0.82),
        (0.6, 0.99),
        (0.3, 0.98),
        (r.uniform(0.02, 0.15), r.uniform(0.82, 0.9)),
    )
    return [join(_head(r, y, r.uniform(0.9, 1.0)), leg)]


@style(9, "open loop")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.4, 0.52)
    cup = curve(
        (r.uniform(0.65, 0.8), 0.05),
        (0.4, 0.0),
        (0.1, 0.2),
        (0.15, y - 0.05),
        (0.45, y),
        (0.75, y - 0.1),
        (0.88, r.uniform(0.05, 0.15)),
    )
    return [join(cup, line((0.88, 0.12), (0.87, 0.5), (r.uniform(0.7, 0.9), 1)))]


@style(9, "clockwise")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.42, 0.55)
    loop = curve(
        (0.85, y - 0.1), (0.5, y), (0.12, y - 0.1), (0.15, 0.12), (0.5, 0), (0.82, 0.1), (0.9, 0.35)
    )
    return [join(loop, curve((0.88, 0.5), (0.8, 0.75), (r.uniform(0.5, 0.8), 1)))]


@style(9, "small head")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.26, 0.36)
    return [join(_head(r, y, 0.98), curve((0.9, 0.1), (0.88, 0.5), (r.uniform(0.6, 0.9), 1)))]


@style(9, "leg with a foot")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.4, 0.52)
    leg = line((0.88, 0.1), (0.88, 0.97), (r.uniform(0.1, 0.5), 1))
    return [join(_head(r, y, 0.98), leg)]


@style(9, "circle and leg")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.4, 0.52)
    a = r.uniform(-0.3, 0.0)
    leg = curve((0.88, r.uniform(0, 0.1)), (0.9, 0.5), (r.uniform(0.6, 0.9), 1))
    return [arc(0.47, y / 2, 0.42, y / 2, a, a - r.uniform(0.95, 1.05)), leg]
