"""The tab "Train" of "Train a CNN": controls, picture and lesson of a run of the job "cnn"."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.recurrent.sine.valley import Descent
from core.schema import custom, fields_of, mark, text, whole
from core.vision import link as links
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.ink import as_bytes, as_text
from core.vision.preprocess import render
from core.vision.rules import read_cell, write_cell
from core.vision.training.edits import MAX_TEXT
from core.vision.training.presets import PRESETS
from core.vision.training.setting import CnnSetting
from pages.kit import mnist_missing
from pages.kit.controls import Control, more, presets
from pages.kit.exchange import View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language
from pages.kit.run import words as training_words
from pages.kit.state import PageState, stored
from pages.train_a_cnn import view as cnn
from pages.train_a_cnn import words as cnn_words
from pages.train_a_cnn.guess import guess
from pages.train_a_cnn.lesson import lesson as show_lesson

FIRST = "fast"
"""The preset of a page that nobody has touched: the one that the example was trained with."""
SAMPLE = 3
"""The sample that goes through the network until somebody has drawn."""
_THEIRS = "fp.cnn.theirs"


RUN = {name: name for name in CnnSetting.schema}
"""Fields of the page that make a run, by their names in it."""
RACE = {f"race_{name}": name for name in Descent.schema}
"""Fields of the race down a loss surface, with their names in it."""
_FIRST = vars(CnnSetting(**PRESETS[FIRST]))
FIELDS = {
    **{name: field.beginning(_FIRST[name]) for name, field in CnnSetting.schema.items()},
    "drawing": custom(None, links.read_drawing, links.write_drawing),
    "number": custom(None, read_cell, write_cell),
    "image": text("", 1100, linked=False),
    "edits": text("", MAX_TEXT, linked=False),
    "run": text("", 60, linked=False),
    "at": whole(-1, -1, 10_000_000, linked=False),
    **fields_of(Descent, RACE),
}
"""The fields of the setting; one's own digit; the number that is open; a digit of the data that
goes through the network instead, and what is broken in it; the run on show, and which state; then
the race in the lesson."""

PARTS = {
    "learning_rate": ("rate", mark("Learning rate")),
    "drawing": ("tools", mark("Drawing tools")),
    "number": ("number", mark("The arithmetic of one number")),
}
"""Fields that are set in the picture itself, each with its part of the picture."""


def show(state: PageState) -> None:
    """Draw the tab."""
    there = mnist_missing.available()
    if not there:
        mnist_missing.offer()
    _take_over(state)
    with st.container(key="picture"):
        _controls(state)
        _picture(state, config(state, there))
    step = state["at"] if state["at"] >= 0 else None
    show_lesson(config(state, there), state["run"], step, _number(state), state)


def _number(state: PageState) -> dict[str, str]:
    """What the inspection "formula" is asked about."""
    image = state["image"] or as_text(as_bytes(render(_drawing(state))))
    return {"image": image, "edits": state["edits"], "number": write_cell(state["number"])}


def _picture(state: PageState, now: dict[str, Any]) -> None:

    def current() -> View:
        return {"drawing": _drawing(state).lists(), "number": write_cell(state["number"])}

    def receive(view: View) -> None:
        for name in ("run", "at", "image", "edits"):
            state.set(name, view[name])
        state.set("number", read_cell(view["number"]))
        if view["drawing"] != _drawing(state).lists():
            state.set("drawing", Drawing.of(view["drawing"]))
        state.take(view, RUN)

    cnn.cnn_picture(
        exchange("cnn", current, receive),
        now,
        sample=SAMPLE,
        guess=guessed(guess),
        hidden=state.hidden_parts(PARTS),
        language=language(),
    )


def config(state: PageState, there: bool = True) -> dict[str, Any]:
    """The setting of a run that begins here, as plain values; without MNIST it is of pen digits."""
    return state.plain(RUN) | ({} if there else {"data": "pen"})


def _drawing(state: PageState) -> Drawing:
    return sample(SAMPLE) if state["drawing"] is None else state["drawing"]


def _take_over(state: PageState) -> None:
    """What was last drawn on "Draw a digit", unless something was drawn here since."""
    theirs = stored("draw", "drawing")
    if theirs is not None and theirs != st.session_state.get(_THEIRS):
        st.session_state[_THEIRS] = theirs
        state.set("drawing", theirs)


def _controls(state: PageState) -> None:
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        _presets(state)
        state.control("architecture", _("Network"), names=cnn_words.architecture_names(), width=190)
        state.control("images", _("Training images"), number=True, width=150)
        state.control("augment", _("Augmentation"), names=cnn_words.augment_names())
        more(state, "fp-more", *_further(state), after={"padding": lambda: _whose(state)})


def _presets(state: PageState) -> None:
    names = cnn_words.preset_names()
    presets(
        state,
        "fp.cnn.preset",
        {name: names.get(name, name) for name in PRESETS},
        {name: vars(CnnSetting(**fields)) for name, fields in PRESETS.items()},
        {name: state[name] for name in RUN},
    )


def _further(state: PageState) -> tuple[dict[str, Control], dict[str, Control]]:
    """The controls of the rest of the setting: of the network, and of the way it learns."""
    own = state["architecture"] == "own"
    net: dict[str, Control] = {
        "activation": (_("Activation"), {"names": cnn_words.activation_names(), "listed": True}),
        "norm": (_("Batch normalisation"), {}),
        "dropout": (_("Dropout"), {}),
        "channels": (_("Channels of the first stage"), {"disabled": not own}),
        "kernel": (_("Kernel size"), {"disabled": not own}),
        "padding": (_("Padding"), {"names": cnn_words.padding_names(), "disabled": not own}),
    }
    way: dict[str, Control] = {
        "optimiser": (_("Optimiser"), {"names": training_words.optimisers(), "listed": True}),
        "momentum": (_("Momentum"), {"help": _("With Adam: its first beta.")}),
        "decay": (_("Weight decay"), {"number": True, "format": "%.5f"}),
        "schedule": (
            _("Learning rate over time"),
            {"names": cnn_words.schedule_names(), "listed": True},
        ),
        "batch": (_("Batch size"), {"number": True}),
        "epochs": (_("Epochs"), {"number": True}),
        "precision": (_("Arithmetic"), {}),
        "data": (_("Digits"), {"names": cnn_words.data_names(), "listed": True}),
        "seed": (_("Seed"), {"number": True}),
    }
    return net, way


def _whose(state: PageState) -> None:
    if state["architecture"] != "own":
        st.caption(_("Channels, kernel and padding belong to the network of your own."))
