"""How the counts of "Why not a plain network" come about: parameters, memory, products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import (
    Cell,
    Combination,
    Count,
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
from core.schema import Record, custom, mark, nested, whole
from core.vision.plain.network import (
    BYTES,
    PIXELS,
    TRAINING,
    Layers,
    apart,
    cost,
    neighbours,
    parted,
)
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
    *(
        Monomial(f"{more}_times", (f"{more}_parameters", f"{less}_parameters"), (1, -1.0))
        for more, less in (("connected", "convolution"), ("convolution", "connected"))
    ),
    *(Given(name, "built") for name in ("row", "column", "width")),
    Count("place", "row * width + column"),
    Count("right", "row * width + column + 1"),
    Count("below", "(row + 1) * width + column"),
    Count("across", "right - place"),
    Count("down", "below - place"),
    Count("large_place", "row * side + column"),
    Count("large_below", "(row + 1) * side + column"),
    Count("large_down", "large_below - large_place"),
    *(
        rule
        for order in ("flat", "mixed")
        for rule in (
            Given(f"{order}_first", "placed"),
            Given(f"{order}_second", "placed"),
            Combination(f"{order}_gap", (f"{order}_first", f"{order}_second"), (1.0, -1.0)),
            Length(f"{order}_distances", f"{order}_gap"),
            Total(f"{order}_mean", f"{order}_distances", mean=True),
        )
    ),
    Given("parted", "parted"),
    Total("broken", "parted", mean=True),
    symbols={"side": "H", "channels": "C", "units": "U", "kernel": "k", "maps": "M", "inputs": "N"},
)


@dataclass(frozen=True)
class CountQuestion(Record):
    """How does this count of two layers, or of neighbours in a vector, come about?"""

    layers: Layers = nested(Layers, Layers())
    shuffle: int = whole(1, label=mark("seed of the shuffle"))
    number: Cell | None = custom(None, read_cell, write_cell)


def arrays(layers: Layers, shuffle: int) -> dict[str, Tensor]:
    """Every number that the rules speak of, read off the layers of torch and off the order.

    P pairs of neighbours; a place is a row of one number, whose length is how far it is away.
    """
    return _costs(layers) | _places(layers.side) | _distances(shuffle)


def _costs(layers: Layers) -> dict[str, Tensor]:
    found = {name: getattr(layers, name) for name in Layers.schema}
    found["inputs"] = layers.connected().in_features
    for name, layer in (("connected", layers.connected()), ("convolution", layers.convolution())):
        counts = vars(cost(layer, layers.side))
        found |= {f"{name}_{what}": count for what, count in counts.items() if what != "outputs"}
    both = found["connected_parameters"] / found["convolution_parameters"]
    found |= {"connected_times": both, "convolution_times": 1 / both}
    return {name: torch.tensor(count) for name, count in found.items()}


def _places(side: int) -> dict[str, Tensor]:
    """Of the first pixel and its neighbours, once a picture is flattened."""
    across, down = apart(PIXELS)
    large = apart(side)[1]
    found = {"row": 0, "column": 0, "width": PIXELS, "place": 0, "right": 1, "below": PIXELS}
    found |= {"across": across, "down": down}
    found |= {"large_place": 0, "large_below": side, "large_down": large}
    return {name: torch.tensor(count) for name, count in found.items()}


def _distances(shuffle: int) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    for order, seed in (("flat", None), ("mixed", shuffle)):
        first, second = (place.float()[:, None] for place in neighbours(PIXELS, seed))
        distances = (first - second).abs()[:, 0]
        found |= {f"{order}_first": first, f"{order}_second": second}
        found |= {f"{order}_gap": first - second, f"{order}_distances": distances}
        found[f"{order}_mean"] = distances.mean()
    away = parted(shuffle).float()
    return found | {"parted": away, "broken": away.mean()}


def opened(layers: Layers, cell: Cell, shuffle: int) -> Opened:
    """The arithmetic of a count.

    Raises:
        Refusal: there is no such number.
    """
    return RULES.open(arrays(layers, shuffle), cell)


def answer(question: CountQuestion) -> dict[str, Any]:
    """The count as it was asked for, and "opened" for the picture."""
    cell = question.number or Cell("connected_parameters", ())
    shown = opened(question.layers, cell, question.shuffle)
    return {"number": write_cell(cell), "opened": wire(shown)}


def formula(layers: Layers, cell: Cell, shuffle: int) -> dict[str, str]:
    """The count as LaTeX and as a program that prints it."""
    shown = opened(layers, cell, shuffle)
    return {"latex": latex(shown), "program": program(shown)}
