"""What can be taken away: input and output as a picture, every number as a table."""

from __future__ import annotations

import csv
import functools
import io

import numpy as np
from PIL import Image
from torch import Tensor

from core.figures import image
from core.figures.image import data_url
from core.figures.palette import PAPER, paint
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import Slid, slide

SIDE = 336
"""Pixels of the longest side of a plane."""
GAP = 24


def png(slid: Slid) -> bytes:
    """All input channels in one row, all output channels below, as PNG."""
    rows = [_row(slid.input), _row(slid.output)]
    width = max(row.width for row in rows) + 2 * GAP
    picture = Image.new("RGB", (width, sum(row.height for row in rows) + 3 * GAP), PAPER)
    y = GAP
    for row in rows:
        picture.paste(row, (GAP, y))
        y += row.height + GAP
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


@functools.cache
def thumbnail() -> str:
    """A sample and its edges, computed here and now, as the data URL of a PNG."""
    slid = slide(ConvolutionQuestion(padding="same"))
    both = [_tile(slid.input[0]), _tile(slid.output[0])]
    picture = Image.new("RGB", (2 * SIDE + GAP, SIDE), PAPER)
    for i, tile in enumerate(both):
        picture.paste(tile, (i * (SIDE + GAP), 0))
    return data_url(image.png(picture))


def _row(planes: Tensor) -> Image.Image:
    largest = float(planes.abs().max())
    tiles = [_tile(plane, largest) for plane in planes]
    height = max(tile.height for tile in tiles)
    row = Image.new("RGB", (sum(t.width for t in tiles) + GAP * (len(tiles) - 1), height), PAPER)
    x = 0
    for tile in tiles:
        row.paste(tile, (x, 0))
        x += tile.width + GAP
    return row


def _tile(plane: Tensor, largest: float | None = None) -> Image.Image:
    values = plane.numpy()
    zoom = max(1, SIDE // max(values.shape))
    squares = Image.fromarray(paint(values, bool((values < 0).any()), largest))
    size = (values.shape[1] * zoom, values.shape[0] * zoom)
    return squares.resize(size, Image.Resampling.NEAREST)
