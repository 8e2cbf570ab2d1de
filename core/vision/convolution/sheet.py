"""What can be taken away: input and output as a picture, every number as a table."""

from __future__ import annotations

import csv
import io

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from core.figures import image
from core.figures.palette import GREY, INK, PAPER, paint
from core.figures.sketch import Sketch
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import Slid, slide

SIDE = 336
"""Pixels of the longest side of a plane."""
GAP = 24
WIDE = 1600
MOST = 8
"""Kernels that are drawn, the first ones."""


def png(slid: Slid) -> bytes:
    """Input, kernels and output in rows, each with its name and shape, fit for a slide, as PNG.

    Above them stands what was computed, below what the colours mean and where the numbers are from.
    """
    kernels = slid.question.weights()
    first = kernels[:, 0] if kernels.shape[1] == 1 else kernels.flatten(0, 1)
    rows = [
        ("Input", slid.input.shape, _row(slid.input)),
        ("Kernel", kernels.shape[-2:], _row(first[:MOST], SIDE // 2)),
        ("Output", slid.output.shape, _row(slid.output)),
    ]
    asked = slid.question
    kind = "Transposed convolution" if asked.transposed else "Convolution"
    title = f"{kind}: stride {asked.stride}, padding {asked.padding}, dilation {asked.dilation}"
    legend = "Signed numbers: blue above zero, orange below, paper at zero; else paper to ink."
    source = "Computed by Forward Pass with torch; the same numbers are in the table (CSV)."
    plain, bold = ImageFont.load_default(20), ImageFont.load_default(28)
    beside = sum(row.width for _, _, row in rows) + 2 * GAP <= WIDE  # else one below the other
    sizes = [(max(row.width, SIDE // 2), row.height + 32) for _, _, row in rows]
    across, down = (sum, max) if beside else (max, sum)
    width = across(w for w, _ in sizes) + 2 * GAP
    words = max(int(plain.getlength(legend)), int(bold.getlength(title)))
    height = down(h for _, h in sizes) + 2 * GAP
    size = (max(width, words) + 2 * GAP, height + 2 * GAP + 110)
    picture = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(picture)
    draw.text((GAP, GAP), title, INK, bold)
    x, y = GAP, GAP + 52
    for (name, shape, row), (w, h) in zip(rows, sizes, strict=True):
        draw.text((x, y), name, INK, plain)
        sides = " x ".join(map(str, shape))
        draw.text((x + plain.getlength(f"{name}  "), y), sides, GREY, plain)
        picture.paste(row, (x, y + 32))
        x, y = (x + w + GAP, y) if beside else (x, y + h + GAP)
    y = size[1] - GAP - 52
    draw.text((GAP, y), legend, GREY, plain)
    draw.text((GAP, y + 28), source, GREY, plain)
    return image.png(picture)


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


def _row(planes: Tensor, side: int = SIDE) -> Image.Image:
    largest = float(planes.abs().max())
    tiles = [_tile(plane, largest, side) for plane in planes]
    height = max(tile.height for tile in tiles)
    row = Image.new("RGB", (sum(t.width for t in tiles) + GAP * (len(tiles) - 1), height), PAPER)
    x = 0
    for tile in tiles:
        row.paste(tile, (x, 0))
        x += tile.width + GAP
    return row


def _tile(plane: Tensor, largest: float | None = None, side: int = SIDE) -> Image.Image:
    values = plane.numpy()
    zoom = max(1, side // max(values.shape))
    squares = Image.fromarray(paint(values, bool((values < 0).any()), largest))
    size = (values.shape[1] * zoom, values.shape[0] * zoom)
    return squares.resize(size, Image.Resampling.NEAREST)
