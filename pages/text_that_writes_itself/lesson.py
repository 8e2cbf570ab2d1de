"""Below the picture of "Text that writes itself": lesson, formula, questions, the program."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.recurrent.text.shown import CARDS, RUNS, kinds
from core.training import shipped
from pages.kit import quiz
from pages.kit.code import formula, run_program
from pages.kit.language import _, language
from pages.kit.provenance import provenance
from pages.kit.run.inspection import Inspected
from pages.kit.state import PageState
from pages.kit.tabs import tabs

PAGE = "text_that_writes_itself"


def lesson(state: PageState, config: dict[str, Any]) -> None:
    """Draw it, about the run and the number that the picture shows."""
    if state["run"]:
        provenance("run", "trained")
    else:
        provenance("run", "shipped", shipped.card(CARDS[language()]))
    tabs(
        PAGE,
        "truncated",
        numbers=(_("Formula and PyTorch"), lambda: _formula(state)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions())),
        python=(
            _("The whole run"),
            lambda: run_program("text_that_writes_itself", "text", config),
        ),
    )


def _formula(state: PageState) -> None:
    query = {
        "temperature": str(state["temperature"]),
        "draw": str(state["draw"]),
        "number": state.table["number"].format(state["number"]),
    }
    at = state["at"] if state["at"] >= 0 else None
    run = Inspected(state["run"], at, f"shipped-{RUNS[language()]}")
    if not state["number"] or not formula("letter", lambda: run.inspect("number", query)):
        st.caption(_("Select a number in the picture: its formula and its program come here."))


def _questions() -> list[quiz.Question]:
    count = kinds(language())
    return [
        quiz.Question(
            "text-uniform",
            language(),
            _(
                "A network has learned nothing and holds all {kinds} letters of a text for equally "
                "likely. What is its perplexity?"
            ).format(kinds=count),
            count,
            _("Each letter has 1/{kinds}, and e to the mean of −ln 1/{kinds} is {kinds}.").format(
                kinds=count
            ),
            {1: _("That would be a network that always knows which letter comes.")},
            hint=_("Perplexity says among how many equally likely letters it wavers."),
        ),
        quiz.Question(
            "text-cold",
            "",
            _("The temperature is lowered towards zero. What becomes of the text that is written?"),
            "same",
            _(
                "Only the likeliest letter is left at each place: nothing is drawn any more. Once "
                "the state is back near where it was, the same letters follow, and so on."
            ),
            {
                "noise": _("That is a high temperature: it evens out the odds."),
                "best": _(
                    "The likeliest letter at each place does not make the likeliest text, and "
                    "seldom the best one."
                ),
            },
            choices={
                "same": _("it is the same each time, and goes round in circles"),
                "noise": _("it becomes noise"),
                "best": _("it becomes the best text that the network has learned"),
            },
        ),
    ]
