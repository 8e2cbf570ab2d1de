"""Convolution and pooling: a kernel that slides, what pooling keeps, and why it is worth it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.schema import Table, choice, custom, fields_of, mark
from core.vision.convolution import sheet
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.source import Source
from core.vision.impossible import Impossible
from core.vision.rules import read_cell, write_cell
from core.weights import WeightsError
from pages.convolution_and_pooling import inputs
from pages.convolution_and_pooling import view as conv
from pages.convolution_and_pooling.guess import guess, place_of
from pages.convolution_and_pooling.lesson import lesson as show_lesson
from pages.convolution_and_pooling.plain import view as plain
from pages.convolution_and_pooling.pooling import view as pooling
from pages.convolution_and_pooling.words import refusal
from pages.kit import place
from pages.kit.exchange import View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language, sentence
from pages.kit.state import PageState, page_state, stored

TABS = ("convolution", "pooling", "plain")

_OWN = [name for name in ConvolutionQuestion.schema if name not in ("only_cell", "turn")]
VIEW = {name: name for name in (*_OWN, "opened")}
"""Fields that the person sets in the picture of the convolution."""

TABLE = Table(
    "conv",
    {
        "tab": choice(TABS),
        **inputs.FIELDS,
        **fields_of(
            ConvolutionQuestion, {name: name for name in _OWN if name not in Source.schema}
        ),
        "padding": ConvolutionQuestion.schema["padding"].beginning(1),
        "opened": custom(None, read_cell, write_cell),
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
    "opened": ("number", mark("The arithmetic of one number")),
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
        shown = question(state)
    except (WeightsError, ValueError) as error:
        st.error(sentence(error))
    else:
        place.show_picture(shown.input[0].numpy())
        place.offer(lambda: place_of(shown))
        show_lesson(shown, state["opened"])


def question(state: PageState) -> ConvolutionQuestion:
    """The state of the page as one question."""
    return ConvolutionQuestion(**{name: state[name] for name in _OWN})


def _made_possible(state: PageState) -> list[str]:
    """Each part of a link makes sense, but they may not fit together: the nearest that does."""
    changed: list[str] = []
    for _try in range(8):
        try:
            question(state)
        except Impossible as error:
            state.set(error.field, error.nearest)
            changed.append(refusal(error))
        except WeightsError:
            return changed
        except ValueError as error:
            state.set("source", "sample")
            changed.append(sentence(error))
        else:
            return changed
    state.reset()
    return changed


def _picture(state: PageState) -> None:
    conv.conv_picture(
        exchange("conv", lambda: state.plain(VIEW), lambda view: _receive(state, view)),
        guess=guessed(lambda: guess(question(state))),
        hidden=state.hidden_parts(PARTS),
        language=language(),
    )


def _receive(state: PageState, view: View) -> None:
    ConvolutionQuestion.read({name: view[name] for name in _OWN})  # only what can be computed
    state.receive(view, VIEW)


def thumbnail() -> str:
    """A sample and its edges, computed here and now, as a data URL."""
    return sheet.thumbnail()
