"""How sure a network is of a drawing, on a scale coarse enough to be guessed."""

from __future__ import annotations

from typing import Literal

from core.vision.forward import verdict
from core.vision.question import DrawingQuestion

Level = Literal["refused", "doubts", "sure", "certain"]

SURE, CERTAIN = 0.9, 0.999
"""Least probabilities of the likeliest digit."""


def surety(question: DrawingQuestion) -> tuple[Level, int, float]:
    """How sure, of which digit, and with which probability.

    >>> from core.vision.hand import sample
    >>> surety(DrawingQuestion(sample(3)))[:2]
    ('certain', 3)
    """
    found = verdict(question)
    digit = int(found.probabilities.argmax())
    share = float(found.probabilities[digit])
    if not found.is_digit:
        return "refused", digit, share
    return "certain" if share >= CERTAIN else "sure" if share >= SURE else "doubts", digit, share
