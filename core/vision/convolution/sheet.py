"""What can be taken away: input and output as a picture, every number as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image
from torch import Tensor

from core.figures import image
from core.figures.palette import paint
from core.figures.sketch import Sketch, breadth
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import Slid, slide

SIDE = 336
"""Pixels of the longest side of a plane."""
GAP = 24
TITLE, NAME = 28, 20
"""Sizes of the words."""
HEAD, ABOVE = 52, 32
"""Room for the title, and for the name of a row."""
WIDE = 1600
MOST = 8
"""Kernels that are drawn, the first ones."""


def picture(slid: Slid, title: str, names: Mapping[str, str]) -> bytes:
    """Input, kernels and output in rows, each with its name and shape, fit for a slide, as SVG.

    Args:
        slid: what was computed.
        title: stands above it.
        names: of "input", "kernel" and "output".
    """
    kernels = slid.question.weights()
    first = kernels[:, 0] if kernels.shape[1] == 1 else kernels.flatten(0, 1)
    rows = [
        _Row(names["input"], tuple(slid.input.shape), slid.input),
        _Row(names["kernel"], tuple(kernels.shape[-2:]), first[:MOST], SIDE // 2),
        _Row(names["output"], tuple(slid.output.shape), slid.output),
    ]
    beside = sum(row.width for row in rows) + 2 * GAP <= WIDE  # else one below the other
    across, down = (sum, max) if beside else (max, sum)
    width = max(across(row.width for row in rows) + 2 * GAP, breadth(title, TITLE))
    height = down(row.height for row in rows) + 2 * GAP + HEAD
    sketch = Sketch(width + 2 * GAP, height + 2 * GAP)
    sketch.text(GAP, GAP + TITLE / 2, title, size=TITLE)
    x, y = GAP, GAP + HEAD
    for row in rows:
        row.draw(sketch, x, y)
        x, y = (x + row.width + GAP, y) if beside else (x, y + row.height + GAP)
    return sketch.svg()


def one(plane: Tensor, largest: float | None = None) -> bytes:
    """One plane (H, W) as PNG; signed where a number is below zero."""
    return image.png(_tile(plane, largest))


def table(slid: Slid) -> bytes:
    """Every number as CSV in UTF-8: of what, channel, row, column, value; counted from 0."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("of", "channel", "row", "column", "value"))
    for name, tensor in (("input", slid.input), ("output", slid.output)):
        for index, value in np.ndenumerate(tensor.numpy()):
            writer.writerow((name, *index, str(value)))
    for (o, i, row, column), value in np.ndenumerate(slid.question.weights().numpy()):
        writer.writerow((f"kernel {o}", i, row, column, str(value)))
    return text.getvalue().encode()


def thumbnail() -> str:
    """A sample and its edges, computed here and now, as the data URL of an SVG."""
    slid = slide(ConvolutionQuestion(padding="same"))
    sketch = Sketch(320, 112)
    for plane, x in ((slid.input[0], 48), (slid.output[0], 176)):
        signed = bool((plane < 0).any())
        sketch.pixels(plane.numpy(), x, 8, 96, 96, signed=signed)
    sketch.path("M152 56h16m-6 -5l6 5l-6 5", "grey")
    return sketch.url()


@dataclass(frozen=True)
class _Row:
    """Planes (N, H, W) beside each other, with a name and a shape above them."""

    name: str
    shape: tuple[int, ...]
    planes: Tensor
    side: int = SIDE

    @property
    def tile(self) -> tuple[int, int]:
        """Width and height of a plane, a whole number of pixels for each of its squares."""
        rows, columns = self.planes.shape[1:]
        zoom = max(1, self.side // max(rows, columns))
        return columns * zoom, rows * zoom

    @property
    def width(self) -> int:
        count = len(self.planes)
        return max(count * self.tile[0] + GAP * (count - 1), SIDE // 2)

    @property
    def height(self) -> int:
        return self.tile[1] + ABOVE

    def draw(self, sketch: Sketch, x: float, y: float) -> None:
        sketch.text(x, y + NAME / 2, self.name, size=NAME)
        sides = " × ".join(map(str, self.shape))
        sketch.text(x + breadth(f"{self.name}  ", NAME), y + NAME / 2, sides, "grey", size=NAME)
        largest = float(self.planes.abs().max())
        (width, height), signed = self.tile, bool((self.planes < 0).any())
        for plane in self.planes:
            values = plane.numpy()
            sketch.pixels(values, x, y + ABOVE, width, height, signed=signed, largest=largest)
            x += width + GAP


def _tile(plane: Tensor, largest: float | None = None, side: int = SIDE) -> Image.Image:
    values = plane.numpy()
    zoom = max(1, side // max(values.shape))
    squares = Image.fromarray(paint(values, bool((values < 0).any()), largest))
    size = (values.shape[1] * zoom, values.shape[0] * zoom)
    return squares.resize(size, Image.Resampling.NEAREST)
