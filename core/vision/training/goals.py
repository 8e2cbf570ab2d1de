"""Goals of the page that trains a network on digits."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.goals import Goal
from core.schema import mark
from core.training.goals import diverged
from core.training.run import Run

FEW = 100
"""Steps in which a fast learner learns."""
GOOD = 0.9
"""Of the validation digits right, at least."""


def fast(config: Any, run: Run) -> bool:
    """Most digits are right after few steps."""
    measured = run.recording.series.get("validation_accuracy", np.zeros(0))[:FEW]
    return bool((measured >= GOOD).any())  # nan is not


DIVERGED = Goal(
    "cnn-diverges",
    mark("A learning rate at which the loss of the network diverges."),
    mark("A step that is too long lands higher on the other side, and the next one is longer "
         "still. Move the learning rate up; momentum helps."),
    diverged,
)  # fmt: skip
FAST = Goal(
    "fast-learner",
    mark("A run that reads {share:.0%} of the validation digits right after at most {steps} "
         "steps."),
    mark("Look at the learning rate, the optimiser and the size of a batch. A short run is "
         "measured more often."),
    fast,
    {"share": GOOD, "steps": FEW},
)  # fmt: skip
GOALS = (FAST, DIVERGED)
