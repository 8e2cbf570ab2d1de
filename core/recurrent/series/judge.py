"""An honest judge of forecasts: errors in units, the lag test, and intervals that hold.

Everything is measured on the held-out part, on which nothing was trained or calibrated.

**Intervals** are adaptive conformal ones (Gibbs and Candès 2021). Of all misses so far, those of
the calibration part and of the rows that have come since, the k-th smallest is the half-width on
both sides of what is said. k is nine tenths of them at first; after a row that fell outside it
rises, else it sinks a little, so that in the long run nine of ten lie within even where the series
changes. Misses are measured as a network's outputs are: an interval of log-returns grows with the
price.

**The lag test** shifts the truth: which shift fits the forecast best? At 1 the forecast follows
what was, not what comes.

    N windows of a part
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray

from core.recurrent.cells import Kind
from core.recurrent.series.baselines import BASELINES, forecast
from core.recurrent.series.frames import Array
from core.recurrent.series.parts import Known, Part, Windows, known
from core.recurrent.series.setting import SeriesSetting
from core.recurrent.sine.forecast import Forecaster

LEVEL = 0.9
"""Share of held-out rows that an interval is to hold."""
SHIFTS = 8
"""Rows by which the lag test shifts the truth at most."""
DRIFT = 0.1
"""Share of the held-out part beyond all that was trained on, above which a series drifts."""
PACE = 0.03
"""How much an interval gives way to what has just come (gamma, Gibbs and Candès 2021)."""
ALIKE = 0.02
"""Errors that differ by less than this share are called equal."""


@dataclass(frozen=True, eq=False)
class Judged:
    """One who forecasts, judged.

    Attributes:
        setting: of the run.
        found: its series.
        calibration, held_out: what was said of each window of these parts, in units, (N,).
    """

    setting: SeriesSetting
    found: Known
    calibration: Array
    held_out: Array

    @property
    def error(self) -> float:
        """Root mean squared error on the held-out part, in units."""
        return rmse(self.held_out, self.found.held_out.truth)

    def misses(self, part: Part) -> Array:
        """How far off it was on a part, as outputs are measured, (N,)."""
        windows: Windows = getattr(self.found, part)
        return np.abs(self._outputs(windows, windows.truth) - self._said(part))

    @cached_property
    def halves(self) -> Array:
        """Half the width of each interval of the held-out part, as outputs are measured, (N,)."""
        return adaptive(self.misses("calibration"), self.misses("held_out"))

    @cached_property
    def band(self) -> tuple[Array, Array]:
        """The lower and upper ends of the intervals on the held-out part, in units, (N,)."""
        said, before = self._said("held_out"), self.found.held_out.before
        restored = self.found.scaling.restored
        return restored(said - self.halves, before), restored(said + self.halves, before)

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Whether the truth lies within the interval, (N,)."""
        return self.misses("held_out") <= self.halves

    @property
    def coverage(self) -> float:
        """Share of the held-out part that lies within its intervals."""
        return float(self.inside.mean())

    @property
    def width(self) -> float:
        """Half the width of an interval on average, in units."""
        low, high = self.band
        return float((high - low).mean()) / 2

    @cached_property
    def lags(self) -> Array:
        """The error against the truth of 0, 1, ... rows before, (SHIFTS + 1,)."""
        truth, rows = self.found.frame.values[:, 0], self.found.held_out.rows
        return np.array([rmse(self.held_out, truth[rows - shift]) for shift in range(SHIFTS + 1)])

    @property
    def lag(self) -> int:
        """The shift at which the truth fits best what was said."""
        return int(self.lags.argmin())

    @property
    def repeats(self) -> bool:
        """Whether what was said fits an earlier row best, and those before that one worse again."""
        return 0 < self.lag < SHIFTS

    def _said(self, part: Part) -> Array:
        windows: Windows = getattr(self.found, part)
        return self._outputs(windows, getattr(self, part))

    def _outputs(self, part: Windows, values: Array) -> Array:
        return self.found.scaling.scaled(values, part.before)


def adaptive(before: Array, misses: Array) -> Array:
    """Half the width of intervals, one row after the other, each from what was known by then.

    Args:
        before: misses of the calibration part, (N,).
        misses: of the rows that follow, (M,).

    Returns:
        (M,).

    >>> adaptive(np.arange(1.0, 11.0), np.array([0.0, 0.0, 99.0, 0.0])).tolist()
    [10.0, 10.0, 10.0, 99.0]
    """
    known, out, halves = sorted(before.tolist()), 1 - LEVEL, []
    for miss in misses.tolist():
        rank = math.ceil((len(known) + 1) * (1 - out) - 1e-9)
        half = known[min(len(known), max(1, rank)) - 1]
        halves.append(half)
        out += PACE * (1 - LEVEL - (miss > half))
        insort(known, miss)
    return np.array(halves)


def rmse(said: Array, truth: Array) -> float:
    """Root of the mean squared error.

    >>> rmse(np.array([1.0, 2.0]), np.array([1.0, 4.0])) == 2**0.5
    True
    """
    return float(np.sqrt(np.mean((said - truth) ** 2)))


@torch.inference_mode()
def outputs(model: Forecaster, part: Windows) -> Array:
    """What a network says at the end of each window, as it says it, (N,)."""
    found: Array = model(part.x)[:, -1, 0].double().numpy()
    return found


def of_network(setting: SeriesSetting, model: Forecaster) -> Judged:
    """A network, judged."""
    found = known(setting)
    calibration, held_out = (
        found.scaling.restored(outputs(model, part), part.before)
        for part in (found.calibration, found.held_out)
    )
    return Judged(setting, found, calibration, held_out)


def of_baseline(setting: SeriesSetting, name: str) -> Judged:
    """A baseline, judged."""
    found = known(setting)
    calibration, held_out = (
        forecast(setting, found, part, name) for part in (found.calibration, found.held_out)
    )
    return Judged(setting, found, calibration, held_out)


def everyone(setting: SeriesSetting, models: Mapping[Kind, Forecaster]) -> dict[str, Judged]:
    """Each network of a run, then the baselines."""
    networks = {str(kind): of_network(setting, model) for kind, model in models.items()}
    return networks | {name: of_baseline(setting, name) for name in BASELINES}


def outside(found: Known) -> float:
    """Share of the held-out part that a network has to say beyond all it was trained to say."""
    train, held_out = found.train.y, found.held_out.y
    beyond = (held_out < train.min()) | (held_out > train.max())
    return float(beyond.double().mean())


def drifts(found: Known) -> bool:
    """Whether more of the held-out part lies beyond what was trained on than chance would bring."""
    return outside(found) > DRIFT


def stands(error: float, persistence: float) -> int:
    """1 where an error is smaller than that of persistence, 0 where they are alike, else -1.

    >>> stands(0.9, 1.0), stands(1.01, 1.0), stands(5.0, 1.0)
    (1, 0, -1)
    """
    if abs(error - persistence) <= ALIKE * persistence:
        return 0
    return 1 if error < persistence else -1
