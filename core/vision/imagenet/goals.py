"""Goals of the page on which real networks look at real pictures."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark
from core.vision.imagenet.answer import HeatQuestion, PictureQuestion
from core.vision.imagenet.pictures import OWN

SURE = 0.8
"""From which probability on a network counts as sure."""


def sure_of_ones_own(question: PictureQuestion, answer: Any) -> bool:
    """The network is sure what is on a picture of the visitor's own."""
    return question.picture.startswith(OWN) and answer["best"][0]["p"] >= SURE


def covered_part_decides(question: HeatQuestion, answer: Any) -> bool:
    """With one part of the picture covered, another class is best."""
    named = [cell["class"] for row in answer["answers"] or () for cell in row]
    return any(name != answer["answer"] for name in named)


OWN_PICTURE = Goal(
    "sure-of-ones-own",
    mark("A picture of your own of which a network is at least {share:.0%} sure."),
    mark("One object, in the middle, as large as the square that is cut out, and one of its 1,000 "
         "classes: a banana, a keyboard, a coffee mug."),
    sure_of_ones_own,
    {"share": SURE},
)  # fmt: skip
COVERED = Goal(
    "one-part-decides",
    mark("A picture of which one covered part is enough to change the answer."),
    mark("Open “Why this answer” and cover one part after the other. Where two classes are close, "
         "little decides."),
    covered_part_decides,
)  # fmt: skip
GOALS = (OWN_PICTURE, COVERED)
