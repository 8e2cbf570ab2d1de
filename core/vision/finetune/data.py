"""The digits beside the new ones: those to rehearse, and those on which forgetting is measured."""

from __future__ import annotations

from functools import lru_cache

from core.vision import mnist
from core.vision.hand import rendered
from core.vision.mnist import Digits
from core.vision.training.data import Data

JUDGED = 1_000
"""Digits on which forgetting is measured: always the same, never learned from."""
REHEARSED = 10_000
"""Training digits that can be rehearsed."""
PEN = (1_000, 500)
"""Generated digits to rehearse and to measure on, where MNIST is missing."""
PEN_SEED = 57


@lru_cache(maxsize=2)
def old(data: Data) -> tuple[Digits, Digits]:
    """To rehearse, and to measure forgetting on.

    Raises:
        MNISTMissing: MNIST was asked for and is not there.
    """
    if data == "mnist":
        train, validation = mnist.split()
        few = train[:REHEARSED]
        return Digits(few.images.clone(), few.labels.clone()), validation[:JUDGED]
    rehearsed, judged = PEN
    return rendered.digits(rehearsed, PEN_SEED), rendered.digits(judged, PEN_SEED + 1)
