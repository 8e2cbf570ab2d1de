"""Ways of writing 2 and 3."""

from numpy.random import Generator

from core.vision.hand.curves import Stroke, arc, curve, join, line, style

# 2


def _bow(r: Generator, low: float, right: float) -> Stroke:
    """The upper half of a 2, ending on its way down to the left."""
    start = r.uniform(0.12, 0.35)
    return curve(
        (r.uniform(0.02, 0.15), start),
        (0.2, 0.07),
        (0.5, 0),
        (right, 0.1),
        (right + 0.03, 0.28),
        (right - 0.2, low),
    )


@style(2, "flat base")
def _(r: Generator) -> list[Stroke]:
    corner = (r.uniform(0, 0.1), r.uniform(0.93, 1))
    return [
        join(
            _bow(r, r.uniform(0.5, 0.65), r.uniform(0.7, 0.92)),
            line(corner, (r.uniform(0.85, 1.1), r.uniform(0.92, 1.03))),
        )
    ]


@style(2, "loop")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.85, 0.92)
    loop = curve(
        (0.3, 0.8),
        (0.08, 0.97),
        (0.0, y),
        (0.12, y - r.uniform(0.08, 0.16)),
        (0.35, 0.9),
        (0.65, 1),
        (r.uniform(0.9, 1.1), 0.93),
    )
    return [join(_bow(r, r.uniform(0.5, 0.62), r.uniform(0.7, 0.9)), loop)]


@style(2, "like a Z")
def _(r: Generator) -> list[Stroke]:
    top = curve(
        (0.03, r.uniform(0.05, 0.16)),
        (0.35, 0),
        (0.75, 0.02),
        (r.uniform(0.82, 0.92), r.uniform(0.09, 0.16)),
    )
    return [
        join(
            top,
            line(
                (0.85, 0.16), (r.uniform(0, 0.1), 1), (r.uniform(0.9, 1.05), r.uniform(0.95, 1.02))
            ),
        )
    ]


@style(2, "curl at the start")
def _(r: Generator) -> list[Stroke]:
    w = r.uniform(0.68, 0.88)
    top = curve(
        (0.22, 0.32), (0.06, 0.25), (0.15, 0.07), (0.45, 0), (w, 0.1), (w + 0.02, 0.3), (0.45, 0.65)
    )
    return [
        join(top, line((r.uniform(0, 0.08), 0.98), (r.uniform(0.85, 1.05), r.uniform(0.93, 1))))
    ]


@style(2, "base apart")
def _(r: Generator) -> list[Stroke]:
    top = join(_bow(r, r.uniform(0.5, 0.65), r.uniform(0.7, 0.9)), line((0.12, 0.9), (0.04, 0.97)))
    y = r.uniform(0.95, 1.03)
    return [top, line((r.uniform(-0.05, 0.08), y), (r.uniform(0.85, 1.05), y + r.normal(0, 0.02)))]


@style(2, "swan")
def _(r: Generator) -> list[Stroke]:
    tail = curve(
        (0.25, 0.8),
        (0.05, 0.98),
        (0.25, r.uniform(0.86, 0.93)),
        (0.6, 1),
        (0.9, 0.98),
        (1.05, r.uniform(0.84, 0.92)),
    )
    return [join(_bow(r, r.uniform(0.5, 0.62), r.uniform(0.7, 0.88)), tail)]


# 3


def _bowl(r: Generator, y: float, left: float = 0.0) -> Stroke:
    """The lower bowl of a 3, from its start in the middle at height y."""
    w = r.uniform(0.85, 1.0)
    return curve(
        (r.uniform(0.4, 0.5), y),
        (w - 0.12, y + 0.06),
        (w, (y + 1) / 2),
        (w - 0.2, 0.97),
        (0.42, 1),
        (left + 0.02, r.uniform(0.82, 0.92)),
    )


@style(3, "round")
def _(r: Generator) -> list[Stroke]:
    y, w = r.uniform(0.42, 0.52), r.uniform(0.72, 0.95)
    top = curve(
        (r.uniform(0.02, 0.15), r.uniform(0.1, 0.2)),
        (0.45, 0),
        (w - 0.05, 0.08),
        (w, y / 2 + 0.02),
        (w - 0.15, y - 0.05),
        (r.uniform(0.3, 0.5), y),
    )
    return [join(top, _bowl(r, y))]


@style(3, "flat top")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.36, 0.46)
    top = line(
        (r.uniform(0, 0.12), r.normal(0.02, 0.02)),
        (r.uniform(0.78, 0.95), r.normal(0, 0.02)),
        (r.uniform(0.3, 0.45), y),
    )
    return [join(top, _bowl(r, y))]


@style(3, "two strokes")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.44, 0.5)
    return [
        arc(0.35, y / 2, 0.5, y / 2, -0.4, 0.27),
        arc(0.35, (1 + y) / 2, 0.58, (1 - y) / 2, -0.27, 0.4),
    ]


@style(3, "angular")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.42, 0.52)
    return [
        line(
            (0.05, 0.05),
            (r.uniform(0.7, 0.9), r.uniform(0, 0.12)),
            (0.35, y),
            (r.uniform(0.8, 0.95), r.uniform(0.6, 0.75)),
            (0.5, 1),
            (0.0, r.uniform(0.88, 0.97)),
        )
    ]


@style(3, "curled ends")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.42, 0.5)
    top = curve(
        (0.2, 0.25),
        (0.06, 0.15),
        (0.3, 0.01),
        (0.72, 0.05),
        (0.78, 0.25),
        (0.6, y - 0.03),
        (0.42, y),
    )
    return [join(top, _bowl(r, y), curve((0.0, 0.84), (r.uniform(0.08, 0.16), 0.72)))]


@style(3, "shallow")
def _(r: Generator) -> list[Stroke]:
    y, notch = r.uniform(0.45, 0.52), r.uniform(0.55, 0.72)
    return [
        curve(
            (0.05, 0.06),
            (0.6, 0.02),
            (0.88, 0.2),
            (notch + 0.1, y - 0.04),
            (notch, y),
            (notch + 0.12, y + 0.05),
            (0.95, 0.75),
            (0.6, 0.98),
            (0.02, 0.95),
        )
    ]


@style(3, "loop in the middle")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.42, 0.5)
    top = curve(
        (0.08, 0.12),
        (0.5, 0),
        (0.85, 0.15),
        (0.65, y),
        (0.4, y + 0.05),
        (r.uniform(0.3, 0.38), y - 0.02),
        (0.42, y - 0.06),
    )
    return [join(top, _bowl(r, y + 0.02))]
