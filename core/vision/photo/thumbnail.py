"""The example in small: its ink, and a box around each digit."""

from __future__ import annotations

import numpy as np

from core.figures.sketch import Sketch
from core.vision.photo.corrected import answered
from core.vision.photo.question import PhotoQuestion
from core.vision.photo.sheet import read

WIDTH, HEIGHT = 320, 112
_LINES = 2
"""Of the example, that have room."""
_BY = 4


def thumbnail() -> str:
    """As a data URL."""
    question = PhotoQuestion()
    found = read(question.example(), question.setting)
    boxes = found.cut.boxes[found.cut.lines < _LINES]
    top, left = boxes[:, 0].min() - 40, boxes[:, 1].min() - 20
    bottom, right = boxes[:, 2].max() + 20, boxes[:, 3].max() + 20
    ink = np.where(found.inked, found.light.ink, 0)[max(0, top) : bottom, max(0, left) : right]
    rows, columns = (n // _BY * _BY for n in ink.shape)
    small = ink[:rows, :columns].reshape(rows // _BY, _BY, columns // _BY, _BY).max((1, 3))
    sketch = Sketch(WIDTH, HEIGHT)
    scale = min(WIDTH / columns, HEIGHT / rows)
    x, y = (WIDTH - columns * scale) / 2, (HEIGHT - rows * scale) / 2
    sketch.pixels(small, x, y, columns * scale, rows * scale, largest=1.0)
    for box, verdict in zip(boxes, found.verdicts, strict=False):
        upper, first, lower, last = ((box - (top, left, top, left)) * scale).tolist()
        sketch.rectangle(x + first, y + upper, last - first, lower - upper, line="accent")
        digit = answered(verdict)
        name = "?" if digit < 0 else str(digit)
        sketch.text(x + first - 2, y + upper + 6, name, "accent", anchor="end")
    return sketch.url()
