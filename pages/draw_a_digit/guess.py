"""What is guessed of a drawing: how sure the network will be, and where it can least be covered."""

from __future__ import annotations

from core.vision.attribution import WINDOW
from core.vision.most_needed import most_needed
from core.vision.question import DrawingQuestion
from core.vision.surety import CERTAIN, SURE, surety
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.numbers import decimal, percent
from pages.kit.place import Place
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


def place_of(question: DrawingQuestion) -> Place | None:
    """Where the answer rests on the ink, for a room to tap."""
    found = most_needed(question)
    if found is None:
        return None
    return Place(
        "draw-needed",
        f"{question.drawing.encode()} {question.model} {question.stages} {question.off}",
        _(
            "The network says {digit}. A patch of {window} × {window} pixels is covered: where "
            "does that hurt its answer most? Tap there."
        ).format(digit=found.digit, window=WINDOW),
        [found.place],
        _(
            "Covered there, the logit of the {digit} falls by {fall} on average. A tap counts that "
            "is no farther off than the patch is wide."
        ).format(digit=found.digit, fall=decimal(found.fall, 2)),
        tolerance=WINDOW,
    )
