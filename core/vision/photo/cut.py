"""From ink to digits: pieces that belong together, in lines, in the order of reading.

Axes: R rows, C columns, P pieces, D digits
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.vision.photo.pieces import Boxes, joined, pieces
from core.vision.photo.ruling import run_lengths
from core.vision.photo.windows import Mask, grown

_SPECK = 0.3
"""Of a digit's height: what is no larger in either direction is no digit."""
_PART = 0.6
"""Of a digit's height: what is no larger may be a part of one."""
_NEAR = 0.14
"""Of a digit's height: parts lie no farther from each other."""
_LARGE = 1.4
"""Of a digit's height: what is put together is no larger."""
_FRAME = 0.5
"""Of a side of the picture: what is as large and touches the border belongs to no digit."""
_FEW = 8
"""Pixels: a piece has more of them."""
_THIN = 0.4
"""Of a stroke's width: what is thinner was left over from a printed line."""


@dataclass(frozen=True, eq=False)
class Cut:
    """What was cut out.

    Attributes:
        boxes: (D, 4): top, left, bottom, right in pixels; the last two lie outside.
        lines: (D,), the number of the line that each stands in, from the top.
        owner: (R, C), the number of the digit that each pixel belongs to, -1 for none.
        height: how tall a digit is, in pixels; 0 without any.
        pen: how wide a stroke is, in pixels.
    """

    boxes: Boxes
    lines: NDArray[np.int64]
    owner: NDArray[np.int32]
    height: float
    pen: float

    def __len__(self) -> int:
        return len(self.boxes)


def cut(mask: Mask, join: bool = True) -> Cut:
    """Find the digits of a mask of ink.

    Args:
        mask: (R, C).
        join: whether parts that lie close to each other become one digit.
    """
    pen = _pen(mask)
    found = pieces(grown(mask, max(1, round(pen / 4))) if join else mask)
    owner = np.where(mask, found.numbers(mask.shape), -1)
    tight = _tight(owner, len(found))
    group, kept, height = _grouped(tight, owner, pen, join)
    boxes, lines, order = _ordered(_around(tight, group, kept))
    number = np.full(len(kept) + 1, -1, np.int32)  # of each piece's digit; the last is for none
    number[:-1][kept] = np.argsort(order)[group[kept]]
    return Cut(boxes, lines, number[owner], height, pen)


def _pen(mask: Mask) -> float:
    """The width of strokes: the median of the shorter of a pixel's two runs."""
    if not mask.any():
        return 0.0
    return float(np.median(np.minimum(run_lengths(mask), run_lengths(mask.T).T)[mask]))


def _tight(owner: NDArray[np.int32], count: int) -> Boxes:
    """The boxes of the ink of pieces, which were found a little larger than it is."""
    rows, columns = np.nonzero(owner >= 0)
    number = owner[rows, columns]
    boxes = np.zeros((count, 4), np.int64)
    boxes[:, :2] = max(owner.shape)
    for side, values in enumerate((rows, columns)):
        np.minimum.at(boxes[:, side], number, values)
        np.maximum.at(boxes[:, side + 2], number, values + 1)
    return boxes


def _grouped(
    boxes: Boxes, owner: NDArray[np.int32], pen: float, join: bool
) -> tuple[NDArray[np.int64], NDArray[np.bool_], float]:
    """The number of each piece's group, whether it is part of a digit, and a digit's height."""
    count, shape = len(boxes), owner.shape
    top, left, bottom, right = boxes.T
    tall, wide = bottom - top, right - left
    at_border = (top <= 1) | (left <= 1) | (bottom >= shape[0] - 1) | (right >= shape[1] - 1)
    frame = at_border & ((tall > _FRAME * shape[0]) | (wide > _FRAME * shape[1]))
    sizes = np.bincount(owner[owner >= 0], minlength=count)
    large = np.maximum(tall, wide)
    kept = (sizes > np.maximum(_FEW, _THIN * pen * large)) & ~frame
    if not kept.any():
        return np.zeros(count, np.int64), kept, 0.0
    height = _weighted_median(large[kept], large[kept])
    group = np.arange(count)
    if join:
        group = _put_together(boxes, kept, height)
    together = _around(boxes, group, np.ones(count, bool))
    side = np.maximum(together[:, 2] - together[:, 0], together[:, 3] - together[:, 1])
    kept &= side[group] > _SPECK * height
    group = np.where(kept, group, -1)
    numbers, group[kept] = np.unique(group[kept], return_inverse=True)
    return group, kept, height if len(numbers) else 0.0


def _put_together(boxes: Boxes, kept: NDArray[np.bool_], height: float) -> NDArray[np.int64]:
    """Groups of pieces of which one at least is small, and which lie close to each other."""
    top, left, bottom, right = boxes.T
    large = np.maximum(bottom - top, right - left)
    some = np.flatnonzero(kept & (large > _SPECK * height / 3))
    parts = some[large[some] < _PART * height]
    group = np.arange(len(boxes))
    # Nearest first: a part goes to the digit that it lies closest to.
    pairs = []
    for part in parts:
        away = np.maximum(left[some], left[part]) - np.minimum(right[some], right[part])
        down = np.maximum(top[some], top[part]) - np.minimum(bottom[some], bottom[part])
        gap = np.maximum(away, 0) + np.maximum(down, 0)
        near = (gap < _NEAR * height) & (some != part)
        pairs += [
            (int(g), int(part), int(other)) for g, other in zip(gap[near], some[near], strict=True)
        ]
    for _, part, other in sorted(pairs):
        here = (group == group[part]) | (group == group[other])
        rows = bottom[here].max() - top[here].min()
        columns = right[here].max() - left[here].min()
        if max(rows, columns) <= _LARGE * height:
            group[here] = min(group[part], group[other])
    return joined(len(boxes), np.arange(len(boxes)), group)


def _around(boxes: Boxes, group: NDArray[np.int64], kept: NDArray[np.bool_]) -> Boxes:
    """The boxes of groups."""
    count = int(group[kept].max()) + 1 if kept.any() else 0
    around = np.zeros((count, 4), np.int64)
    around[:, :2] = np.iinfo(np.int64).max
    for column, least in enumerate((np.minimum, np.minimum, np.maximum, np.maximum)):
        least.at(around[:, column], group[kept], boxes[kept, column])
    return around


def _ordered(boxes: Boxes) -> tuple[Boxes, NDArray[np.int64], NDArray[np.int64]]:
    """The boxes line by line from the left, each one's line, and where each stood before.

    Each is linked to the nearest on its right that stands at the same height, so that a line may
    climb.
    """
    if not len(boxes):
        return boxes, np.zeros(0, np.int64), np.zeros(0, np.int64)
    top, left, bottom, right = boxes.T.astype(float)
    middle = (left + right) / 2
    pairs = []
    for this in range(len(boxes)):
        shared = np.minimum(bottom, bottom[this]) - np.maximum(top, top[this])
        level = shared > 0.4 * np.minimum(bottom - top, bottom[this] - top[this])
        onward = np.flatnonzero(level & (middle > middle[this]))
        if len(onward):
            pairs.append((this, onward[np.argmin(left[onward])]))
    a, b = np.array(pairs, np.int64).reshape(-1, 2).T
    line = joined(len(boxes), a, b)
    above = np.bincount(line, (top + bottom) / 2) / np.bincount(line)
    line = np.argsort(np.argsort(above, kind="stable"), kind="stable")[line]
    order = np.lexsort((middle, line))
    return boxes[order], line[order], order


def _weighted_median(values: NDArray[np.int64], weights: NDArray[np.int64]) -> float:
    order = np.argsort(values)
    sums = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(sums, sums[-1] / 2)])
