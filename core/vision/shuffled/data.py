"""The digits of the experiment with shuffled pixels: to learn from and to judge on."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from core.vision.ink import PIXELS
from core.vision.mnist import Digits
from core.vision.models import normalise
from core.vision.training.data import Data, epoch_order, judged, learned
from core.vision.training.setting import PEN

DATA: tuple[Data, ...] = ("mnist", "pen")
LEARNING = 55_000
"""Digits of MNIST's training set that are not judged by."""
JUDGED = 1_000
"""Digits of the validation split that accuracy is measured on while a run goes on."""


def learning(data: str) -> int:
    """How many digits there are to learn from."""
    return PEN if data == "pen" else LEARNING


def to_judge(data: str) -> Digits:
    """What accuracy is measured on while a run goes on.

    Raises:
        MNISTMissing: MNIST was asked for and is not there.
    """
    return judged(data, "validation", JUDGED)


@lru_cache(maxsize=4)
def order(seed: int) -> Tensor:
    """One fixed shuffle of the 784 pixels, int64 (784,): new pixel i is old pixel order[i]."""
    return torch.randperm(PIXELS, generator=torch.Generator().manual_seed(seed))


def shuffle(pictures: Tensor, seed: int) -> Tensor:
    """(N, 28, 28) -> the same pixels at other places, the same places for every picture."""
    return pictures.flatten(1)[:, order(seed)].view(-1, 28, 28)


def batch(data: Data, seed: int, step: int, size: int) -> tuple[Tensor, Tensor]:
    """The batch of a step: float32 (B, 28, 28) in [-1, 1] and labels (B,).

    Every digit comes once in an epoch, in an order that only seed and epoch decide.
    """
    count = learning(data)
    epoch, place = divmod(step, count // size)
    index = epoch_order(seed, epoch, count)[place * size : (place + 1) * size]
    digits = learned(data, index)
    return as_input(digits.images), digits.labels


def as_input(images: Tensor) -> Tensor:
    """uint8 (N, 28, 28) -> float32 in [-1, 1]."""
    return normalise(images.float() / 255)
