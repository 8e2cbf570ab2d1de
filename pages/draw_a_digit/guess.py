"""What is guessed in the picture: how sure the network will be."""

from __future__ import annotations

from core.vision.question import DrawingQuestion
from core.vision.surety import CERTAIN, SURE, surety
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.numbers import percent
from pages.kit.quiz import Question


def guess(question: DrawingQuestion) -> Guess:
    """About this drawing."""
    level, digit, share = surety(question)
    sure, certain = f"{100 * SURE:.0f}%", percent(CERTAIN)
    too_low = _(
        "Softmax raises e to the power of each logit: a lead of a few units is already nearly the "
        "whole. It is surer."
    )
    too_high = _("The drawing is not as clear to the network as it may be to you. It is less sure.")
    order = ("refused", "doubts", "sure", "certain")
    return Guess(
        Question(
            "draw-surety",
            f"{question.drawing.encode()} {question.model} {question.stages} {question.off}",
            _("How sure will the network be of its answer?"),
            level,
            _(
                "It takes this for no digit at all, whatever the probabilities say: the likeliest "
                "would be {digit}, with {share}."
            ).format(digit=digit, share=percent(share))
            if level == "refused"
            else _("It says {digit}, with a probability of {share}.").format(
                digit=digit, share=percent(share)
            ),
            {
                each: too_low if order.index(each) < order.index(level) else too_high
                for each in order
                if each != level
            },
            choices={
                "refused": _("it will say that this is no digit"),
                "doubts": _("below {share}").format(share=sure),
                "sure": _("{low} to {high}").format(low=sure, high=certain),
                "certain": _("above {share}").format(share=certain),
            },
        ),
        step="answer",
        covers=".answer, .strip .answer-of, .strip .note, .ways-to-read",
    )
