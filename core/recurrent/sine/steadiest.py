"""Which network of the shipped race follows the wave best when it hears only itself."""

from __future__ import annotations

from functools import cache

from core.recurrent.cells import KINDS
from core.training import shipped


@cache
def free_errors() -> dict[str, float]:
    """Mean squared error of each, and of somebody who repeats the last value, free-running.

    >>> min(free_errors(), key=free_errors().get)
    'lstm'
    """
    marks = shipped.load("sine_race").saved[-1].marks
    return {name: marks[f"{name}.free_run"] for name in (*KINDS, "persistence")}
