"""Below the picture of "Photographed handwriting": lesson, formula, questions."""

from __future__ import annotations

import streamlit as st

from core.intervals import interval
from core.vision import networks
from core.vision.photo import answer
from core.vision.photo.light import LUMA
from core.vision.photo.question import PhotoNumberQuestion, PhotoQuestion
from core.vision.photo.rules import COLOURS
from core.vision.photo.sheet import NETWORK
from pages.kit import quiz
from pages.kit.code import formula
from pages.kit.language import _
from pages.kit.numbers import percent
from pages.kit.provenance import provenance
from pages.kit.state import PageState
from pages.kit.tabs import tabs
from pages.photographed_handwriting.api import sheet_of

PAGE = "photographed_handwriting"
_WRITTEN, _RIGHT = 20, 19


def lesson(state: PageState, question: PhotoQuestion) -> None:
    """Draw it, about the sheet and the number that the picture shows."""
    provenance("network", "shipped", networks.network(NETWORK).card)
    tabs(
        PAGE,
        "strokes",
        numbers=(_("Formula and PyTorch"), lambda: _formula(state, question)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions())),
    )


def _formula(state: PageState, question: PhotoQuestion) -> None:
    number = state["number"]
    asked = number and PhotoNumberQuestion(**vars(question), digit=state["digit"], number=number)
    if not asked or not formula("photo", lambda: answer.number(sheet_of(question), asked)):
        st.caption(_("Select a number in the picture: its formula and its program come here."))


def _questions() -> list[quiz.Question]:
    low, high = interval(_RIGHT, _WRITTEN)
    weights = dict(zip(COLOURS, LUMA, strict=True))
    line = {"r": 0.4, "g": 0.6, "b": 0.9}
    return [
        quiz.Question(
            "photo-blue",
            "",
            _(
                "A blue line is printed on white paper: red {r}, green {g}, blue {b}. What is its "
                "grey value?"
            ).format(**line),
            round(sum(w * x for w, x in zip(LUMA, line.values(), strict=True)), 3),
            _("{red} · {r} + {green} · {g} + {blue} · {b}: green counts most, blue least.").format(
                **weights, **line
            ),
            {},
            hint=_("The weights are {red}, {green} and {blue}.").format(**weights),
        ),
        quiz.Question(
            "photo-interval",
            "",
            _("Of {of} digits a network reads {right} rightly. What may its accuracy be?").format(
                of=_WRITTEN, right=_RIGHT
            ),
            "wide",
            _(
                "That says little: the 95% interval after Wilson reaches from {low} to {high}."
            ).format(low=percent(low), high=percent(high)),
            {
                "exact": _("The next twenty digits may well give another count."),
                "close": _("For that, hundreds of digits are needed."),
            },
            choices={
                "exact": percent(_RIGHT / _WRITTEN),
                "close": _("{low} to {high}").format(low=percent(0.94), high=percent(0.96)),
                "wide": _("{low} to {high}").format(low=percent(low), high=percent(high)),
            },
        ),
    ]
