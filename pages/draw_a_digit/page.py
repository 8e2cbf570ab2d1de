"""Draw a digit: every layer of a trained network, live, from the pen to the answer."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.schema import Table, choice, custom, flag, mark, text, whole
from core.vision import lesson, live
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.place import Place
from core.vision.preprocess import Stages
from core.weights import WeightsError
from pages.draw_a_digit import view as digit
from pages.draw_a_digit.lesson import lesson as show_lesson
from pages.kit.exchange import View, exchange
from pages.kit.language import _, language, sentence
from pages.kit.state import PageState, page_state

TABLE = Table(
    "draw",
    {
        "seed": whole(3, 0, 999_999),
        "model": choice(live.MODELS),
        "scale": choice(("map", "layer")),
        "drawing": custom(None, lesson.read_drawing, lesson.write_drawing),
        "stages": custom(Stages(), lesson.read_stages, lesson.write_stages),
        "place": custom(Place("conv1", 9, 13, 14), lesson.read_place, lesson.write_place),
        "off": custom({}, lesson.read_off, lesson.write_off),
        "why": flag(False),
        "own": text("", 40),
    },
)
"""`own` names a network that was trained on another page (`core.vision.adopted`)."""

PARTS = {
    "drawing": ("tools", mark("Drawing tools")),
    "stages": ("strip", mark("What the network sees")),
    "place": ("working", mark("The arithmetic of one number")),
    "why": ("why", mark("Why this answer?")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("One drawing, one network, every number in between. It follows the pen.")),
    ("canvas", mark("The pen leaves strokes, not pixels.")),
    ("strip", mark("What the network gets: cropped, 20 × 20, centred by mass, one pen width.")),
    ("input", mark("784 numbers from −1 (paper) to +1 (ink). Nothing else goes in.")),
    ("conv1", mark("32 kernels of 3 × 3 weights slide over it: 32 feature maps.")),
    ("relu1", mark("ReLU keeps what is positive; the rest becomes zero.")),
    ("pool1", mark("Max-pooling keeps the largest of each 2 × 2 window.")),
    ("conv2", mark("64 kernels, each of which looks at all 32 maps at once.")),
    ("relu2 pool2", mark("Once more: keep what is positive, then the largest of four.")),
    ("fc1 relu3", mark("All 3,136 numbers that are left, mixed into 512.")),
    ("answer", mark("Ten logits; softmax turns them into probabilities.")),
    ("working", mark("And every one of these numbers is a sum that you can check.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    if state["own"]:
        _check_own(state)
    with st.container(key="picture"):
        _controls(state)
        _picture(state)
    try:
        live.network(_model(state))
    except WeightsError as error:
        st.error(sentence(error))
    else:
        show_lesson(question(state))


def question(state: PageState) -> live.Question:
    """The state of the page as one question to the network."""
    return live.Question(
        _drawing(state), _model(state), state["stages"], state["off"], state["place"], strip=False
    )


def _model(state: PageState) -> str:
    """What the live routes call the network of the page."""
    name: str = state["own"] or state["model"]
    return name


def _check_own(state: PageState) -> None:
    """A network that was trained here is forgotten some time; the shipped ones take over."""
    try:
        live.network(state["own"])
    except ValueError:
        state.set("own", "")
        st.warning(
            _("The network that you trained has been forgotten. This is a shipped one again.")
        )


def _drawing(state: PageState) -> Drawing:
    return sample(state["seed"]) if state["drawing"] is None else state["drawing"]


def _controls(state: PageState) -> None:
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        if state["own"]:
            st.button(
                _("Back to the shipped networks"),
                key="fp-draw-shipped",
                on_click=lambda: state.set("own", ""),
            )
        else:
            names = {"ours": _("our recipe"), "notes": _("the notes' recipe")}
            state.control("model", _("Network"), names=names)
        state.control(
            "scale",
            _("Full colour is the largest value of"),
            names={"map": _("this map"), "layer": _("this layer")},
        )


def _picture(state: PageState) -> None:

    def receive(view: View) -> None:
        values = {
            "drawing": Drawing.of(view["drawing"]),
            "stages": Stages(**view["stages"]),
            "place": Place(**view["place"]),
            "off": {layer: tuple(filters) for layer, filters in view["off"].items()},
            "why": view["why"],
        }
        for name, value in values.items():
            state.set(name, value)

    digit.digit_picture(
        exchange("draw", lambda: _view(state), receive),
        model=_model(state),
        scale=state["scale"],
        seed=state["seed"],
        hidden=[part for name, (part, label) in PARTS.items() if not state.offer(name, _(label))],
        language=language(),
    )


def _view(state: PageState) -> dict[str, Any]:
    return {
        "drawing": _drawing(state).lists(),
        "stages": vars(state["stages"]),
        "place": vars(state["place"]),
        "off": {layer: list(filters) for layer, filters in state["off"].items()},
        "why": state["why"],
    }


def thumbnail() -> str:
    """The sheet of a sample, computed here and now, as a data URL."""
    return live.thumbnail(TABLE["seed"].default)
