"""What can be reached on a real series."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.recurrent.series.parts import known
from core.schema import mark
from core.training.goals import last_marks
from core.training.run import Run

SHARE = 0.95
"""Of the error of persistence, at most."""
ROWS = 100
"""Held-out rows that it takes at least: on a few, chance wins as well."""


def beyond_yesterday(config: Any, run: Run) -> bool:
    """A network on a series of some length is clearly better than persistence."""
    if config.source == "drawn" or len(known(config).held_out.rows) < ROWS:
        return False
    marks = last_marks(run)
    found = [marks[f"{cell}.over"] for cell in config.cells if f"{cell}.over" in marks]
    return any(over <= SHARE for over in found)


BEYOND = Goal(
    "series-beyond-yesterday",
    mark("On a real series: a network whose error on at least {rows} held-out rows is at most "
         "{share:.0%} of that of persistence."),
    mark("Choose the weather above the picture: a temperature comes back to what is usual, and a "
         "price does not. Let the network read every column."),
    beyond_yesterday,
    {"share": SHARE, "rows": ROWS},
)  # fmt: skip
