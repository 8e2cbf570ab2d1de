"""Goals of the page that slides a kernel over a picture."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark
from core.vision.convolution.question import ConvolutionQuestion

NOTHING = 0.0005
"""Numbers below this size are read as 0 on the page."""


def zero(question: ConvolutionQuestion, answer: Any) -> bool:
    """Products that cancel: an output of 0 that neither paper nor an empty kernel explains."""
    number = answer["opened"]["number"]
    if number["kind"] != "conv" or abs(number["value"]) >= NOTHING:
        return False
    pairs = [
        (pixel, weight)
        for patch, kernel in zip(number["patch"], number["kernel"], strict=True)
        for pixels, weights in zip(patch, kernel, strict=True)
        for pixel, weight in zip(pixels, weights, strict=True)
    ]
    products = [pixel * weight for pixel, weight in pairs if pixel is not None]
    pixels = {pixel for pixel, _ in pairs}
    return len(pixels) > 1 and max(map(abs, products)) >= NOTHING


def vertical_only(question: ConvolutionQuestion, answer: Any) -> bool:
    """A kernel set by hand that tells columns apart, and to which all rows are alike.

    Its rows add up to 0 each: where a picture changes from row to row alone, it gives 0.
    """
    weights = question.weights()[0].double()  # (I, kh, kw)
    if not question.edits or question.setting.kernel != (3, 3):
        return False
    rows, columns = weights.sum(2).abs().max(), weights.sum(1).abs().max()
    named = ConvolutionQuestion(filters=question.filters, angle=question.angle, dice=question.dice)
    own = not (weights[0].float() - named.weights()[0, 0]).abs().max() < NOTHING
    return own and bool(rows < NOTHING) and bool(columns >= NOTHING)


ZERO = Goal(
    "zero-output",
    mark("An output of 0 although neither the patch nor the kernel is empty: its products cancel."),
    mark("A kernel whose weights add up to 0 gives 0 where all pixels are alike. Which other patch "
         "does it not notice? Set single weights by hand."),
    zero,
)  # fmt: skip
VERTICAL = Goal(
    "vertical-only",
    mark("A 3 × 3 kernel of your own, with weights set by hand, that finds vertical edges only."),
    mark("A horizontal edge has the same value in all three columns. What must each row of the "
         "kernel add up to, so that it gives 0 there?"),
    vertical_only,
)  # fmt: skip
GOALS = (ZERO, VERTICAL)
