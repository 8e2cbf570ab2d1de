"""A heat map between words as a picture to take away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from core.figures.image import png
from core.figures.palette import ACCENT, GREY, INK, PAPER, paint

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
