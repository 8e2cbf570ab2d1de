"""How far the shipped run of "Train a CNN" has come after its first batches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from core.training import shipped
from core.vision.training.setting import CnnSetting

SHARES = (0.1, 0.5, 0.9, 0.99)
"""What one may guess."""
FEW = 100
"""Batches, at most."""


@dataclass(frozen=True)
class Early:
    """What was measured on validation digits.

    Attributes:
        step: batches.
        digits: pictures that they held.
        right: share of the validation digits that were right then.
        nearest: of `SHARES`.
        last: the share at the end.
        steps: batches until then.
    """

    step: int
    digits: int
    right: float
    nearest: float
    last: float
    steps: int


@cache
def early() -> Early:
    """Read it off the recording.

    >>> early().step, early().digits, early().nearest
    (95, 12160, 0.9)
    """
    run = shipped.load("cnn_run")
    saved = max((each for each in run.saved if each.step <= FEW), key=lambda each: each.step)
    right = saved.marks["validation_accuracy"]
    return Early(
        saved.step,
        saved.step * CnnSetting.read(run.config).batch,
        right,
        min(SHARES, key=lambda share: abs(share - right)),
        run.saved[-1].marks["validation_accuracy"],
        run.saved[-1].step,
    )
