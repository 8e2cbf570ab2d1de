"""Below the picture of "Real networks, real pictures": lesson, formula, questions, the program."""

from __future__ import annotations

import streamlit as st

from core.opened import Cell
from core.pretrained.shelf import PretrainedError
from core.schema import Refusal
from core.vision.imagenet.answer import NumberQuestion, PictureQuestion, number
from core.vision.imagenet.photographs import PHOTOGRAPHS
from core.vision.imagenet.program import program
from pages.kit import quiz
from pages.kit.code import code, formula
from pages.kit.language import _, sentence
from pages.kit.tabs import tabs

PAGE = "real_pictures"


def lesson(network: str, picture: str, cell: Cell | None) -> None:
    """Draw it, about the network, the picture and the number that are on show."""
    if picture in PHOTOGRAPHS:
        source = PHOTOGRAPHS[picture]
        st.caption(
            _("Photograph: {what}, {by}, {terms}, as scikit-image distributes it.").format(
                what=source.what, by=source.by, terms=_(source.terms)
            )
        )
    tabs(
        PAGE,
        "depthwise",
        numbers=(_("Formula and PyTorch"), lambda: _numbers(network, picture, cell)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions())),
    )


def _numbers(network: str, picture: str, cell: Cell | None) -> None:
    asked = NumberQuestion(network, picture, cell)
    if cell is None or not formula("number", lambda: number(asked), _("This number in PyTorch")):
        st.caption(_("Select a number in the picture: its formula and its program come here."))
    try:
        source = program(PictureQuestion(network, picture))
    except (PretrainedError, Refusal) as error:
        st.info(sentence(error))
        return
    code("real_pictures", source, _("The five best classes in PyTorch"))


def _questions() -> list[quiz.Question]:
    return [
        quiz.Question(
            "pictures-depthwise",
            "",
            _(
                "A depthwise 3 × 3 convolution of 96 channels, without biases: how many weights "
                "has it?"
            ),
            3 * 3 * 96,
            _("3 · 3 for each channel, and no channel sees another: {count}.").format(
                count=3 * 3 * 96
            ),
            {
                3 * 3 * 96 * 96: _(
                    "That is an ordinary one, in which each kernel sees all channels."
                )
            },
            hint=_("Each channel has one kernel of its own."),
        ),
        quiz.Question(
            "pictures-crop",
            "",
            _("A picture of 512 × 256 pixels is prepared. How much of it does the network see?"),
            "less",
            _("224 · 224 of 512 · 256 pixels: 38%. The rest may as well not be there."),
            {
                "half": _("The middle square of 256 would be half; 224 × 224 of it are cut out."),
                "all": _("It is not squeezed: that would change shapes."),
            },
            choices={
                "all": _("all of it"),
                "half": _("the half in the middle"),
                "less": _("less than half"),
            },
        ),
    ]
