"""A heat map between words: as a picture to take away, and small for the map of the course."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from core.figures.image import png
from core.figures.palette import ACCENT, GREY, INK, PAPER, paint
from core.figures.sketch import WORDS, Sketch, Tone, breadth

SIDE = 30
"""Pixels of a weight."""
ACROSS, DOWN = 110, 90
"""Room for the names of rows and columns."""


def word_map(
    weights: NDArray[np.float32],
    rows: Sequence[str],
    columns: Sequence[str],
    row: int,
    column: int,
    largest: float = 1.0,
) -> bytes:
    """Weights with their words, one row and one square of it marked, as PNG.

    Args:
        weights: (N, M), zero or more.
        rows: N words.
        columns: M words.
        row: the marked one.
        column: of the marked square.
        largest: the weight that gets the full colour.
    """
    n, m = weights.shape
    image = Image.new("RGB", (ACROSS + m * SIDE + 12, DOWN + n * SIDE + 12), PAPER)
    squares = Image.fromarray(paint(weights, signed=False, largest=largest))
    image.paste(squares.resize((m * SIDE, n * SIDE), Image.Resampling.NEAREST), (ACROSS, DOWN))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(17)
    for i, word in enumerate(rows):
        y = DOWN + i * SIDE + SIDE // 2
        draw.text((ACROSS - 8, y), word, ACCENT if i == row else INK, font, anchor="rm")
    for j, word in enumerate(columns):
        label = Image.new("L", (DOWN, SIDE), 0)
        ImageDraw.Draw(label).text((8, SIDE // 2), word, 255, font, anchor="lm")
        turned = label.rotate(90, expand=True)
        colour = ACCENT if j == column else INK
        image.paste(colour, (ACROSS + j * SIDE, 0), turned)
    draw.rectangle((ACROSS, DOWN, ACROSS + m * SIDE, DOWN + n * SIDE), outline=GREY)
    x, y = ACROSS + column * SIDE, DOWN + row * SIDE
    draw.rectangle((ACROSS, y, ACROSS + m * SIDE, y + SIDE), outline=ACCENT, width=2)
    draw.rectangle((x, y, x + SIDE, y + SIDE), outline=ACCENT, width=4)
    return png(image)


SMALL = (320, 112)
"""Pixels of a small one."""
_ROW = 15


def small(
    weights: NDArray[np.float32],
    rows: Sequence[str],
    columns: Sequence[str],
    row: int,
    column: int,
    largest: float = 1.0,
) -> str:
    """The rows around the marked one, with their words, as the data URL of an SVG.

    The columns have their words where these fit; else the marked one alone has.

    Args:
        weights: (N, M), zero or more.
        rows: N words.
        columns: M words.
        row: the marked one.
        column: of the marked square.
        largest: the weight that gets the full colour.
    """
    width, height = SMALL
    sketch = Sketch(width, height)
    seen = min(len(rows), int(height // _ROW) - 1)
    first = max(0, min(row - seen // 2, len(rows) - seen))
    left = 16 + max(breadth(word) for word in rows[first : first + seen])
    across, top = width - left - 10, height - 3 - seen * _ROW
    cell = across / len(columns)
    shown = weights[first : first + seen]
    sketch.pixels(shown, left, top, across, seen * _ROW, largest=largest)
    for i, word in enumerate(rows[first : first + seen], first):
        y = top + (i - first + 0.5) * _ROW
        sketch.text(left - 6, y, word, "accent" if i == row else "ink", anchor="end")
    fit = all(breadth(word) <= cell - 2 for word in columns)
    for j, word in enumerate(columns):
        if fit or j == column:
            tone: Tone = "accent" if j == column else "ink"
            sketch.text(left + (j + 0.5) * cell, WORDS / 2 + 2, word, tone, anchor="middle")
    sketch.rectangle(left, top, across, seen * _ROW, line="line")
    y = top + (row - first) * _ROW
    sketch.rectangle(left, y, across, _ROW, line="accent", thick=1.5)
    sketch.rectangle(left + column * cell, y, cell, _ROW, line="accent", thick=3)
    return sketch.url()
