"""What is guessed in the picture of "Pooling": which numbers of a window get the gradient."""

from __future__ import annotations

from core.vision.pooling.question import PoolingQuestion
from core.vision.pooling.shares import shares
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.numbers import decimal
from pages.kit.quiz import Question


def guess(question: PoolingQuestion) -> Guess | None:
    """About the open window, where the picture shows its gradient."""
    if (question.view, question.gradient) != ("gradient", "one"):
        return None
    found = shares(question)
    if found is None:
        return None
    average = found.way == "equal"
    wrong = {
        "one": _("That is what the maximum does. The mean depends on every number of its window."),
        "equal": _(
            "That is what the average does. The maximum does not change when a smaller number "
            "changes a little."
        ),
        "size": _(
            "A gradient says how much the output changes with a number, "
            "not how large the number is."
        ),
        "all": _("That is what a sum does. A mean divides by their number.")
        if average
        else _("That is what a sum does. The maximum passes on one number alone."),
    }
    explanation = (
        _("{reached} of the {window} numbers in the window get {most} each.")
        if average
        else _("{reached} of the {window} numbers in the window gets {most}, the others nothing.")
    )
    return Guess(
        Question(
            "pool-shares",
            str(question),
            _(
                "A gradient of 1 comes back to the outlined output. Which numbers of its window "
                "get it?"
            ),
            found.way,
            explanation.format(
                reached=found.reached, window=found.window, most=decimal(found.most, 3)
            ),
            wrong,
            choices={
                "one": _("one of them gets all of it"),
                "equal": _("each gets the same share"),
                "size": _("each gets a share by its size"),
                "all": _("each gets the whole"),
            },
        ),
        step="pool-views",
        covers=".pool-stage.lower",
    )
