"""The room as a test set: how good the network is on what a room has drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from core.intervals import interval
from core.vision.models import CLASSES

PAIRS = 3
"""Confusions that are told, the most frequent first."""


def score(pairs: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """How good the network is on what a room has drawn.

    Args:
        pairs: of each drawing the digit that was meant, and the one that it was taken for; -1: for
            none.

    Returns:
        "right" of "of" with its 95% "interval"; the "hardest" digit with how many of it were right;
        what was "confused" most; and the "matrix" (10, 11): rows are meant, columns taken for, the
        last one for none.

    >>> told = score([(1, 1), (7, 7), (7, 1), (7, -1), (7, 1)])
    >>> told["right"], told["of"], told["hardest"], told["confused"]
    (2, 5, [7, 1, 4], [[7, 1, 2], [7, -1, 1]])
    >>> [round(end, 2) for end in told["interval"]]
    [0.12, 0.77]
    >>> told["matrix"][7]
    [0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 1]
    """
    meant = Counter(label for label, _ in pairs)
    hit = Counter(label for label, digit in pairs if label == digit)
    wrong = Counter((label, digit) for label, digit in pairs if label != digit)
    hardest = min(meant, key=lambda d: (hit[d] / meant[d], -meant[d], d), default=None)
    matrix = [[0] * (CLASSES + 1) for _ in range(CLASSES)]
    for label, digit in pairs:
        matrix[label][digit] += 1
    return {
        "right": hit.total(),
        "of": len(pairs),
        "interval": interval(hit.total(), len(pairs)) if pairs else [0.0, 1.0],
        "hardest": [hardest, hit[hardest], meant[hardest]] if wrong and hardest is not None else [],
        "confused": [[*pair, count] for pair, count in wrong.most_common(PAIRS)],
        "matrix": matrix,
    }
