"""Goals of the page that shows one drawing to five networks."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark
from core.vision.architectures.answer import FiveQuestion

SURE = 0.8
"""From which probability on a network counts as sure."""
READINGS = 3
"""Digits that five networks read in one drawing."""


def _read(answer: Any, sure: float) -> set[int]:
    """The digits that networks read, of those that are at least so sure."""
    if answer["blank"]:
        return set()
    found = (net["probabilities"] for net in answer["nets"].values())
    return {chances.index(max(chances)) for chances in found if max(chances) >= sure}


def sure_and_apart(question: FiveQuestion, answer: Any) -> bool:
    """Two networks are sure, and read different digits."""
    return len(_read(answer, SURE)) > 1


def three_readings(question: FiveQuestion, answer: Any) -> bool:
    """The five read three digits or more."""
    return len(_read(answer, 0)) >= READINGS


APART = Goal(
    "sure-and-apart",
    mark("A drawing that two networks read as different digits, both at least {share:.0%} sure."),
    mark("Draw a digit that could be another: a 4 that closes at the top, a 7 with a curved foot. "
         "Change one stroke at a time."),
    sure_and_apart,
    {"share": SURE},
)  # fmt: skip
READ = Goal(
    "three-readings",
    mark("A drawing in which the five networks read {count} different digits."),
    mark("What is no digit at all is read as one all the same. Where do they agree least?"),
    three_readings,
    {"count": READINGS},
)
GOALS = (APART, READ)
