"""Digits for a training: to learn from, to judge by while it goes on, and to test on at the end.

MNIST where it lies on this machine, otherwise generated pen digits, each drawn when it is first
needed. Which digits make a batch is decided by seed and step alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Literal, TypeVar, cast

import numpy as np
import torch
from torch import Tensor

from core.schema import Record
from core.vision import mnist
from core.vision.hand import digit
from core.vision.mnist import Digits, MNISTMissing
from core.vision.models import CLASSES, normalise
from core.vision.preprocess import paint, place
from core.vision.training.changes import changed
from core.vision.training.setting import PEN, CnnSetting

R = TypeVar("R", bound=Record)
Data = Literal["mnist", "pen"]
Part = Literal["learning", "validation", "test"]
SEEN = 1_000
"""Digits of the validation split that a run is judged by while it goes on."""
PEN_JUDGED = 300
"""Generated digits to judge by, and as many others, in styles that no training sees, to test on."""
_PEN_SEEDS = {"learning": 61, "validation": 62, "test": 63}
CHANGES = 7_000_000_000_003
"""Added to what seeds the changes of a batch."""


def available() -> Data:
    """MNIST if it is on this machine, otherwise generated pen digits."""
    try:
        mnist.find()
    except MNISTMissing:
        return "pen"
    return "mnist"


def with_data(record: type[R]) -> Callable[[Mapping[str, Any]], R]:
    """How a job reads its setting: as `record.read`; without "data", of what this machine has."""

    def read(raw: Mapping[str, Any]) -> R:
        return record.read({"data": available()} | dict(raw))

    return read


class Pen:
    """Generated digits, drawn when they are first needed and then stored.

    Args:
        part: what for; each has people of its own, and "test" other styles too.
        count: how many there are; the label of digit i is i % 10.
    """

    def __init__(self, part: Part, count: int) -> None:
        self.part, self.labels = part, torch.arange(count) % CLASSES
        self._images = torch.zeros(count, *mnist.SHAPE, dtype=torch.uint8)
        self._drawn = torch.zeros(count, dtype=torch.bool)

    def __getitem__(self, index: Tensor) -> Digits:
        """The digits at these positions."""
        for i in sorted(set(index[~self._drawn[index]].tolist())):
            r = np.random.default_rng((_PEN_SEEDS[self.part], i))
            drawing = digit(i % CLASSES, r, held_out=self.part == "test")
            ink = paint(drawing.strokes, place(drawing))
            self._images[i] = torch.from_numpy(np.rint(ink * 255).astype(np.uint8))
            self._drawn[i] = True
        return Digits(self._images[index], self.labels[index])


@lru_cache(maxsize=3)
def _pen(part: Part) -> Pen:
    return Pen(part, PEN if part == "learning" else PEN_JUDGED)


@lru_cache(maxsize=1)
def _split() -> tuple[Tensor, Tensor]:
    """Positions in MNIST's training set: to learn from, to judge by; those of `mnist.split`."""
    generator = torch.Generator().manual_seed(mnist.SPLIT_SEED)
    order = torch.randperm(len(mnist.load("train")), generator=generator)
    return order[mnist.VALIDATION :], order[: mnist.VALIDATION]


def learned(data: str, index: Tensor) -> Digits:
    """The digits to learn from at these positions, int64 (N,).

    Raises:
        MNISTMissing: MNIST was asked for and is not there.
    """
    return mnist.load("train")[_split()[0][index]] if data == "mnist" else _pen("learning")[index]


@lru_cache(maxsize=8)
def judged(data: str, part: Part, count: int = 10_000) -> Digits:
    """The first `count` digits of the validation or test set, or all there are.

    Raises:
        MNISTMissing: MNIST was asked for and is not there.
    """
    if data == "pen":
        return _pen(part)[torch.arange(min(count, PEN_JUDGED))]
    if part == "test":
        return mnist.load("test")[:count]
    return mnist.load("train")[_split()[1][:count]]


def here(setting: CnnSetting) -> Data:
    """What a state of this run can be judged on: the data that it learns from, if they are here."""
    return "pen" if available() == "pen" else cast(Data, setting.data)


@lru_cache(maxsize=2)
def epoch_order(seed: int, epoch: int, count: int) -> Tensor:
    """The order of the digits in an epoch, int64 (count,)."""
    generator = torch.Generator().manual_seed(seed * 1_000_003 + epoch)
    return torch.randperm(count, generator=generator)


def batch(setting: CnnSetting, step: int) -> tuple[Tensor, Tensor]:
    """The batch of a step: float32 (B, 1, 28, 28) in [-1, 1], and labels (B,).

    Every digit comes once in an epoch. Seed and step decide everything.

    Raises:
        MNISTMissing: MNIST was asked for and is not there.
    """
    epoch, at = divmod(step, setting.batches)
    order = epoch_order(setting.seed, epoch, setting.count)
    digits = learned(setting.data, order[at * setting.batch : (at + 1) * setting.batch])
    generator = torch.Generator()
    if setting.augment != "none":
        generator.manual_seed(CHANGES + setting.seed * 1_000_003 + step)
    return normalise(changed(digits.images, setting.augment, generator)), digits.labels
