"""Photographed handwriting: from a photo of a sheet to its digits, each read by the network."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.schema import Table, choice, custom, fields_of, mark, text, whole
from core.vision.photo.limits import MOST
from core.vision.photo.question import PhotoQuestion, read_number, write_number
from core.vision.photo.stages import STAGES
from core.vision.photo.thumbnail import thumbnail as sketch
from pages.kit.exchange import exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language
from pages.kit.state import PageState, page_state
from pages.photographed_handwriting import api
from pages.photographed_handwriting.guess import guess
from pages.photographed_handwriting.lesson import lesson as show_lesson
from pages.photographed_handwriting.upload import upload
from pages.photographed_handwriting.view import paper_names, photo_picture

SET = ("turn", "flatten", "unrule", "join", "threshold", "corrected")
"""How the sheet is read, and what is said of it: set in the picture."""
EXAMPLE = ("seed", "paper", "shadow")

TABLE = Table(
    "photo",
    {
        **fields_of(PhotoQuestion, {name: name for name in (*EXAMPLE, *SET)}),
        "stage": choice(STAGES),
        "digit": whole(0, 0, MOST - 1),
        "number": custom(None, read_number, write_number),
        "sheet": text("", 40, linked=False),
    },
)
"""A photograph itself is in no link: `sheet` names one that this server holds."""

LOOK = ("stage", "digit", "number")

PARTS = {
    "flatten": ("strip", mark("The steps")),
    "corrected": ("score", mark("Corrections")),
    "number": ("number", mark("The arithmetic of one number")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("A photo of a sheet goes in; where a digit stands, the network says which.")),
    ("strip", mark("Light, ink, printed lines: each step takes away what is no digit.")),
    ("sheet", mark("What is left falls into pieces, and pieces into lines and digits.")),
    ("digit", mark("Each goes the way of a drawn one: 28 × 28 pixels, one pen width.")),
    ("score", mark("You say what it really is, and the network's accuracy has an interval.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    if state["sheet"] and api.SHEETS.get(state["sheet"]) is None:
        back_to_example(state)
        st.warning(_("The server no longer has this photo: choose it again."))
    with st.container(key="picture"):
        _controls(state)
        photo_picture(
            exchange(
                "photo",
                lambda: state.plain({name: name for name in (*SET, *LOOK)}),
                lambda view: state.receive(view, {name: name for name in (*SET, *LOOK)}),
            ),
            sheet=state["sheet"],
            example=state.plain({name: name for name in EXAMPLE}),
            guess=guessed(lambda: guess(question(state))),
            hidden=state.hidden_parts(PARTS),
            language=language(),
        )
    show_lesson(state, question(state))


def question(state: PageState) -> PhotoQuestion:
    """The state of the page as one question."""
    return PhotoQuestion(**{name: state[name] for name in ("sheet", *EXAMPLE, *SET)})


def back_to_example(state: PageState) -> None:
    """Show the example again; what was said of the photo goes with it."""
    state.set("sheet", "")
    state.set("corrected", ())
    state.set("digit", 0)
    state.set("number", None)


def _controls(state: PageState) -> None:
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        upload(state, lambda: _begin(state))
        if state["sheet"]:
            st.button(
                _("Back to the example"),
                key="fp-photo-example",
                on_click=lambda: back_to_example(state),
            )
            return
        state.control("paper", _("Example on"), names=paper_names(), listed=True, width=240)
        state.control("shadow", _("Its shadow"), width=180, step=0.1)
        state.control("seed", _("Seed"), number=True, width=120)


def _begin(state: PageState) -> None:
    """Another photograph: corrections and what was selected were of the one before."""
    for name, value in _fresh().items():
        state.set(name, value)


def _fresh() -> dict[str, Any]:
    return {name: TABLE[name].default for name in ("corrected", "digit", "number", "turn")}


def thumbnail() -> str:
    """The example with its boxes, computed here and now, as a data URL."""
    return sketch()
