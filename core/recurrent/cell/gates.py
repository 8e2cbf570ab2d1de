"""Every gate of a recurrent cell over time, and the arithmetic behind one number of it.

A gate or candidate is a sum that a sigmoid or tanh squeezes; a cell or hidden state is put together
from a few gates. Both are read off the running network and opened by `core.opened`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn

from core.opened import Cell, Factor, Gate, Opened, Recurrence, Rule, Rules, latex, program, wire
from core.recurrent.cell.place import Place, read_place
from core.recurrent.cells import BLOCKS, GATES, Gates, Kind, kind_of, unroll, weights
from core.schema import Refusal, mark

TOP = 3
"""How many of the largest products from each side are listed; the rest is one number."""
SQUEEZED = ("input", "forget", "output", "reset", "update")
"""Gates whose sum goes through a sigmoid: shut at 0, open at 1."""
HALF = 0.5
"""Above it a gate is rather open."""
TANH = frozenset({"candidate"})
"""Gates whose sum goes through tanh; the hidden state of the plain RNN does too."""
SYMBOLS = {
    "input": "i", "forget": "f", "output": "o", "reset": "r", "update": "z", "c": "c", "h": "h",
}  # fmt: skip
"""The letter of each gate and state; a candidate is g in the LSTM and n in the GRU."""

_BEFORE = Factor("c", before=True), Factor("h", before=True)
_STATES: Mapping[Kind, Mapping[str, tuple[tuple[Factor, ...], ...]]] = {
    "rnn": {},
    "gru": {
        "h": (
            (Factor("update", "one minus"), Factor("candidate")),
            (Factor("update"), _BEFORE[1]),
        )
    },
    "lstm": {
        "c": ((Factor("forget"), _BEFORE[0]), (Factor("input"), Factor("candidate"))),
        "h": ((Factor("output"), Factor("c", "tanh")),),
    },
}
"""What a state is put together from: products that are added up."""


def made(kind: Kind, named: Callable[[str], str] = str, plain: str = "tanh") -> list[Rule]:
    """The rules of one layer; arrays have a row for each time step.

    Args:
        kind: which cell.
        named: what its arrays are called in the trace.
        plain: the function of a plain RNN.
    """
    x, h = named("x"), named("h")
    w_ih, w_hh, b_ih, b_hh = map(named, ("w_ih", "w_hh", "b_ih", "b_hh"))
    found: list[Rule] = []
    for block, gate in enumerate(BLOCKS[kind]):
        function = plain if kind == "rnn" else "tanh" if gate in TANH else "sigmoid"
        reset = named("reset") if (kind, gate) == ("gru", "candidate") else ""
        found.append(Recurrence(named(gate), x, h, w_ih, w_hh, b_ih, b_hh, block, function, reset))
    for state, products in _STATES[kind].items():
        own = tuple(tuple(replace(f, array=named(f.array)) for f in each) for each in products)
        found.append(Gate(named(state), own))
    return found


def symbols(kind: Kind) -> dict[str, str]:
    """How its gates and states are written in formulas."""
    return SYMBOLS | {"candidate": "n" if kind == "gru" else "g"}


@cache
def rules(kind: Kind) -> Rules:
    """How each gate and state of one layer comes about."""
    return Rules(*made(kind), symbols=symbols(kind))


NO_GATE = mark("The {cell} has {names}; not {gate}.")
NO_STEP = mark("The series has {count} steps; there is no step {step}.")
NO_UNIT = mark("The cell has {count} units; there is no {unit}.")


def arrays(network: nn.RNNBase, x: Tensor, layer: int) -> dict[str, Tensor]:
    """Every array that the rules speak of, of one layer.

    Args:
        network: RNN, GRU or LSTM, batch first.
        x: one series of inputs, (T, I).
        layer: counted from 0 at the input.
    """
    w = weights(network, layer)
    with torch.no_grad():
        layers = unroll(network, x[None])
    below = x if layer == 0 else layers[layer - 1]["h"][0]
    states = {name: gate[0] for name, gate in layers[layer].items()}
    named = {name: value.detach() for name, value in vars(w).items()}
    return {"x": below.detach(), **named, **states}


def maps(network: nn.RNNBase, x: Tensor, layer: int = 0) -> Gates:
    """Every gate and state of one layer over time: name -> (T, H), in the order of computing.

    Args:
        network: RNN, GRU or LSTM, batch first.
        x: one series of inputs, (T, I).
        layer: counted from 0 at the input.

    Raises:
        ValueError: there is no such layer.
    """
    weights(network, layer)
    with torch.no_grad():
        gates = unroll(network, x[None])[layer]
    return {name: gate[0] for name, gate in gates.items()}


def place_of(query: Mapping[str, str]) -> Place:
    """The place that a question names in texts: gate, layer (0 if it does not say), time, unit.

    >>> place_of({"gate": "forget", "time": "4", "unit": "12"})
    Place(gate='forget', layer=0, time=4, unit=12)

    Raises:
        Refusal: it names none.
    """
    named = [query.get("gate", ""), query.get("layer", "0"), *map(query.get, ("time", "unit"))]
    return read_place(".".join(str(part) for part in named))


def opened(network: nn.RNNBase, x: Tensor, place: Place) -> Opened:
    """The arithmetic of one number.

    Args:
        network: RNN, GRU or LSTM, batch first.
        x: one series of inputs, (T, I).
        place: which gate or state, layer, time step and unit.

    Raises:
        Refusal: the network or the series has no such place.
    """
    kind = kind_of(network)
    weights(network, place.layer)
    if place.gate not in GATES[kind]:
        raise Refusal(NO_GATE, cell=kind.upper(), names=tuple(GATES[kind]), gate=place.gate)
    if not 0 <= place.time < len(x):
        raise Refusal(NO_STEP, count=len(x), step=place.time + 1)
    if not 0 <= place.unit < network.hidden_size:
        raise Refusal(NO_UNIT, count=network.hidden_size, unit=place.unit)
    trace = arrays(network, x[: place.time + 1], place.layer)
    return rules(kind).open(trace, Cell(place.gate, (place.time, place.unit)))


def number(network: nn.RNNBase, x: Tensor, place: Place) -> dict[str, Any]:
    """The arithmetic of one number, as plain values; see `opened`.

    Returns:
        "cell" and the fields of the place; "number" for the picture, as `core.opened.wire` has it;
        "latex"; "program", which computes it from what its step is given.
    """
    kind, shown = kind_of(network), opened(network, x, place)
    note = f"{kind.upper()}, layer {place.layer + 1}, step {place.time + 1}, unit {place.unit}"
    return {
        "cell": kind,
        **vars(place),
        "number": wire(shown, TOP),
        "latex": latex(shown),
        "program": program(shown, note),
    }
