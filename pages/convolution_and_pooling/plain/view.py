"""The tab "Why not a plain network": its fields, its two pictures, and the run that it repeats."""

from __future__ import annotations

import logging
from typing import Any

import streamlit as st

from core.schema import choice, custom, fields_of, mark
from core.vision.drawing import Drawing
from core.vision.plain.answer import PlainQuestion, drawn
from core.vision.plain.network import Layers
from core.vision.rules import read_cell, write_cell
from core.vision.shuffled.example import card
from core.vision.shuffled.job import ShuffledSetting
from core.vision.training.data import available
from pages.convolution_and_pooling.plain import words as plain_words
from pages.convolution_and_pooling.plain.lesson import lesson
from pages.kit import mnist_missing
from pages.kit.exchange import exchange
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.state import PageState

RUN = {
    "plain_width": "channels",
    "plain_steps": "steps",
    "plain_seed": "seed",
    "plain_run_shuffle": "shuffle",
    "plain_rate": "learning_rate",
}
"""Fields of the page that make a run, with their names in it."""

FIELDS = {
    **fields_of(Layers, {f"plain_{name}": name for name in Layers.schema}),
    **fields_of(PlainQuestion, {"plain_shuffle": "shuffle"}),
    **fields_of(ShuffledSetting, RUN),
    "plain_width": choice((4, 8, 16), 8),
    "plain_number": custom(None, read_cell, write_cell),
}
VIEW = {f"plain_{name}": name for name in (*Layers.schema, "shuffle", "number")}
"""Fields that the person sets in the picture of the costs, with their names in it."""
_SCALES = {
    "side": [28, 50, 100, 150, 224, 300, 400, 500, 640, 800, 1_000, 1_500, 2_000],
    "units": [1, 10, 50, 100, 200, 500, 1_000, 2_000, 4_096, 10_000],
    "kernel": [1, 3, 5, 7, 9, 11],
    "maps": [1, 6, 16, 32, 64, 96, 128, 256, 512],
}
"""Values that the sliders stop at."""

PARTS = {
    "plain_side": ("layers", mark("Sizes of the two layers")),
    "plain_number": ("number", mark("The arithmetic of one number")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("plain-costs", mark("A million pixels, a thousand units: a billion weights.")),
    ("plain-neighbours", mark("Flattened, a pixel's lower neighbour is a whole row away.")),
    (
        "shuffled-row",
        mark("Shuffle all pixels: you lose the digit, the plain network loses nothing."),
    ),
]

_log = logging.getLogger("forward_pass")
PICTURE = Picture("plain", "convolution_and_pooling/plain/view.js")
RUN_PICTURE = Picture("shuffled", "convolution_and_pooling/plain/shuffled.js")


def show(state: PageState, drawing: Drawing) -> None:
    """Draw the tab.

    Args:
        state: of the page, whose table has `FIELDS`.
        drawing: what the person has drawn, or the sample that stands for it.
    """
    with st.container(key="picture"):
        _counts(state, drawing)
    st.header(_("Does a convolution need neighbours?"), anchor=False)
    st.markdown(
        _(
            "Four networks learn the same digits: a convolutional one and a plain one with as many "
            "parameters, each on the pictures as they are, and on the same pictures with all "
            "pixels shuffled, once and for all."
        )
    )
    if not mnist_missing.available():
        mnist_missing.offer()
    _experiment(state, drawing)
    layers = Layers(**{name: state[f"plain_{name}"] for name in Layers.schema})
    lesson(state["plain_shuffle"], config(state), layers, state["plain_number"])


def _counts(state: PageState, drawing: Drawing) -> None:
    PICTURE.show(
        exchange(PICTURE.name, lambda: state.plain(VIEW), lambda view: state.receive(view, VIEW)),
        drawing=drawing.lists(),
        hidden=state.hidden_parts(PARTS),
        scales=_SCALES,
        words=plain_words.words(),
    )


def _experiment(state: PageState, drawing: Drawing) -> None:
    with st.container(horizontal=True, key="plain-controls", vertical_alignment="bottom"):
        state.control("plain_width", _("Maps of the first convolution"))
        state.control("plain_steps", _("Training steps"), number=True, width=150)
        state.control("plain_seed", _("Seed of weights and batches"), number=True, width=190)
        state.control("plain_run_shuffle", _("Seed of the shuffle"), number=True, width=170)
    RUN_PICTURE.show(
        lambda view: state.take(view, RUN),
        config=config(state),
        hidden=[],
        image=drawn(drawing),
        card=_card(),
        words=plain_words.run_words(),
    )


def config(state: PageState) -> dict[str, Any]:
    """A run that begins here, as plain values."""
    return state.plain(RUN) | {"data": available()}


def _card() -> dict[str, Any] | None:
    """What is shipped; None, and the log says why, where it is damaged."""
    try:
        return card()
    except ValueError as error:
        _log.error("%s", error)
        return None
