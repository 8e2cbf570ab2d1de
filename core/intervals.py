"""How sure a share is that was counted, and how sure a difference between two."""

from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt

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


def mcnemar(first: int, second: int) -> float:
    """The exact p-value of McNemar's test (1947) for two answers to the same questions.

    Were both equally good, each question that only one of them answered right would be a toss of a
    coin. The p-value is the chance that the tosses are at least as uneven as they are.

    >>> round(mcnemar(10, 2), 4), mcnemar(5, 5)
    (0.0386, 1.0)

    Args:
        first: questions that only the first answered right.
        second: questions that only the second answered right.
    """
    tosses, fewer = first + second, min(first, second)
    tail = sum(comb(tosses, heads) for heads in range(fewer + 1))
    return min(1.0, float(Fraction(2 * tail, 2**tosses)))
