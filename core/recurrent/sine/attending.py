"""Attention on a time series, without training: which earlier windows are like the present one?

The present window is the query, every training window is a key, and what followed it is its value.
Scores are dot products, less half of each key's squared norm, so that the best match and not the
largest key wins; softmax makes them weights, and the forecast is the weighted sum of the values.
It is the estimate of Nadaraya and Watson (1964), with a Gaussian kernel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from torch import Tensor

from core.figures.curves import OKABE_ITO, Curve, picture
from core.recurrent.sine.members import models
from core.recurrent.sine.scores import outputs
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting
from core.training.job import State

SPREAD = 0.1
"""Windows whose numbers differ by about this much still count."""


def attended(queries: Tensor, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
    """Forecasts (Q,) and weights (Q, N).

    Args:
        queries: windows, (Q, L).
        keys: earlier windows, (N, L).
        values: what followed each of them, (N,).
    """
    scores = queries @ keys.T - keys.square().sum(1) / 2
    weights = (scores / (keys.shape[1] * SPREAD**2)).softmax(1)
    return weights @ values, weights


def attention(setting: SineSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """What attention to the training windows makes of the validation windows of a run.

    Returns:
        "query" (L,): the first validation window; "weights" (N,): of the training windows for it;
        "best": the number of the heaviest, and "match" (L,) that window; "share": the weight of
        the ten heaviest; "value" and "forecast": what follows, and what attention says. Mean
        squared errors over all validation windows: "attention", "persistence", and "network" of
        the first "cell" of the run.
    """
    known, kind = data(setting), setting.cells[0]
    keys, values = known.train[0][..., 0].double(), known.train[1][:, -1, 0].double()
    queries, after = known.validation[0][..., 0].double(), known.validation[1][:, -1, 0].double()
    said, weights = attended(queries, keys, values)
    network = outputs(models(setting, state)[kind], known.validation[0])[:, -1, 0]
    best = int(weights[0].argmax())

    def error(forecast: Tensor) -> float:
        return float((forecast.double() - after).square().mean())

    return {
        "query": queries[0].numpy(),
        "weights": weights[0].numpy(),
        "best": best,
        "match": keys[best].numpy(),
        "share": float(weights[0].topk(min(10, len(keys))).values.sum()),
        "value": float(after[0]),
        "forecast": float(said[0]),
        "attention": error(said),
        "persistence": error(queries[:, -1]),
        "network": error(network),
        "cell": kind,
    }


def pictures(found: Mapping[str, Any]) -> str:
    """As a data URL: left the query, blue, and the window that it attends to most, orange.

    Right the weights, in the order of the training windows.
    """
    steps = np.arange(float(len(found["query"])))
    windows = np.arange(float(len(found["weights"])))
    return picture(
        [
            [
                Curve(steps, found["query"], OKABE_ITO[0]),
                Curve(steps, found["match"], OKABE_ITO[3]),
            ],
            [Curve(windows, found["weights"], OKABE_ITO[0])],
        ]
    )
