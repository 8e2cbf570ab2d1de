"""Convolution and pooling: a kernel that slides, what pooling keeps, and why it is worth it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.schema import Table, choice, custom, flag, mark, whole
from core.vision.convolution import kernels, limits, link, sheet
from core.vision.convolution.question import PLAIN, Question
from core.vision.convolution.setting import AFTER
from core.vision.drawing import Drawing
from core.vision.impossible import Impossible
from core.weights import WeightsError
from pages.convolution_and_pooling import inputs
from pages.convolution_and_pooling import view as conv
from pages.convolution_and_pooling.lesson import lesson as show_lesson
from pages.convolution_and_pooling.plain import view as plain
from pages.convolution_and_pooling.pooling import view as pooling
from pages.convolution_and_pooling.words import refusal
from pages.kit.exchange import View, exchange
from pages.kit.language import _, language, sentence
from pages.kit.state import PageState, page_state, stored

TABS = ("convolution", "pooling", "plain")

TABLE = Table(
    "conv",
    {
        "tab": choice(TABS),
        **inputs.FIELDS,
        "filters": custom(("sobel_x",), link.read_filters, link.write_filters),
        "rows": whole(3, *limits.KERNEL),
        "columns": whole(3, *limits.KERNEL),
        "stride": whole(1, 0, limits.STRIDE[1]),
        "padding": custom(1, link.read_padding, link.write_padding),
        "mode": choice(limits.MODES),
        "dilation": whole(1, *limits.DILATION),
        "groups": whole(1, *limits.GROUPS),
        "transposed": flag(False),
        "output_padding": whole(0, *limits.OUTPUT_PADDING),
        "after": choice(AFTER),
        "flipped": flag(False),
        "bias": custom((), link.read_bias, link.write_bias),
        "angle": whole(45, *kernels.ANGLES),
        "dice": whole(1, *kernels.SEEDS),
        "edits": custom((), link.read_edits, link.write_edits),
        "place": custom(None, link.read_place, link.write_place),
        **pooling.FIELDS,
        **plain.FIELDS,
    },
)

PARTS = {
    "source": ("inputs", mark("Choice of the input")),
    "filters": ("kernel", mark("Choice of the kernel")),
    "stride": ("movement", mark("Stride, padding, dilation")),
    "groups": ("after", mark("Channels and activation")),
    "place": ("player", mark("Play and step")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("A small window of weights slides over a picture. Nothing else happens.")),
    ("input", mark("The input is numbers. Point at one: all that it goes into is outlined.")),
    ("kernel", mark("The kernel lies on a few of them; each is multiplied with its weight.")),
    ("sum", mark("The products are added up, with a bias: one number.")),
    ("output", mark("It is one cell of the output. The same weights make every other cell.")),
    ("player", mark("Play: the kernel goes on, and the output fills cell by cell.")),
    ("size", mark("How large it gets follows from a division, rounded down.")),
    ("controls-kernel kernel", mark("Other weights, other findings: drag one of them.")),
    ("controls-movement input", mark("Stride, padding, dilation: how it moves, and over what.")),
    ("controls-after sum", mark("More channels add up to one number; each filter is one channel.")),
]


def steps() -> Sequence[tuple[str, str]]:
    """The walk through the tab that is shown."""
    return {"pooling": pooling.STEPS, "plain": plain.STEPS}.get(stored("conv", "tab"), STEPS)


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    inputs.take_drawing(state)
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        names = {
            "convolution": _("Convolution"),
            "pooling": _("Pooling"),
            "plain": _("Why not a plain network"),
        }
        state.control("tab", _("Part"), names=names, label_visibility="collapsed")
        if state["tab"] == "convolution":
            inputs.upload(state)
    if state["tab"] == "convolution":
        _convolution(state)
    else:
        part = pooling if state["tab"] == "pooling" else plain
        part.show(state, inputs.drawn(state))


def _convolution(state: PageState) -> None:
    changed = _made_possible(state)
    with st.container(key="picture"):
        for each in changed:
            st.caption(each)
        _picture(state)
    try:
        asked = question(state)
    except (WeightsError, ValueError) as error:
        st.error(sentence(error))
    else:
        show_lesson(asked)


def question(state: PageState) -> Question:
    """The state of the page as one question."""
    return Question.of(_view(state))


def _made_possible(state: PageState) -> list[str]:
    """Each part of a link makes sense, but they may not fit together: the nearest that does."""
    said: list[str] = []
    for _try in range(8):
        try:
            question(state)
        except Impossible as error:
            state.set(error.field, error.nearest)
            said.append(refusal(error))
        except WeightsError:
            return said
        except ValueError as error:
            state.set("source", "sample")
            said.append(sentence(error))
        else:
            return said
    state.reset()
    return said


def _picture(state: PageState) -> None:
    def receive(view: Mapping[str, Any]) -> None:
        asked = Question.of({name: value for name, value in view.items() if name != "told"})
        drawing = view["drawing"]
        values = {name: view[name] for name in _SAME} | {
            "drawing": None if drawing is None else Drawing.of(drawing),
            "filters": asked.filters,
            "bias": asked.bias,
            "edits": asked.edits,
            "place": asked.cell,
        }
        for name, value in values.items():
            state.set(name, value)

    conv.conv_picture(
        exchange("conv", lambda: _view(state), receive),
        hidden=[part for name, (part, label) in PARTS.items() if not state.offer(name, _(label))],
        language=language(),
    )


_SAME = (
    *("source", "seed", "matrix", "channels", "picture", "normalised"),
    *PLAIN,
    *("rows", "columns", "padding", "angle", "dice"),
)
"""Fields that the picture tells as the state has them."""


def _view(state: PageState) -> View:
    return {
        **{name: state[name] for name in _SAME},
        "drawing": inputs.source_view(state)["drawing"],
        "filters": list(state["filters"]),
        "bias": list(state["bias"]),
        "edits": [[*at, number] for at, number in state["edits"]],
        "place": None if state["place"] is None else vars(state["place"]),
    }


def thumbnail() -> str:
    """A sample and its edges, computed here and now, as a data URL."""
    return sheet.thumbnail()
