"""How the numbers of a published network's table come about: sizes, parameters, multiply-adds.

Each is a single whole number, named after its layer, counted from 0: "l3_parameters". Values are
read off the running module (`table`); the rules say what they are made of.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch import Tensor

from core.opened import Cell, Count, Given, Opened, Rule, Rules, wire
from core.schema import REQUIRED, Record, Refusal, custom, mark
from core.vision import costs
from core.vision.architectures.published import ARCHITECTURES, SEEN
from core.vision.architectures.table import BYTES, Row, table
from core.vision.fair import results
from core.vision.rules import read_cell, write_cell

TOTALS = ("parameters", "multiply_adds", "weight_bytes", "output_bytes")
"""Columns of the table that have a sum."""
SYMBOLS = {
    "maps": "C", "side": "H", "units": "N", "kernel": "k", "stride": "s", "padding": "p",
    "groups": "g", "field": "r", "jump": "j",
}  # fmt: skip


FAIR = "fair."
"""How the name of a network of the fair comparison begins: "fair.parameters.simple"."""


def _read_net(name: str) -> str:
    if name not in ARCHITECTURES and not name.startswith(FAIR):
        raise Refusal(mark("There is no such network."))
    return name


@dataclass(frozen=True)
class CountQuestion(Record):
    """How does this number of a network's table come about?"""

    net: str = custom(REQUIRED, _read_net, str)
    number: Cell | None = custom(None, read_cell, write_cell)


@cache
def declared(net: str) -> tuple[Rules, dict[str, Tensor]]:
    """Rules and arrays of a network's table; of one of the fair comparison see `core.vision.costs`.

    Of layer i: "li_maps" and "li_side", or "li_units" where no maps are left; "li_inputs" of a
    fully connected one; "li_kernel", "li_stride", "li_padding", "li_groups" of a window;
    "li_parameters", "li_multiply_adds", "li_weight_bytes", "li_output_bytes", "li_field",
    "li_jump". Without a layer: "maps", "side", "field", "jump" of the picture, and the totals.
    """
    if net.startswith(FAIR):
        try:
            return costs.declared(results.plan(net.removeprefix(FAIR)))
        except (KeyError, FileNotFoundError):
            raise Refusal(mark("There is no such network.")) from None
    whole = table(net)
    channels, side, _ = whole.inputs
    rules: list[Rule] = [Given(name, "picture_size") for name in ("maps", "side", "field", "jump")]
    values = {"maps": channels, "side": side, "field": 1, "jump": 1}
    symbols = {name: SYMBOLS[name] for name in values}
    before, flat = "", False
    for i, row in enumerate(whole.rows):
        now = f"l{i}_"
        for rule, value in _layer(row, before, now, flat):
            rules.append(rule)
            values[rule.array] = value
            what = rule.array.removeprefix(now)
            if what in SYMBOLS:
                symbols[rule.array] = rf"{SYMBOLS[what]}^{{({i + 1})}}"
        before, flat = now, len(row.outputs) == 1
    rules += [
        Count(name, " + ".join(f"l{i}_{name}" for i in range(len(whole.rows)))) for name in TOTALS
    ]
    values |= {
        "parameters": whole.parameters,
        "multiply_adds": whole.multiply_adds,
        "weight_bytes": BYTES * whole.parameters,
        "output_bytes": whole.output_bytes,
    }
    return Rules(*rules, symbols=symbols), {k: torch.tensor(v) for k, v in values.items()}


def _layer(row: Row, before: str, now: str, flat: bool) -> list[tuple[Rule, int]]:
    """The rules of a layer, each with its value.

    Args:
        row: the layer.
        before: how the names of what the layer before makes begin.
        now: how those of this layer begin.
        flat: whether the layer before makes no maps.
    """
    found = [*_window(row, now), *_outputs(row, before, now, flat)]
    conv = _CONV if row.groups == 1 else _GROUPED
    costs = {
        "conv": (conv, f"{conv} * {{now}}side * {{now}}side", " + {now}maps"),
        "sparse": (_SPARSE, f"{_SPARSE} * {{now}}side * {{now}}side", " + {now}maps"),
        "subsample": ("{now}maps", "", " + {now}maps"),
        "fc": ("{now}inputs * {now}units", "{now}inputs * {now}units", " + {now}units"),
    }
    weights, products, biases = costs.get(row.kind, ("", "", ""))
    names = {"now": now, "before": before}
    for what, formula, value in (
        ("parameters", weights + biases, row.parameters),
        ("multiply_adds", products, row.multiply_adds),
    ):
        rule: Rule = Given(now + what, "nothing")
        if formula:
            rule = Count(now + what, formula.format(**names))
        found.append((rule, value))
    outputs = f"{now}maps * {now}side * {now}side" if len(row.outputs) > 1 else f"{now}units"
    weight_bytes = Count(f"{now}weight_bytes", f"{BYTES} * {now}parameters")
    found.append((weight_bytes, row.weight_bytes))
    found.append((Count(f"{now}output_bytes", f"{BYTES} * {outputs}"), row.output_bytes))
    return found


_CONV = "{now}kernel * {now}kernel * {before}maps * {now}maps"
_GROUPED = "{now}kernel * {now}kernel * ({before}maps // {now}groups) * {now}maps"
_SPARSE = "{now}kernel * {now}kernel * {now}links"


def _window(row: Row, now: str) -> list[tuple[Rule, int]]:
    """What is set of a window that slides."""
    if not row.kernel:
        return []
    sizes = {name: getattr(row, name) for name in ("kernel", "stride", "padding", "groups")}
    if row.kind == "sparse":
        sizes["links"] = sum(map(len, SEEN))
    return [(Given(now + name, "built"), value) for name, value in sizes.items()]


def _outputs(row: Row, before: str, now: str, flat: bool) -> list[tuple[Rule, int]]:
    """How many numbers it makes, and what one of them sees of the picture."""
    if len(row.outputs) == 1:
        inputs = f"{before}units" if flat else f"{before}maps * {before}side * {before}side"
        return [
            (Count(f"{now}inputs", inputs), math.prod(row.inputs)),
            (Given(f"{now}units", "built"), row.outputs[0]),
        ]
    made = row.kind in ("conv", "sparse")
    maps: Rule = Given(f"{now}maps", "built") if made else Count(f"{now}maps", f"{before}maps")
    side, field, jump = f"{before}side", f"{before}field", f"{before}jump"
    if row.kernel:
        side = f"({side} + 2 * {now}padding - {now}kernel) // {now}stride + 1"
        field, jump = f"{field} + ({now}kernel - 1) * {jump}", f"{jump} * {now}stride"
    found = [(maps, row.outputs[0]), (Count(f"{now}side", side), row.outputs[1])]
    if row.sees:
        found.append((Count(f"{now}field", field), row.sees.size))
        found.append((Count(f"{now}jump", jump), row.sees.jump))
    return found


def opened(net: str, cell: Cell) -> Opened:
    """The arithmetic of a number of the table.

    Raises:
        Refusal: there is no such number.
    """
    rules, found = declared(net)
    return rules.open(found, cell)


def answer(question: CountQuestion) -> dict[str, Any]:
    """The number as it was asked for, and "opened" for the picture."""
    if question.number is None:
        raise Refusal(mark("There is no number {place} here."), place="")
    return {
        "number": write_cell(question.number),
        "opened": wire(opened(question.net, question.number)),
    }
