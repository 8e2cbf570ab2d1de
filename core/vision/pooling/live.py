"""What the tab "Pooling" asks while something is moved, and the answer as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import orjson
import torch
from torch import Tensor

from core.opened import wire
from core.schema import Record, Refusal, choice, mark, nested, text, whole
from core.vision import live
from core.vision.convolution.source import read_matrix
from core.vision.drawing import MAX_POINTS, MAX_STROKES, Drawing, strokes
from core.vision.hand import sample
from core.vision.pooling import formula
from core.vision.pooling.layer import (
    Setting,
    forgiven,
    pool,
    routed,
    shifted,
    unpooled,
    winners,
)
from core.vision.pooling.rules import opened
from core.vision.preprocess import render
from core.vision.trace import trace

MAX_BYTES = live.MAX_BYTES
MAX_LISTS = MAX_POINTS + MAX_STROKES + 32
SOURCES = ("drawing", "sample", "matrix", "map")
LAYERS = {"conv1": 32, "relu1": 32, "conv2": 64, "relu2": 64}
"""Maps of the shipped network that can be pooled; "relu" is what the network itself pools."""
VIEWS = ("gradient", "lost", "shift")
GRADIENTS = ("one", "ones")
SHIFT = 4
"""Farthest shift in pixels."""
_CURVE = 4
EXAMPLE = "1 3 2 1 0 4;2 9 1 1 5 2;1 3 2 3 0 1;5 6 1 2 7 3;0 2 4 4 1 1;3 1 0 8 2 6"


MAPS = mark("{layer} has the maps 0 to {last}.")


@dataclass(frozen=True)
class PoolingQuestion(Record):
    """One question of the tab.

    Attributes:
        drawing: strokes; also what the map is made from.
        source: what is pooled: the drawing, a sample, a typed matrix, or a map of the network.
        number: of the sample.
        matrix: the typed one, as text.
        layer, map: which feature map.
        setting: of the pooling layer.
        row, column: the output cell that is opened; it is moved inside where it lies outside.
        view: what is asked besides.
        gradient: "one" at the opened cell, or "ones" everywhere.
        dx, dy: how far the input is shifted, in pixels.
    """

    drawing: Drawing = strokes()
    source: str = choice(SOURCES)
    number: int = whole(3, label=mark("number of the sample"))
    matrix: str = text(EXAMPLE, 4_000, lines=True)
    layer: str = choice(tuple(LAYERS), "relu1")
    map: int = whole(9, 0, max(LAYERS.values()) - 1)
    setting: Setting = nested(Setting, Setting())
    row: int = whole(0, 0, 99)
    column: int = whole(0, 0, 99)
    view: str = choice(VIEWS)
    gradient: str = choice(GRADIENTS)
    dx: int = whole(1, -SHIFT, SHIFT, label=mark("shift to the right"))
    dy: int = whole(0, -SHIFT, SHIFT, label=mark("shift down"))

    def check_together(self) -> None:
        """Refuse a map that the layer does not have, and a matrix that cannot be pooled."""
        if self.map >= LAYERS[self.layer]:
            raise Refusal(MAPS, layer=self.layer, last=LAYERS[self.layer] - 1)
        typed(self.matrix)


def typed(text: str) -> list[list[float]]:
    """The rows of a typed matrix.

    Raises:
        ValueError: it cannot be read, or has several channels.
    """
    planes = read_matrix(text)
    if len(planes) > 1:
        raise Refusal(mark("One channel is pooled at a time: each is pooled alone."))
    return planes[0]


def pooled(text: str) -> str:
    """A matrix of a lesson link, as it is; raises `Refusal` if it cannot be pooled."""
    typed(text)
    return text


def inputs(question: PoolingQuestion, shifts: list[tuple[int, int]]) -> Tensor:
    """What is pooled, once for each shift (dx, dy), float32 (N, H, W).

    A drawing is shifted before the network sees it, so that a map is that of the shifted drawing.
    """
    if question.source == "matrix":
        x = torch.tensor(typed(question.matrix))
    elif question.source == "sample":
        x = torch.from_numpy(render(sample(question.number)))
    else:
        x = torch.from_numpy(render(question.drawing))
    moved = torch.stack([shifted(x, dx, dy) for dx, dy in shifts])
    if question.source != "map":
        return moved
    traced = trace(live.network("ours").model, moved)
    return traced[question.layer][:, question.map].clone()


def fitting(question: PoolingQuestion) -> PoolingQuestion:
    """The same question, about a cell that is there.

    Raises:
        Impossible: there is none.
    """
    x = inputs(question, [(0, 0)])[0]
    question.setting.fits(*x.shape)
    rows, columns = (question.setting.length(side) for side in x.shape)
    row, column = min(question.row, rows - 1), min(question.column, columns - 1)
    return replace(question, row=row, column=column)


def answer(question: PoolingQuestion) -> bytes:
    """Everything that the tab paints.

    "rows" and "columns" tell for each window which rows and columns of the padded input it covers,
    and for each of those where in the input it comes from, null in the padding. "winners" are
    places [row, column] in the input itself; "tied" says where all of a window are equal and torch
    takes the first.
    """
    question = fitting(question)
    setting, row, column = question.setting, question.row, question.column
    x = inputs(question, [(0, 0)])[0]
    height, width = x.shape
    out = pool(x, setting)
    one = torch.zeros_like(out)
    one[row, column] = 1
    found: dict[str, Any] = {
        "input": [height, width],
        "padding": setting.padding,
        "size": [formula.plain(setting, side) for side in dict.fromkeys((height, width))],
        "values": x.tolist(),
        "output": out.tolist(),
        "rows": _side(setting, height),
        "columns": _side(setting, width),
        "largest": max(float(x.abs().max()), 1e-6),
        "signed": bool((x < 0).any()),
        "winners": None,
        "cell": {
            "row": row,
            "column": column,
            "number": wire(opened(x, setting, row, column)),
        },
        "view": question.view,
    }
    if setting.kind == "max":
        index = winners(x, setting)
        found["winners"] = torch.stack([index // width, index % width], -1).tolist()
        lowest = -pool(-x, setting)  # the padding counts as -inf here too, and never wins
        found["tied"] = (lowest == out).tolist()
    found[question.view] = {"gradient": _gradient, "lost": _lost, "shift": _shift}[question.view](
        question, x, out, one
    )
    return orjson.dumps(found)


def _side(setting: Setting, size: int) -> dict[str, list[Any]]:
    """Along one side: what each window covers of the padded input, and where each of it is from."""
    ring: list[int | None] = [None] * setting.padding
    return {
        "taps": [list(range(*span)) for span in setting.spans(size)],
        "origin": [*ring, *range(size), *ring],
    }


def _gradient(question: PoolingQuestion, x: Tensor, out: Tensor, one: Tensor) -> dict[str, Any]:
    given = one if question.gradient == "one" else torch.ones_like(out)
    at_input = routed(x, question.setting, given)
    return {
        "given": given.tolist(),
        "routed": at_input.tolist(),
        "reached": int((at_input != 0).sum()),
        "sums": [float(given.sum()), float(at_input.sum())],
        "most": float(at_input.max()),
    }


def _lost(question: PoolingQuestion, x: Tensor, out: Tensor, one: Tensor) -> dict[str, Any]:
    again = unpooled(x, question.setting)
    difference = x - again
    return {
        "unpooled": again.tolist(),
        "difference": difference.tolist(),
        "kept": int((difference.abs() < 1e-6).sum()),
        "numbers": [x.numel(), out.numel()],
        "norm": float(difference.norm() / x.norm().clamp(min=1e-12)),
    }


def _shift(question: PoolingQuestion, x: Tensor, out: Tensor, one: Tensor) -> dict[str, Any]:
    dx, dy = question.dx, question.dy
    across = abs(dy) > abs(dx)
    steps = list(range(-_CURVE, _CURVE + 1))
    shifts = [(0, n) if across else (n, 0) for n in steps]
    moved = inputs(question, [(dx, dy), *shifts])
    after = pool(moved[0], question.setting)
    found = forgiven(x, moved, question.setting)
    here = {name: {key: values[0] for key, values in way.items()} for name, way in found.items()}
    curves = {name: {key: values[1:] for key, values in way.items()} for name, way in found.items()}
    return {
        "moved": moved[0].tolist(),
        "after": after.tolist(),
        "difference": (after - out).tolist(),
        "across": across,
        "steps": steps,
        "here": here,
        "curves": curves,
    }
