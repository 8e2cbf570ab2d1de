"""The tab "Teach it your handwriting": controls, picture and lesson of the job "hand"."""

from __future__ import annotations

import streamlit as st

from core.schema import choice, fields_of, mark
from core.vision.drawing import MAX_POINTS, MAX_STROKES, PEN, SIDE
from core.vision.finetune import setting
from core.vision.finetune.setting import FinetuneSetting
from pages.kit.controls import more
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.state import PageState
from pages.train_a_cnn.hand import words as hand_words
from pages.train_a_cnn.hand.lesson import lesson as show_lesson

PICTURE = Picture("hand", "train_a_cnn/hand/view.js")

RUN = {
    "hand_network": "network",
    "hand_rehearsal": "rehearsal",
    "hand_frozen": "frozen",
    "hand_rate": "learning_rate",
    "hand_steps": "steps",
    "hand_seed": "seed",
}
"""Fields of the page that make a run, with their names in it."""
FIELDS = fields_of(FinetuneSetting, RUN) | {
    "hand_network": choice(setting.shipped() or (FinetuneSetting.network,)),
}
"""The fields of the setting."""

PARTS = {"hand_rate": ("rate", mark("Learning rate"))}
"""Fields that are set in the picture itself, each with its part of the picture."""

STEPS = [
    ("all", mark("A trained network meets a hand that it has never seen.")),
    ("pad", mark("Draw a digit, press its key, draw the next.")),
    ("tray", mark("What each drawing is meant to be, and what the network takes it for.")),
    ("panel", mark("Play: it goes on learning, from these drawings alone.")),
    ("curves", mark("The new digits are learned in a few steps. What it knew is lost as fast.")),
    (
        "kept",
        mark("The digits that nobody drew are lost: they are taken for those that were drawn."),
    ),
    ("runs", mark("The remedy is rehearsal: some old digits in each batch. Compare the two.")),
]


def show(state: PageState) -> None:
    """Draw the tab."""
    with st.container(key="picture"):
        _controls(state)
        _picture(state)
    show_lesson(state.plain(RUN))


def _controls(state: PageState) -> None:
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        state.control("hand_network", _("Begins with"), names=hand_words.network_names())
        state.control(
            "hand_rehearsal", _("Rehearsal: share of old digits in each batch"), width=260
        )
        state.control("hand_frozen", _("Learning"), names=hand_words.frozen_names())
        more(
            state,
            "fp-more",
            {
                "hand_steps": (_("Steps"), {"number": True}),
                "hand_seed": (_("Seed"), {"number": True}),
            },
        )


def _picture(state: PageState) -> None:
    PICTURE.show(
        lambda view: state.take(view, RUN),
        config=state.plain(RUN),
        hidden=state.hidden_parts(PARTS),
        fewest=setting.FEWEST,
        most=setting.MOST,
        limits={"side": SIDE, "pen": PEN, "points": MAX_POINTS, "strokes": MAX_STROKES},
        words=hand_words.words(),
    )
