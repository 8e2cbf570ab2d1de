"""The numbers of the judge, opened: from an error in units down to a hidden unit.

An error is the root of the mean squared difference between what was said and what came. What is
said in units is made from an output by undoing the normalisation; an output is read from the last
hidden state by a linear layer, or from the window itself by the straight line of autoregression.

    N windows of the held-out part, H hidden size, L rows in a window, K columns
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import (
    Activation,
    Cell,
    Combination,
    Dot,
    Given,
    MeanSquare,
    Monomial,
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
from core.recurrent.series.baselines import BASELINES, flat, line
from core.recurrent.series.judge import Judged, of_baseline, of_network, outputs
from core.recurrent.series.members import models
from core.recurrent.series.parts import Windows, known
from core.recurrent.series.scaling import CHANGES, Scaling
from core.recurrent.series.setting import SeriesSetting
from core.recurrent.sine.forecast import Forecaster
from core.recurrent.sine.opened import NO_STATE
from core.recurrent.sine.setting import MAX_VALUES
from core.schema import Record, Refusal, choice, mark, maybe, whole
from core.training.job import State

WHATS = ("error", "over", "coverage", "width")
GROWTH, OUTPUT = 0, 1
SYMBOLS = {
    "error": r"\mathrm{RMSE}", "over": r"\mathrm{RMSE} / \mathrm{RMSE}_0",
    "still": r"\mathrm{RMSE}_0", "mse": r"\mathrm{MSE}", "said": r"\hat y", "truth": "y",
    "before": "b", "output": r"\hat z", "growth": "g", "change": r"\Delta", "offset": r"\mu",
    "coverage": "C", "inside": "i", "width": r"\bar w", "halves": "w", "weight": "w", "bias": "b",
    "taps": "a", "constant": "c", "window": "x",
}  # fmt: skip


@dataclass(frozen=True)
class SeriesNumber(Record):
    """A number of the judge: one of his own, or what the path below it leads to.

    Attributes:
        of: a cell, or a baseline.
        what: its error in units, that over the error of persistence, the share of the held-out
            part within its intervals, or half their width on average.
        time: what was said of this row of the held-out part.
        part: with it, 0 the growth that log-returns say, 1 the output itself.
        unit: with both, this unit of the hidden state that the output is read from.
    """

    of: str = choice((*KINDS, *BASELINES), "lstm", label=mark("network"))
    what: str = choice(WHATS)
    time: int | None = maybe(whole(0, 0, MAX_VALUES))
    part: int | None = maybe(whole(0, GROWTH, OUTPUT))
    unit: int | None = maybe(whole(0, 0, 63))


def number(setting: SeriesSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The arithmetic of a number; the query holds the fields of `SeriesNumber` as texts.

    Returns:
        "query", the number that was asked for; "number" as in `core.opened.wire`; "latex";
        "program".

    Raises:
        Refusal: there is no such number.
    """
    chosen = SeriesNumber.parse(query)
    members = {str(kind): model for kind, model in models(setting, state).items()}
    if chosen.of not in (*members, *BASELINES):
        raise Refusal(HAS, names=(*members, *BASELINES))
    shown = opened(setting, members.get(chosen.of), chosen)
    return {
        "query": chosen.write(),
        "number": wire(shown),
        "latex": latex(shown),
        "program": program(shown),
    }


def opened(setting: SeriesSetting, model: Forecaster | None, chosen: SeriesNumber) -> Opened:
    """The arithmetic of a number of a network, or of a baseline where there is none."""
    trace = arrays(setting, model, chosen.of)
    time = chosen.time or 0
    if time >= len(trace["said"]):
        raise Refusal(mark("There is no number {place} here."), place=str(time))
    if chosen.unit is not None:
        if model is None:
            raise Refusal(NO_STATE)
        x = _held_out(setting).x[time]
        return gates.opened(model.rnn, x, Place("h", 0, len(x) - 1, chosen.unit))
    cell = Cell(chosen.what, ())
    if chosen.time is not None:
        name = "said" if chosen.part is None else ("growth", "output")[chosen.part]
        cell = Cell(name, (time,))
    return rules(setting, chosen.of).open(trace, cell)


def rules(setting: SeriesSetting, of: str) -> Rules:
    """How the numbers of a network or a baseline come about."""
    found: list[Rule] = [
        Activation("error", "mse", "sqrt"),
        MeanSquare("mse", "said", "truth"),
        Monomial("over", ("error", "still"), (1, -1)),
        Total("coverage", "inside", mean=True),
        Total("width", "halves", mean=True),
    ]
    if of in ("persistence", "seasonal"):
        found.append(Given("said", "input"))
    else:
        found += _said(setting)
        line_ = ("window", "taps", "constant"), ("h", "weight", "bias")
        found.append(Dot("output", "t k, k, -> t", *line_[of != "autoregression"]))
    return Rules(*found, symbols=SYMBOLS, hidden=("mse", "change"))


def _said(setting: SeriesSetting) -> list[Rule]:
    """What is said in units: the normalisation undone."""
    scale = _scaling(setting).scale
    if setting.scaling == "log_returns":
        return [
            Monomial("said", ("before", "growth"), (1, 1)),
            Activation("growth", "change", "exp"),
            Combination("change", ("output",), (scale,)),
        ]
    start = "before" if setting.scaling in CHANGES else "offset"
    return [Combination("said", (start, "output"), (1.0, scale))]


def arrays(setting: SeriesSetting, model: Forecaster | None, of: str) -> dict[str, Tensor]:
    """Every array that the rules speak of.

    Returns:
        "error", "mse", "over", "still", "coverage" and "width" (); "said", "truth", "before",
        "offset", "inside" and "halves" (N,); of who has outputs "output", "change" and "growth"
        (N,); of a network "h" (N, H), "weight" (H,), "bias" (); of autoregression "window"
        (N, L * K), "taps" (L * K,), "constant" ().
    """
    part, scaling = _held_out(setting), _scaling(setting)
    one = of_baseline(setting, of) if model is None else of_network(setting, model)
    still = of_baseline(setting, "persistence").error
    trace = _judged(one) | {
        "still": torch.tensor(still, dtype=torch.float64),
        "over": torch.tensor(one.error / still, dtype=torch.float64),
        "offset": torch.full((len(part.rows),), scaling.offset, dtype=torch.float64),
    }
    if model is not None:
        with torch.inference_mode():
            h, _ = model.rnn(part.x)
        said = torch.from_numpy(outputs(model, part))
        trace |= {"h": h[:, -1], "weight": model.head.weight[0].detach()}
        trace["bias"] = model.head.bias[0].detach()
    elif of == "autoregression":
        found = line(setting)
        said = torch.from_numpy(found.outputs(part.x))
        trace |= {"window": torch.from_numpy(flat(part.x)), "taps": torch.from_numpy(found.taps)}
        trace["constant"] = torch.tensor(found.constant, dtype=torch.float64)
    else:
        return trace
    change = scaling.scale * said
    return trace | {"output": said, "change": change, "growth": change.exp()}


def _judged(one: Judged) -> dict[str, Tensor]:
    part = one.found.held_out
    low, high = one.band
    numbers = {"error": one.error, "mse": one.error**2, "coverage": one.coverage}
    numbers["width"] = one.width
    return {
        **{name: torch.tensor(value, dtype=torch.float64) for name, value in numbers.items()},
        "said": torch.from_numpy(one.held_out),
        "truth": torch.from_numpy(part.truth),
        "before": torch.from_numpy(part.before),
        "inside": torch.from_numpy(one.inside).double(),
        "halves": torch.from_numpy(high - low) / 2,
    }


def _held_out(setting: SeriesSetting) -> Windows:
    return known(setting).held_out


def _scaling(setting: SeriesSetting) -> Scaling:
    return known(setting).scaling
