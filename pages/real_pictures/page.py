"""Real networks, real pictures: one's own picture through a network of ImageNet's 1,000 classes."""

from __future__ import annotations

import streamlit as st

from core.schema import Table, choice, custom, mark, text, whole
from core.vision.imagenet import pictures
from core.vision.imagenet import thumbnail as sketch
from core.vision.imagenet.answer import HeatQuestion, PictureQuestion
from core.vision.imagenet.networks import NAMES
from core.vision.rules import read_cell, write_cell
from pages.kit.exchange import shared
from pages.kit.guess import sent as guessed
from pages.kit.language import language
from pages.kit.state import PageState, page_state
from pages.real_pictures.guess import guess
from pages.real_pictures.lesson import lesson as show_lesson
from pages.real_pictures.view import real_picture

TABLE = Table(
    "pictures",
    {
        "network": choice(NAMES),
        "picture": choice(pictures.SET),
        "own": text("", 60, linked=False),
        "array": text("stem_relu", 40),
        "map": whole(5, 0, 4095),
        "method": HeatQuestion.schema["method"],
        "target": whole(-1, -1, 999),
        "number": custom(None, read_cell, write_cell),
    },
)
""""own" is the name of a picture of one's own, which is in no link; target -1: the best class."""

PARTS = {
    "picture": ("picture", mark("Choice of the picture")),
    "network": ("networks", mark("Choice of the network")),
    "method": ("why", mark("Why this answer")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("A photograph, and a network that has learned from more than a million others.")),
    ("prepared", mark("What goes in is a square of 224 pixels, cut out of the middle.")),
    ("best", mark("1,000 classes. “Cat” is none of them, but several kinds of cats are.")),
    ("overview", mark("Every stage of it: places become fewer, kinds of things become more.")),
    (
        "layer map",
        mark("One stage from inside. Point at a number: the picture shows what it sees."),
    ),
    ("kernels", mark("The kernels of the first layer are seen as colours: edges and blobs.")),
    ("peaks", mark("What excites a map? The nine strongest places in all pictures here.")),
    ("why", mark("What does the answer rest on? What matters less fades.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    with st.container(key="picture"):
        real_picture(
            shared("pictures", state, TABLE.fields),
            guess=guessed(lambda: guess(PictureQuestion(state["network"], shown(state)))),
            hidden=state.hidden_parts(PARTS),
            language=language(),
        )
    show_lesson(state["network"], shown(state), state["number"])


def shown(state: PageState) -> str:
    """The name of the picture on show."""
    return str(state["own"] or state["picture"])


def thumbnail() -> str:
    """The cat and its edges, as a data URL."""
    return sketch.thumbnail()
