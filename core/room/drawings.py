"""Drawings that a room sends: what the network makes of each, and the room as a test set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.intervals import interval
from core.vision.drawing import Drawing
from core.vision.finetune.collection import prepared
from core.vision.forward import verdict
from core.vision.ink import as_text
from core.vision.question import DrawingQuestion

PAIRS = 3
"""Confusions that are told, the most frequent first."""


@dataclass(frozen=True)
class Judged:
    """A drawing and its verdict.

    Attributes:
        label: which digit it is meant to be.
        image: its 784 bytes of ink as text.
        digit: what the network takes it for; -1: for no digit.
        share: the probability of the likeliest digit.
    """

    label: int
    image: str
    digit: int
    share: float


def judge(label: object, drawing: object) -> Judged:
    """What the network of "Draw a digit" makes of a labelled drawing.

    Raises:
        Refusal: no digit, no drawing, or a blank one.
    """
    drawn = prepared(label, drawing)
    found = verdict(DrawingQuestion(Drawing.of(drawing)))
    likeliest = int(found.probabilities.argmax())
    digit = likeliest if found.is_digit else -1
    return Judged(drawn.label, as_text(drawn.ink), digit, float(found.probabilities[likeliest]))


def score(pairs: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """How good the network is on what a room has drawn.

    Args:
        pairs: of each drawing the digit that was meant, and the one that it was taken for.

    >>> told = score([(1, 1), (7, 7), (7, 1), (7, 1)])
    >>> told["right"], told["of"], told["hardest"], told["confused"]
    (2, 4, [7, 1, 3], [[7, 1, 2]])
    >>> [round(end, 2) for end in told["interval"]]
    [0.15, 0.85]
    """
    meant = Counter(label for label, _ in pairs)
    hit = Counter(label for label, digit in pairs if label == digit)
    wrong = Counter((label, digit) for label, digit in pairs if label != digit)
    hardest = min(meant, key=lambda d: (hit[d] / meant[d], -meant[d], d), default=None)
    return {
        "right": hit.total(),
        "of": len(pairs),
        "interval": interval(hit.total(), len(pairs)) if pairs else [0.0, 1.0],
        "hardest": [hardest, hit[hardest], meant[hardest]] if wrong and hardest is not None else [],
        "confused": [[*pair, count] for pair, count in wrong.most_common(PAIRS)],
    }
