"""The tab "Pooling": its fields, its picture (view.js), and how both tell each other."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.state import choice, custom, flag, integer
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
from pages.kit.language import _, language, mark
from pages.kit.state import PageState

KEY = "pooling"

FIELDS = (
    choice("pool_source", SOURCES),
    integer("pool_number", 3, low=0, high=999_999),
    custom("pool_matrix", EXAMPLE, checked, checked),
    choice("pool_layer", tuple(LAYERS), "relu1"),
    integer("pool_map", 9, low=0, high=63),
    choice("pool_kind", pooling.KINDS),
    integer("pool_window", 2, low=pooling.WINDOW[0], high=pooling.WINDOW[1]),
    integer("pool_stride", 2, low=pooling.STRIDE[0], high=pooling.STRIDE[1]),
    integer("pool_padding", 0, low=pooling.PADDING[0], high=pooling.PADDING[1]),
    flag("pool_ceil", False),
    integer("pool_row", 5, low=0, high=99),
    integer("pool_column", 7, low=0, high=99),
    choice("pool_view", VIEWS),
    choice("pool_gradient", GRADIENTS),
    integer("pool_dx", 1, low=-SHIFT, high=SHIFT),
    integer("pool_dy", 0, low=-SHIFT, high=SHIFT),
)

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
    return {field.name.removeprefix("pool_"): state[field.name] for field in FIELDS}


def _hear(state: PageState, view: dict[str, Any]) -> None:
    for field in FIELDS:
        state.set(field.name, view[field.name.removeprefix("pool_")])


def _question(state: PageState, drawing: Drawing) -> Question | None:
    """The state as one question; None where none can be made of it: the picture says why."""
    view = _view(state)
    setting = {name: view.pop(name) for name in ("kind", "window", "stride", "padding", "ceil")}
    try:
        asked = Question.of(view | {"setting": setting, "drawing": drawing.lists()})
        return fitting(asked)
    except ValueError:
        return None
