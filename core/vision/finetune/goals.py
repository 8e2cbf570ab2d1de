"""The goal of the tab that teaches a network one's own digits."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark
from core.training.goals import last_marks
from core.training.run import Run

LEARNED, KEPT = 0.9, 0.95
"""Of one's own digits and of the old ones right, at least."""


def both(config: Any, run: Run) -> bool:
    """The new digits are known, and the old ones still are."""
    marks = last_marks(run)
    return bool(marks) and marks["hand"] >= LEARNED and marks["mnist"] >= KEPT


BOTH = Goal(
    "learned-and-kept",
    mark("A network that reads {own:.0%} of the drawings right and still {old:.0%} of the old "
         "digits."),
    mark("Learning the new digits alone makes it forget. What else can a batch hold?"),
    both,
    {"own": LEARNED, "old": KEPT},
)  # fmt: skip
GOALS = (BOTH,)
