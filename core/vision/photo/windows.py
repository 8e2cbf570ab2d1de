"""What is taken from a window around each pixel: means, and the largest and smallest values.

Axes: R rows, C columns
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import max_pool2d

Plane = NDArray[np.float32]  # (R, C)
Mask = NDArray[np.bool_]  # (R, C)


def box_sum(values: NDArray[Any], rows: int, columns: int) -> NDArray[np.float64]:
    """Sums over windows that reach so many rows and columns to each side, (R, C).

    A window ends at the border. An integral image (Crow 1984) makes the cost independent of it.

    >>> box_sum(np.ones((3, 4)), 1, 1).tolist()
    [[4.0, 6.0, 6.0, 4.0], [6.0, 9.0, 9.0, 6.0], [4.0, 6.0, 6.0, 4.0]]
    """
    return _slid(_slid(values, rows).T, columns).T


def box_mean(values: NDArray[Any], rows: int, columns: int) -> Plane:
    """Means over the same windows, (R, C)."""
    counts = np.outer(
        *(
            _slid(np.ones((n, 1)), r)[:, 0]
            for n, r in zip(values.shape, (rows, columns), strict=True)
        )
    )
    return (box_sum(values, rows, columns) / counts).astype(np.float32)


def largest(values: Plane, reach: int) -> Plane:
    """The largest value of the square window that reaches so far to each side, (R, C)."""
    plane = torch.from_numpy(values)[None, None]
    size = 2 * reach + 1
    plane = max_pool2d(plane, (1, size), 1, (0, reach))
    found: Plane = max_pool2d(plane, (size, 1), 1, (reach, 0))[0, 0].numpy()
    return found


def smallest(values: Plane, reach: int) -> Plane:
    """The smallest value of the same window, (R, C)."""
    return -largest(-values, reach)


def closed(values: Plane, reach: int) -> Plane:
    """What is darker than all around it and narrower than the window is filled up, (R, C).

    The largest of each window, then the smallest of these: an edge between light and shadow stays
    where it is (Serra 1982).

    >>> closed(np.float32([[1, 1, 0, 1, 1, 0, 0, 0]]), 1).tolist()
    [[1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]]
    """
    return smallest(largest(values, reach), reach)


def grown(mask: Mask, reach: int) -> Mask:
    """Every pixel that has one of the mask in its window."""
    return mask if reach < 1 else largest(mask.astype(np.float32), reach) > 0


def _slid(values: NDArray[Any], reach: int) -> NDArray[np.float64]:
    """Sums along the first axis."""
    count = len(values)
    sums = np.zeros((count + 1, *values.shape[1:]))
    np.cumsum(values, axis=0, dtype=np.float64, out=sums[1:])
    at = np.arange(count)
    return sums[np.minimum(at + reach + 1, count)] - sums[np.maximum(at - reach, 0)]
