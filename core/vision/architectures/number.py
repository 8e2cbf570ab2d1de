"""One number of one of the five networks: where it stands, and how it comes about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import Cell, Count, Opened, whole_program, wire
from core.opened import program as one_number
from core.portable import HERE
from core.schema import REQUIRED, Record, Refusal, custom, mark
from core.vision import costs, pytorch
from core.vision.architectures.answer import NETS, network
from core.vision.drawing import Drawing, strokes
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
    return _read(text) if text else None


def _read(text: str) -> Number:
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
    known = network(net)
    trace = net_arrays(known.net, _ink(drawing), None, known.temperature)
    return Number(net, Cell("probabilities", (int(trace["probabilities"].argmax()),)))


def opened(drawing: Drawing, number: Number) -> Opened:
    """The arithmetic of a number of its pass, or of what it costs.

    Raises:
        Refusal: the network has no such number.
        WeightsError: its weights are missing or damaged.
    """
    net = network(number.net)
    rules, counts = costs.declared(net.net.plan)
    if number.cell.array in counts:
        return rules.open(counts, number.cell)
    trace = net_arrays(net.net, _ink(drawing), None, net.temperature)
    rules = net_rules(net.net, net.temperature)
    return rules.open(trace, number.cell)


@dataclass(frozen=True)
class NumberQuestion(Record):
    """How does this number of a network come about for this drawing?"""

    number: Number = custom(REQUIRED, _read, write_number)
    drawing: Drawing = strokes()


def answer(question: NumberQuestion) -> dict[str, Any]:
    """The number as it was asked for, and "opened" for the picture.

    Raises:
        Refusal: there is no such number.
        WeightsError: the network's weights are missing or damaged.
    """
    text = write_number(question.number)
    return {"number": text, "opened": wire(opened(question.drawing, question.number))}


def program(drawing: Drawing, number: Number) -> str:
    """A program that computes the number from the drawing and prints it."""
    shown = opened(drawing, number)
    if isinstance(shown.rule, Count):
        return one_number(shown)
    net, file = network(number.net), NETS[number.net]
    trace = net_arrays(net.net, _ink(drawing), None, net.temperature)
    rules = net_rules(net.net, net.temperature)
    stored = {"logits": "fc2"} if number.net == "simple" else None
    return whole_program(
        rules,
        trace,
        shown,
        imports=[*pytorch.IMPORTS, "", *pytorch.layers("net", net.net, file, stored)],
        given={"ink": pytorch.picture("ink", trace["ink"])},
        note=HERE,
    )


def _ink(drawing: Drawing) -> Tensor:
    return torch.from_numpy(render(drawing))
