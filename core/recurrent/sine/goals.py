"""Goals of the page that forecasts a series."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark
from core.training.goals import diverged, last_marks
from core.training.run import Run

SHARE = 0.1
"""Of the error of persistence, at most."""


def alone(config: Any, run: Run) -> bool:
    """A cell that goes on by itself is far better than persistence."""
    marks = last_marks(run)
    errors = [marks[f"{cell}.free_run"] for cell in config.cells if f"{cell}.free_run" in marks]
    return any(error <= SHARE * marks["persistence.free_run"] for error in errors)


ALONE = Goal(
    "alone",
    mark("A cell whose free-running error is at most {share:.0%} of that of persistence."),
    mark("Look at the free-running error, not at the loss. More epochs and a larger "
         "hidden state help; so does a target for every step."),
    alone,
    {"share": SHARE},
)  # fmt: skip
DIVERGED = Goal(
    "sine-diverges",
    mark("A learning rate at which the loss of a cell diverges."),
    mark("Take plain SGD, whose steps grow with the gradient, many hidden units and a large "
         "learning rate, and leave the gradient unclipped."),
    diverged,
)  # fmt: skip
GOALS = (ALONE, DIVERGED)
