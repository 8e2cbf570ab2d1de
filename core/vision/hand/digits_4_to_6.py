"""Ways of writing 4, 5 and 6."""

from numpy.random import Generator

from core.vision.hand.curves import Stroke, arc, curve, join, line, style

# 4


@style(4, "open")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.6, 0.8), r.uniform(0.5, 0.68)
    left = (r.uniform(0.0, 0.12), y - r.uniform(-0.03, 0.06))
    angle = line((r.uniform(0.05, 0.3), r.uniform(-0.02, 0.1)), left, (r.uniform(0.88, 1.1), y))
    return [angle, line((x, r.uniform(0.0, 0.2)), (x - r.normal(0.02, 0.03), 1))]


@style(4, "open, long stem")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.6, 0.85), r.uniform(0.35, 0.5)
    angle = curve(
        (0.05, r.uniform(-0.02, 0.08)), (0.03, y * 0.7), (0.08, y), (0.4, y + 0.02), (x, y - 0.01)
    )
    return [angle, line((x, r.uniform(-0.05, 0.1)), (x - r.normal(0.03, 0.03), 1))]


@style(4, "closed")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.6, 0.78), r.uniform(0.6, 0.74)
    angle = line((x, 0), (r.uniform(-0.02, 0.06), y), (r.uniform(0.9, 1.1), y + r.normal(0, 0.02)))
    return [angle, line((x + r.normal(0, 0.015), r.normal(0, 0.02)), (x, 1))]


@style(4, "closed in one")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.62, 0.85), r.uniform(0.5, 0.68)
    sail = line(
        (x, 0), (r.uniform(-0.02, 0.08), y), (x + r.uniform(0, 0.25), y - r.uniform(0, 0.05))
    )
    return [join(sail, line((x, r.uniform(0.0, 0.3)), (x - r.normal(0.02, 0.02), 1)))]


@style(4, "closed, from the bar")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.65, 0.8), r.uniform(0.58, 0.7)
    bar = line(
        (r.uniform(0.95, 1.1), y), (0.0, y + r.normal(0, 0.02)), (x, 0), (x - r.normal(0, 0.02), 1)
    )
    return [bar]


@style(4, "like a Y")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.42, 0.55)
    cup = curve((0.05, 0), (0.05, y * 0.7), (0.25, y), (0.6, y - 0.05), (0.85, 0.1))
    x = r.uniform(0.7, 0.85)
    return [join(cup, line((0.86, 0.0), (x - 0.02, y), (x - r.uniform(0, 0.2), 1)))]


@style(4, "round cup, stem apart")
def _(r: Generator) -> list[Stroke]:
    y, x = r.uniform(0.45, 0.58), r.uniform(0.72, 0.9)
    cup = curve(
        (0.08, 0.02), (0.02, y * 0.75), (0.2, y + 0.02), (0.55, y), (x, y - r.uniform(0.05, 0.12))
    )
    return [cup, curve((x, 0), (x - 0.01, 0.5), (x - r.uniform(0, 0.15), 1))]


@style(4, "stem first")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.6, 0.8), r.uniform(0.5, 0.65)
    stem = line((x, r.uniform(0, 0.1)), (x, 1))
    return [stem, line((r.uniform(0.1, 0.35), 0.02), (0.02, y), (1, y - r.normal(0, 0.02)))]


@style(4, "open in one")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.65, 0.85), r.uniform(0.42, 0.6)
    angle = line((0.08, r.uniform(0, 0.1)), (r.uniform(0, 0.08), y), (x + r.uniform(0, 0.15), y))
    return [join(angle, line((x, r.uniform(0.0, 0.2)), (x - r.normal(0.03, 0.03), 1)))]


@style(4, "lightning")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.55, 0.72), r.uniform(0.6, 0.72)
    angle = line((r.uniform(0.4, 0.55), 0), (0, y), (r.uniform(0.9, 1.05), y + r.normal(0, 0.02)))
    return [angle, line((x, y - r.uniform(0.18, 0.32)), (x - r.normal(0.02, 0.02), 1))]


# 5


def _belly(r: Generator, x: float, y: float) -> Stroke:
    """The bowl of a 5 from its start at (x, y)."""
    w = r.uniform(0.82, 1.0)
    return curve(
        (x, y),
        (0.45, y - r.uniform(0.02, 0.1)),
        (w - 0.07, y + 0.07),
        (w, (y + 1) / 2 + 0.02),
        (w - 0.2, 0.96),
        (0.4, 1.0),
        (r.uniform(-0.02, 0.1), r.uniform(0.84, 0.95)),
    )


@style(5, "bar last")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.12, 0.3), r.uniform(0.38, 0.5)
    top = r.uniform(0.0, 0.06)
    body = join(line((x, top), (x - r.uniform(0, 0.08), y)), _belly(r, x - 0.03, y))
    slope = r.normal(0, 0.04)
    return [body, line((x - r.uniform(-0.08, 0.05), top), (r.uniform(0.75, 1.05), top + slope))]


@style(5, "bar apart")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.12, 0.28), r.uniform(0.4, 0.5)
    body = join(line((x, r.uniform(0.08, 0.14)), (x - 0.04, y)), _belly(r, x - 0.03, y))
    gap = r.uniform(0.0, 0.12)
    return [body, line((x + gap, 0), (r.uniform(0.8, 1.1), r.normal(0, 0.05)))]


@style(5, "one stroke")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.1, 0.28), r.uniform(0.38, 0.48)
    top = line(
        (r.uniform(0.72, 1.0), r.normal(0, 0.03)),
        (x, r.uniform(0, 0.05)),
        (x - r.uniform(0, 0.06), y),
    )
    return [join(top, _belly(r, x - 0.03, y))]


@style(5, "angular")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.4, 0.52)
    right = r.uniform(0.8, 0.95)
    top = line((right, 0), (0.1, 0.02), (0.08, y))
    return [join(top, line((0.08, y), (right, y + r.uniform(0, 0.06)), (right, 0.92), (0.05, 1)))]


@style(5, "round shoulder")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.4, 0.48)
    top = curve((r.uniform(0.75, 0.95), 0.03), (0.5, 0.0), (0.25, 0.04), (0.18, 0.2), (0.14, y))
    return [join(top, _belly(r, 0.15, y))]


@style(5, "bar first")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.15, 0.35), r.uniform(0.36, 0.46)
    bar = line((x - 0.05, r.normal(0.02, 0.02)), (r.uniform(0.8, 1.05), r.normal(0, 0.04)))
    return [bar, join(line((x, 0), (x - r.uniform(0.05, 0.15), y)), _belly(r, x - 0.08, y))]


@style(5, "bar without lifting")
def _(r: Generator) -> list[Stroke]:
    x, y = r.uniform(0.12, 0.28), r.uniform(0.38, 0.48)
    body = join(line((x, 0.02), (x - 0.04, y)), _belly(r, x - 0.03, y))
    return [join(body, line((x, r.normal(0.02, 0.03)), (r.uniform(0.75, 1.05), r.normal(0, 0.04))))]


@style(5, "like an S")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.42, 0.48)
    top = curve(
        (r.uniform(0.8, 0.92), 0.04), (0.5, 0), (0.17, 0.08), (r.uniform(0.1, 0.15), y - 0.1)
    )
    return [join(top, _belly(r, 0.15, y))]


# 6


@style(6, "curve into loop")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.45, 0.6)
    back = curve((r.uniform(0.5, 0.85), r.uniform(0, 0.05)), (0.3, 0.2), (0.08, 0.5), (0.03, 0.72))
    end = r.uniform(0.1, 0.3)
    loop = curve(
        (0.05, 0.82),
        (0.25, 0.99),
        (0.6, 0.99),
        (0.88, 0.8),
        (0.75, y + 0.04),
        (0.45, y),
        (end, y + 0.15),
        (0.1, 0.78),
    )
    return [join(back, loop)]


@style(6, "straight back")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.5, 0.64)
    back = line((r.uniform(0.3, 0.7), 0), (0.06, r.uniform(0.6, 0.72)))
    loop = curve(
        (0.04, 0.75),
        (0.2, 0.98),
        (0.6, 1),
        (0.85, 0.8),
        (0.6, y),
        (0.25, y + 0.05),
        (0.06, r.uniform(0.7, 0.82)),
    )
    return [join(back, loop)]


@style(6, "open loop")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.52, 0.66)
    back = curve(
        (r.uniform(0.45, 0.8), 0), (0.2, 0.3), (0.05, 0.65), (0.2, 0.95), (0.55, 1), (0.85, 0.82)
    )
    return [
        join(back, curve((0.86, 0.78), (0.7, y), (r.uniform(0.35, 0.5), y + r.uniform(0.02, 0.1))))
    ]


@style(6, "curled top")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.46, 0.58)
    back = curve(
        (r.uniform(0.8, 0.95), r.uniform(0.1, 0.2)), (0.6, 0.0), (0.25, 0.15), (0.04, 0.55)
    )
    loop = curve(
        (0.05, 0.75),
        (0.25, 0.98),
        (0.6, 1),
        (0.92, 0.78),
        (0.75, y + 0.03),
        (0.45, y),
        (0.08, 0.72),
    )
    return [join(back, loop)]


@style(6, "back and circle")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.66, 0.74)
    back = curve((r.uniform(0.4, 0.75), 0), (0.2, 0.35), (0.06, y))
    return [back, arc(0.45, y, 0.4, 1 - y, r.uniform(-0.55, -0.4), r.uniform(0.5, 0.62))]


@style(6, "small loop")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.66, 0.76)
    back = curve(
        (r.uniform(0.55, 0.9), 0), (0.25, 0.3), (0.05, 0.7), (0.15, 0.93), (0.45, 1), (0.7, 0.9)
    )
    return [
        join(back, curve((0.75, 0.82), (0.6, y), (0.3, y + 0.05), (r.uniform(0.15, 0.3), 0.93)))
    ]


@style(6, "from below")
def _(r: Generator) -> list[Stroke]:
    y = r.uniform(0.5, 0.62)
    loop = curve(
        (0.05, 0.75),
        (0.3, y + 0.05),
        (0.65, y),
        (0.9, 0.76),
        (0.6, 0.99),
        (0.25, 0.96),
        (0.05, 0.72),
    )
    return [join(loop, curve((0.06, 0.6), (0.25, 0.25), (r.uniform(0.5, 0.8), 0.0)))]
