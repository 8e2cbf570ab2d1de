"""The tab "Pooling": its fields, its picture (view.js), and what they exchange."""

from __future__ import annotations

import streamlit as st

from core.schema import custom, fields_of, mark, whole
from core.vision.drawing import Drawing
from core.vision.pooling import layer as pooling
from core.vision.pooling.layer import PoolingSetting
from core.vision.pooling.question import (
    EXAMPLE,
    LAYERS,
    SHIFT,
    PoolingQuestion,
    fitting,
    pooled,
)
from core.vision.rules import read_cell, write_cell
from pages.convolution_and_pooling.pooling.guess import guess
from pages.convolution_and_pooling.pooling.lesson import lesson
from pages.convolution_and_pooling.pooling.words import words
from pages.kit.exchange import exchange
from pages.kit.guess import sent as guessed
from pages.kit.picture import Picture
from pages.kit.state import PageState

_INPUT = ("source", "number", "matrix", "layer", "map")
_OPENED = ("row", "column", "view", "gradient", "dx", "dy")
FIELDS = {
    **fields_of(PoolingQuestion, {f"pool_{name}": name for name in _INPUT}),
    **fields_of(PoolingSetting, {f"pool_{name}": name for name in PoolingSetting.schema}),
    **fields_of(PoolingQuestion, {f"pool_{name}": name for name in _OPENED}),
    "pool_matrix": custom(EXAMPLE, pooled, pooled),
    "pool_row": whole(5, 0, 99),
    "pool_column": whole(7, 0, 99),
    "pool_opened": custom(None, read_cell, write_cell),
}
VIEW = {name: name.removeprefix("pool_") for name in FIELDS}
"""Fields, with their names in the picture."""

PARTS = {
    "pool_source": ("inputs", mark("What is pooled")),
    "pool_window": ("layer", mark("How it is pooled")),
    "pool_opened": ("number", mark("The arithmetic of one number")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    (
        "pool-in pool-one pool-out",
        mark("Each window becomes one number: its largest, or its mean."),
    ),
    (
        "pool-views",
        mark("Below: where the gradient goes, what is lost, what a small shift changes."),
    ),
]

PICTURE = Picture("pooling", "convolution_and_pooling/pooling/view.js")


def show(state: PageState, drawing: Drawing) -> None:
    """Draw the tab.

    Args:
        state: of the page, whose table has `FIELDS`.
        drawing: what the person has drawn, or the sample that stands for it.
    """
    question = _question(state, drawing)
    with st.container(key="picture"):
        PICTURE.show(
            exchange(
                PICTURE.name, lambda: state.plain(VIEW), lambda view: state.receive(view, VIEW)
            ),
            drawing=drawing.lists(),
            guess=guessed(lambda: guess(question) if question else None),
            hidden=state.hidden_parts(PARTS),
            layers=LAYERS,
            limits={
                "side": [1, 12],
                "window": list(pooling.WINDOW),
                "stride": list(pooling.STRIDE),
                "padding": list(pooling.PADDING),
                "shift": SHIFT,
            },
            words=words(),
        )
    if question is not None:
        lesson(question, state["pool_opened"])


def _question(state: PageState, drawing: Drawing) -> PoolingQuestion | None:
    """The state as one question; None where none can be made of it: the picture says why."""
    values = {name: state[field] for field, name in VIEW.items() if name != "opened"}
    try:
        setting = PoolingSetting(**{name: values.pop(name) for name in PoolingSetting.schema})
        return fitting(PoolingQuestion(drawing, setting=setting, **values))
    except ValueError:
        return None
