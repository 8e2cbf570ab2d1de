"""Goals of the page that looks into the cells which remember a name."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark

FAR = 16
"""Words that lie between a name and what it decides, at least."""
SURE = 0.9
"""The probability of a wrong answer, at least."""


def far(config: Any, answer: Any) -> bool:
    """A cell knows the name over a long distance."""
    return answer["distance"] >= FAR and any(cell["right"] for cell in answer["cells"].values())


def sure_and_wrong(config: Any, answer: Any) -> bool:
    """A cell says another profession, and is sure of it."""
    return any(
        not cell["right"] and cell["answers"][0][1] >= SURE for cell in answer["cells"].values()
    )


REMEMBERED = Goal(
    "far-name",
    mark("A cell that still answers with the right profession when the name is {words} words away "
         "or more."),
    mark("Increase the distance to move the name away, and read what each cell says at "
         "the end."),
    far,
    {"words": FAR},
)  # fmt: skip
WRONG = Goal(
    "sure-and-wrong",
    mark("A cell that gives a wrong profession at least {share:.0%}: sure, and mistaken."),
    mark("Other names, other distances, an earlier step of the training: a cell that has forgotten "
         "the name still has to say something."),
    sure_and_wrong,
    {"share": SURE},
)  # fmt: skip
GOALS = (REMEMBERED, WRONG)
