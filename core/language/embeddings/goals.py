"""Goals of the page on which words are vectors."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark


def opposed(config: Any, answer: Any) -> bool:
    """The opened number is a cosine of two words, and below 0."""
    number = answer["opened"]
    return bool(number["array"] == "cosine" and number["value"] < 0)


def missed(config: Any, answer: Any) -> bool:
    """An analogy whose answer is known, and the vectors say another word."""
    return answer["answer"] is not None and answer["excluding"][0][0] != answer["answer"]


OPPOSED = Goal(
    "opposed",
    mark("Two words whose cosine is below 0."),
    mark(
        "In the map of cosines such a pair has another colour. Click its cell, and the "
        "cosine opens."
    ),
    opposed,
)
MISSED = Goal(
    "missed-analogy",
    mark("An analogy with a known answer that the vectors get wrong."),
    mark("Try pairs of another kind, or the vectors of another method, or an earlier step of "
         "their training."),
    missed,
)  # fmt: skip
GOALS = (OPPOSED, MISSED)
