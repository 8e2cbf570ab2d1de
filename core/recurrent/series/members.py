"""The networks of a run on a real series, which learn side by side."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from core.recurrent.cells import Kind
from core.recurrent.race import Race, drawn, falling
from core.recurrent.series.judge import drifts, everyone, outputs, outside, stands
from core.recurrent.series.parts import known
from core.recurrent.series.setting import SeriesSetting
from core.recurrent.sine.forecast import Forecaster, seeded
from core.training.job import State
from core.training.learner import loaded

CLIP = 1.0
"""Largest norm of a gradient."""
MEASURED = 25
"""About so many times in a run the calibration windows are gone through."""


class Members(Race):
    """They learn to say the next row, as their normalisation has it."""

    def __init__(self, setting: SeriesSetting) -> None:
        """Stand at the start."""
        self.setting = setting
        self.known = known(setting)
        self.every = math.ceil(setting.steps / MEASURED)
        self.networks = {kind: network(setting, kind) for kind in setting.cells}
        super().__init__(self.networks, "adam", CLIP)
        self.series = tuple(f"{k}.{what}" for k in self.networks for what in ("loss", "validation"))

    def batch(self, count: int) -> tuple[Tensor, Tensor]:
        """Windows and their targets."""
        setting, part = self.setting, self.known.train
        chosen = drawn(setting.seed, setting.windows, setting.size, count)
        return part.x[chosen], part.y[chosen]

    def loss(self, batch: tuple[Tensor, Tensor], kind: Kind, count: int) -> Tensor:
        """Mean squared error of what is said at the end of each window."""
        x, y = batch
        said: Tensor = self.networks[kind](x)[:, -1, 0]
        return (said - y).square().mean()

    def rate(self, count: int, rate: float) -> float:
        """Half a cosine from the learning rate to a hundredth."""
        return rate * falling(count, self.setting.steps)

    def due(self, step: int) -> bool:
        """About MEASURED times in a run, and at its end."""
        return step % self.every == 0 or step == self.setting.steps

    def measure(self) -> dict[str, float]:
        """Each member's mean squared error on the calibration part, as outputs are measured."""
        part = self.known.calibration
        truth = part.y.double().numpy()
        return {
            f"{kind}.validation": float(np.mean((outputs(model, part) - truth) ** 2))
            for kind, model in self.networks.items()
        }

    def seen(self) -> tuple[dict[str, float], dict[str, NDArray[np.float32]]]:
        """All marks and pictures of the job; their names are listed there."""
        found, part = self.known, self.known.held_out
        judged = everyone(self.setting, self.networks)
        still = judged["persistence"].error
        marks = {
            "first_calibrated": float(found.calibration.rows[0]),
            "first_judged": float(part.rows[0]),
            "outside": outside(found),
            "drifts": float(drifts(found)),
        }
        pictures: dict[str, NDArray[np.float64]] = {
            "times": found.frame.times,
            "truth": found.frame.values[:, 0],
            "scaled": found.scaled[:, 0],
        }
        for name, one in judged.items():
            marks |= {
                f"{name}.error": one.error,
                f"{name}.over": one.error / still if still else math.inf,
                f"{name}.coverage": one.coverage,
                f"{name}.width": one.width,
                f"{name}.lag": float(one.lag),
                f"{name}.repeats": float(one.repeats),
                f"{name}.stands": float(stands(one.error, still)),
            }
            low, high = one.band
            pictures[f"{name}.forecast"] = one.held_out
            if name in self.networks:
                pictures |= {f"{name}.low": low, f"{name}.high": high, f"{name}.lags": one.lags}
        return marks, {name: values.astype(np.float32) for name, values in pictures.items()}


def network(setting: SeriesSetting, kind: Kind) -> Forecaster:
    """The network of a run, as the seed makes it."""
    return seeded(kind, setting.hidden, 1, 0.0, setting.seed, setting.columns)


def models(setting: SeriesSetting, state: State) -> dict[Kind, Forecaster]:
    """The networks of a state alone, to be looked at."""
    networks = {kind: network(setting, kind) for kind in setting.cells}
    loaded(state, {str(kind): model for kind, model in networks.items()})
    return {kind: model.eval() for kind, model in networks.items()}
