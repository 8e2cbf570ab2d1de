"""A shipped race in one small picture: how the three learned, and how they go on by themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.figures.curves import OKABE_ITO, Curve, picture
from core.recurrent.cells import KINDS, Kind
from core.training import shipped

COLOURS: dict[Kind, str] = {"rnn": OKABE_ITO[1], "gru": OKABE_ITO[2], "lstm": OKABE_ITO[0]}
EARLY = 3
"""Which of the saved states goes on by itself in the picture: early enough to be seen to err."""


def race(titles: Sequence[str]) -> str:
    """The loss of each cell on a logarithmic axis, beside free-running forecasts, as a data URL.

    Args:
        titles: of the two.
    """
    run = shipped.load("sine_race")
    losses = [run.series[f"{kind}.loss"] for kind in KINDS]
    learned = [
        Curve(np.arange(len(loss), dtype=np.float64), np.log10(loss), COLOURS[kind])
        for kind, loss in zip(KINDS, losses, strict=True)
    ]
    shown = run.saved[min(EARLY, len(run.saved) - 1)]
    truth = shown.pictures["free.truth"]
    warm = int(shown.marks["warm"])
    freely = [Curve(np.arange(len(truth), dtype=np.float64), truth, "ink")]
    for kind in KINDS:
        values = shown.pictures[f"{kind}.free_run"]
        freely.append(Curve(warm + np.arange(len(values), dtype=np.float64), values, COLOURS[kind]))
    return picture([learned, freely], titles, width=320, height=112, margin=10)
