"""The numbers of a run on a series, opened: from the error on the page down to a hidden unit.

An error is the mean over windows of their own errors; such a one the mean of squared differences
between outputs and targets; an output is read from the last hidden state by a linear layer, or made
by a rule that learns nothing; a hidden unit comes about by the rules of its cell.

    N windows, T outputs that count in each, H hidden size
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import (
    Cell,
    Combination,
    Dot,
    Given,
    MeanSquare,
    Opened,
    Rule,
    Rules,
    Total,
    latex,
    program,
    wire,
)
from core.recurrent.cell import gates
from core.recurrent.cell.place import Place
from core.recurrent.cells import HAS, KINDS
from core.recurrent.sine.forecast import Forecaster, free_run
from core.recurrent.sine.members import models
from core.recurrent.sine.scores import courses, outputs, rule_of
from core.recurrent.sine.series import HORIZON, data
from core.recurrent.sine.setting import SineSetting
from core.schema import Record, Refusal, choice, mark, maybe, whole
from core.training.job import State

BASELINES = ("persistence", "two_tap")
MODES = ("one_step", "free_run")
SYMBOLS = {
    "score": r"\bar E", "errors": "E", "error": "E", "output": r"\hat y", "target": "y",
    "weight": "w", "bias": "b",
}  # fmt: skip
NO_STATE = mark("A rule that learns nothing has no hidden state.")


@dataclass(frozen=True)
class ScoreNumber(Record):
    """A number behind the scores: the error itself, or what the path below it leads to.

    Attributes:
        of: a cell, or a baseline.
        mode: one step ahead, or free-running.
        window: the error of this window alone.
        time: with it, the output at this step.
        unit: with both, this unit of the hidden state that the output is read from.
    """

    of: str = choice((*KINDS, *BASELINES), "lstm", label=mark("network"))
    mode: str = choice(MODES)
    window: int | None = maybe(whole(0, 0, 5000))
    time: int | None = maybe(whole(0, 0, 500))
    unit: int | None = maybe(whole(0, 0, 127))


@dataclass(frozen=True)
class Forecast:
    """What is scored, in double precision: the rules err by less than float32 can hold.

    Attributes:
        output, target: (N, T).
        series: what each window is read from, its own outputs included, (N, L).
        begin: where in `series` the output that counts first is read.
    """

    output: Tensor
    target: Tensor
    series: Tensor
    begin: int


def number(setting: SineSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The arithmetic of a number; the query holds the fields of `ScoreNumber` as texts.

    Returns:
        "query", the number that was asked for; "begin", the step of the window that counts first;
        "number" as in `core.opened.wire`; "latex"; "program".

    Raises:
        Refusal: there is no such number.
    """
    chosen = ScoreNumber.parse(query)
    members = {str(kind): model for kind, model in models(setting, state).items()}
    if chosen.of not in (*members, *BASELINES):
        raise Refusal(HAS, names=(*members, *BASELINES))
    model = members.get(chosen.of)
    scored = forecast(setting, model, chosen)
    shown = opened(setting, model, scored, chosen)
    return {
        "query": chosen.write(),
        "begin": scored.begin,
        "number": wire(shown),
        "latex": latex(shown),
        "program": program(shown),
    }


def opened(
    setting: SineSetting, model: Forecaster | None, scored: Forecast, chosen: ScoreNumber
) -> Opened:
    """The arithmetic of a number of a network, or of a baseline where there is none."""
    window, time, unit = chosen.window or 0, chosen.time or 0, chosen.unit
    trace = arrays(setting, model, scored, chosen)
    if window >= len(scored.output) or time >= scored.output.shape[1]:
        raise Refusal(mark("There is no number {place} here."), place=f"{window}, {time}")
    if unit is not None:
        if model is None:
            raise Refusal(NO_STATE)
        place = Place("h", setting.layers - 1, scored.begin + time, unit)
        return gates.opened(model.rnn, scored.series[window].float()[:, None], place)
    cell = Cell("score", ())
    if chosen.window is not None:
        cell = Cell("error", ()) if chosen.time is None else Cell("output", (time,))
    return rules(setting, chosen.of).open(trace, cell)


def rules(setting: SineSetting, of: str) -> Rules:
    """How the numbers of a window come about."""
    taps = rule_of(setting)
    output: Rule = Dot("output", "t k, k, -> t", "h", "weight", "bias")
    if of == "persistence":
        output = Given("output", "input")
    elif of == "two_tap":
        output = Combination("output", ("now", "before"), (taps.a, taps.b))
    return Rules(
        Total("score", "errors", mean=True),
        MeanSquare("error", "output", "target"),
        output,
        symbols=SYMBOLS,
    )


def arrays(
    setting: SineSetting, model: Forecaster | None, scored: Forecast, chosen: ScoreNumber
) -> dict[str, Tensor]:
    """Every array that the rules speak of.

    Returns:
        "score" (), "errors" (N,), and of one window "error" (), "output" and "target" (T,), "now"
        and "before" (T,) of the series; of a network "h" (T, H), "weight" (H,), "bias" ().
    """
    window, begin = chosen.window or 0, scored.begin
    window = min(window, len(scored.output) - 1)
    errors = (scored.output - scored.target).square().mean(1)
    output, series = scored.output[window], scored.series[window]
    trace = {
        "score": errors.mean(),
        "errors": errors,
        "error": errors[window],
        "output": output,
        "target": scored.target[window],
        "now": series[begin:][: len(output)],
    }
    if model is None:
        before = torch.cat([series[:1] * torch.nan, series[:-1]])
        return trace | {"before": before[begin:][: len(output)]}
    with torch.inference_mode():
        h, _ = model.rnn(series.float()[None, :, None])
    weight, bias = model.head.weight[0].detach(), model.head.bias[0].detach()
    return trace | {"h": h[0, begin:][: len(output)], "weight": weight, "bias": bias}


def forecast(setting: SineSetting, model: Forecaster | None, chosen: ScoreNumber) -> Forecast:
    """What a network or a baseline says about all windows that are scored."""
    known, taps = data(setting), rule_of(setting)
    if chosen.mode == "free_run":
        course = courses(known, setting.length, HORIZON)
        shown, after = (torch.tensor(part) for part in (course.shown, course.after))
        horizon = after.shape[1]
        if model is not None:
            output = free_run(model, shown.float()[..., None], horizon).double()
        elif chosen.of == "two_tap":
            rows = [torch.from_numpy(taps.free_run(row.numpy(), horizon)) for row in shown]
            output = torch.stack(rows)
        else:
            output = shown[:, -1:].expand(-1, horizon)
        series = torch.cat([shown, output[:, :-1]], 1)
        return Forecast(output, after, series, setting.length - 1)
    x, y = known.validation
    begin = setting.length - 1 if setting.output == "last" else setting.warm_up
    series = x[..., 0].double()
    if model is not None:
        output = outputs(model, x)[..., 0].double()
    elif chosen.of == "two_tap":
        output = torch.from_numpy(taps.one_step(series.numpy()))
        begin = max(1, begin)  # the rule needs two values
    else:
        output = series
    return Forecast(output[:, begin:], y[:, begin:, 0].double(), series, begin)
