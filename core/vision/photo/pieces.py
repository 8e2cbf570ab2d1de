"""Connected pieces of a mask.

Axes: R rows, C columns, P pieces, N runs
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.vision.photo.windows import Mask

Boxes = NDArray[np.int64]  # (P, 4): top, left, bottom, right; the last two lie outside


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces of a mask, as the runs of pixels in its rows.

    Attributes:
        boxes: (P, 4).
        sizes: (P,), in pixels.
        runs: (N, 4): row, first column, column after the last, number of the piece.
    """

    boxes: Boxes
    sizes: NDArray[np.int64]
    runs: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.sizes)

    def numbers(self, shape: tuple[int, int]) -> NDArray[np.int32]:
        """The number of the piece that each pixel belongs to, -1 for none, (R, C)."""
        found = np.full(shape[0] * shape[1], -1, np.int32)
        row, start, end, number = self.runs.T
        count = end - start
        first = np.repeat(row * shape[1] + start, count)
        at = first + np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
        found[at] = np.repeat(number, count)
        return found.reshape(shape)


def pieces(mask: Mask) -> Pieces:
    """The pieces of a mask; pixels that touch at a corner are connected.

    >>> found = pieces(np.array([[1, 0, 0, 1], [0, 1, 0, 1]], bool))
    >>> found.boxes.tolist(), found.sizes.tolist()
    ([[0, 0, 2, 2], [0, 3, 2, 4]], [2, 2])
    """
    width = mask.shape[1] + 2
    flat = np.zeros((len(mask), width), np.int8)
    flat[:, 1:-1] = mask
    change = np.diff(flat.ravel(), prepend=np.int8(0))
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    number = _joined(starts, ends, width)
    row, start = np.divmod(starts, width)
    start, end = start - 1, ends - row * width - 1
    count = int(number.max()) + 1 if len(number) else 0
    boxes = np.zeros((count, 4), np.int64)
    boxes[:, :2] = max(mask.shape)
    for column, (least, values) in enumerate(
        ((np.minimum, row), (np.minimum, start), (np.maximum, row + 1), (np.maximum, end))
    ):
        least.at(boxes[:, column], number, values)
    sizes = np.bincount(number, end - start, count).astype(np.int64)
    return Pieces(boxes, sizes, np.stack([row, start, end, number], 1))


def _joined(starts: NDArray[np.int64], ends: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """The number of each run's piece: runs of neighbouring rows that touch get the same."""
    # Moved up by a row, a run touches those that end behind its start and start before its end.
    low = np.searchsorted(ends, starts - width, "left")
    high = np.searchsorted(starts, ends - width, "right")
    count = np.maximum(high - low, 0)
    here = np.repeat(np.arange(len(starts)), count)
    above = (
        np.repeat(low, count) + np.arange(len(here)) - np.repeat(np.cumsum(count) - count, count)
    )
    return joined(len(starts), here, above)


def joined(count: int, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """Groups of things of which pairs belong together: the number of each one's group, (count,).

    >>> joined(5, np.array([3, 4]), np.array([1, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    root = np.arange(count)
    while True:
        least = np.minimum(root[a], root[b])
        before = root.copy()
        np.minimum.at(root, root[a], least)
        np.minimum.at(root, root[b], least)
        while not np.array_equal(root, root[root]):
            root = root[root]
        if np.array_equal(before, root):
            break
    numbered: NDArray[np.int64] = np.unique(root, return_inverse=True)[1]
    return numbered
