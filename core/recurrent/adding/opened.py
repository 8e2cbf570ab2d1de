"""The numbers of a run of the adding problem, opened: from a test error down to a hidden unit.

A test error is the mean of squared differences between predictions and sums; a prediction is read
from the last hidden state by a linear layer; a hidden unit comes about by the rules of its cell.

    N test sequences, T steps in each, H hidden size
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import Cell, Dot, Given, MeanSquare, Opened, Rules, latex, program, wire
from core.recurrent.adding.task import Adder, Adding, networks, test_set
from core.recurrent.cell import gates
from core.recurrent.cell.place import Place
from core.recurrent.cells import HAS, KINDS
from core.schema import Record, Refusal, choice, mark, maybe, whole
from core.training.job import State
from core.training.learner import loaded

TRIVIAL = "trivial"
SYMBOLS = {"test": "E", "prediction": r"\hat y", "truth": "y", "weight": "w", "bias": "b"}


@dataclass(frozen=True)
class AddingNumber(Record):
    """A number behind the test errors: the error itself, or what the path below it leads to.

    Attributes:
        of: a cell, or "trivial", which always says the mean.
        sequence: what it says to this test sequence.
        unit: with it, this unit of the last hidden state.
    """

    of: str = choice((*KINDS, TRIVIAL), "lstm", label=mark("network"))
    sequence: int | None = maybe(whole(0, 0, 255))
    unit: int | None = maybe(whole(0, 0, 127))


def number(config: Adding, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The arithmetic of a number; the query holds the fields of `AddingNumber` as texts.

    Returns:
        "query", the number that was asked for; "number" as in `core.opened.wire`; "latex";
        "program".

    Raises:
        Refusal: there is no such number.
    """
    chosen = AddingNumber.parse(query)
    models = {str(kind): model for kind, model in networks(config).items()}
    if chosen.of not in (*models, TRIVIAL):
        raise Refusal(HAS, names=(*models, TRIVIAL))
    loaded(state, models)
    model = models.get(chosen.of)
    assert model is None or isinstance(model, Adder)
    shown = opened(config, model, chosen)
    return {
        "query": chosen.write(),
        "number": wire(shown),
        "latex": latex(shown),
        "program": program(shown),
    }


def opened(config: Adding, model: Adder | None, chosen: AddingNumber) -> Opened:
    """The arithmetic of a number of a network, or of what is always said where there is none."""
    if model is not None and chosen.sequence is not None and chosen.unit is not None:
        x, _truth = test_set(config.length)
        place = Place("h", 0, config.length - 1, chosen.unit)
        return gates.opened(model.rnn, x[chosen.sequence], place)
    cell = Cell("test", ()) if chosen.sequence is None else Cell("prediction", (chosen.sequence,))
    return rules(model is not None).open(arrays(config, model), cell)


def rules(learns: bool) -> Rules:
    """How the numbers come about; `learns`: of a network."""
    read = Dot("prediction", "n k, k, -> n", "h", "weight", "bias")
    prediction = read if learns else Given("prediction", "constant")
    return Rules(MeanSquare("test", "prediction", "truth"), prediction, symbols=SYMBOLS)


def arrays(config: Adding, model: Adder | None) -> dict[str, Tensor]:
    """Every array that the rules speak of.

    Returns:
        "test" (), "prediction" and "truth" (N,); of a network the last hidden states "h" (N, H),
        "weight" (H,) and "bias" ().
    """
    x, truth = test_set(config.length)
    if model is None:
        mean = truth.mean().expand(len(truth))
        return {"test": truth.var(correction=0), "prediction": mean, "truth": truth}
    with torch.inference_mode():
        states, _ = model.rnn(x)
        prediction = model(x)
    return {
        "test": (prediction - truth).square().mean(),
        "prediction": prediction,
        "truth": truth,
        "h": states[:, -1],
        "weight": model.out.weight[0].detach(),
        "bias": model.out.bias[0].detach(),
    }
