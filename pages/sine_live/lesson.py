"""Below the picture of "Sine, live": lesson, the broadcast loss, questions, the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.figures.unrolled import unrolled
from core.recurrent.cells import KINDS
from core.recurrent.cost import cost
from core.recurrent.series.judge import of_baseline
from core.recurrent.series.opened import SeriesNumber
from core.recurrent.series.presets import PRESETS
from core.recurrent.series.setting import SeriesSetting
from core.recurrent.sine import attending, explained
from core.recurrent.sine.opened import ScoreNumber
from core.recurrent.sine.setting import SineSetting
from pages.kit import quiz
from pages.kit.code import formula, run_program
from pages.kit.language import _, sentence
from pages.kit.listing import listing
from pages.kit.numbers import decimal, short
from pages.kit.prose import prose
from pages.kit.run.inspection import Inspected, history, texts
from pages.kit.tabs import tabs

PAGE = "sine_live"
EXAMPLE = "shipped-sine"
LINES = 11
"""Printed lines on show, the last ones."""

_AS_WRITTEN = """\
out, _ = self.lstm(x, (h0, c0))
return self.fc(out[:, -1, :])     # (N, 1): the last time step only
...
loss = nn.MSELoss()(outputs, y)   # y is (N, T, 1): every time step
"""


@dataclass(frozen=True)
class Judged:
    """A real series on show.

    Attributes:
        config: of the run that the page would begin, as plain values.
        run: the one in the picture.
        number: the one that is open in it.
    """

    config: dict[str, Any]
    run: Inspected
    number: SeriesNumber | None


def lesson(
    config: dict[str, Any],
    run: Inspected,
    number: ScoreNumber | None,
    judged: Judged | None = None,
) -> None:
    """Draw it.

    Args:
        config: of the run that the page would begin, as plain values.
        run: the one in the picture.
        number: the one that is open in the picture.
        judged: the real series on show, if one is.
    """

    def python() -> None:
        title = _("The PyTorch of this number")
        if judged:
            if (of := judged.number) is not None:
                formula("series_number", lambda: judged.run.inspect("number", texts(of)), title)
            run_program("series", "series", judged.config)
            return
        if number is not None:
            formula("sine_number", lambda: run.inspect("score", texts(number)), title)
        run_program("sine", "sine", config)

    tabs(
        PAGE,
        "baselines",
        code=(_("The notes' code"), lambda: _notes(config, run)),
        broadcast=(_("A loss that is not the loss"), lambda: _broadcast(run)),
        real=(_("Prices and weather"), lambda: prose(PAGE, "real")),
        attention=(_("Attention on a series"), lambda: _attention(run)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(config, run))),
        python=(_("PyTorch"), python),
    )


def _notes(config: dict[str, Any], run: Inspected) -> None:
    """What the notes' program is made of; its numbers are those of the run in the picture."""
    try:
        found = run.inspect_or_example("notes")
    except (LookupError, ValueError):
        found = None
    left, right = st.columns(2, gap="large")
    with left:
        prose(PAGE, "imports")
        prose(PAGE, "windows")
        if found:
            st.image(explained.window_picture(found), width="stretch")
            listing("shapes", _shapes(found))
        prose(PAGE, "unsqueeze")
    with right:
        prose(PAGE, "evaluation")
        if found:
            st.markdown(
                _("This run, {cell}: {train} on training windows, {validation} on others.").format(
                    cell=found["cell"].upper(),
                    train=f"**{_short(found['train'])}**",
                    validation=f"**{_short(found['validation'])}**",
                )
            )
        try:
            made, losses = history(run.run or EXAMPLE, f"{found['cell']}.loss" if found else "")
        except (LookupError, ValueError):
            pass
        else:
            prose(PAGE, "printed")
            listing("printed", "\n".join(explained.printed(made, losses)[-LINES:]))
            if losses and losses[-1] < explained.LEAST:
                st.caption(
                    _("Four decimals no longer show it: the last loss is {loss}.").format(
                        loss=f"**{short(losses[-1])}**"
                    )
                )
        prose(PAGE, "uses")
        prose(PAGE, "scaling")
        if found:
            st.caption(
                _(
                    "The inputs of this run: {least} to {most}, mean {mean}, deviation {std}."
                ).format(
                    **{name: decimal(found[name], 2) for name in ("least", "most", "mean", "std")}
                )
            )
    left, right = st.columns([1, 2], gap="large")
    with left:
        prose(PAGE, "initial")
        if found:
            st.markdown(_forgotten(found))
    with right:
        try:
            setting = SineSetting.read(config)
            listing("notes", explained.written(setting, setting.cells[-1]), "python")
        except ValueError as error:
            st.error(sentence(error))
    _sequences()
    prose(PAGE, "plot")
    if found:
        st.image(explained.plot_pictures(found), width="stretch")
        st.caption(
            _(
                "Blue: the truth. Orange: on the left all outputs, on the right only last ones. "
                "From one window to the next the truth jumps by up to {jump}; within a window it "
                "moves by at most {step}."
            ).format(jump=_short(found["jump"]), step=_short(found["step"]))
        )


def _attention(run: Inspected) -> None:
    """What attention to earlier windows forecasts, beside the network and persistence."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        prose(PAGE, "attention")
    try:
        found = run.inspect_or_example("attention")
    except (LookupError, ValueError):
        return
    rows = (
        (_("persistence"), found["persistence"]),
        (_("attention, nothing learned"), found["attention"]),
        (_("this run, {cell}").format(cell=found["cell"].upper()), found["network"]),
    )
    head = _("mean squared error of the value after a validation window")
    lines = [f"| {name} | {_short(value)} |" for name, value in rows]
    with right:
        st.image(attending.pictures(found), width="stretch")
        st.caption(
            _(
                "Left: a validation window, blue, and training window {best}, to which it attends "
                "most, orange. Right: the weights of all {count} training windows; the ten "
                "heaviest hold {share}. Attention says {forecast}; it was {value}."
            ).format(
                best=found["best"] + 1,
                count=len(found["weights"]),
                share=f"{100 * found['share']:.0f}%",
                forecast=_short(found["forecast"]),
                value=_short(found["value"]),
            )
        )
        value = _("value")
        st.markdown("\n".join([f"| {head} | {value} |", "| --- | ---: |", *lines]))


def _sequences() -> None:
    """The five kinds of sequence models, small, each with where it is met."""
    prose(PAGE, "sequences")
    kinds = (
        (_("one to one"), _("a picture and its digit"), (1, [0], [0])),
        (_("one to many"), _("a start token, and a text"), (4, [0], range(4))),
        (_("many to one"), _("the notes' LSTM: the last step only"), (4, range(4), [3])),
        (_("many to many"), _("the notes' RNN: every step"), (4, range(4), range(4))),
        (
            _("sequence to sequence"),
            _("translation: first read, then write"),
            (6, range(3), range(3, 6)),
        ),
    )
    for column, (name, where, drawn) in zip(st.columns(5), kinds, strict=True):
        with column:
            st.image(unrolled(*drawn))
            st.markdown(f"**{name}**")
            st.caption(where)


def _shapes(found: dict[str, Any]) -> str:
    """What the notes' data are, before and after `unsqueeze`."""
    size = f"{found['windows']}, {found['length']}"
    return "\n".join(
        [
            f"np.array(X)     ({size})     float64",
            f"torch.tensor    ({size})     float32",
            f".unsqueeze(-1)  ({size}, 1)  float32",
        ]
    )


def _forgotten(found: dict[str, Any]) -> str:
    cell, step = found["cell"].upper(), found["forgotten"]
    if step is None:
        return _("This run, {cell}: the start is still felt at the last step.").format(cell=cell)
    return _("This run, {cell}: after {count} steps (outputs within {close}).").format(
        cell=cell, count=f"**{step}**", close=explained.CLOSE
    )


def _broadcast(run: Inspected) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        prose(PAGE, "broadcast")
        listing("broadcast", _AS_WRITTEN, "python")
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
            {
                "zero": _(
                    "Only if each output were compared with its own target, and with no other."
                ),
                "error": _("With as many windows as steps the shapes fit, and PyTorch broadcasts."),
            },
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
    value = _("value")
    lines = [f"| {head} | {value} |", "| --- | ---: |"]
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
            {
                cost("rnn", 1, hidden).parameters: _(
                    "That is an RNN. An LSTM computes three gates and a candidate, each with "
                    "weights of its own."
                ),
                4 * (hidden + hidden * hidden + hidden): _(
                    "PyTorch has two vectors of biases, one for the input, one for the hidden "
                    "state."
                ),
            },
            hint=_(
                "Four parts, each with a matrix for the input, one for the hidden state, and two "
                "vectors of biases."
            ),
        )
    ]
    questions.append(_prices())
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
            {
                "10": _(
                    "The error is the mean square of the steps from one value to the next. Ten "
                    "times as much would mean steps about three times as large."
                ),
                "100": _(
                    "The error is the mean square of the steps from one value to the next. A "
                    "hundred times as much would mean steps ten times as large."
                ),
            },
            choices={str(factor): _short(factor * still) for factor in (1, 10, 100)},
        ),
        *questions,
        quiz.Question(
            "free",
            about,
            _(
                "{cell}, one step ahead: {one}. Free-running for {steps} steps, how many "
                "times larger is its error?"
            ).format(cell=kind.upper(), one=_short(one), steps=result["horizon"]),
            _nearest(freely / one if one else 1.0),
            _("Free-running: {freely}. Its small errors come back to it as inputs.").format(
                freely=_short(freely)
            ),
            {
                factor: _("Errors come back as inputs, so they do not stay as small. It is more.")
                if int(factor) < freely / one
                else _("Errors grow, but not so far: what comes back is a wave all the same.")
                for factor in times
            }
            if one
            else dict.fromkeys(times, _("One step ahead there is no error that could grow.")),
            choices=times,
        ),
    ]


def _prices() -> quiz.Question:
    """What repeating the last price comes to, computed from the prices."""
    setting = SeriesSetting.read(PRESETS["stocks"])
    errors = {name: of_baseline(setting, name).error for name in ("persistence", "seasonal")}
    still = errors["persistence"]
    names = {"persistence": still, "tenth": still / 10, "seasonal": errors["seasonal"]}
    return quiz.Question(
        "prices",
        "",
        _(
            "A network forecasts Apple's share one month ahead, 2008 to 2010, and is off by "
            "${error} (root mean square). By how much is somebody who repeats the last price?"
        ).format(error=f"{1.01 * still:.1f}"),
        "persistence",
        _(
            "${error}: the network has added nothing. On prices an error says little until "
            "persistence stands beside it."
        ).format(error=f"{still:.1f}"),
        {
            "tenth": _("That would be a share whose price hardly moves in a month."),
            "seasonal": _("That is somebody who repeats the price of a year before."),
        },
        choices={name: f"${error:.1f}" for name, error in names.items()},
    )


def _nearest(times: float) -> str:
    """Which of the offered powers of ten comes closest."""
    return next((str(p) for p in (1, 10, 100) if times < p * 10**0.5), "1000")


def _short(value: float | None) -> str:
    return "–" if value is None else short(value)
