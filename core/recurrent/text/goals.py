"""Goals of the page on which a text writes itself."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark
from core.training.goals import last_marks
from core.training.run import Run

TIMES = 3
"""How often a sample says the same."""
PIECE = 10
"""Letters of what it says again."""


def better(config: Any, run: Run) -> bool:
    """The network is less surprised by the held-out text than the 5-gram."""
    marks = last_marks(run)
    return bool(marks) and marks["perplexity"] < marks["gram5"]


def again(config: Any, answer: Any) -> bool:
    """A sample goes round in a circle."""
    written = "".join(answer["letters"])
    pieces = (written[place : place + PIECE] for place in range(len(written) - PIECE))
    return any(written.count(piece) >= TIMES for piece in pieces if piece.strip())


BETTER = Goal(
    "text-beats-counting",
    mark("A network of your own that is less perplexed by the held-out text than the 5-gram."),
    mark("Press Play and watch the dotted lines. It takes a minute, a text of some length, and a "
         "context of more than a few letters."),
    better,
)  # fmt: skip
AGAIN = Goal(
    "text-goes-round",
    mark("A sample that says the same {piece} letters {times} times."),
    mark("Lower the temperature: only the likeliest letters are left, and these lead back to "
         "themselves."),
    again,
    {"piece": PIECE, "times": TIMES},
)  # fmt: skip
GOALS = (AGAIN, BETTER)
