"""From a digit's ink back to the way of the pen, so that it can be prepared as a drawn one is.

The ink is thinned to lines of one pixel (Zhang and Suen 1984), and these are followed from end to
end and from crossing to crossing. Which way the pen went is not known, and does not matter: the
preparation draws the strokes again, with MNIST's pen.

Axes: D digits, R rows, C columns
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import interpolate

from core.vision.drawing import SIDE, Drawing
from core.vision.photo.cut import Cut
from core.vision.photo.windows import Mask, Plane

SIZE = 64
"""Longest side that a digit's ink is thinned at, in pixels."""
_EDGE = 2
"""Pixels of paper around it."""
_SPUR = 0.75
"""Of the pen's width: a branch that is shorter is where the stroke's edge was rough."""
_FILL = 0.8
"""Of the canvas, for the longest side."""

Point = tuple[int, int]
Skeleton = dict[Point, list[Point]]


def drawings(ink: Plane, threshold: float, cut: Cut, mask: Mask) -> list[Drawing]:
    """The way of the pen of each digit that was cut out, in the middle of the canvas.

    Args:
        ink: (R, C).
        threshold: ink above it counts.
        cut: the digits.
        mask: (R, C), the ink that is left without printed lines.
    """
    crops, scales = [], []
    for number, (top, left, bottom, right) in enumerate(cut.boxes):
        here = np.s_[top:bottom, left:right]
        own = np.where((cut.owner[here] == number) & mask[here], ink[here], 0)
        crop, scale = _sized(own, threshold)
        crops.append(crop)
        scales.append(scale)
    if not crops:
        return []
    return [
        _drawing(lines, cut.pen * scale)
        for lines, scale in zip(thinned(np.stack(crops)), scales, strict=True)
    ]


def _sized(ink: Plane, threshold: float) -> tuple[Mask, float]:
    """A digit's ink at a size of its own, (SIZE + 2 edges) squared, and how much larger it is."""
    scale = SIZE / max(ink.shape)
    rows, columns = (max(1, round(n * scale)) for n in ink.shape)
    plane = torch.from_numpy(np.ascontiguousarray(ink, np.float32))[None, None]
    sized = interpolate(plane, (rows, columns), mode="bilinear", antialias=scale < 1)[0, 0].numpy()
    whole = np.zeros((SIZE + 2 * _EDGE,) * 2, bool)
    whole[_EDGE : _EDGE + rows, _EDGE : _EDGE + columns] = sized > threshold * 0.6
    return whole, scale


def thinned(masks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The lines in the middle of what is inked, (D, R, C) each; the border must be paper.

    >>> bar = np.zeros((1, 7, 9), bool); bar[0, 2:5, 1:8] = True
    >>> np.argwhere(thinned(bar)[0]).tolist()
    [[3, 2], [3, 3], [3, 4], [3, 5]]
    """
    left = masks.copy()
    while True:
        before = left.sum()
        for first in (True, False):
            left &= ~_loose(left, first)
        if left.sum() == before:
            return left


def _loose(masks: NDArray[np.bool_], first: bool) -> NDArray[np.bool_]:
    """Pixels of an edge, south-east or north-west, that can go and leave all connected."""
    p = [np.roll(masks, (-dy, -dx), (1, 2)) for dy, dx in _RING]
    north, east, south, west = p[0], p[2], p[4], p[6]
    around = sum(each.astype(np.int8) for each in p)
    changes = sum((~a & b).astype(np.int8) for a, b in zip(p, [*p[1:], p[0]], strict=True))
    if first:
        edge = ~(north & east & south) & ~(east & south & west)
    else:
        edge = ~(north & east & west) & ~(north & south & west)
    loose: NDArray[np.bool_] = masks & (around >= 2) & (around <= 6) & (changes == 1) & edge
    return loose


_RING = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""A pixel's neighbours, clockwise from the north."""


def _drawing(lines: NDArray[np.bool_], pen: float) -> Drawing:
    skeleton = _skeleton(lines)
    _prune(skeleton, _SPUR * pen)
    strokes = [_smooth(stroke) for stroke in _followed(skeleton)]
    if not strokes:
        return Drawing()
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    scale = _FILL * SIDE / max(float((high - low).max()), 1.0)
    middle = (low + high) / 2
    return Drawing.of([((stroke - middle) * scale + SIDE / 2).tolist() for stroke in strokes])


def _skeleton(lines: NDArray[np.bool_]) -> Skeleton:
    """Each pixel's neighbours; a corner is no short cut where the way along both sides is inked."""
    points = {(int(row), int(column)) for row, column in np.argwhere(lines)}
    skeleton: Skeleton = {}
    for row, column in points:
        skeleton[row, column] = [
            (row + dy, column + dx)
            for dy, dx in _RING
            if (row + dy, column + dx) in points
            and (not dy or not dx or not {(row + dy, column), (row, column + dx)} & points)
        ]
    return skeleton


def _prune(skeleton: Skeleton, length: float) -> None:
    """Take out short branches that end in nothing."""
    for end in [point for point, near in skeleton.items() if len(near) == 1]:
        branch = [end]
        while len(branch) <= length and len(near := skeleton[branch[-1]]) <= 2:
            onward = [point for point in near if point not in branch[-2:]]
            if not onward:
                break
            branch.append(onward[0])
        if len(skeleton[branch[-1]]) > 2 and len(branch) - 1 <= length:
            for point in branch[:-1]:
                for neighbour in skeleton.pop(point):
                    if neighbour in skeleton:
                        skeleton[neighbour].remove(point)


def _followed(skeleton: Skeleton) -> Iterator[NDArray[np.float64]]:
    """The strokes between ends and crossings, then what goes round; each (P, 2) of x and y."""
    walked: set[frozenset[Point]] = set()

    def follow(start: Point, onward: Point) -> list[Point]:
        way = [start]
        while frozenset((way[-1], onward)) not in walked:
            walked.add(frozenset((way[-1], onward)))
            way.append(onward)
            rest = [point for point in skeleton[onward] if point != way[-2]]
            if len(skeleton[onward]) != 2 or not rest:
                break
            onward = rest[0]
        return way

    ends = [point for point, near in skeleton.items() if len(near) != 2]
    for start in [*ends, *skeleton]:
        if not skeleton[start]:
            yield _xy([start])
        for onward in skeleton[start]:
            way = follow(start, onward)
            if len(way) > 1:
                yield _xy(way)


def _xy(way: list[Point]) -> NDArray[np.float64]:
    return np.array(way, float)[:, ::-1]


def _smooth(stroke: NDArray[np.float64]) -> NDArray[np.float64]:
    """A mean over five points, fewer towards the ends, which stay where they are."""
    count = len(stroke)
    if count < 3:
        return stroke
    sums = np.concatenate([np.zeros((1, 2)), stroke.cumsum(0)])
    at = np.arange(count)
    reach = np.minimum(np.minimum(at, count - 1 - at), 2)
    smooth: NDArray[np.float64] = (sums[at + reach + 1] - sums[at - reach]) / (2 * reach + 1)[
        :, None
    ]
    return smooth
