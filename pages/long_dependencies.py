"""Long dependencies: how far back a gradient reaches, and what really helps it to get there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import streamlit as st

from core.recurrent import live
from core.state import Table, integer, real
from pages.parts.language import _, language, mark
from pages.parts.long_gradients import gradient_picture
from pages.parts.state import PageState, page_state

SETTINGS = ("length", "forget_bias", "scale", "hidden", "seed")

TABLE = Table(
    "long",
    (
        integer("seed", 0, **live.LIMITS["seed"]),
        integer("length", 50, **live.LIMITS["length"]),
        real("forget_bias", 0.0, **live.LIMITS["forget_bias"]),
        real("scale", 1.0, **live.LIMITS["scale"]),
        integer("hidden", 32, **live.LIMITS["hidden"]),
        integer("step", 1, low=1, high=200),
    ),
)

PARTS = {
    "length": ("settings", mark("Sliders of the gradient")),
    "step": ("curves", mark("Curves of the gradient")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("A loss at the end, a cause at the beginning. Does the gradient get there?")),
    ("through", mark("Each arrow is one step back, as thick as the gradient that arrives.")),
    ("settings", mark("PyTorch's default, a larger forget bias, larger weights: press and see.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    with st.container(key="picture"):
        _gradients(state)


def _gradients(state: PageState) -> None:
    """The first picture: it is told what the page has changed, and tells what the person has."""
    told = st.session_state.setdefault(
        "fp.long.told", {"view": None, "revision": 0, "session": uuid4().hex}
    )

    def on_view(view: dict[str, Any]) -> None:
        try:
            for name in (*SETTINGS, "step"):
                state.set(name, view[name])
        except (KeyError, TypeError, ValueError):
            return  # the route has refused the same settings, and said why in the picture
        told["view"] = _view(state)

    if (view := _view(state)) != told["view"]:
        told.update(view=view, revision=told["revision"] + 1)
    gradient_picture(
        view,
        revision=told["revision"],
        session=told["session"],
        hidden=[part for name, (part, label) in PARTS.items() if not state.offer(name, _(label))],
        language=language(),
        on_view=on_view,
    )


def _view(state: PageState) -> dict[str, Any]:
    return {name: state[name] for name in (*SETTINGS, "step")}
