"""Goals of the page that reads a photographed sheet."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark
from core.vision.photo.question import DIGITS, PhotoQuestion

SURE = 0.9
"""How likely the network holds what it says, at least."""


def needed(question: PhotoQuestion, answer: Any) -> bool:
    """A step is left out, and fewer than half of the example's digits are taken for some."""
    left_out = not (question.flatten and question.unrule and question.join)
    read = sum(each["isDigit"] for each in answer["digits"])
    return not question.sheet and left_out and 2 * read < DIGITS


def mistaken(question: PhotoQuestion, answer: Any) -> bool:
    """The network was corrected where it was sure."""
    return any(
        each["isDigit"] and not each["right"] and each["probability"] >= SURE
        for each in answer["digits"]
    )


NEEDED = Goal(
    "photo-needed",
    mark("A step is left out, and fewer than half of the example's {count} digits are read."),
    mark("Choose squared paper and a deep shadow, then switch off one step after the other."),
    needed,
    {"count": DIGITS},
)
MISTAKEN = Goal(
    "photo-mistaken",
    mark("A digit that the network reads wrongly, although it gives {share:.0%} or more to it; "
         "you have said what it is."),
    mark("Write carelessly, or try other examples, and correct what is wrong."),
    mistaken,
    {"share": SURE},
)  # fmt: skip
GOALS = (NEEDED, MISTAKEN)
