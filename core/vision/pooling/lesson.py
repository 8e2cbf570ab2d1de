"""Facts about one state of the tab "Pooling", for its questions and its sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from PIL import Image

from core.figures.image import png
from core.vision.pooling.layer import forgiven, pool, routed
from core.vision.pooling.question import PoolingQuestion, inputs

_SQUARE = 14
"""Pixels of a cell in the picture to take away."""


@dataclass(frozen=True)
class Facts:
    """What the questions ask.

    Attributes:
        height: rows of the input.
        rows: rows of the output.
        windows: how many there are.
        silent: share of the input that gets no gradient when every output gets 1.
        pooled, plain: relative change by a shift of one pixel to the right, with this pooling and
            without any.
    """

    height: int
    rows: int
    windows: int
    silent: float
    pooled: float
    plain: float


def facts(question: PoolingQuestion) -> Facts:
    """Compute them."""
    still, moved = inputs(question, [(0, 0), (1, 0)])
    out = pool(still, question.setting)
    at_input = routed(still, question.setting, torch.ones_like(out))
    changes = forgiven(still, moved[None], question.setting)
    return Facts(
        len(still),
        len(out),
        out.numel(),
        float((at_input == 0).float().mean()),
        changes[question.setting.kind]["norm"][0],
        changes["none"]["norm"][0],
    )


def about(question: PoolingQuestion) -> str:
    """The state that the questions ask about, as a text."""
    return repr(
        replace(question, row=0, column=0, view="gradient", gradient="one", dx=1, dy=0)
    ) + str(hash(question.drawing))


def table(question: PoolingQuestion) -> bytes:
    """Input and output as CSV."""
    x = inputs(question, [(0, 0)])[0]
    lines = ["plane,row,column,value"]
    for name, plane in (("input", x), ("output", pool(x, question.setting))):
        for row, values in enumerate(plane.tolist()):
            lines += [f"{name},{row},{column},{value:.9g}" for column, value in enumerate(values)]
    return ("\n".join(lines) + "\n").encode()


def picture(question: PoolingQuestion) -> bytes:
    """Input and output beside each other, a PNG in ink on paper."""
    x = inputs(question, [(0, 0)])[0]
    planes = [x, pool(x, question.setting)]
    largest = max(float(x.abs().max()), 1e-6)
    height = max(len(plane) for plane in planes) * _SQUARE
    width = sum(plane.shape[1] for plane in planes) * _SQUARE + 2 * _SQUARE
    sheet = Image.new("L", (width, height), 255)
    left = 0
    for plane in planes:
        ink = 255 - (plane.clamp(min=0) / largest * 255).round().to(torch.uint8).numpy()
        size = (plane.shape[1] * _SQUARE, len(plane) * _SQUARE)
        sheet.paste(Image.fromarray(ink).resize(size, Image.Resampling.NEAREST), (left, 0))
        left += size[0] + 2 * _SQUARE
    return png(sheet)
