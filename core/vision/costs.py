"""How the counts of a digit network come about: what each layer learns, and what it multiplies.

Each is a single whole number, named after its layer: "conv1_parameters". Values are read off the
running network; the rules say what they are made of.
"""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from core.opened import Count, Given, Rule, Rules
from core.vision.nets import SIDE, Plan
from core.vision.training.layers import Layer, layers

COUNTS = ("parameters", "multiply_adds")
_SYMBOLS = {"maps": "C", "side": "H", "units": "N", "inputs": "M", "kernel": "k"}


@lru_cache(maxsize=16)
def declared(plan: Plan) -> tuple[Rules, dict[str, Tensor]]:
    """Rules and arrays.

    Of a layer: "maps" and "side" of its output, or "units"; "inputs" of a fully connected one,
    "kernel", "stride" and "padding" of a window, and where it has some "parameters" and
    "multiply_adds". Without a layer: "maps" and "side" of the picture, "parameters" and
    "multiply_adds" of the whole network.
    """
    rules: list[Rule] = [Given("maps", "picture_size"), Given("side", "picture_size")]
    values = {"maps": 1, "side": SIDE}
    before, flat = "", False
    of: dict[str, list[tuple[str, int]]] = {what: [] for what in COUNTS}
    for layer in layers(plan):
        if layer.kind not in ("conv", "norm", "pool", "linear"):
            continue
        now = f"{layer.name}_"
        made = _layer(layer, before, flat, bias=not plan.norm)
        for rule, value in made:
            rules.append(rule)
            values[rule.array] = value
        for what in COUNTS:
            if now + what in values:
                of[what].append((now + what, values[now + what]))
        if layer.kind != "norm":
            before, flat = now, layer.kind == "linear"
    for what, found in of.items():
        rules.append(Count(what, " + ".join(name for name, _ in found)))
        values[what] = sum(value for _, value in found)
    symbols = {
        name: rf"{symbol}_{{\text{{{layer}}}}}"
        for name in values
        for layer, _, what in [name.rpartition("_")]
        if layer and (symbol := _SYMBOLS.get(what))
    }
    return Rules(*rules, symbols=symbols), {name: torch.tensor(n) for name, n in values.items()}


def _layer(layer: Layer, before: str, flat: bool, bias: bool) -> list[tuple[Rule, int]]:
    """The rules of a layer, each with its value.

    Args:
        layer: what it is.
        before: how the names of what the last layer made begin.
        flat: whether that made no maps.
        bias: whether convolutions have one.
    """
    now = f"{layer.name}_"
    if layer.kind == "norm":
        return [(Count(f"{now}parameters", f"{before}maps + {before}maps"), layer.parameters)]
    if layer.kind == "linear":
        inputs = f"{before}units" if flat else f"{before}maps * {before}side * {before}side"
        units = layer.shape[0]
        products = f"{now}inputs * {now}units"
        return [
            (Count(f"{now}inputs", inputs), layer.multiply_adds // units),
            (Given(f"{now}units", "built"), units),
            (Count(f"{now}parameters", f"{products} + {now}units"), layer.parameters),
            (Count(f"{now}multiply_adds", products), layer.multiply_adds),
        ]
    found: list[tuple[Rule, int]] = []
    maps, side, _ = layer.shape
    if layer.kernel:
        found += [
            (Given(now + name, "built"), getattr(layer, name))
            for name in ("kernel", "stride", "padding")
        ]
        sides = f"({before}side + 2 * {now}padding - {now}kernel) // {now}stride + 1"
        found.append((Count(f"{now}side", sides), side))
    else:
        found.append((Given(f"{now}side", "built"), side))
    if layer.kind == "pool":
        return [*found, (Count(f"{now}maps", f"{before}maps"), maps)]
    weights = f"{now}kernel * {now}kernel * {before}maps * {now}maps"
    return [
        *found,
        (Given(f"{now}maps", "built"), maps),
        (Count(f"{now}parameters", weights + (f" + {now}maps" if bias else "")), layer.parameters),
        (Count(f"{now}multiply_adds", f"{weights} * {now}side * {now}side"), layer.multiply_adds),
    ]
