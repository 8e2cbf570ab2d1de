"""Below the picture of "Teach it your handwriting": what forgetting is, and predictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.training import shipped
from pages.kit import quiz
from pages.kit.code import run_program
from pages.kit.language import _, sentence
from pages.kit.numbers import percent
from pages.kit.tabs import tabs

PAGE = "train_a_cnn/hand"


def lesson(config: Mapping[str, Any]) -> None:
    """Draw it, with the program of a run that begins here with the example's drawings."""

    def python() -> None:
        drawn = shipped.load("hand_run").config["drawings"]
        run_program("teach_it_your_hand", "hand", {"drawings": drawn, **config})
        st.caption(
            _(
                "Its drawings are the example's. A run with your own can be taken away as a "
                "program from the list of runs."
            )
        )

    tabs(
        PAGE,
        "remedy",
        predict=(_("Predict, then reveal"), _predict),
        python=(_("PyTorch"), python),
    )


def _predict() -> None:
    try:
        questions = _questions()
    except (OSError, ValueError) as error:
        st.caption(sentence(error))
        return
    quiz.ask(*questions)


def _questions() -> list[quiz.Question]:
    """About the two examples, from what was measured in them."""
    alone = dict(shipped.load("hand_run").saved[-1].marks)
    half = dict(shipped.load("hand_run_rehearsal").saved[-1].marks)
    shares = {"50": "50%", "80": "80%", "95": "95%", "99": "99%"}
    return [
        quiz.Question(
            "forgotten",
            "",
            _(
                "LeNet-5 reads {before} of MNIST. It goes on for 100 steps with 0s, 5s and 7s in "
                "a strange hand, and with nothing else. How much of MNIST does it read then?"
            ).format(before=percent(alone["mnist.start"])),
            _nearest(alone["mnist"], shares),
            _("{after}: what nobody drew is taken for what was drawn.").format(
                after=percent(alone["mnist"])
            ),
            {
                "80": _(
                    "That would be a few mistakes more. Seven of ten digits have no example any "
                    "more, and many of them are taken for the other three."
                ),
                "95": _(
                    "A hundred steps are few beside the training, but all of them pull the same "
                    "weights to the new digits."
                ),
                "99": _("Nothing protects what has been learned: a step moves every weight."),
            },
            choices=shares,
        ),
        quiz.Question(
            "rehearsed",
            "",
            _("The same, but half of each batch comes from MNIST. How much of MNIST now?"),
            _nearest(half["mnist"], shares),
            _("{after}, and of the new digits that were held back it reads {new}.").format(
                after=percent(half["mnist"]), new=percent(half["hand"])
            ),
            {
                "50": _(
                    "That was without MNIST. Now half of every batch speaks for the old digits."
                ),
                "80": _(
                    "Half of each batch does not mean half of the loss: what is shown again stays."
                ),
                "95": _("Even less is lost: every step is held in place by old digits."),
            },
            choices=shares,
        ),
    ]


def _nearest(share: float, choices: dict[str, str]) -> str:
    return min(choices, key=lambda each: abs(int(each) - 100 * share))
