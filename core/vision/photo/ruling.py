"""Lines that were printed on the paper: long, thin, several side by side.

Axes: R rows, C columns
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.vision.photo.windows import Mask, Plane, grown

_LONG = 1 / 6
"""Of a side: a stretch of a line, longer than a digit is wide, short enough to be straight."""
_THIN = 0.006
"""Of the longer side: no line is thicker."""
_PALE = 0.6
"""Of the threshold: a line is followed where it is as pale as that."""
_FULL = 0.8
"""How much of a stretch has to be ink."""
_SLOPES = np.arange(-12, 13) * 0.01
_BANDS = 3
"""A ruling has at least so many lines."""
_SPAN = 0.35
"""Of a side, that each of them covers."""
_DARK = 1.5
"""What is so many times as dark as the lines was written upon them."""


def ruled(ink: Plane, threshold: float) -> Mask:
    """The pixels of printed lines that are darker than a threshold, of both directions, (R, C).

    Where a stroke crosses a line, and where it is darker, it stays.
    """
    return _across(ink, threshold) | _across(ink.T, threshold).T


def _across(ink: Plane, threshold: float) -> Mask:
    """Lines that run from left to right."""
    pale = ink > _PALE * threshold
    runs = run_lengths(pale)
    most = max(3.0, _THIN * max(ink.shape))
    lines = _lines(_halved(pale & (runs <= most)))
    if lines is None:
        return np.zeros_like(pale)
    on = np.repeat(np.repeat(lines, 2, 0), 2, 1)
    on = np.pad(on, ((0, len(ink) - len(on)), (0, ink.shape[1] - on.shape[1])), "edge") & pale
    thick = float(np.quantile(runs[on & (runs <= most)], 0.9)) + 1
    above = ink > threshold
    thin: Mask = np.logical_and.reduce((on, above, run_lengths(above) <= thick))
    if not thin.any():
        return thin
    printed: Mask = thin & (ink <= _DARK * float(np.median(ink[thin])))
    return printed


def _halved(mask: Mask) -> Mask:
    rows, columns = (n // 2 for n in mask.shape)
    halved: Mask = np.any(mask[: rows * 2, : columns * 2].reshape(rows, 2, columns, 2), (1, 3))
    return halved


def _lines(mask: Mask) -> Mask | None:
    """Where long stretches of ink lie, at any slope that a photograph may have; None: nowhere."""
    rows, columns = mask.shape
    reach = max(16, round(columns * _LONG)) // 2
    if columns < 4 * reach or rows < 8:
        return None
    found = np.zeros_like(mask)
    most = 0
    middle = np.arange(columns) - columns / 2
    below = np.arange(rows)[:, None]
    at = np.arange(columns)[None, :]
    for slope in _SLOPES:
        shift = np.rint(slope * middle).astype(np.intp)
        source = below + shift
        sheared = mask[np.clip(source, 0, rows - 1), at] & (source >= 0) & (source < rows)
        count = _counts(sheared, reach)
        full = count >= _FULL * (2 * reach + 1)
        if not full.any():
            continue
        share = (_counts(full, reach) > 0).mean(1) > _SPAN
        most = max(most, int((share[1:] & ~share[:-1]).sum() + share[0]))
        covered = _counts(full, 2 * reach) > 0  # a line goes on behind what hides it
        back = below - shift
        found |= covered[np.clip(back, 0, rows - 1), at] & (back >= 0) & (back < rows)
    return grown(found, 1) if most >= _BANDS else None


def _counts(mask: Mask, reach: int) -> NDArray[np.int32]:
    """Pixels of the mask in a window along the row, (R, C)."""
    columns = mask.shape[1]
    sums = np.zeros((len(mask), columns + 1), np.int32)
    np.cumsum(mask, axis=1, dtype=np.int32, out=sums[:, 1:])
    at = np.arange(columns)
    return sums[:, np.minimum(at + reach + 1, columns)] - sums[:, np.maximum(at - reach, 0)]


def run_lengths(mask: Mask) -> NDArray[np.int32]:
    """How long the vertical run of the mask is that a pixel belongs to; 0 off the mask, (R, C).

    >>> run_lengths(np.array([[1, 0], [1, 1], [0, 1], [1, 1]], bool)).tolist()
    [[2, 0], [2, 3], [0, 3], [1, 3]]
    """
    flat = np.zeros((mask.shape[1], mask.shape[0] + 2), np.int8)
    flat[:, 1:-1] = mask.T
    change = np.diff(flat.ravel())
    starts, ends = np.flatnonzero(change == 1) + 1, np.flatnonzero(change == -1) + 1
    lengths = np.zeros(flat.size, np.int32)
    lengths[flat.ravel() > 0] = np.repeat(ends - starts, ends - starts)
    return lengths.reshape(flat.shape)[:, 1:-1].T
