"""How the counts of "Why not a plain network" come about: parameters, memory, products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import Cell, Count, Given, Opened, Rules, latex, program, wire
from core.schema import Record, custom, nested
from core.vision.plain.network import BYTES, TRAINING, Layers, cost
from core.vision.rules import read_cell, write_cell

RULES = Rules(
    *(Given(name, "slider") for name in Layers.schema),
    Count("inputs", "side * side * channels"),
    Count("connected_parameters", "inputs * units + units"),
    Count("connected_products", "inputs * units"),
    Count("convolution_parameters", "kernel * kernel * channels * maps + maps"),
    Count("convolution_products", "kernel * kernel * channels * maps * side * side"),
    *(
        rule
        for layer in ("connected", "convolution")
        for rule in (
            Count(f"{layer}_memory", f"{BYTES} * {layer}_parameters"),
            Count(f"{layer}_training", f"{TRAINING} * {layer}_memory"),
        )
    ),
    symbols={"side": "H", "channels": "C", "units": "U", "kernel": "k", "maps": "M", "inputs": "N"},
)


@dataclass(frozen=True)
class CountQuestion(Record):
    """How does this count of two layers come about?"""

    layers: Layers = nested(Layers, Layers())
    number: Cell | None = custom(None, read_cell, write_cell)


def arrays(layers: Layers) -> dict[str, Tensor]:
    """Every number that the rules speak of, read off the layers of torch."""
    found = {name: getattr(layers, name) for name in Layers.schema}
    found["inputs"] = layers.connected().in_features
    for name, layer in (("connected", layers.connected()), ("convolution", layers.convolution())):
        counts = vars(cost(layer, layers.side))
        found |= {f"{name}_{what}": count for what, count in counts.items() if what != "outputs"}
    return {name: torch.tensor(count) for name, count in found.items()}


def opened(layers: Layers, cell: Cell) -> Opened:
    """The arithmetic of a count.

    Raises:
        Refusal: there is no such number.
    """
    return RULES.open(arrays(layers), cell)


def answer(question: CountQuestion) -> dict[str, Any]:
    """The count as it was asked for, and "opened" for the picture."""
    cell = question.number or Cell("connected_parameters", ())
    return {"number": write_cell(cell), "opened": wire(opened(question.layers, cell))}


def formula(layers: Layers, cell: Cell) -> dict[str, str]:
    """The count as LaTeX and as a program that prints it."""
    shown = opened(layers, cell)
    return {"latex": latex(shown), "program": program(shown)}
