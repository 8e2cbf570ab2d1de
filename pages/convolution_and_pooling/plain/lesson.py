"""Below the pictures of "Why not a plain network": lesson, program, questions."""

from __future__ import annotations

import streamlit as st

from core.opened import Cell
from core.vision.plain import counts
from core.vision.plain import network as plain
from core.vision.plain.network import Layers
from pages.kit import quiz
from pages.kit.code import formula, run_program
from pages.kit.language import _
from pages.kit.tabs import tabs

PAGE = "convolution_and_pooling/plain"


def lesson(shuffle: int, config: dict[str, object], layers: Layers, number: Cell | None) -> None:
    """Draw it.

    Args:
        shuffle: the seed of the shuffle in the picture.
        config: of the experiment's run that begins here.
        layers: the two layers whose cost is compared.
        number: the count of them that is open.
    """

    def numbers() -> None:
        st.latex(plain.FORMULA)
        if number is not None:
            formula("count", lambda: counts.formula(layers, number, shuffle))
        title = _("The PyTorch of the experiment above")
        run_program("shuffled_pixels", "shuffled", config, title)

    tabs(
        PAGE,
        "care",
        numbers=(_("Formula and PyTorch"), numbers),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(shuffle))),
    )


def _questions(shuffle: int) -> list[quiz.Question]:
    notes = Layers(side=1_000, channels=1, units=1)
    one = plain.cost(notes.connected(), notes.side)
    _right, below = plain.apart(notes.side)
    small = plain.cost(Layers(side=28).convolution(), 28).parameters
    large = plain.cost(Layers(side=1_000).convolution(), 1_000).parameters
    return [
        quiz.Question(
            "plain-unit",
            "1000 1",
            _(
                "A grey picture of 1000 × 1000 pixels is flattened. How many parameters has a "
                "single unit that sees all of it, its bias included?"
            ),
            one.parameters,
            _("1000 · 1000 weights and a bias: {count}.").format(count=f"{one.parameters:,}"),
            {
                one.parameters - 1: _("These are the weights. The bias is missing."),
                notes.side: _("That is one row of the picture. The unit sees all of them."),
            },
            hint=_("One weight for every pixel, and one bias."),
        ),
        quiz.Question(
            "plain-below",
            "1000 below",
            _("How far behind a pixel does its lower neighbour lie in the vector?"),
            below,
            _("A whole row: {count} numbers.").format(count=f"{below:,}"),
            {
                1: _("That is its right neighbour. The row goes on first."),
                below - 1: _("So many lie between the two; the neighbour comes after them."),
            },
            hint=_("Flattening writes row after row. How many numbers has a row of this picture?"),
        ),
        quiz.Question(
            "plain-grow",
            "64 3x3",
            _(
                "64 kernels of 3 × 3 have {small} parameters for a picture of 28 × 28. How many "
                "for one of 1000 × 1000?"
            ).format(small=small),
            large,
            _("As many: {large}. The same weights are used at every place.").format(large=large),
            {},
            hint=_("What do a kernel's parameters depend on: its own size, or the picture's?"),
        ),
        quiz.Question(
            "plain-shuffle",
            str(shuffle),
            _(
                "All pixels of all pictures are shuffled in one fixed order. What does a plain "
                "network trained on them lose?"
            ),
            "nothing",
            _(
                "Nothing but chance: shuffle its first weights in the same order, and it computes "
                "the very same numbers."
            ),
            {
                "some": _(
                    "It could only lose what it uses. Every pixel has a weight of its own, so it "
                    "never knew which pixels are neighbours."
                ),
                "all": _(
                    "To you the pictures are noise. But each pixel still says the same in every "
                    "picture, only at another place of the vector."
                ),
            },
            {
                "nothing": _("no accuracy at all"),
                "some": _("some accuracy"),
                "all": _("everything: it can only guess"),
            },
        ),
    ]
