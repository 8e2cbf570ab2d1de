"""How good a run's network is on digits that it never learned from: counts, and the worst cases."""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from core.intervals import interval
from core.schema import Refusal, mark
from core.training.job import State
from core.vision.mnist import Digits
from core.vision.training import data, trainer
from core.vision.training.data import Part
from core.vision.training.inspections import Inspection, net_of, texts
from core.vision.training.setting import CnnSetting

SHOWN = 24
"""Digits that are shown of a cell, or as the worst."""


@lru_cache(maxsize=4)
def _answered(setting: CnnSetting, state: State, part: Part) -> Tensor:
    """Logits (N, 10) of all validation or test digits."""
    digits = data.judged(data.here(setting), part)
    return trainer.logits(trainer.chain(net_of(setting, state)), digits.images, setting.precision)


def answers(setting: CnnSetting, state: State, part: Part) -> tuple[Digits, Tensor]:
    """All validation or test digits, and the logits (N, 10) that answer them."""
    digits = data.judged(data.here(setting), part)
    return digits, _answered(setting, state, part)


def counted(setting: CnnSetting, state: State, part: Part) -> dict[str, Any]:
    """Right answers in all and for each digit, with 95% intervals (Wilson 1927).

    "matrix" is what was called what: row = the digit, column = the answer.
    """
    digits, outputs = answers(setting, state, part)
    matrix = trainer.confusion(outputs.argmax(1), digits.labels)
    rows = zip(matrix.diagonal().tolist(), matrix.sum(1).tolist(), strict=True)
    right = int(matrix.trace())
    return {
        "data": data.here(setting),
        "right": right,
        "of": len(digits),
        "accuracy": right / len(digits),
        "interval": interval(right, len(digits)),
        "matrix": matrix.tolist(),
        "classes": [{"right": r, "of": n, "interval": interval(r, n)} for r, n in rows],
    }


def confusion(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """Of all validation digits."""
    return counted(setting, state, "validation")


def test(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """Of all test digits, which are meant to be looked at once."""
    return counted(setting, state, "test")


def cell(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """Validation digits "true" that the network calls "said", the surest first."""
    true, called = _digit(query, "true"), _digit(query, "said")
    digits, outputs = answers(setting, state, "validation")
    there = torch.nonzero((digits.labels == true) & (outputs.argmax(1) == called))[:, 0]
    sure = outputs[there].softmax(1)[:, called]
    return _shown(setting, digits, outputs, there[sure.argsort(descending=True)])


def mistakes(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The validation digits with the largest loss among those that are answered wrongly."""
    digits, outputs = answers(setting, state, "validation")
    loss = torch.nn.functional.cross_entropy(outputs, digits.labels, reduction="none")
    wrong = torch.nonzero(outputs.argmax(1) != digits.labels)[:, 0]
    return _shown(setting, digits, outputs, wrong[loss[wrong].argsort(descending=True)])


def _shown(setting: CnnSetting, digits: Digits, outputs: Tensor, index: Tensor) -> dict[str, Any]:
    shares, called = outputs[index[:SHOWN]].softmax(1).max(1)
    return {
        "data": data.here(setting),
        "of": len(index),
        "index": index[:SHOWN].tolist(),
        "images": texts(digits.images[index[:SHOWN]]),
        "true": digits.labels[index[:SHOWN]].tolist(),
        "said": called.tolist(),
        "probability": shares.tolist(),
    }


def _digit(query: Mapping[str, str], name: str) -> int:
    text = query.get(name, "")
    if len(text) != 1 or text not in string.digits:
        raise Refusal(mark('"{name}" is a digit from 0 to 9.'), name=name)
    return int(text)


INSPECTIONS: dict[str, Inspection] = {
    "confusion": confusion,
    "test": test,
    "cell": cell,
    "mistakes": mistakes,
}
