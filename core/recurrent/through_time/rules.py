"""How a gradient's size comes about: a product of factors, each from the Jacobian of one step.

The gradient at step t is the one at step t + 1 times the Jacobian of the step between, so its norm
is multiplied by |J^T u|, where u is the direction in which the gradient arrives. Each entry of J is
a sum over the ways through the cell: every gate has one through its weights W_hh, and what the cell
keeps has one of its own, on which no weight multiplies.

    T steps, H hidden size, S size of a state (H; in the LSTM h and c together, 2 H), G ways
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import (
    Cell,
    Chain,
    Dot,
    Given,
    Length,
    Monomial,
    Opened,
    Rules,
    Total,
    latex,
    program,
    wire,
)
from core.recurrent.cells import BLOCKS, KINDS, Kind
from core.recurrent.through_time.gradient import GradientSetting, Pass, passed, ways
from core.schema import Record, Refusal, choice, flag, mark, maybe, nested, whole

NORM = r"\left\lVert\partial L/\partial s\right\rVert"
SYMBOLS = {
    "norm": NORM, "factors": r"\rho", "factor": r"\rho", "turned": "v", "direction": "u",
    "jacobian": "J", "slopes": "a", "ways": "W",
}  # fmt: skip
SUMMED = "g k, g k j -> k j"
WAYS: Mapping[Kind, str] = {"rnn": "k, k j -> k j", "gru": SUMMED, "lstm": SUMMED}
"""How slopes and weights make a Jacobian; the plain RNN has one way alone."""
NO_STEP = mark("The sequence has {count} steps; there is no step {step}.")


@dataclass(frozen=True)
class GradientNumber(Record):
    """A number on the gradient's way back.

    Attributes:
        cell: which of the three.
        step: the norm of dL/ds at this step, from 1; alone it is the number.
        factor: what the way back to this step multiplies the norm by; 0: what a step back does on
            average, the geometric mean of all factors but that of the loss.
        unit: of the vector whose length that factor is, one number.
        row: with `unit`, an entry of the Jacobian: what this unit hands back to that one.
        gate: instead of all these, the mean of the LSTM's forget gate over steps and units.
    """

    cell: Kind = choice(KINDS, "lstm")
    step: int = whole(1, 1, 200)
    factor: int | None = maybe(whole(1, 0, 200))
    unit: int | None = maybe(whole(0, 0, 127))
    row: int | None = maybe(whole(0, 0, 127))
    gate: bool | None = maybe(flag(True))


@dataclass(frozen=True)
class GradientQuestion(Record):
    """A number, and what the gradient is sent through."""

    setting: GradientSetting = nested(GradientSetting)
    number: GradientNumber = nested(GradientNumber)


def rules(kind: Kind, last: bool) -> Rules:
    """How the numbers of a step come about; `last`: of the one that the loss looks at."""
    norm, factor = Chain("norm", "factors"), Length("factor", "turned")
    if last:
        return Rules(norm, factor, Given("turned", "loss"), symbols=SYMBOLS)
    return Rules(
        norm,
        factor,
        Dot("turned", "k j, k -> j", "jacobian", "direction"),
        Dot("jacobian", WAYS[kind], "slopes", "ways"),
        symbols=SYMBOLS,
    )


def arrays(kind: Kind, setting: GradientSetting, step: int) -> dict[str, Tensor]:
    """Every array that the rules of a step speak of; `step` from 1.

    Returns:
        "norm" and "factors" (T,), "factor" (), "turned" (S,) and, but for the last step,
        "direction" (S,), "jacobian" (S, S), "slopes" (G, S), "ways" (G, S, S); of the RNN the
        last two have no G.

    Raises:
        Refusal: the sequence has no such step.
    """
    if step > setting.length:
        raise Refusal(NO_STEP, count=setting.length, step=step)
    run = passed(kind, setting)
    gradients = run.gradients.double()
    norm = gradients.norm(dim=1)
    factors = torch.cat([(norm[:-1] / norm[1:]).nan_to_num(0.0), norm[-1:]])
    trace = {"norm": norm, "factors": factors, "factor": factors[step - 1]}
    if step == setting.length:
        return trace | {"turned": run.gradients[-1]}
    slopes, through = _SLOPES[kind](run, step), _ways(kind, run)
    jacobian = torch.einsum("...k,...kj->kj", slopes, through)
    direction = (gradients[step] / norm[step]).nan_to_num(0.0).float()
    return trace | {
        "direction": direction,
        "jacobian": jacobian,
        "slopes": slopes,
        "ways": through,
        "turned": direction @ jacobian,
    }


def mean_factor(kind: Kind, setting: GradientSetting) -> Opened:
    """The geometric mean of the factors of a step back, from the norm at the first step."""
    way = ways(setting)[kind]
    root = Monomial("mean", ("norm",), (1 / (setting.length - 1),))
    trace = {"norm": torch.tensor(way.norms[0]), "mean": torch.tensor(way.factor)}
    known = Rules(root, Given("norm", "first_norm"), symbols={"norm": NORM, "mean": r"\bar\rho"})
    return known.open(trace, Cell("mean", ()))


def forget_gate(setting: GradientSetting) -> Opened:
    """The mean of the LSTM's forget gate over all steps and units."""
    gates = passed("lstm", setting).gates["forget"]
    mean = Total("gate", "gates", mean=True)
    known = Rules(mean, Given("gates", "forget_gate"), symbols={"gate": r"\bar f", "gates": "f"})
    return known.open({"gates": gates, "gate": gates.mean()}, Cell("gate", ()))


def opened(setting: GradientSetting, number: GradientNumber) -> Opened:
    """The arithmetic of a number.

    >>> setting = GradientSetting(length=6, hidden=4)
    >>> shown = opened(setting, GradientNumber("rnn", step=3))
    >>> [len(part.values) for part in shown.parts]  # the factors of the steps 3, 4, 5 and 6
    [4]

    Raises:
        Refusal: there is no such number.
    """
    if number.gate:
        return forget_gate(setting)
    if number.factor == 0:
        return mean_factor(number.cell, setting)
    step = number.factor or number.step
    if number.factor is None:
        cell = Cell("norm", (step - 1,))
    elif number.unit is None:
        cell = Cell("factor", ())
    elif number.row is None:
        cell = Cell("turned", (number.unit,))
    else:
        cell = Cell("jacobian", (number.row, number.unit))
    return rules(number.cell, step == setting.length).open(arrays(number.cell, setting, step), cell)


def written(setting: GradientSetting, number: GradientNumber) -> dict[str, str]:
    """The "latex" of a number, and the "program" that prints it."""
    shown = opened(setting, number)
    return {"latex": latex(shown), "program": program(shown)}


def answer(question: GradientQuestion) -> dict[str, Any]:
    """The arithmetic of a number for the picture.

    Returns:
        "query", the number that was asked for; "number" as in `core.opened.wire`; "hidden", H.
    """
    shown = opened(question.setting, question.number)
    hidden = question.setting.hidden
    return {"query": question.number.write(), "number": wire(shown), "hidden": hidden}


def _ways(kind: Kind, run: Pass) -> Tensor:
    """(G, S, S): W_hh of each gate, and last what the cell keeps; (S, S) of the RNN."""
    w_hh = run.weights.w_hh
    size = w_hh.shape[1]
    gates = w_hh.view(len(BLOCKS[kind]), size, size)
    if kind == "rnn":
        return w_hh
    if kind == "gru":
        return torch.cat([gates, torch.eye(size)[None]])
    nothing = torch.zeros_like(gates)
    gates = torch.cat([gates, nothing], 2)  # nothing else reads c
    direct = torch.cat([torch.zeros(size, size), torch.eye(size)], 1)[None]
    return torch.cat([gates, direct]).repeat(1, 2, 1)  # to h as to c


def _rnn(run: Pass, step: int) -> Tensor:
    """(H,): the slope of tanh at the step after."""
    return 1 - run.gates["h"][step] ** 2


def _gru(run: Pass, step: int) -> Tensor:
    """(4, H): reset, update, candidate, and what is kept."""
    r, z, n = (run.gates[name][step] for name in ("reset", "update", "candidate"))
    h, size = run.gates["h"][step - 1], run.gates["h"].shape[1]
    past = run.weights.w_hh[2 * size :] @ h + run.weights.b_hh[2 * size :]
    to_n = (1 - z) * (1 - n**2)
    return torch.stack([to_n * past * r * (1 - r), (h - n) * z * (1 - z), to_n * r, z])


def _lstm(run: Pass, step: int) -> Tensor:
    """(5, 2 H): input, forget, candidate, output, and what is kept; to h, then to c."""
    names = ("input", "forget", "candidate", "output", "c")
    i, f, g, o, c = (run.gates[name][step] for name in names)
    before = run.gates["c"][step - 1]
    nothing = torch.zeros_like(o)
    to_c = torch.stack([g * i * (1 - i), before * f * (1 - f), i * (1 - g**2), nothing, f])
    to_h = o * (1 - c.tanh() ** 2) * to_c
    to_h[3] = c.tanh() * o * (1 - o)
    return torch.cat([to_h, to_c], 1)


_SLOPES = {"rnn": _rnn, "gru": _gru, "lstm": _lstm}
