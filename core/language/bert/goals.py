"""Goals of the page on which BERT guesses."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.language.bert.question import GameQuestion
from core.schema import mark

MANY = 4
"""Words that are hidden at once."""


def left_better(question: GameQuestion, answer: Any) -> bool:
    """Of a hidden word the network that reads to the left only is right, and BERT is not."""
    places = answer.get("places", ()) if question.game == "hidden" else ()
    return any(
        place.get("left_rank") == 1 and place.get("both_rank") not in (None, 1) for place in places
    )


def many_hidden(question: GameQuestion, answer: Any) -> bool:
    """Several words are hidden, and BERT guesses all of them."""
    places = answer.get("places", ()) if question.game == "hidden" else ()
    return len(places) >= MANY and all(place.get("both_rank") == 1 for place in places)


LEFT = Goal(
    "left-better",
    mark("A hidden word that the left-to-right network guesses right and BERT does not."),
    mark("Where the words before it decide, the words after it do not help. Hide one "
         "word after the other, and compare the first guesses."),
    left_better,
)  # fmt: skip
MANY_HIDDEN = Goal(
    "many-hidden",
    mark("{count} words hidden at once, and BERT guesses all of them right."),
    mark("Hide words that the rest of the text still gives away, such as small ones."),
    many_hidden,
    {"count": MANY},
)
GOALS = (LEFT, MANY_HIDDEN)
