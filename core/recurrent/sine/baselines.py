"""What a network must beat: yesterday's value, and a rule with two numbers.

Persistence says that the target equals the last input. The two-tap rule says a x_t + b x_(t-1): for
a sine it is exact, as sin(x + s) = (sin(d + s) sin(x) - sin(s) sin(x - d)) / sin(d) for samples d
apart. With s = d these are the textbook's 2 cos(d) and -1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from core.recurrent.sine.series import Array, Data


@dataclass(frozen=True)
class TwoTap:
    """Predicts a x_t + b x_(t-1)."""

    a: float
    b: float

    def one_step(self, inputs: Array) -> Array:
        """(..., L) -> predictions (..., L); the first one has only one value to go by: nan."""
        first = np.full_like(inputs[..., :1], np.nan)
        return np.concatenate([first, self.a * inputs[..., 1:] + self.b * inputs[..., :-1]], -1)

    def free_run(self, shown: Array, horizon: int) -> Array:
        """(warm,) values -> `horizon` predictions, each made from the ones before."""
        before, now = float(shown[-2]), float(shown[-1])
        predictions = np.empty(horizon)
        for place in range(horizon):
            before, now = now, self.a * now + self.b * before
            predictions[place] = now
        return predictions


def exact(step: float, shift: float) -> TwoTap:
    """The rule that is exact for a sine sampled every `step`, `shift` ahead.

    >>> rule = exact(0.1, 0.1)
    >>> abs(rule.a - 2 * math.cos(0.1)) < 1e-12, rule.b
    (True, -1.0)
    """
    return TwoTap(math.sin(step + shift) / math.sin(step), -math.sin(shift) / math.sin(step))


def fitted(inputs: Tensor, targets: Tensor) -> TwoTap:
    """The rule with the least squared error on windows (N, L, 1): two taps, least squares.

    Without noise this is a regression on two numbers in float64, so on a sine it finds the exact
    rule to the accuracy of float32 data.
    """
    x, y = inputs.double().numpy()[..., 0], targets.double().numpy()[..., 0]
    taps = np.stack([x[:, 1:].ravel(), x[:, :-1].ravel()], 1)
    a, b = np.linalg.lstsq(taps, y[:, 1:].ravel(), rcond=None)[0]
    return TwoTap(float(a), float(b))


def two_tap(data: Data, sine: bool) -> TwoTap:
    """The exact rule for a plain sine, otherwise the one fitted to the training windows."""
    return exact(data.step, data.shift) if sine else fitted(*data.train)
