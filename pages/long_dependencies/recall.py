"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "half",
        mark(
            "Each step back multiplies a gradient by 0.5. About how much of it is left after "
            "ten steps?"
        ),
        (
            Choice(
                "0.05",
                mark(
                    "That divides 0.5 by ten. The factors are multiplied with one another: ten "
                    "halvings."
                ),
            ),
            Choice(
                mark("exactly 0"),
                mark(
                    "Exactly zero comes of cutting the way back, as truncated backpropagation "
                    "does. Halving only makes it faint."
                ),
            ),
            Choice(
                "0.001",
                mark(
                    "0.5¹⁰ is 1/1024. This is what vanishing means: not gone at once, but "
                    "exponentially small."
                ),
            ),
        ),
        right=2,
    ),
    Question(
        "clip",
        mark(
            "On its way back a gradient has shrunk to a norm of 0.0001. You clip norms to at "
            "most 1. What is its norm then?"
        ),
        (
            Choice(
                "0.0001",
                mark(
                    "Clipping only cuts what is too large. It helps against exploding, never "
                    "against vanishing."
                ),
            ),
            Choice(
                "1",
                mark("Clipping is not normalising: a norm below the limit is left alone."),
            ),
            Choice(
                "0",
                mark("Small gradients are not removed. Only what is above the limit is changed."),
            ),
        ),
        right=0,
    ),
    Question(
        "start",
        mark(
            "A forget gate gets about 0 before its sigmoid, as at PyTorch's start. How much of "
            "the cell state does it let through?"
        ),
        (
            Choice(
                mark("nearly all of it"),
                mark("That takes a forget bias: with 3 it is about 0.95."),
            ),
            Choice(
                mark("about half"),
                mark(
                    "σ(0) = ½. Halved at every step, the cell state is soon gone: the gates can "
                    "learn to stay open, but do not begin so."
                ),
            ),
            Choice(
                mark("nothing of it"),
                mark("0 goes into a sigmoid, and σ(0) is ½. The gate is half open."),
            ),
        ),
        right=1,
    ),
)
