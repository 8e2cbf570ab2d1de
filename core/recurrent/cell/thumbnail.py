"""Every gate of the shipped LSTM over its sentence as one small picture, for the map of the course.

In the order of `GATES`: input, forget, candidate above; output, cell state, hidden state below.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.figures.image import data_url, png
from core.figures.palette import PAPER, paint
from core.recurrent.cell.gates import TANH
from core.recurrent.cells import GATES
from core.recurrent.words import job as words
from core.training import shipped

WIDTH, HEIGHT, MARGIN = 620, 260, 24
COLUMNS, ROWS, GAP = 3, 2, 16
SIGNED = TANH | {"c", "h"}


def maps() -> dict[str, NDArray[np.float32]]:
    """The gates of the LSTM in the last state of the shipped run, (H, T) each, by name."""
    run = shipped.load("words_race")
    answer = words.JOB.inspections["gates"](words.JOB.read(run.config), run.saved[-1].state, {})
    return {name: answer["cells"]["lstm"][name].T for name in GATES["lstm"]}


@cache
def gates() -> str:
    """The maps side by side, the data URL of a PNG."""
    wide = (WIDTH - 2 * MARGIN - GAP * (COLUMNS - 1)) // COLUMNS
    tall = (HEIGHT - 2 * MARGIN - GAP * (ROWS - 1)) // ROWS
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    for place, (name, values) in enumerate(maps().items()):
        row, column = divmod(place, COLUMNS)
        pixels = Image.fromarray(paint(values, name in SIGNED))
        corner = (MARGIN + column * (wide + GAP), MARGIN + row * (tall + GAP))
        picture.paste(pixels.resize((wide, tall), Image.Resampling.NEAREST), corner)
    return data_url(png(picture))
