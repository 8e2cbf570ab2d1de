"""Goals of the page that takes attention apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.attention.steps.question import StepsQuestion
from core.goals import Goal
from core.schema import mark

SHARP = 0.95
"""A weight from which on a row reads one word alone."""
EVEN = 0.01
"""By how much the weights of an even row differ at most."""
READABLE = 3
"""Words that a row must be able to read, or there is nothing to choose from."""


def _some_row(answer: Any, holds: Callable[[list[float]], bool]) -> bool:
    rows = (row for head in answer["matrices"]["A"] for row in head)
    readable = ([weight for weight in row if weight > 0] for row in rows)
    return any(len(row) >= READABLE and holds(row) for row in readable)


def one_word(question: StepsQuestion, answer: Any) -> bool:
    """A row of which one word has nearly all."""
    return _some_row(answer, lambda row: max(row) >= SHARP)


def even(question: StepsQuestion, answer: Any) -> bool:
    """A row that reads all words alike."""
    return _some_row(answer, lambda row: max(row) - min(row) <= EVEN)


ONE_WORD = Goal(
    "one-word",
    mark("A word that reads one other word with at least {share:.0%} of its attention."),
    mark("Softmax compares scores: what makes their differences larger? A lower temperature and no "
         "scaling do, and so does a longer query."),
    one_word,
    {"share": SHARP},
)  # fmt: skip
EVEN_ROW = Goal(
    "even-row",
    mark("A word that reads all words alike."),
    mark("Weights are alike where scores are. Which query has the same score with every key?"),
    even,
)
GOALS = (ONE_WORD, EVEN_ROW)
