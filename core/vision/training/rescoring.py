"""A trained network broken on purpose: how many test digits it still answers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from torch import Tensor

from core.intervals import interval
from core.training.job import State
from core.vision.training import data, trainer
from core.vision.training.inspections import Inspection, edited_net, net_of
from core.vision.training.setting import CnnSetting

COUNT = 1_000
"""Test digits."""


def rescored(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """Accuracy on the first test digits before and after the edits in "edits".

    "note" is there where the maps no longer have the side that the first fully connected layer was
    trained for: they are stretched to it, from "from" to "to".

    Raises:
        ValueError: the edits cannot be read, or leave nothing of the maps.
    """
    began = time.perf_counter()
    edited = edited_net(setting, state, query)
    outputs, labels = answers(setting, state, query)
    right = int((outputs.argmax(1) == labels).sum())
    answer: dict[str, Any] = {
        "before": _before(setting, state),
        "after": right / len(labels),
        "interval": interval(right, len(labels)),
        "of": len(labels),
        "data": data.here(setting),
        "seconds": time.perf_counter() - began,
    }
    if edited.resized:
        answer["note"] = {"key": "resized", "from": edited.resized[0], "to": edited.resized[1]}
    return answer


def answers(setting: CnnSetting, state: State, query: Mapping[str, str]) -> tuple[Tensor, Tensor]:
    """Logits (N, 10) and labels (N,) of the first test digits, after the edits in "edits".

    Raises:
        ValueError: as `rescored`.
    """
    digits = data.judged(data.here(setting), "test", COUNT)
    edited = edited_net(setting, state, query)
    return trainer.logits(edited.fast, digits.images, setting.precision), digits.labels


@lru_cache(maxsize=8)
def _before(setting: CnnSetting, state: State) -> float:
    digits = data.judged(data.here(setting), "test", COUNT)
    layers = trainer.chain(net_of(setting, state))
    outputs = trainer.logits(layers, digits.images, setting.precision)
    return float((outputs.argmax(1) == digits.labels).double().mean())


INSPECTIONS: dict[str, Inspection] = {"rescored": rescored}
