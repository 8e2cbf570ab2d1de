"""Below the pictures of "Long dependencies": lesson, formula, questions, what to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.recurrent.adding.opened import AddingNumber
from core.recurrent.cells import KINDS
from core.recurrent.through_time import answer, figure, formula, rules
from core.recurrent.through_time.gradient import GradientSetting, ways
from core.recurrent.through_time.rules import GradientNumber
from core.recurrent.through_time.sharing import LATE, pictures, shared
from core.schema import mark
from pages.kit import quiz
from pages.kit.cell_words import CELLS
from pages.kit.code import code, run_program
from pages.kit.code import formula as open_formula
from pages.kit.downloads import downloads
from pages.kit.language import _
from pages.kit.numbers import percent, scientific, short, strong
from pages.kit.prose import prose
from pages.kit.run.inspection import Inspected, texts
from pages.kit.state import PageState
from pages.kit.tabs import tabs
from pages.long_dependencies import TITLE

PAGE = "long_dependencies"
NUDGE = mark("Change this weight by")


@dataclass(frozen=True)
class Shown:
    """What the pictures show.

    Attributes:
        setting: what the gradient is sent through, in the first picture.
        step: the selected one.
        number: the one that is open there.
        config: of the adding problem that begins here, in the second picture.
        run: of it.
        sum: the number that is open in it.
    """

    setting: GradientSetting
    step: int
    number: GradientNumber | None
    config: dict[str, Any]
    run: Inspected
    sum: AddingNumber | None


def lesson(shown: Shown, state: PageState) -> None:
    """Draw it."""
    state.offer("nudge", _(NUDGE))  # a link can hide it before its tab was ever open

    def numbers() -> None:
        _formula(shown.setting, shown.step)
        _numbers(shown)
        title = _("The PyTorch of the adding problem above")
        run_program("adding_problem", "adding", shown.config, title)

    tabs(
        PAGE,
        "helps",
        state=state,
        sharing=(_("One weight, every step"), lambda: _sharing(shown.setting, state)),
        numbers=(_("Formula and PyTorch"), numbers),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions())),
        take=(_("Export"), lambda: _take_away(shown.setting, shown.step)),
    )


def _sharing(setting: GradientSetting, state: PageState) -> None:
    """What each step adds to the gradient of a shared weight, and what moves when it changes."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        prose(PAGE, "sharing")
    with right:
        state.control("nudge", _(NUDGE), width=260)
        found = shared(setting, state["nudge"])
        st.image(pictures(found), width="stretch")
        row, column = found.place
        st.markdown(
            _(
                "W_hh[{row}, {column}] = {value}. Sum of the {count} terms: {sum}; autograd, of "
                "the shared weight: {gradient}. The last {late} steps make up {share} of it."
            ).format(
                row=row,
                column=column,
                value=f"{found.value:.4f}",
                count=len(found.terms),
                sum=f"**{found.terms.sum():.5f}**",
                gradient=f"**{found.gradient:.5f}**",
                late=min(LATE, len(found.terms)),
                share=strong(percent(found.late)),
            )
        )
        st.caption(
            _(
                "Left: what each step adds to the gradient, blue, and the sum so far, orange. "
                "Right: how far each hidden state moves when the weight changes at every step, "
                "blue, and when only the copy of step 2 changes, orange."
            )
        )


def _numbers(shown: Shown) -> None:
    """The numbers that are open in the pictures."""
    number, total, title = shown.number, shown.sum, _("The PyTorch of this number")
    if number is not None:
        open_formula("gradient_number", lambda: rules.written(shown.setting, number), title)
    if total is not None:
        open_formula("adding_number", lambda: shown.run.inspect("number", texts(total)), title)


def _formula(setting: GradientSetting, step: int) -> None:
    norms = ways(setting)
    st.latex(formula.product(setting, step, norms))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(_("One step back multiplies by a Jacobian:"))
        for kind in KINDS:
            st.latex(rf"\text{{{CELLS[kind]}: }}{formula.JACOBIANS[kind]}")
    with right:
        st.markdown(
            _(
                "The LSTM's cell state has a path of its own, on which only forget gates "
                "multiply. Its share of the gradient, and the mean forget gate:"
            )
        )
        st.latex(formula.cell_path(setting, step, norms["lstm"]))
    code("gradient_through_time", formula.program(setting, step))


def _questions() -> list[quiz.Question]:
    """Questions whose answers are computed at PyTorch's default, whatever the sliders say."""
    default = answer.gradients({"length": 50})["cells"]
    halved = answer.gradients({"length": 50, "forget_bias": 3.0})["cells"]
    twice = answer.gradients({"length": 100})["cells"]
    longest = max(KINDS, key=lambda kind: default[kind]["ratio"])
    powers = {"-2": "10⁻²", "-5": "10⁻⁵", "-10": "10⁻¹⁰"}
    nearest = min(powers, key=lambda p: abs(int(p) - answer.magnitude(default["lstm"]["ratio"])))
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
            _("{lstm}. The RNN: {rnn}. Most arrives in the {best}: {most}.").format(
                lstm=scientific(default["lstm"]["ratio"], 0),
                rnn=scientific(default["rnn"]["ratio"], 0),
                best=CELLS[longest],
                most=scientific(default[longest]["ratio"], 0),
            ),
            {
                power: _(
                    "Over 49 steps that is a factor of {factor:.2f} for each. {compared}"
                ).format(
                    factor=10 ** (int(power) / 49),
                    compared=_("Less arrives: a forget gate starts near one half.")
                    if int(power) > int(nearest)
                    else _("More arrives: the forget gate is not the only path back."),
                )
                for power in powers
            },
            choices=powers,
        ),
        quiz.Question(
            "twice-as-long",
            "",
            _("Twice the length: what is left of the gradient, beside what was left before?"),
            "square",
            _(
                "Every step multiplies by about the same factor, so twice as many steps square "
                "it: {once} after 49 steps, {again} after 99 (LSTM)."
            ).format(
                once=scientific(default["lstm"]["ratio"], 0),
                again=scientific(twice["lstm"]["ratio"], 0),
            ),
            {
                "half": _(
                    "A gradient does not lose equal parts. It is multiplied at every step, again "
                    "and again."
                ),
                "same": _("Each further step multiplies once more, by a factor below one."),
            },
            choices=doubled,
        ),
        quiz.Question(
            "who-gains",
            "",
            _("A forget bias of 3: whose gradient changes?"),
            "lstm",
            _(
                "Only the LSTM has a forget gate: {before} becomes {after}. The GRU has an "
                "update gate instead, and PyTorch starts it half open too."
            ).format(
                before=scientific(default["lstm"]["ratio"], 0), after=short(halved["lstm"]["ratio"])
            ),
            {
                "both": _("The GRU has no forget gate: this bias is not among its weights."),
                "all": _("An RNN has no gate at all: there is nothing that this bias could open."),
            },
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
        title=_(TITLE),
        svg=lambda: figure.chart(ways(setting), _("Norm of ∂L/∂sₜ, 1 at the loss")),
        csv=lambda: figure.table(ways(setting)),
        py=lambda: formula.program(setting, step).encode(),
    )
