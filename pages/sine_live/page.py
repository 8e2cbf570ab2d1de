"""Sine, live: recurrent networks learn to continue a wave while one watches."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.recurrent.sine import thumbnail as picture
from core.recurrent.sine.opened import ScoreNumber
from core.recurrent.sine.presets import PRESETS
from core.recurrent.sine.setting import SineSetting
from core.schema import Table, custom, mark, maybe, nested, text, whole
from pages.kit.controls import Control, more, presets
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language
from pages.kit.run import words as training_words
from pages.kit.run.inspection import Inspected
from pages.kit.state import PageState, page_state
from pages.sine_live import view as sine
from pages.sine_live.data import own_column, read_values, write_values
from pages.sine_live.guess import guess
from pages.sine_live.lesson import EXAMPLE
from pages.sine_live.lesson import lesson as show_lesson

TABLE = Table(
    "sine",
    {
        **SineSetting.schema,
        "values": custom((), read_values, write_values, tuple, list),
        "run": text("", 60, linked=False),
        "at": whole(-1, -1, 1_000_000, linked=False),
        "number": maybe(nested(ScoreNumber)),
    },
    PRESETS["race"],
)
"""The fields of the setting; then which run the picture shows, which of its saved states, and which
number is open."""
SETTING = {name: name for name in SineSetting.schema}

PARTS = {"learning_rate": ("rate", mark("Learning rate"))}
"""Fields that are set in the picture itself, each with its part of the picture."""

STEPS = [
    ("all", mark("A network reads a wave, value by value, and says each time what comes next.")),
    ("panel", mark("Play trains it here and now. Every curve below is the run's own.")),
    ("loss", mark("Its error, on a logarithmic axis. Below persistence it has learned something.")),
    ("one", mark("One step ahead it is given the true past at every step. That is easy.")),
    (
        "free",
        mark("Free-running it gets only its own outputs, and its errors come back to it."),
    ),
    ("scores", mark("Both errors, beside two baselines that have nothing to learn.")),
    (
        "panel",
        mark("Drag the time back: the network of that moment answers, and can go on."),
    ),
    ("runs", mark("Every run of this session stays, to be compared and taken away.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    with st.container(key="picture"):
        _controls(state)
        sine.sine_picture(
            config(state),
            number=TABLE["number"].write(state["number"]),
            guess=guessed(guess),
            hidden=state.hidden_parts(PARTS),
            language=language(),
            on_view=lambda view: _receive(state, view),
        )
    run = Inspected(state["run"], state["at"] if state["at"] >= 0 else None, EXAMPLE)
    show_lesson(config(state), run, state["number"])


def config(state: PageState) -> dict[str, Any]:
    """The setting of a run that begins here, as plain values."""
    values = state.plain(SETTING)
    return values if state["kind"] == "table" else values | {"values": []}


def _receive(state: PageState, view: Any) -> None:
    """Take over the run that the picture shows, and what was chosen in it."""
    column = state["values"]
    state.take(view, SETTING, ("run", "at", "number"))
    if not state["values"]:  # a column that is out of use now stays to be chosen again
        state.set("values", column)


def thumbnail() -> str:
    """The shipped race: its curves, and its forecasts when it had learned little."""
    return picture.race((_("Loss"), _("Free-running")))


def _controls(state: PageState) -> None:
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        _presets(state)
        state.control("cell", _("Cell"), names=sine.cell_names())
        state.control("hidden", _("Hidden size"), width=200)
        more(state, "fp-more", *_further(), after={"kind": lambda: _column(state)})


def _presets(state: PageState) -> None:
    presets(
        state,
        "fp.sine.preset",
        {
            "notes": _("the notes' run"),
            "fast": _("fast"),
            "race": _("the race"),
            "too_large": _("too large a learning rate"),
            "hidden_1": _("hidden size 1"),
        },
        {name: vars(SineSetting(**fields)) for name, fields in PRESETS.items()},
        {name: state[name] for name in SETTING},
    )


def _further() -> tuple[dict[str, Control], dict[str, Control]]:
    """The controls of the rest of the setting: of the data, and of the way it learns."""
    every = {"every": _("every step"), "last": _("last step")}
    schedules = {"constant": _("constant"), "decay": _("falling")}
    return (
        {
            "kind": (_("Series"), {"names": sine.kind_names()}),
            "samples": (_("Samples"), {"number": True}),
            "length": (_("Sequence length"), {}),
            "warm_up": (_("Warm-up steps excluded from the loss"), {}),
            "output": (_("Output"), {"names": every}),
            "seed": (_("Seed"), {"number": True}),
        },
        {
            "layers": (_("Layers"), {}),
            "dropout": (_("Dropout between layers"), {}),
            "optimiser": (_("Optimiser"), {"names": training_words.optimisers()}),
            "schedule": (_("Learning rate over time"), {"names": schedules}),
            "batch": (_("Batch size (0: all at once)"), {"number": True}),
            "epochs": (_("Epochs"), {"number": True}),
            "clip": (_("Largest gradient norm (0: no clipping)"), {}),
        },
    )


def _column(state: PageState) -> None:
    if state["kind"] == "table":
        own_column(state)
