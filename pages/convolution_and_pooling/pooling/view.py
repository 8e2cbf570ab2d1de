"""The tab "Pooling": its fields, its picture (view.js), and what they exchange."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.schema import choice, custom, flag, mark, whole
from core.vision.drawing import Drawing
from core.vision.pooling import layer as pooling
from core.vision.pooling.live import (
    EXAMPLE,
    GRADIENTS,
    LAYERS,
    SHIFT,
    SOURCES,
    VIEWS,
    Question,
    checked,
    fitting,
)
from pages.convolution_and_pooling.pooling.lesson import lesson
from pages.convolution_and_pooling.pooling.words import words
from pages.kit import assets
from pages.kit.exchange import exchange
from pages.kit.language import _, language
from pages.kit.state import PageState

KEY = "pooling"

FIELDS = {
    "pool_source": choice(SOURCES),
    "pool_number": whole(3, 0, 999_999),
    "pool_matrix": custom(EXAMPLE, checked, checked),
    "pool_layer": choice(tuple(LAYERS), "relu1"),
    "pool_map": whole(9, 0, 63),
    "pool_kind": choice(pooling.KINDS),
    "pool_window": whole(2, *pooling.WINDOW),
    "pool_stride": whole(2, *pooling.STRIDE),
    "pool_padding": whole(0, *pooling.PADDING),
    "pool_ceil": flag(False),
    "pool_row": whole(5, 0, 99),
    "pool_column": whole(7, 0, 99),
    "pool_view": choice(VIEWS),
    "pool_gradient": choice(GRADIENTS),
    "pool_dx": whole(1, -SHIFT, SHIFT),
    "pool_dy": whole(0, -SHIFT, SHIFT),
}

PARTS = {
    "pool_source": ("inputs", mark("What is pooled")),
    "pool_window": ("layer", mark("How it is pooled")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("pool-in pool-one pool-out", mark("Of each window one number is handed on, the largest.")),
    ("pool-views", mark("The gradient goes back to the winners alone; what lost gets nothing.")),
]

_component = assets.component("forward_pass_pooling", "convolution_and_pooling/pooling/view.js")


def show(state: PageState, drawing: Drawing) -> None:
    """Draw the tab.

    Args:
        state: of the page, whose table has `FIELDS`.
        drawing: what the person has drawn, or the sample that stands for it.
    """
    told = exchange(KEY, lambda: _view(state), lambda view: _hear(state, view))
    _component(
        key=KEY,
        data={
            **told.data(),
            "drawing": drawing.lists(),
            "hidden": [
                part for name, (part, label) in PARTS.items() if not state.offer(name, _(label))
            ],
            "language": language(),
            "base": assets.base(),
            "layers": LAYERS,
            "limits": {
                "side": [1, 12],
                "window": list(pooling.WINDOW),
                "stride": list(pooling.STRIDE),
                "padding": list(pooling.PADDING),
                "shift": SHIFT,
            },
            "words": words(),
        },
        on_view_change=lambda: told.on_view(st.session_state[KEY]["view"]),
    )
    if (question := _question(state, drawing)) is not None:
        lesson(question)


def _view(state: PageState) -> dict[str, Any]:
    return {name.removeprefix("pool_"): state[name] for name in FIELDS}


def _hear(state: PageState, view: dict[str, Any]) -> None:
    for name in FIELDS:
        state.set(name, view[name.removeprefix("pool_")])


def _question(state: PageState, drawing: Drawing) -> Question | None:
    """The state as one question; None where none can be made of it: the picture says why."""
    view = _view(state)
    setting = {name: view.pop(name) for name in ("kind", "window", "stride", "padding", "ceil")}
    try:
        asked = Question.of(view | {"setting": setting, "drawing": drawing.lists()})
        return fitting(asked)
    except ValueError:
        return None
