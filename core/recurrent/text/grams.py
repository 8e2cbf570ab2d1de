"""The baseline that only counts: n-grams of letters with interpolated Kneser-Ney smoothing.

A letter's probability after the n-1 letters before it is what was counted there, less a discount;
what the discount frees is shared out by the (n-1)-gram, down to all letters being alike. Lower
orders count in how many different contexts a letter was met, not how often (Kneser and Ney 1995;
Chen and Goodman 1999, whose one discount for each order, n1 / (n1 + 2 n2), is taken).

    N letters that were counted, M that are judged, V different ones
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 5
"""The longest n-grams."""
RARE = 0.5
"""The discount where nothing was counted once: without one, what is new would be impossible."""

Codes = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """Of one order: its n-grams, sorted, how often each counts, and the same of its contexts.

    Attributes:
        grams, counts: (G,).
        contexts: (C,), the n-grams without their last letter.
        totals: (C,), the sum of the counts of what follows.
        kinds: (C,), how many different letters follow.
        discount: what is taken off each count.
    """

    grams: Codes
    counts: Codes
    contexts: Codes
    totals: Values
    kinds: Codes
    discount: float

    @classmethod
    def of(cls, grams: Codes, counts: Codes, letters: int) -> Counts:
        """Count the contexts of n-grams."""
        contexts, first, kinds = np.unique(grams // letters, return_index=True, return_counts=True)
        once, twice = (int((counts == count).sum()) for count in (1, 2))
        discount = once / (once + 2 * twice) if once else RARE
        totals = np.add.reduceat(counts, first).astype(np.float64)
        return cls(grams, counts, contexts, totals, kinds, discount)


class Grams:
    """All n-grams of a text, up to an order.

    Args:
        text: numbers of letters, int64 (N,).
        letters: V; V ** most has to fit 63 bits.
        most: the highest order.

    >>> text = np.array([0, 1, 0, 1, 0])
    >>> Grams(text, 2, most=1).probabilities(text, 0, 1).round(3).tolist()
    [0.6, 0.4, 0.6, 0.4, 0.6]
    """

    def __init__(self, text: Codes, letters: int, most: int = MOST) -> None:
        """Count."""
        self.letters = letters
        self.often: dict[int, Counts] = {}
        self.widely: dict[int, Counts] = {}
        for order in range(1, most + 1):
            grams, counts = np.unique(codes(text, order, letters), return_counts=True)
            self.often[order] = Counts.of(grams, counts, letters)
            if order > 1:
                shorter, wide = np.unique(grams % letters ** (order - 1), return_counts=True)
                self.widely[order - 1] = Counts.of(shorter, wide, letters)

    def probabilities(self, text: Codes, begin: int, order: int) -> Values:
        """Of each letter from a place on, given those before it, (M - begin,).

        Args:
            text: numbers of letters, (M,).
            begin: the first letter that is judged.
            order: n.
        """
        found = np.full(len(text) - begin, 1 / self.letters)
        for n in range(1, order + 1):
            counts = self.often[n] if n == order else self.widely[n]
            there = max(begin, n - 1)  # earlier letters have no such context
            found[there - begin :] = self._refined(
                counts, codes(text[there - n + 1 :], n, self.letters), found[there - begin :]
            )
        return found

    def _refined(self, counts: Counts, grams: Codes, lower: Values) -> Values:
        context, known = _places(counts.contexts, grams // self.letters)
        gram, met = _places(counts.grams, grams)
        count = np.where(met, counts.counts[gram], 0)
        over = np.maximum(count - counts.discount, 0.0)
        freed = counts.discount * counts.kinds[context]
        return np.where(known, (over + freed * lower) / counts.totals[context], lower)


def codes(text: Codes, order: int, letters: int) -> Codes:
    """Every n-gram as one number, its last letter the lowest digit, (N - order + 1,)."""
    size = max(len(text) - order + 1, 0)
    found = np.zeros(size, np.int64)
    for place in range(order):
        found = found * letters + text[place : place + size]
    return found


def _places(table: Codes, wanted: Codes) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each number stands in a sorted table, and whether it does."""
    at = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
    return at, table[at] == wanted


def perplexities(train: Codes, held: Codes, letters: int, written: int) -> list[float]:
    """Per character of a held-out text, of the 1-gram to the 5-gram that were counted before it.

    Args:
        train: what is counted, (N,).
        held: what follows and is judged, (M,).
        letters: V.
        written: characters that the M letters are written with.
    """
    grams = Grams(train, letters)
    whole, begin = np.concatenate([train, held]), len(train)
    found = (grams.probabilities(whole, begin, order) for order in range(1, MOST + 1))
    return [math.exp(-float(np.log(each).sum()) / written) for each in found]
