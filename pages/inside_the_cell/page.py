"""Inside the cell: a recurrent network unrolled on a sentence, with every gate in sight."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.opened.linked import NUMBER_FIELD
from core.recurrent.cell import thumbnail as picture
from core.recurrent.cell.place import Place, read_place, write_place
from core.recurrent.cells import KINDS
from core.recurrent.words.sentences import FARTHEST, GRAMMARS
from core.schema import Table, choice, custom, flag, mark, text, whole
from pages.inside_the_cell import view as cell
from pages.inside_the_cell.guess import guess
from pages.inside_the_cell.lesson import card
from pages.inside_the_cell.lesson import lesson as show_lesson
from pages.kit.cell_words import CELLS, gate_names
from pages.kit.controls import more
from pages.kit.exchange import View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language
from pages.kit.query import asked
from pages.kit.state import PageState, page_state

TABLE = Table(
    "cell",
    {
        "seed": whole(3, 0, 999_999),
        "source": choice(("sentence", "sine")),
        "cell": choice(KINDS, "lstm"),
        "distance": whole(8, max(g.nearest for g in GRAMMARS.values()), FARTHEST),
        "hidden": whole(24, 1, 128),
        "forget": flag(False),
        "name": text("", 40),
        "place": custom(Place("forget", 0, 3, 0), read_place, write_place),
        "number": NUMBER_FIELD,
        "run": text("", 60, linked=False),
        "step": whole(-1, -1, 1_000_000, linked=False),
    },
)

PARTS = {"run": ("panel", mark("Train it yourself")), "place": ("number", mark("The arithmetic"))}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("A sentence whose last word depends on a name that came long before.")),
    ("words", mark("One word at a time goes in, as a few learned numbers.")),
    ("steps", mark("Each box is the same cell, one step later. Its colours are its memory.")),
    ("guesses", mark("After each word the network says which word it expects next.")),
    ("answer", mark("At the end only the name decides. Choose another name and look here.")),
    ("influence", mark("How far the last hidden state would move if a word changed slightly.")),
    ("three", mark("Inside: a gate is as far open as its number. Read on, and watch them.")),
    ("input forget candidate output", mark("The gates of the LSTM: what is let in, kept, shown.")),
    ("c h", mark("What they make: the cell state that remembers, the hidden state that speaks.")),
    ("number", mark("Every square is a sum like this one.")),
    ("panel", mark("Train them yourself, and drag the time back to the first step.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    _begin_where_the_example_does(state)
    with st.container(key="picture"):
        _controls(state)
        _picture(state)
    show_lesson(state)


def _begin_where_the_example_does(state: PageState) -> None:
    """In each language the example has a distance of its own; one that was chosen stays."""
    before, now = st.session_state.get("fp.cell.language"), language()
    st.session_state["fp.cell.language"] = now
    if before == now:
        return
    left = TABLE["distance"].default if before is None else card(before)["config"]["distance"]
    if state["distance"] == left and not (before is None and "distance" in asked()):
        state.set("distance", card(now)["config"]["distance"])


def config(state: PageState) -> dict[str, Any]:
    """What a run that begins here is made of."""
    return {
        "cell": "race",
        "hidden": state["hidden"],
        "distance": state["distance"],
        "forget_bias": float(state["forget"]),
        "seed": state["seed"],
        "language": language(),
    }


def _controls(state: PageState) -> None:
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        state.control(
            "source", _("Input"), names={"sentence": _("a sentence"), "sine": _("a sine")}
        )
        state.control("cell", _("Cell"), names=CELLS)
        if state["source"] == "sentence":
            state.control("distance", _("Steps from name to answer"), width=180)
            more(
                state,
                "fp.cell.more",
                {
                    "hidden": (_("Hidden size of your runs"), {}),
                    "forget": (_("Forget bias 1"), {}),
                },
            )


def _picture(state: PageState) -> None:

    def receive(view: View) -> None:
        values = {
            "cell": view["cell"],
            "name": view["name"],
            "place": Place(**view["place"]),
            "number": TABLE["number"].read(view["number"]),
            "run": view["run"],
            "step": view["step"],
        }
        for name, value in values.items():
            state.set(name, value)

    cell.cell_picture(
        exchange("cell", lambda: _view(state), receive),
        source=state["source"],
        distance=state["distance"],
        talk=state["seed"],
        config=config(state),
        guess=guessed(lambda: guess(state)),
        hidden=state.hidden_parts(PARTS),
        language=language(),
    )


def _view(state: PageState) -> dict[str, Any]:
    return {
        "cell": state["cell"],
        "name": state["name"],
        "place": vars(state["place"]),
        "number": TABLE["number"].write(state["number"]),
        "run": state["run"],
    }


def thumbnail() -> str:
    """The gates of the shipped LSTM over its sentence, computed here and now, as a data URL."""
    return picture.gates(gate_names())
