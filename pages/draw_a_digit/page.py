"""Draw a digit: every layer of a trained network, live, from the pen to the answer."""

from __future__ import annotations

import streamlit as st

from core.schema import Table, choice, custom, fields_of, flag, mark, text, whole
from core.vision import networks, number, sheet
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.link import drawing_or_sample
from core.vision.place import Place
from core.vision.preprocess import render
from core.vision.question import DrawingQuestion
from core.weights import WeightsError
from pages.draw_a_digit import view as digit
from pages.draw_a_digit.guess import guess, place_of
from pages.draw_a_digit.lesson import lesson as show_lesson
from pages.kit import place
from pages.kit.exchange import View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language, sentence
from pages.kit.state import PageState, page_state

TABLE = Table(
    "draw",
    {
        "seed": whole(3, 0, 999_999),
        "model": choice(networks.MODELS),
        "scale": choice(("map", "layer")),
        "drawing": drawing_or_sample(),
        **fields_of(DrawingQuestion, {name: name for name in ("stages", "place", "off")}),
        "place": DrawingQuestion.schema["place"].beginning(Place("conv1", 9, 13, 14)),
        "why": flag(False),
        "number": custom(None, number.read_some, number.write_some),
        "own": text("", 40),
    },
)
"""`own` names a network that was trained on another page (`core.vision.adopted`)."""

VIEW = {name: name for name in ("drawing", "stages", "place", "off", "why", "number")}
"""Fields that the person sets in the picture itself."""

PARTS = {
    "drawing": ("tools", mark("Drawing tools")),
    "stages": ("strip", mark("What the network sees")),
    "place": ("working", mark("The arithmetic of one number")),
    "why": ("why", mark("Why this answer?")),
    "number": ("number", mark("The arithmetic of what stands beside the layers")),
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
    ("strokes", mark("The other way to read it: an LSTM follows the pen, point after point.")),
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
        networks.network(_model(state))
    except WeightsError as error:
        st.error(sentence(error))
    else:
        place.show_picture(render(_drawing(state), state["stages"]))
        place.offer(lambda: place_of(question(state)))
        show_lesson(question(state), state["number"])


def question(state: PageState) -> DrawingQuestion:
    """The state of the page as one question to the network."""
    fields = ("stages", "off", "place")
    return DrawingQuestion(
        _drawing(state), _model(state), **{name: state[name] for name in fields}, strip=False
    )


def _model(state: PageState) -> str:
    """What the live routes call the network of the page."""
    name: str = state["own"] or state["model"]
    return name


def _check_own(state: PageState) -> None:
    """A network that was trained here is forgotten some time; the shipped ones take over."""
    try:
        networks.network(state["own"])
    except ValueError:
        state.set("own", "")
        st.warning(
            _("The network that you trained has been forgotten. This is an included one again.")
        )


def _drawing(state: PageState) -> Drawing:
    return sample(state["seed"]) if state["drawing"] is None else state["drawing"]


def _controls(state: PageState) -> None:
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        if state["own"]:
            st.button(
                _("Back to the included networks"),
                key="fp-draw-shipped",
                on_click=lambda: state.set("own", ""),
            )
        else:
            names = {"ours": _("our recipe"), "notes": _("the notes' recipe")}
            state.control("model", _("Network"), names=names)
        state.control(
            "scale",
            _("Colour scale: full colour is the largest value of"),
            names={"map": _("this map"), "layer": _("this layer")},
        )


def _picture(state: PageState) -> None:
    def view() -> View:
        return state.plain(VIEW) | {"drawing": _drawing(state).lists()}

    digit.digit_picture(
        exchange("draw", view, lambda view: state.receive(view, VIEW)),
        model=_model(state),
        scale=state["scale"],
        seed=state["seed"],
        guess=guessed(lambda: guess(question(state))),
        hidden=state.hidden_parts(PARTS),
        language=language(),
    )


def thumbnail() -> str:
    """The sheet of a sample, computed here and now, as a data URL."""
    return sheet.thumbnail(TABLE["seed"].default)
