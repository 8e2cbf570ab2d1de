"""What a network must beat on a real series: yesterday, last season, and a straight line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from torch import Tensor

from core.recurrent.series.frames import Array
from core.recurrent.series.parts import Known, Windows, known
from core.recurrent.series.setting import SeriesSetting

BASELINES = ("persistence", "seasonal", "autoregression")


@dataclass(frozen=True, eq=False)
class Line:
    """A linear rule on the same windows: what is read times `taps`, plus a constant.

    Attributes:
        taps: (L * K,), of a window whose rows lie one behind the other.
        constant: what is added.
    """

    taps: Array
    constant: float

    def outputs(self, x: Tensor) -> Array:
        """(N, L, K) -> (N,), as a network's outputs are."""
        return flat(x) @ self.taps + self.constant


def flat(x: Tensor) -> Array:
    """Windows (N, L, K) as rows (N, L * K), float64."""
    found: Array = x.double().flatten(1).numpy()
    return found


@lru_cache(8)
def line(setting: SeriesSetting) -> Line:
    """Linear autoregression: least squares on the training windows.

    Where there are fewer windows than taps, the smallest taps that fit.
    """
    part = known(setting).train
    x = flat(part.x)
    ones = np.ones((len(x), 1))
    found = np.linalg.lstsq(np.hstack([x, ones]), part.y.double().numpy(), rcond=None)[0]
    return Line(found[:-1], float(found[-1]))


def forecast(setting: SeriesSetting, found: Known, part: Windows, name: str) -> Array:
    """What a baseline says of each window of a part, in units, (N,).

    Args:
        setting: of the run.
        found: its series.
        part: of it.
        name: one of `BASELINES`.
    """
    if name == "persistence":
        return part.before
    if name == "seasonal":
        target: Array = found.frame.values[:, 0]
        return target[part.rows - setting.period]
    return found.scaling.restored(line(setting).outputs(part.x), part.before)
