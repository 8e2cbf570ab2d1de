"""The picture on the map of the course is made of the shipped network's own gates."""

from __future__ import annotations

import io
from base64 import b64decode

import numpy as np
from PIL import Image

from core.figures.palette import paint
from core.recurrent.cell.thumbnail import COLUMNS, GAP, HEIGHT, MARGIN, ROWS, WIDTH, gates, maps


def test_every_square_has_the_colour_of_its_value() -> None:
    kind, _, code = gates().partition(",")
    assert kind == "data:image/png;base64"
    pixels = np.asarray(Image.open(io.BytesIO(b64decode(code))).convert("RGB"))
    assert pixels.shape == (HEIGHT, WIDTH, 3)
    found = maps()
    assert list(found) == ["input", "forget", "candidate", "output", "c", "h"]
    wide = (WIDTH - 2 * MARGIN - GAP * (COLUMNS - 1)) // COLUMNS
    tall = (HEIGHT - 2 * MARGIN - GAP * (ROWS - 1)) // ROWS
    random = np.random.default_rng(2)
    for place, (name, values) in enumerate(found.items()):
        row, column = divmod(place, COLUMNS)
        colours = paint(values, signed=name in ("candidate", "c", "h"))
        units, steps = values.shape
        for _ in range(20):
            unit, time = int(random.integers(units)), int(random.integers(steps))
            y = MARGIN + row * (tall + GAP) + int((unit + 0.5) * tall / units)
            x = MARGIN + column * (wide + GAP) + int((time + 0.5) * wide / steps)
            assert (pixels[y, x] == colours[unit, time]).all(), (name, unit, time)
