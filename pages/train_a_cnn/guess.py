"""What is guessed in the picture: how soon the shipped run reads digits."""

from __future__ import annotations

from core.vision.training.early import SHARES, early
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.numbers import percent
from pages.kit.quiz import Question


def guess() -> Guess:
    """About the shipped run."""
    found = early()
    right = percent(found.right)

    def why(share: float) -> str:
        if share > found.nearest:
            return _("It gets that far only later: the last few percent take most of the time.")
        if share == min(SHARES):
            return _(
                "That is guessing. Every batch moves all the weights a little, and the first moves "
                "are the largest."
            )
        return _("It learns faster: most of what it will ever learn comes from the first batches.")

    return Guess(
        Question(
            "cnn-early",
            "",
            _(
                "This network began with random weights. After {step} batches, {digits} digits in "
                "all, how many of the digits that it has never seen does it read right?"
            ).format(step=found.step, digits=f"{found.digits:,}"),
            str(found.nearest),
            _("{right}; at the end, after {steps} batches, {last}.").format(
                right=right, steps=found.steps, last=percent(found.last)
            ),
            {str(share): why(share) for share in SHARES if share != found.nearest},
            choices={str(share): _about(share) for share in SHARES},
        ),
        step="curves",
        covers=".halves .chart, [data-fp=validation], .wrong",
    )


def _about(share: float) -> str:
    return _("about {share}").format(share=f"{100 * share:.0f}%")
