"""Below the pictures of "Long dependencies": lesson, formula, questions, what to take away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.recurrent.cells import KINDS
from core.recurrent.through_time import formula, live, sheet
from core.recurrent.through_time.gradient import GradientSetting, ways
from core.training.jobs import program
from pages.kit import quiz
from pages.kit.code import code
from pages.kit.downloads import downloads
from pages.kit.language import _
from pages.kit.tabs import tabs
from pages.long_dependencies.gradients import CELLS

PAGE = "long_dependencies"


def lesson(setting: GradientSetting, step: int, config: dict[str, Any]) -> None:
    """Draw it.

    Args:
        setting: what the gradient is sent through, in the first picture.
        step: the selected one.
        config: of the adding problem that begins here.
    """
    numbers, predict, take = tabs(
        PAGE, "helps", _("Formula and PyTorch"), _("Predict, then reveal"), _("Take away")
    )
    with numbers:
        _formula(setting, step, config)
    with predict:
        quiz.ask(*_questions(setting))
    with take:
        _take_away(setting, step)


def _formula(setting: GradientSetting, step: int, config: dict[str, Any]) -> None:
    found = ways(setting)
    st.latex(formula.product(setting, step, found))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(_("One step back multiplies by a Jacobian:"))
        for kind in KINDS:
            st.latex(rf"\text{{{CELLS[kind]}: }}{formula.JACOBIANS[kind]}")
    with right:
        st.markdown(
            _(
                "The LSTM's cell state has a way of its own, on which only forget gates multiply. "
                "Its share of the gradient, and the mean forget gate:"
            )
        )
        st.latex(formula.cell_path(setting, step, found["lstm"]))
    code("gradient_through_time", formula.program(setting, step))
    with st.expander(_("The PyTorch of the adding problem above")):
        source = program("adding", config)
        st.code(source, language="python")
        downloads("adding_problem", py=source.encode)


def _questions(setting: GradientSetting) -> list[quiz.Question]:
    """Questions whose answers are computed at PyTorch's default, whatever the sliders say."""
    default = live.gradients({"length": 50})["cells"]
    halved = live.gradients({"length": 50, "forget_bias": 3.0})["cells"]
    twice = live.gradients({"length": 100})["cells"]
    longest = max(KINDS, key=lambda kind: default[kind]["ratio"])
    powers = {"-2": "10⁻²", "-5": "10⁻⁵", "-10": "10⁻¹⁰"}
    nearest = min(powers, key=lambda p: abs(int(p) - live.magnitude(default["lstm"]["ratio"])))
    doubled = {"half": _("half as much"), "square": _("its square"), "same": _("as much")}
    return [
        quiz.Question(
            "lstm-default",
            "",
            _(
                "An LSTM as PyTorch initialises it, 50 steps. How much of the gradient reaches "
                "the first step?"
            ),
            nearest,
            _("{lstm:.0e}. The RNN: {rnn:.0e}. Most arrives in the {best}: {most:.0e}.").format(
                lstm=default["lstm"]["ratio"],
                rnn=default["rnn"]["ratio"],
                best=CELLS[longest],
                most=default[longest]["ratio"],
            ),
            choices=powers,
        ),
        quiz.Question(
            "twice-as-long",
            "",
            _("Twice the length: what is left of the gradient, beside what was left before?"),
            "square",
            _(
                "Every step multiplies by about the same factor, so twice as many steps square "
                "it: {once:.0e} after 49 steps, {again:.0e} after 99 (LSTM)."
            ).format(once=default["lstm"]["ratio"], again=twice["lstm"]["ratio"]),
            choices=doubled,
        ),
        quiz.Question(
            "who-gains",
            "",
            _("A forget bias of 3: whose gradient changes?"),
            "lstm",
            _(
                "Only the LSTM has a forget gate: {before:.0e} becomes {after:.2g}. The GRU has an "
                "update gate instead, and PyTorch starts it half open too."
            ).format(before=default["lstm"]["ratio"], after=halved["lstm"]["ratio"]),
            choices={"lstm": "LSTM", "both": _("LSTM and GRU"), "all": _("all three")},
        ),
    ]


def _take_away(setting: GradientSetting, step: int) -> None:
    st.markdown(
        _(
            "The three curves as a picture, every norm as a table, and a program that computes "
            "them. What a run of the adding problem leaves is below its list of runs."
        )
    )
    downloads(
        "gradient_norms",
        png=lambda: sheet.png(ways(setting)),
        csv=lambda: sheet.table(ways(setting)),
        py=lambda: formula.program(setting, step).encode(),
    )
