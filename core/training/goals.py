"""What goals of several kinds of training ask of a run."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.training.run import Run

TIMES = 100
"""How many times its first value a loss must reach to count as diverging."""


def diverged(config: Any, run: Run) -> bool:
    """A loss has grown far beyond where it began, or beyond all bounds."""
    if run.status == "diverged":
        return True
    series = run.recording.series
    losses = [values for name, values in series.items() if name.split(".")[-1] == "loss"]
    return any(len(values) > 0 and np.nanmax(values) >= TIMES * values[0] for values in losses)


def last_marks(run: Run) -> dict[str, float]:
    """What was measured last; nothing before the first step."""
    saved = run.recording.saved
    return dict(saved[-1].marks) if saved and run.step else {}
