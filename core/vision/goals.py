"""Goals of the page that reads a drawing while it is drawn."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark
from core.vision.question import DrawingQuestion

CLOSE = 0.2
"""By how much the two likeliest digits differ at most."""


def torn(question: DrawingQuestion, answer: Any) -> bool:
    """The drawing is taken for a digit, and two of them are about as likely."""
    first, second = sorted(answer["probabilities"], reverse=True)[:2]
    return bool(answer["verdict"]["isDigit"] and first - second <= CLOSE)


def prepared(question: DrawingQuestion, answer: Any) -> bool:
    """All stages of the preparation are on, and they change what the drawing is read as."""
    if "strip" not in answer or not all(vars(question.stages).values()):
        return False
    first, *_, last = answer["strip"]["answers"]
    return bool(last["isDigit"] and first["digit"] != last["digit"])


TORN = Goal(
    "torn",
    mark("A drawing between two digits: the network takes it for a digit, and its two likeliest "
         "differ by at most {share:.0%}."),
    mark("Begin with a clear 4, and close it at the top little by little until it could be a 9."),
    torn,
    {"share": CLOSE},
)  # fmt: skip
PREPARED = Goal(
    "prepared",
    mark("A drawing that is read as another digit before it is prepared than afterwards."),
    mark("The row of small pictures shows the answer after each stage. Draw small, and into a "
         "corner."),
    prepared,
)  # fmt: skip
GOALS = (TORN, PREPARED)
