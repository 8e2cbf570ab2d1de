"""Digits as a hand draws them, in shares of the canvas: x to the right, y down, 0 to 1."""

from __future__ import annotations

import math
from itertools import pairwise

Point = tuple[float, float]
Stroke = list[Point]


def _arc(centre: Point, radii: Point, start: float, end: float, count: int) -> Stroke:
    """Points of an ellipse; angles in degrees, clockwise from the right, as the screen has them."""
    turns = [math.radians(start + (end - start) * i / (count - 1)) for i in range(count)]
    return [(centre[0] + radii[0] * math.cos(t), centre[1] + radii[1] * math.sin(t)) for t in turns]


def _line(*corners: Point, count: int = 10) -> Stroke:
    shares = [i / count for i in range(1, count + 1)]
    points = [corners[0]]
    for (ax, ay), (bx, by) in pairwise(corners):
        points += [(ax + (bx - ax) * share, ay + (by - ay) * share) for share in shares]
    return points


ZERO = [_arc((0.5, 0.5), (0.21, 0.32), -80, 282, 34)]
ONE = [_line((0.53, 0.17), (0.47, 0.83), count=16)]
THREE = [
    _arc((0.47, 0.34), (0.18, 0.16), -150, 85, 18) + _arc((0.47, 0.66), (0.21, 0.18), -85, 150, 20)
]
SEVEN = [_line((0.28, 0.22), (0.70, 0.22), (0.44, 0.82))]
DIGITS = {0: ZERO, 1: ONE, 3: THREE, 7: SEVEN}


def smaller(strokes: list[Stroke], size: float, x: float, y: float) -> list[Stroke]:
    """The same drawing in a square of that size whose upper left corner is (x, y)."""
    return [[(x + px * size, y + py * size) for px, py in stroke] for stroke in strokes]
