"""What is guessed in the picture: what is left of a sheet in shadow as it is."""

from __future__ import annotations

from dataclasses import replace

from core.vision.photo.question import DIGITS, PhotoQuestion
from core.vision.photo.sheet import read
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.quiz import Question

_MOST = 0.8


def guess(question: PhotoQuestion) -> Guess | None:
    """About the example that the page begins with."""
    if question != PhotoQuestion():
        return None
    without = replace(question, flatten=False)
    found = read(question.example(), without.setting)
    count = sum(verdict.is_digit for verdict in found.verdicts)
    left = "none" if not count else "some" if count < _MOST * DIGITS else "most"
    return Guess(
        Question(
            "photo-shadow",
            "",
            _(
                "Half of this sheet lies in a shadow. If its light is not taken out, how many of "
                "the {count} digits are still read?"
            ).format(count=DIGITS),
            left,
            _(
                "{count}. The pencil in the light is no darker than the paper in the shadow: no "
                "single threshold parts ink from paper."
            ).format(count=count),
            {
                "most": _("Grey pencil in the light is as light as white paper in the shadow."),
                "some": _("Switch the step off below and look at what is called ink then."),
                "none": _("Switch the step off below and look at what is called ink then."),
            },
            choices={
                "most": _("nearly all"),
                "some": _("a part of them"),
                "none": _("none"),
            },
        ),
        step="strip",
        covers="[data-block=strip]",
    )
