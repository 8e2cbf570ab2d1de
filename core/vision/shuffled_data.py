"""The digits of the experiment with shuffled pixels: to learn from and to judge on."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.vision import mnist
from core.vision.hand import rendered
from core.vision.mnist import Digits, MNISTMissing
from core.vision.models import normalise

Data = Literal["mnist", "pen"]
DATA: tuple[Data, ...] = ("mnist", "pen")
JUDGED = 1_000
"""Digits of the validation split that accuracy is measured on while a run goes on."""
PEN = (3_000, 600)
"""Generated digits to learn from and to judge on, where MNIST is missing."""
PEN_SEED = 41
PIXELS = 28 * 28


def available() -> Data:
    """MNIST where it lies on this machine, else generated pen digits."""
    try:
        mnist.find()
    except MNISTMissing:
        return "pen"
    return "mnist"


@lru_cache(maxsize=2)
def digits(data: Data) -> tuple[Digits, Digits]:
    """To learn from, and to judge on.

    Raises:
        MNISTMissing: MNIST was asked for and is not there.
    """
    if data == "mnist":
        train, validation = mnist.split()
        return train, validation[:JUDGED]
    learned, judged = PEN
    return rendered.digits(learned, PEN_SEED), rendered.digits(judged, PEN_SEED, held_out=True)


@lru_cache(maxsize=4)
def order(seed: int) -> Tensor:
    """One fixed shuffle of the 784 pixels, int64 (784,): new pixel i is old pixel order[i]."""
    return torch.randperm(PIXELS, generator=torch.Generator().manual_seed(seed))


def shuffle(pictures: Tensor, seed: int) -> Tensor:
    """(N, 28, 28) -> the same pixels at other places, the same places for every picture."""
    return pictures.flatten(1)[:, order(seed)].view(-1, 28, 28)


@lru_cache(maxsize=2)
def _epoch(seed: int, epoch: int, count: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed * 1_000_003 + epoch)
    return torch.randperm(count, generator=generator)


def batch(data: Data, seed: int, step: int, size: int) -> tuple[Tensor, Tensor]:
    """The batch of a step: float32 (B, 28, 28) in [-1, 1] and labels (B,).

    Every digit comes once in an epoch, in an order that only seed and epoch decide.
    """
    train, _ = digits(data)
    each = len(train) // size
    epoch, place = divmod(step, each)
    index = _epoch(seed, epoch, len(train))[place * size : (place + 1) * size]
    return as_input(train.images[index]), train.labels[index]


def as_input(images: Tensor) -> Tensor:
    """uint8 (N, 28, 28) -> float32 in [-1, 1]."""
    return normalise(images.float() / 255)


def code(picture: NDArray[np.float32]) -> str:
    """A picture (28, 28), 0 paper to 1 ink, as text: a byte for each pixel, in base64url."""
    values = np.rint(np.asarray(picture) * 255).astype(np.uint8)
    return base64.urlsafe_b64encode(values.tobytes()).rstrip(b"=").decode()


def ink(text: str) -> Tensor:
    """The inverse of `code`, as a network gets it: float32 (1, 28, 28) in [-1, 1].

    Raises:
        ValueError: the text is no picture.
    """
    try:
        values = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        values = b""
    if len(values) != PIXELS:
        raise ValueError("A picture is 784 bytes in base64url.")
    return as_input(torch.frombuffer(bytearray(values), dtype=torch.uint8).view(1, 28, 28))
