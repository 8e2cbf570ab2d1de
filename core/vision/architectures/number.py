"""One number of one of the five networks: where it stands, and how it comes about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import Cell, Opened, whole_program, wire
from core.schema import Refusal, mark
from core.vision.architectures.live import NETS, network
from core.vision.drawing import Drawing
from core.vision.preprocess import render
from core.vision.rules import net_arrays, net_rules, read_cell, write_cell


@dataclass(frozen=True)
class Number:
    """A network by its name in NETS, and where the number stands in that."""

    net: str
    cell: Cell

    def __post_init__(self) -> None:
        """Refuse what is no network."""
        if self.net not in NETS:
            raise Refusal(mark("There is no such network."))


def read_number(text: str) -> Number | None:
    """A number of a link; "" is none.

    >>> read_number("vgg.conv2.3.14.15")
    Number(net='vgg', cell=Cell(array='conv2', index=(3, 14, 15)))

    Raises:
        Refusal: it is not written so.
    """
    if not text:
        return None
    net, _, rest = text.partition(".")
    try:
        cell = read_cell(rest)
    except Refusal:
        cell = None
    if cell is None:
        raise Refusal(mark("A number is written as {example}."), example="vgg.conv2.3.14.15")
    return Number(net, cell)


def write_number(number: Number | None) -> str:
    """The inverse of `read_number`."""
    if number is None:
        return ""
    return f"{number.net}.{write_cell(number.cell)}"


def likeliest(drawing: Drawing, net: str = "vgg") -> Number:
    """The largest probability that a network has for a drawing."""
    found = network(net)
    trace = net_arrays(found.net, _ink(drawing), None, found.temperature)
    return Number(net, Cell("probabilities", (int(trace["probabilities"].argmax()),)))


def opened(drawing: Drawing, number: Number) -> Opened:
    """The arithmetic of a number.

    Raises:
        Refusal: the network has no such number.
        WeightsError: its weights are missing or damaged.
    """
    found = network(number.net)
    trace = net_arrays(found.net, _ink(drawing), None, found.temperature)
    rules = net_rules(found.net, found.temperature)
    return rules.open(trace, number.cell)


def reply(raw: object) -> dict[str, Any]:
    """The answer to {"drawing", "number"}: "number" as it was asked, "opened" for the picture.

    Raises:
        ValueError: it cannot be read, or there is no such number.
        WeightsError: the network's weights are missing or damaged.
    """
    if not isinstance(raw, Mapping) or not {"drawing", "number"} == set(raw):
        raise Refusal(mark("A question is an object with a drawing and a number."))
    text = raw["number"]
    number = read_number(text) if isinstance(text, str) else None
    if number is None:
        raise Refusal(mark("A number is written as {example}."), example="vgg.conv2.3.14.15")
    return {"number": text, "opened": wire(opened(Drawing.of(raw["drawing"]), number))}


def program(drawing: Drawing, number: Number) -> str:
    """A program that computes the number from the drawing and prints it."""
    found, file = network(number.net), NETS[number.net]
    trace = net_arrays(found.net, _ink(drawing), None, found.temperature)
    rules = net_rules(found.net, found.temperature)
    simple = number.net == "simple"
    imports = [
        "",
        "from core.vision.drawing import Drawing",
        *(["from core.vision.nets import from_simple"] if simple else []),
        "from core.vision.preprocess import render",
        "from core.weights import load",
        "",
        f'net, card = load("{file}")',
        *(["net = from_simple(net)  # the same layers under the names of the others"] * simple),
        f'drawing = Drawing.decode("{drawing.encode()}")',
    ]
    return whole_program(
        rules,
        trace,
        rules.open(trace, number.cell),
        imports=imports,
        given={"ink": ["ink = torch.from_numpy(render(drawing))[None]"]},
        note="Run it in the folder of Forward Pass.",
    )


def _ink(drawing: Drawing) -> Tensor:
    return torch.from_numpy(render(drawing))
