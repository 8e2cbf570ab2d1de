"""Below the picture of "Train it": questions that the shipped run answers, and the PyTorch."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, NamedTuple

import streamlit as st

from core.attention.trained.shipped import network
from core.training import shipped
from pages.kit import quiz
from pages.kit.code import formula, run_program
from pages.kit.language import _
from pages.kit.run.inspection import Inspected

SHOWS = 0.9
"""A head that ranks the referent first so often shows it."""
RIGHT = 0.99
"""Share of right answers that counts as all."""


def lesson(config: dict[str, Any], run: Inspected, number: str) -> None:
    """Draw it.

    Args:
        config: of a run that begins here.
        run: the one on show.
        number: the one that is open, as in a link; "" for none.
    """
    left, right = st.columns(2, gap="large")
    with left:
        quiz.ask(_order())
    with right:
        quiz.ask(_heads())
    if number:
        title = _("The PyTorch of this number")
        formula("number_of_heads", lambda: run.inspect("number", {"number": number}), title)
    run_program("what_is_it", "it", config)


class _Order(NamedTuple):
    """Steps of the shipped run: when every answer was right, and when a head showed it.

    `share`: how often its best head ranked the referent first when every answer was right.
    """

    right: float
    share: float
    shows: float


@cache
def _measured() -> _Order:
    run = shipped.load("it_run")
    steps = enumerate(run.series["accuracy"], 1)
    right = next((step for step, share in steps if share >= RIGHT), run.saved[-1].step)
    shows = next((saved.step for saved in run.saved if saved.marks["best_head"] >= SHOWS), math.inf)
    return _Order(right, run.at(right).marks["best_head"], shows)


def _order() -> quiz.Question:
    """What the shipped run can do first."""
    found = _measured()
    answers = {
        "answers": _("every answer right"),
        "head": _("a head that shows it"),
    }
    explained = _(
        "All answers were right at step {right}. Then the best head still ranked the referent "
        "first in only {share:.0%} of the sentences; it reached 90% by step {shows}. The answer "
        "does not need the head that explains it so well."
    ).format(**found._asdict())
    return quiz.Question(
        "run-order",
        "",
        _(
            "The saved run. What does it have first: every answer right, or a head that ranks "
            "the referent first nine times out of ten?"
        ),
        "answers" if found.right < found.shows else "head",
        explained,
        {
            "answers": _("A head showed it before all answers were right."),
            "head": _(
                "That would be true if the answer needed such a head. What all words "
                "pass along is enough for it."
            ),
        },
        choices=answers,
    )


def _heads() -> quiz.Question:
    """How many heads of the shipped model show the referent."""
    card = network("2x4").card
    ahead = sorted((share for layer in card["scores"]["ahead"] for share in layer), reverse=True)
    showing = sum(share >= SHOWS for share in ahead)
    others = ahead[showing:]
    named = {0: "none", 1: "one", len(ahead): "all"}
    return quiz.Question(
        "run-heads",
        "",
        _(
            "The included model of two layers with four heads gives every answer right. How many "
            "of its eight heads rank the referent first nine times out of ten?"
        ),
        named.get(showing, "some"),
        _(
            "{showing}; the others do so in {low:.0%} to {high:.0%} of the sentences, and a coin "
            "in 50%. In five trainings that differ only in their seed it is {seeds} of the eight."
        ).format(
            showing=showing,
            low=others[-1],
            high=others[0],
            seeds=", ".join(str(seed["heads"]) for seed in card["seeds"]),
        ),
        {
            "none": _("Not none: look at the percentages below all eight."),
            "one": _(
                "The picture shows one head at a time, and it is tempting to take it for the "
                "only one. Look at the percentages below all of them."
            ),
            "some": _("Not “some” either: look at the percentages below all eight."),
            "all": _(
                "Heads begin with different weights and learn different things. Nothing makes "
                "each of them point at the referent."
            ),
        },
        choices={"none": _("none"), "one": _("one"), "some": _("some"), "all": _("all")},
    )
