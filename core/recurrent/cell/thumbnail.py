"""Every gate of the shipped LSTM over its sentence as one small picture, for the map of the course.

In the order of `GATES`: input, forget, candidate above; output, cell state, hidden state below.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.figures.sketch import Sketch
from core.recurrent.cell.gates import TANH
from core.recurrent.cells import GATES
from core.recurrent.words import job as words
from core.training import shipped

COLUMNS, WIDE, TALL = 3, 98, 34
SIGNED = TANH | {"c", "h"}


def maps() -> dict[str, NDArray[np.float32]]:
    """The gates of the LSTM in the last state of the shipped run, (H, T) each, by name."""
    run = shipped.load("words_race")
    answer = words.JOB.inspections["gates"](words.JOB.read(run.config), run.saved[-1].state, {})
    return {name: answer["cells"]["lstm"][name].T for name in GATES["lstm"]}


def gates(names: Mapping[str, str]) -> str:
    """The maps side by side below what they are called, the data URL of an SVG."""
    sketch = Sketch(320, 112)
    for place, (name, values) in enumerate(maps().items()):
        row, column = divmod(place, COLUMNS)
        x, y = 8 + column * (WIDE + 5), 3 + row * (TALL + 20)
        sketch.text(x, y + 8, names[name])
        sketch.pixels(values, x, y + 17, WIDE, TALL, signed=name in SIGNED)
    return sketch.url()
