"""How sure a share is that was counted."""

from __future__ import annotations

from math import sqrt

Z = 1.959964
"""The 97.5% quantile of the standard normal distribution."""


def interval(right: int, of: int) -> list[float]:
    """Wilson's 95% interval for a share (Wilson 1927).

    >>> [round(end, 3) for end in interval(9_900, 10_000)]
    [0.988, 0.992]
    """
    share, scale = right / of, 1 + Z * Z / of
    middle = (share + Z * Z / (2 * of)) / scale
    half = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of)) / scale
    return [middle - half, middle + half]
