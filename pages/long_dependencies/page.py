"""Long dependencies: how far back a gradient reaches, and what really helps it to get there."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.recurrent.adding.opened import AddingNumber
from core.recurrent.adding.task import Adding
from core.recurrent.through_time import figure
from core.recurrent.through_time.gradient import GradientSetting, ways
from core.recurrent.through_time.rules import GradientNumber
from core.recurrent.through_time.sharing import NUDGE
from core.schema import Table, fields_of, mark, maybe, nested, text, whole
from pages.kit.controls import more
from pages.kit.exchange import shared
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language
from pages.kit.run.inspection import Inspected
from pages.kit.state import PageState, page_state
from pages.long_dependencies.adding import adding_picture, cell_names
from pages.long_dependencies.gradients import gradient_picture
from pages.long_dependencies.guess import guess
from pages.long_dependencies.lesson import Shown
from pages.long_dependencies.lesson import lesson as show_lesson

SETTINGS = tuple(GradientSetting.schema)
SHARED = (*SETTINGS, "step", "number")
"""What the first picture and the page both change."""

RUN = {
    "cell": "cell",
    "run_length": "length",
    "run_hidden": "hidden",
    "run_bias": "forget_bias",
    "clip": "clip",
    "rate": "learning_rate",
    "steps": "steps",
    "run_seed": "seed",
}
"""Fields of the page, each with the name that a run of the adding problem has for it."""

TABLE = Table(
    "long",
    {
        "seed": GradientSetting.schema["seed"],
        **GradientSetting.schema,
        "step": whole(1, 1, 200),
        "number": maybe(nested(GradientNumber)),
        "nudge": NUDGE,
        **fields_of(Adding, RUN),
        "run_length": Adding.schema["length"].beginning(Adding().length, high=100),
        "run": text("", 60, linked=False),
        "at": whole(-1, -1, 1_000_000, linked=False),
        "sum": maybe(nested(AddingNumber)),
    },
)

PARTS = {
    "length": ("settings", mark("Sliders of the gradient")),
    "step": ("curves", mark("Curves of the gradient")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("A loss at the end, a cause at the beginning. Does the gradient get there?")),
    (
        "through verdict",
        mark("Each arrow is one step back, as thick as the gradient that arrives."),
    ),
    ("settings", mark("PyTorch's default, a larger forget bias, larger weights: press and see.")),
    ("panel", mark("Does it matter? Three networks learn to add two numbers from long ago.")),
    ("loss", mark("Below the dotted line a network remembers. Watch which ones get there.")),
    ("sequences", mark("Without memory the best guess is always 1, the average.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    with st.container(key="picture"):
        _gradients(state)
        _adding(state)
    step = min(state["step"], state["length"])
    run = Inspected(state["run"], state["at"] if state["at"] >= 0 else None, "shipped-adding")
    show_lesson(
        Shown(setting(state), step, state["number"], config(state), run, state["sum"]), state
    )


def setting(state: PageState) -> GradientSetting:
    """What the gradient is sent through."""
    return GradientSetting(**{name: state[name] for name in SETTINGS})


def _gradients(state: PageState) -> None:
    gradient_picture(
        shared("long", state, SHARED),
        guess=guessed(lambda: guess(setting(state))),
        hidden=state.hidden_parts(PARTS),
        language=language(),
    )


def config(state: PageState) -> dict[str, Any]:
    """A run of the adding problem that begins here, as plain values."""
    return state.plain(RUN)


def _adding(state: PageState) -> None:
    st.header(_("What really helps? The adding problem"), anchor=False)
    st.markdown(
        _(
            "In a long sequence of numbers two are marked, one early, one late; at the "
            "end the network has to give their sum. Always answering 1 leaves an error "
            "of about 1/6. Only a network that remembers gets below that."
        )
    )
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        state.control("cell", _("Cell"), names=cell_names())
        state.control("run_length", _("Length of a sequence"), width=190)
        state.control("run_bias", _("Forget-gate bias at the start"), width=190)
        more(
            state,
            "fp-more",
            {
                "run_hidden": (_("Hidden size"), {}),
                "clip": (_("Largest gradient norm (0: no clipping)"), {}),
                "steps": (_("Training steps"), {"number": True}),
                "run_seed": (_("Seed"), {"number": True}),
            },
        )
    adding_picture(
        config(state),
        number=TABLE["sum"].write(state["sum"]),
        language=language(),
        on_view=lambda view: _receive(state, view),
    )


def _receive(state: PageState, view: Any) -> None:
    """Take over what was chosen in the second picture, and the number that is open in it."""
    state.take(view, RUN, ("run", "at", "sum"))


def thumbnail() -> str:
    """The three curves with a forget bias of 1, computed here and now, as a data URL."""
    return figure.small(ways(GradientSetting(forget_bias=1.0)))
