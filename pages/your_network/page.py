"""Your network: a network that a visitor brings, opened layer by layer."""

from __future__ import annotations

import streamlit as st

from core.networks import inputs, shelf
from core.networks.answer import NumberQuestion
from core.networks.inputs import SCALES
from core.networks.opening import Network
from core.networks.thumbnail import sketch
from core.opened.linked import NUMBER_FIELD
from core.schema import Refusal, Table, choice, custom, mark, text, whole
from core.vision import link
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.weights import WeightsError
from pages.kit.exchange import View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language, sentence
from pages.kit.state import PageState, page_state
from pages.your_network import files
from pages.your_network.guess import guess
from pages.your_network.lesson import lesson as show_lesson
from pages.your_network.view import examples, network_picture

TABLE = Table(
    "network",
    {
        "example": choice(tuple(shelf.EXAMPLES)),
        "seed": whole(3, 0, 999_999),
        "drawing": custom(None, link.read_drawing, link.write_drawing),
        "numbers": text("", inputs.MOST, lines=True),
        "scale": choice(SCALES, "signed"),
        "off": text("", 2_000),
        "layer": text("", 20),
        "map": whole(0, 0, 100_000),
        "number": NUMBER_FIELD,
        "net": text("", 60, linked=False),
        "picture": text("", 60, linked=False),
    },
)

SHARED = ("numbers", "scale", "off", "layer", "map", "number")
"""Fields that the picture shows and sets, beside the drawing."""

PARTS = {
    "scale": ("scales", mark("Scale of the pixels")),
    "layer": ("table", mark("Table of the layers")),
    "number": ("number", mark("The arithmetic of one number")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("A network of ours came as an ONNX file, as yours would.")),
    ("table", mark("Every layer: what it makes, how many weights it has, what it costs.")),
    ("maps", mark("The maps of the chosen layer, on this drawing. Each number opens.")),
    ("kernel", mark("The kernel of one map. Break it: its weights become zero.")),
    ("answer", mark("What is left of the answer?")),
    ("score", mark("And of ten thousand test digits: how many does it still read?")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    with st.container(key="picture"):
        with st.container(key="controls"):
            state.control("example", _("Example"), names=examples())
        files.choose(state)
        _follow_example(state)
        try:
            net, network = _open(state)
        except WeightsError as error:
            st.error(sentence(error))
            return
        network_picture(
            exchange("network", lambda: _view(state), lambda view: _take(state, view)),
            net=net,
            network=network,
            picture=state["picture"],
            guess=guessed(lambda: guess(net, network)),
            hidden=state.hidden_parts(PARTS),
            language=language(),
        )
    show_lesson(_question(state, net), network)


def _follow_example(state: PageState) -> None:
    """Another example closes what was brought, with all that belonged to it."""
    before = st.session_state.setdefault("fp.network.followed", state["example"])
    if state["example"] == before:
        return
    st.session_state["fp.network.followed"] = state["example"]
    state.set("scale", shelf.EXAMPLES[state["example"]][1])
    for field in ("net", "numbers", "off", "layer", "map", "number", "picture"):
        state.set(field, state.table[field].default)


def _open(state: PageState) -> tuple[str, Network]:
    """The network on show: the visitor's own, or the example."""
    name = state["net"] or state["example"]
    try:
        return name, shelf.find(name)
    except Refusal as error:
        st.warning(sentence(error))
        state.set("net", "")
        return state["example"], shelf.find(state["example"])


def _question(state: PageState, net: str) -> NumberQuestion:
    """About the number that is open, as the picture asks."""
    asked = ("numbers", "scale", "off", "picture", "number")
    return NumberQuestion(net, _drawing(state), **{name: state[name] for name in asked})


def _drawing(state: PageState) -> Drawing:
    return sample(state["seed"]) if state["drawing"] is None else state["drawing"]


def _view(state: PageState) -> View:
    return {"drawing": _drawing(state).lists()} | state.plain({name: name for name in SHARED})


def _take(state: PageState, view: View) -> None:
    drawing = Drawing.of(view["drawing"])
    values = {name: TABLE[name].read(view[name]) for name in SHARED}
    if drawing != _drawing(state):
        state.set("drawing", drawing)
        state.set("picture", "")
    for name, value in values.items():
        state.set(name, value)


def thumbnail() -> str:
    """The layers of the first example, to scale, as a data URL."""
    return sketch(shelf.find("simple"))
