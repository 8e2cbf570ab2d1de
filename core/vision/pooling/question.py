"""What the tab "Pooling" asks: an input, a layer, one output number, and a view of the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from core.schema import Record, Refusal, choice, mark, nested, text, whole
from core.vision.convolution.source import read_matrix
from core.vision.drawing import Drawing, strokes
from core.vision.hand import sample
from core.vision.networks import network
from core.vision.pooling.layer import PoolingSetting, shifted
from core.vision.preprocess import render
from core.vision.trace import trace

SOURCES = ("drawing", "sample", "matrix", "map")
LAYERS = {"conv1": 32, "relu1": 32, "conv2": 64, "relu2": 64}
"""Maps of the shipped network that can be pooled; "relu" is what the network itself pools."""
VIEWS = ("gradient", "lost", "shift")
GRADIENTS = ("one", "ones")
SHIFT = 4
"""Farthest shift in pixels."""
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
        view: which of the three views is shown besides.
        gradient: "one" at the opened cell, or "ones" everywhere.
        dx, dy: how far the input is shifted, in pixels.
    """

    drawing: Drawing = strokes()
    source: str = choice(SOURCES)
    number: int = whole(3, label=mark("number of the sample"))
    matrix: str = text(EXAMPLE, 4_000, lines=True)
    layer: str = choice(tuple(LAYERS), "relu1")
    map: int = whole(9, 0, max(LAYERS.values()) - 1)
    setting: PoolingSetting = nested(PoolingSetting, PoolingSetting())
    row: int = whole(0, 0, 99)
    column: int = whole(0, 0, 99)
    view: str = choice(VIEWS)
    gradient: str = choice(GRADIENTS)
    dx: int = whole(1, -SHIFT, SHIFT, label=mark("shift to the right"))
    dy: int = whole(0, -SHIFT, SHIFT, label=mark("shift down"))

    @property
    def drawn(self) -> Drawing:
        """What is pooled, or what the map is made from; a matrix is neither."""
        return sample(self.number) if self.source == "sample" else self.drawing

    def check_together(self) -> None:
        """Refuse a map that the layer does not have, and a matrix that cannot be pooled."""
        if self.map >= LAYERS[self.layer]:
            raise Refusal(MAPS, layer=self.layer, last=LAYERS[self.layer] - 1)
        typed(self.matrix)


def typed(text: str) -> list[list[float]]:
    """The rows of a typed matrix.

    Raises:
        Refusal: it cannot be read, or has several channels.
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
    traced = trace(network("ours").model, moved)
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
