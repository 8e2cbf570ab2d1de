"""Which sign an output cell of a convolution has."""

from __future__ import annotations

from typing import Literal

from core.vision.convolution import rules
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import slide

Sign = Literal["negative", "zero", "positive"]

NOTHING = 1e-6
"""Sizes below this are what rounding leaves of zero."""


def sign(question: ConvolutionQuestion) -> tuple[Sign, float]:
    """The sign and the value of the cell at `question.place`, or of the one in the middle.

    >>> sign(ConvolutionQuestion(padding=1))[0]
    'positive'
    """
    value = rules.opened(slide(question)).value
    if abs(value) < NOTHING:
        return "zero", 0.0
    return "positive" if value > 0 else "negative", value
