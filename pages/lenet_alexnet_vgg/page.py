"""LeNet, AlexNet, VGG: as published, on one's own drawing, and at equal cost."""

from __future__ import annotations

import streamlit as st

from core.schema import Table, choice, custom, mark, whole
from core.vision import link
from core.vision.architectures import sheet
from core.vision.architectures.answer import STAGES
from core.vision.architectures.number import read_number, write_number
from core.vision.architectures.published import ARCHITECTURES
from core.vision.drawing import Drawing
from core.vision.fair.ideas import IDEAS
from core.vision.hand import sample
from pages.kit.exchange import Exchange, View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language
from pages.kit.state import PageState, page_state, stored
from pages.lenet_alexnet_vgg import fair, five
from pages.lenet_alexnet_vgg import view as arch
from pages.lenet_alexnet_vgg.guess import guess
from pages.lenet_alexnet_vgg.lesson import lesson as show_lesson

SHOWN = ("left", "right", "scale", "side", "layer")
COMPARED = ("equal", "idea")
"""Fields that the first picture sets, and the third."""
LAYERS = 63

TABLE = Table(
    "arch",
    {
        "seed": whole(3, 0, 999_999),
        "left": choice(tuple(ARCHITECTURES), "lenet5_1998"),
        "right": choice(tuple(ARCHITECTURES), "alexnet_2012"),
        "scale": choice(("log", "true")),
        "side": choice(("left", "right"), "right"),
        "layer": whole(3, 0, LAYERS),
        "drawing": custom(None, link.read_drawing, link.write_drawing),
        "number": custom(None, read_number, write_number),
        "stage": choice(STAGES, "pool1"),
        "equal": choice(("parameters", "multiply_adds", "seconds")),
        "idea": choice(tuple(idea.name for idea in IDEAS)),
    },
    {"left": "lenet5"},
)

PARTS = {
    "left": ("choice", mark("Choice of the networks")),
    "layer": ("table", mark("Table of the layers")),
    "scale": ("timeline", mark("Timeline")),
    "stage": ("stages", mark("Choice of the maps")),
    "number": ("number", mark("The arithmetic of one number")),
    "equal": ("kinds", mark("Choice of the comparison")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("Three networks that made history, and what each of them costs.")),
    ("left", mark("LeNet-5, 1998: 60,000 parameters read the digits on cheques.")),
    ("right", mark("AlexNet, 2012: a thousand times as many. Sheets are drawn to scale.")),
    ("right table", mark("The work is in the convolutions, the weights in the last layers.")),
    (
        "field",
        mark(
            "Values in deeper layers depend on more of the picture. Small kernels one "
            "after another get there with fewer weights and more non-linearities."
        ),
    ),
    ("formulas", mark("Every number in the table is a formula. Click a row.")),
    ("timeline", mark("What each of them brought, and where it is written.")),
    ("drawing five", mark("Small ones of each kind, on your own digit, all at once.")),
    ("equal", mark("Which is best? At equal cost the answer depends on what is held equal.")),
    ("idea", mark("One idea at a time. Not each of them helps at this size.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    _take_drawing(state)
    hidden = state.hidden_parts(PARTS)
    with st.container(key="picture"):
        arch.networks_picture(
            _shared(state, "arch", SHOWN),
            drawing=_drawing(state).lists(),
            guess=guessed(lambda: guess(state[state["side"]])),
            hidden=hidden,
            language=language(),
        )
        st.markdown(
            _(
                "With weights from more than a million photographs, and on your own picture: "
                "[Real networks, real pictures](real-pictures)."
            )
        )
        st.header(_("The same drawing through five of them"), anchor=False)
        st.markdown(
            _(
                "Trained on MNIST's 28 × 28 pixels, with what each family is known for. They "
                "always answer; only the networks of “Draw a digit” have learned to refuse."
            )
        )
        five.five_picture(
            exchange("arch_five", lambda: _drawn(state), lambda view: _draw(state, view)),
            seed=state["seed"],
            hidden=hidden,
            language=language(),
        )
        st.header(_("Which one is better?"), anchor=False)
        fair.fair_picture(
            _shared(state, "arch_fair", COMPARED),
            hidden=hidden,
            language=language(),
        )
    show_lesson(
        state["left"],
        state["right"],
        state[state["side"]],
        state["layer"],
        _drawing(state),
        state["number"],
    )


def _drawing(state: PageState) -> Drawing:
    return sample(state["seed"]) if state["drawing"] is None else state["drawing"]


def _take_drawing(state: PageState) -> None:
    """Take over what was drawn on "Draw a digit" since this page last looked.

    A page that was opened from a link with a drawing keeps it.
    """
    theirs = stored("draw", "drawing")
    first = "fp.arch.theirs" not in st.session_state
    if theirs is not None and theirs != st.session_state.get("fp.arch.theirs"):
        if not (first and state["drawing"] is not None):
            state.set("drawing", theirs)
    st.session_state["fp.arch.theirs"] = theirs


def _shared(state: PageState, picture: str, fields: tuple[str, ...]) -> Exchange:
    """Fields that a picture shows and sets, as they are."""

    def receive(view: View) -> None:
        for name, value in {name: TABLE[name].read(view[name]) for name in fields}.items():
            state.set(name, value)

    return exchange(picture, lambda: {name: state[name] for name in fields}, receive)


def _drawn(state: PageState) -> View:
    return {
        "drawing": _drawing(state).lists(),
        "stage": state["stage"],
        "number": write_number(state["number"]),
    }


def _draw(state: PageState, view: View) -> None:
    drawing, stage = Drawing.of(view["drawing"]), TABLE["stage"].check(view["stage"])
    number = read_number(view["number"])
    state.set("stage", stage)
    state.set("number", number)
    if drawing != _drawing(state):
        state.set("drawing", drawing)


def thumbnail() -> str:
    """LeNet-5 above AlexNet, to scale, as a data URL."""
    named = {"lenet5_1998": "LeNet-5, 1998", "alexnet_2012": "AlexNet, 2012"}
    return sheet.thumbnail(
        {
            name: _("{name}: {count} parameters").format(
                name=label, count=f"{sheet.shares(name).parameters:,}"
            )
            for name, label in named.items()
        }
    )
