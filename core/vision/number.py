"""A number of "Draw a digit" that stands beside the layers: in the strip, and under "why".

>>> from core.vision.hand import sample
>>> question = DrawingQuestion(sample(3), strip=False)
>>> shown = opened(question, read("drawn.ink.0.7.14"))
>>> [part.array for part in shown.parts]
['distance']
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from core.opened import Cell, Given, Monomial, Opened, Rules, latex, wire
from core.opened import program as written
from core.schema import Refusal, custom, mark
from core.vision import explained, forward, pixels, rules
from core.vision.models import SimpleCNN, normalise
from core.vision.networks import network
from core.vision.preprocess import NAMES, Stages
from core.vision.question import DrawingQuestion
from core.vision.smallest_stroke import smallest_stroke
from core.vision.strokes import rules as strokes
from core.vision.trace import silenced, trace

STAGES = ("drawn", *NAMES)
WHY, PIECE, STROKES = "why", "piece", "strokes"


@dataclass(frozen=True)
class Number:
    """Where a number stands.

    Attributes:
        part: of the preparation, the last stage that is taken; or "why"; or "piece"; or "strokes",
            of the network that follows the pen.
        cell: among the arrays of that part.
    """

    part: str
    cell: Cell


def read(text: str) -> Number:
    """A number as it is written in a link.

    >>> read("why.occlusion.14.15")
    Number(part='why', cell=Cell(array='occlusion', index=(14, 15)))

    Raises:
        Refusal: it is not written so.
    """
    part, _, rest = text.partition(".")
    try:
        cell = rules.read_cell(rest)
    except Refusal:
        cell = None
    if cell is None or part not in (*STAGES, WHY, PIECE, STROKES):
        raise Refusal(mark("A number is written as {example}."), example="drawn.ink.0.14.15")
    return Number(part, cell)


def write(number: Number) -> str:
    """The inverse of `read`."""
    return f"{number.part}.{rules.write_cell(number.cell)}"


def read_some(text: str) -> Number | None:
    """The same, of which "" is none."""
    return read(text) if text else None


def write_some(number: Number | None) -> str:
    """The inverse of `read_some`."""
    return "" if number is None else write(number)


@dataclass(frozen=True)
class NumberQuestion(DrawingQuestion):
    """How does this number come about, of that drawing and that network?"""

    number: Number = custom(Number("pen", Cell("ink", (0, 14, 14))), read, write)


def opened(question: DrawingQuestion, number: Number) -> Opened:
    """The arithmetic of a number.

    Raises:
        Refusal: there is no such number.
    """
    known, found = declared(question, number.part)
    return known.open(found, number.cell)


def answer(question: NumberQuestion) -> dict[str, Any]:
    """The number as it was asked for, and "opened" for the picture."""
    return {
        "number": write(question.number),
        "opened": wire(opened(question, question.number)),
    }


def formula(question: DrawingQuestion, number: Number) -> dict[str, str]:
    """The number as LaTeX and as a program that prints it."""
    shown = opened(question, number)
    return {"latex": latex(shown), "program": written(shown)}


@functools.lru_cache(maxsize=2)
def declared(question: DrawingQuestion, part: str) -> tuple[Rules, dict[str, Tensor]]:
    """Rules and arrays of a part: of a stage, of "why", of its "piece" of ink, or of "strokes".

    Of a stage they are the ink, and the network that gets it; filters may be off in it.
    """
    if part == STROKES:
        return strokes.RULES, strokes.arrays(question.drawing)
    net = network(question.model)
    if part == PIECE:
        return _piece(question, silenced(net.model, vars(question.off)))
    if part != WHY:
        upto = STAGES[: STAGES.index(part) + 1]
        stages = Stages(**{name: name in upto and getattr(question.stages, name) for name in NAMES})
        question = replace(question, stages=stages)
    off = vars(question.off)
    own_rules, found = pixels.drawn(question.drawing, question.stages)
    if part == WHY:
        model, off = silenced(net.model, off), {}
        run = trace(model, found["ink"], off)
        image, target = normalise(found["ink"][0]), int(run["logits"][0].argmax())
        own_rules = (*own_rules, *explained.rules())
        found |= explained.arrays(model, run, image, target)
    else:
        model, run = net.model, forward.run(question)
    of_net = rules.rules(off, net.doubt.temperature)
    found = rules.arrays(model, run, net.doubt.temperature) | found
    symbols = {**of_net.symbols, **pixels.SYMBOLS, **explained.SYMBOLS}
    return Rules(*own_rules, *of_net.by_name.values(), symbols=symbols), found


def _piece(question: DrawingQuestion, model: SimpleCNN) -> tuple[Rules, dict[str, Tensor]]:
    """Of the smallest stroke that matters: its share of the pen's path."""
    known = Rules(
        Monomial("share", ("length", "path"), (1, -1)),
        Given("length", "length"),
        Given("path", "length"),
        symbols={"length": "l", "path": "L"},
    )
    removal = smallest_stroke(model, question.drawing, question.stages)
    if removal is None or not removal.share:  # nothing, or a dot
        return known, {}
    share, length = torch.tensor([removal.share, removal.length], dtype=torch.float64)
    return known, {"share": share, "length": length, "path": length / share}
