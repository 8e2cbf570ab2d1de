"""Below the picture of "Sine, live": lesson, the silent broadcast, questions, the program."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.recurrent.cells import KINDS
from core.recurrent.cost import cost
from core.recurrent.sine.opened import ScoreNumber
from core.training.jobs import program
from pages.kit import quiz
from pages.kit.code import code, formula
from pages.kit.language import _, sentence
from pages.kit.prose import prose
from pages.kit.run.inspection import Inspected, texts
from pages.kit.tabs import tabs

PAGE = "sine_live"
EXAMPLE = "shipped-sine"

_AS_WRITTEN = """\
out, _ = self.lstm(x, (h0, c0))
return self.fc(out[:, -1, :])     # (N, 1): the last time step only
...
loss = nn.MSELoss()(outputs, y)   # y is (N, T, 1): every time step
"""


def lesson(config: dict[str, Any], run: Inspected, number: ScoreNumber | None) -> None:
    """Draw it.

    Args:
        config: of the run that the page would begin, as plain values.
        run: the one in the picture.
        number: the one that is open in the picture.
    """
    broadcast, predict, python = tabs(
        PAGE,
        "baselines",
        broadcast=_("A loss that is not the loss"),
        predict=_("Predict, then reveal"),
        python=_("PyTorch"),
    )
    with broadcast:
        _broadcast(run)
    with predict:
        quiz.ask(*_questions(config, run))
    with python:
        if number is not None:
            title = _("The PyTorch of this number")
            formula("sine_number", lambda: run.inspect("score", texts(number)), title)
        _program(config)


def _broadcast(run: Inspected) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        prose(PAGE, "broadcast")
        st.code(_AS_WRITTEN, language="python")
    with right:
        try:
            result = run.inspect_or_example("broadcast")
        except (LookupError, ValueError) as error:
            st.caption(sentence(error))
            return
        question = quiz.Question(
            "broadcast",
            f"{run.run} {run.step}",
            _(
                "{windows} windows of {length} steps. Were every last output exactly right: what "
                "would this loss report?"
            ).format(windows=result["windows"], length=result["length"]),
            "other",
            _(
                "It would report {perfect}. The output of window j is compared with the target of "
                "every window at time j, so even the best possible outputs cannot get below "
                "{least}."
            ).format(perfect=_short(result["perfect"]), least=_short(result["least"])),
            choices={"zero": "0", "other": _("far more than 0"), "error": _("an error")},
        )
        quiz.ask(question)
        if quiz.prediction(question) is not None:
            st.markdown(_table(result))
            refused = result["all"]["refused"]
            if refused:
                st.caption(
                    _(
                        "With all {windows} windows in one batch torch refuses: the sizes fit "
                        "only where there are as many windows as time steps, or one."
                    ).format(windows=result["all"]["windows"])
                )


def _table(result: dict[str, Any]) -> str:
    rows = [
        (_("what the loss reports"), result["reported"]),
        (_("last output against last target: the true loss"), result["true"]),
    ]
    head = _("this run, {cell}").format(cell=str(result["cell"]).upper())
    lines = [f"| {head} | |", "| --- | ---: |"]
    return "\n".join(lines + [f"| {name} | **{_short(value)}** |" for name, value in rows])


def _questions(config: dict[str, Any], run: Inspected) -> list[quiz.Question]:
    hidden = config["hidden"]
    questions = [
        quiz.Question(
            "weights",
            str(hidden),
            _("How many weights and biases has one LSTM layer with hidden size {hidden}?").format(
                hidden=hidden
            ),
            cost("lstm", 1, hidden).parameters,
            _(
                "4 · ({hidden} · 1 + {hidden} · {hidden} + 2 · {hidden}); an RNN has a quarter."
            ).format(hidden=hidden),
        )
    ]
    try:
        result = run.inspect_or_example("forecast")
    except (LookupError, ValueError):
        return questions
    still, members = result["persistence"]["one_step_mse"], result["cells"]
    kind = next(kind for kind in reversed(KINDS) if kind in members)
    one, freely = members[kind]["one_step_mse"], members[kind]["free_run_mse"]
    about = f"{run.run} {run.step} {config}"
    times = {"1": _("about the same"), "10": "10 ×", "100": "100 ×", "1000": _("1,000 × or more")}
    return [
        quiz.Question(
            "persistence",
            about,
            _("In this validation example: what error has somebody who repeats the present value?"),
            "1",
            _("{error}. A network whose loss is above this has learned nothing useful.").format(
                error=_short(still)
            ),
            choices={str(factor): _short(factor * still) for factor in (1, 10, 100)},
        ),
        *questions,
        quiz.Question(
            "free",
            about,
            _(
                "{cell}, one step ahead: {one}. Left to itself for {steps} steps, how many times "
                "larger is its error?"
            ).format(cell=kind.upper(), one=_short(one), steps=result["horizon"]),
            _nearest(freely / one if one else 1.0),
            _("Free-running: {freely}. Its small errors come back to it as inputs.").format(
                freely=_short(freely)
            ),
            choices=times,
        ),
    ]


def _nearest(times: float) -> str:
    """Which of the offered powers of ten comes closest."""
    return next((str(p) for p in (1, 10, 100) if times < p * 10**0.5), "1000")


def _program(config: dict[str, Any]) -> None:
    try:
        code("sine", program("sine", config))
    except ValueError as error:
        st.error(sentence(error))
        return
    st.caption(
        _("It repeats a run of this setting from its first step, and prints the same losses.")
    )


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"
