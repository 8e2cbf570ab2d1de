"""The same convolution again and again: how large the map is after each layer."""

from __future__ import annotations

from dataclasses import replace

from core.opened.window import Axis

MOST = 60
"""Layers that are followed at most."""


def sides(axis: Axis, padding: int | None = None) -> list[int]:
    """The sizes along one axis: of the input, and after each layer until no kernel fits.

    >>> sides(Axis(size=9, kernel=3, stride=1, dilation=1, low=0, high=0))
    [9, 7, 5, 3, 1]

    Args:
        axis: of the first layer; the others differ from it in their size only.
        padding: on either side, instead of the axis's own.

    Returns:
        At most `MOST` + 1 sizes; a size that no longer changes ends them.
    """
    axis = _padded(axis, padding)
    found = [axis.size]
    while len(found) <= MOST and axis.output >= 1 and axis.output != axis.size:
        axis = replace(axis, size=axis.output)
        found.append(axis.size)
    return found


def endless(axis: Axis, padding: int | None = None) -> bool:
    """Whether a layer gives back at least the size that it gets: there may be any number of them.

    >>> endless(Axis(size=9, kernel=3, stride=1, dilation=1, low=0, high=0), padding=1)
    True
    """
    return _padded(axis, padding).output >= axis.size


def _padded(axis: Axis, padding: int | None) -> Axis:
    low, high = (axis.low, axis.high) if padding is None else (padding, padding)
    return replace(axis, low=low, high=high)
