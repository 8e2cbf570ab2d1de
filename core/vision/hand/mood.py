"""The same digit by the same person on another day: a drawing changed as a hand would change it.

For drawings of real people, whose shape is theirs; `person.write` makes people up instead.

>>> one = Drawing.of([[[100, 100], [100, 500], [300, 500]]])
>>> again = [varied(one, np.random.default_rng(0)) for _ in range(2)]
>>> again[0] == again[1], again[0] == one
(True, False)
"""

import numpy as np
from numpy.random import Generator

from core.vision.drawing import Drawing
from core.vision.hand.curves import Stroke
from core.vision.hand.person import hasty, trembling

SMALLEST, LARGEST = 150, 900
"""Longest side of the result, in canvas units."""
_MARGIN = 40


def varied(drawing: Drawing, r: Generator) -> Drawing:
    """Another slant, aspect, turn and size, a bend of the paper, hasty ends and a tremble.

    Args:
        drawing: not blank.
        r: decides everything.
    """
    strokes = hasty(_bent(_unit([s.astype(float) for s in drawing.strokes]), r), r)
    if r.random() < 0.3:  # a device that reports fewer points
        every = int(r.integers(2, 4))
        strokes = [np.concatenate([s[:-1:every], s[-1:]]) for s in strokes]
    strokes = trembling(strokes, r, r.choice([0.2, 0.8, 2.0], p=[0.5, 0.4, 0.1]))
    points = np.concatenate(strokes)
    low = points.min(0)
    size = np.exp(r.uniform(np.log(SMALLEST), np.log(LARGEST)))
    scale = size / max(float((points.max(0) - low).max()), 1e-6)
    return Drawing.of([((s - low) * scale + _MARGIN).tolist() for s in strokes])


def _unit(strokes: list[Stroke]) -> list[Stroke]:
    """The middle of the ink at 0, its longest side 1."""
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    side = max(float((high - low).max()), 1.0)
    return [(s - (low + high) / 2) / side for s in strokes]


def _bent(strokes: list[Stroke], r: Generator) -> list[Stroke]:
    aspect, turn = r.normal(0, 0.13), r.normal(0, 0.1)
    slant = np.clip(r.normal(0, 0.2), -0.5, 0.5)
    waves = [
        (r.normal(0, 0.022, 2), r.uniform(0.3, 1.3, 2), r.uniform(0, 2 * np.pi)) for _ in range(4)
    ]
    cos, sin = np.cos(turn), np.sin(turn)
    result = []
    for number, stroke in enumerate(strokes):
        p = stroke + (r.normal(0, 0.02, 2) if number else 0.0)  # the pen lands a little off
        for size, frequency, phase in waves:
            p = p + np.sin(2 * np.pi * (stroke @ frequency) + phase)[:, None] * size
        x, y = p[:, 0] * np.exp(aspect), p[:, 1] * np.exp(-aspect)
        x = x - slant * y
        result.append(np.stack([cos * x - sin * y, sin * x + cos * y], axis=1))
    return result
