"""A heat map between words: as a picture to take away, and small for the map of the course.

Both are SVG: their words take the reader's own fonts, Hangul too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.figures.palette import css, paint
from core.figures.sketch import WORDS, Sketch, Tone, breadth

SIDE = 30
"""Pixels of a weight."""
_SIZE = 17
"""Of the words of a picture to take away."""


def word_map(
    weights: NDArray[np.float32],
    rows: Sequence[str],
    columns: Sequence[str],
    row: int,
    column: int,
    largest: float = 1.0,
) -> bytes:
    """Weights with their words, one row and one square of it marked, as the bytes of an SVG.

    Args:
        weights: (N, M), zero or more.
        rows: N words.
        columns: M words.
        row: the marked one.
        column: of the marked square.
        largest: the weight that gets the full colour.
    """
    n, m = weights.shape
    left, top = (24 + max(breadth(word, _SIZE) for word in words) for words in (rows, columns))
    sketch = Sketch(left + m * SIDE + 12, top + n * SIDE + 12)
    for (i, j), colour in zip(
        np.ndindex(n, m), paint(weights, False, largest).reshape(-1, 3).tolist(), strict=True
    ):
        place = (left + j * SIDE, top + i * SIDE, SIDE, SIDE)
        sketch.rectangle(*place, fill=css((colour[0], colour[1], colour[2])))
    for i, word in enumerate(rows):
        tone: Tone = "accent" if i == row else "ink"
        sketch.text(left - 8, top + (i + 0.5) * SIDE, word, tone, anchor="end", size=_SIZE)
    for j, word in enumerate(columns):
        tone = "accent" if j == column else "ink"
        sketch.text(left + (j + 0.5) * SIDE, top - 8, word, tone, size=_SIZE, upwards=True)
    sketch.rectangle(left, top, m * SIDE, n * SIDE, line="grey")
    x, y = left + column * SIDE, top + row * SIDE
    sketch.rectangle(left, y, m * SIDE, SIDE, line="accent", thick=2)
    sketch.rectangle(x, y, SIDE, SIDE, line="accent", thick=4)
    return sketch.svg()


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
