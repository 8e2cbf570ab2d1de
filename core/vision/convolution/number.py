"""Any number of "Convolution": the output, the input down to the pen, a weight of a kernel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import Cell, Gather, Given, Opened, Rule, Rules, Scale, Sum, latex, program, wire
from core.schema import custom
from core.vision import pixels
from core.vision import rules as network_rules
from core.vision.convolution import counts, rules
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import slide
from core.vision.networks import network
from core.vision.trace import trace


@dataclass(frozen=True)
class ConvolutionNumberQuestion(ConvolutionQuestion):
    """How does this number come about? Without one it is the output number at `cell`."""

    opened: Cell | None = custom(None, network_rules.read_cell, network_rules.write_cell)


def declared(
    question: ConvolutionQuestion, cell: Cell | None = None
) -> tuple[Rules, Mapping[str, Tensor]]:
    """Rules and arrays of all numbers.

    Args:
        question: the state of the page.
        cell: the number that is meant; it says where a weight or a bias comes from.

    Returns:
        The arrays of `core.vision.convolution.rules` and of `core.vision.convolution.counts`,
        "kernel" (O, I, kh, kw), the weights as they stand on the page, and what the input is made
        of.
    """
    slid = slide(question)
    of_output = rules.rules(question.setting)
    below, found = _input(question)
    of_counts, counted, names = counts.declared(question.setting)
    found = found | counted | rules.arrays(slid) | {"kernel": question.weights()}
    given = (Given("kernel", _origin(question, cell)), Given("bias", _origin(question, cell)))
    symbols = {**pixels.SYMBOLS, **names, **of_output.symbols, "kernel": "w"}
    known = (*of_output.by_name.values(), *given, *of_counts, *below)
    return Rules(*known, symbols=symbols, hidden=list(of_output.hidden)), found


def _origin(question: ConvolutionQuestion, cell: Cell | None) -> str:
    """Where a weight or a bias comes from."""
    if cell is None or cell.array not in ("kernel", "bias"):
        return "given"
    edited = {at for at, _ in question.edits}
    biased = {(o,) for o, number in enumerate(question.bias) if number is not None}
    if cell.index in edited | biased:
        return "hand"
    name = question.filters[cell.index[0]] if cell.index[0] < len(question.filters) else ""
    if "." in name:
        return "weight"
    if cell.array == "bias":
        return "no_bias"
    return "random" if name == "random" else "named"


def _input(question: ConvolutionQuestion) -> tuple[tuple[Rule, ...], dict[str, Tensor]]:
    """What "x" is made of."""
    if question.source == "matrix":
        return (Given("x", "typed"),), {}
    if question.source == "picture":
        ink = question.input / 2 + 0.5 if question.normalised else question.input
        return (_scaled(question), Given("ink", "picture")), {"ink": ink}
    below, found = pixels.drawn(question.drawn, question.stages)
    if question.source != "maps":
        return (_scaled(question), *below), found
    model = network("ours").model
    found = network_rules.arrays(model, trace(model, found["ink"])) | found
    found["channels"] = torch.arange(question.channels)
    of_network = network_rules.rules().by_name
    return (Gather("x", "pool1", ("channels",)), *of_network.values(), *below), found


def _scaled(question: ConvolutionQuestion) -> Rule:
    return Scale("x", "ink", minus=0.5, by=0.5) if question.normalised else Sum("x", ("ink",))


def opened(question: ConvolutionQuestion, cell: Cell) -> Opened:
    """The arithmetic of a number.

    Raises:
        Refusal: there is no such number.
    """
    known, found = declared(question, cell)
    return known.open(found, cell)


def answer(question: ConvolutionNumberQuestion) -> dict[str, Any]:
    """The number as it was asked for, and "opened" for the picture."""
    at = question.cell
    cell = question.opened or Cell("y", (at.map, at.row, at.column))
    return {
        "number": network_rules.write_cell(cell),
        "opened": wire(opened(question, cell)),
    }


def formula(question: ConvolutionQuestion, cell: Cell) -> dict[str, str]:
    """The number as LaTeX and as a program that prints it."""
    shown = opened(question, cell)
    return {"latex": latex(shown), "program": program(shown)}
