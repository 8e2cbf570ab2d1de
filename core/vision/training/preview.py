"""The shipped run in one small picture: its loss falls, its share of right answers rises."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.figures.curves import OKABE_ITO, Curve, picture
from core.training import shipped

_TRAINING, _VALIDATION = OKABE_ITO[0], OKABE_ITO[1]  # as on the page


def run(titles: Sequence[str]) -> str:
    """Loss of each batch on a logarithmic axis beside accuracy, with validation, as a data URL.

    Args:
        titles: of the two.

    Raises:
        ValueError: the shipped run is missing or damaged.
    """
    series = shipped.load("cnn_run").series

    def curves(name: str) -> list[Curve]:
        each = np.asarray(series[name], np.float64)
        judged = np.asarray(series[f"validation_{name}"], np.float64)
        there = np.flatnonzero(np.isfinite(judged))
        if name == "loss":
            each, judged = np.log10(each), np.log10(judged)
        return [
            Curve(_counted(len(each)), each, _TRAINING),
            Curve((there + 1).astype(np.float64), judged[there], _VALIDATION),
        ]

    return picture([curves("loss"), curves("accuracy")], titles, width=320, height=112, margin=10)


def _counted(steps: int) -> NDArray[np.float64]:
    return np.arange(1, steps + 1, dtype=np.float64)
