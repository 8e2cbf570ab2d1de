"""The networks of a run on a series, which learn side by side.

Chance comes from the seed and the place in the run alone, never from a generator that is carried
along: so a chunk needs nothing but the state before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

from core.recurrent.cells import Kind
from core.recurrent.race import Race, drawn, falling
from core.recurrent.sine.forecast import Forecaster, seeded
from core.recurrent.sine.scores import Marks, Pictures, loss_of, measure, validation
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting
from core.training.job import State
from core.training.learner import loaded

VALIDATED = 25
"""About so many times in a run the validation windows are gone through."""


class Members(Race):
    """The networks of a run on a series, which learn."""

    def __init__(self, setting: SineSetting) -> None:
        """Stand at the start."""
        self.setting = setting
        self.known = data(setting)
        self.every = math.ceil(setting.steps / VALIDATED)
        networks = {kind: network(setting, kind) for kind in setting.cells}
        super().__init__(networks, setting.optimiser, setting.clip)
        whats = ("loss", "validation")
        self.series = tuple(f"{kind}.{what}" for kind in networks for what in whats)
        self.networks = networks

    def batch(self, count: int) -> tuple[Tensor, Tensor]:
        """Windows and their targets."""
        x, y = self.known.train
        chosen = batch(self.setting, count)
        return (x, y) if chosen is None else (x[chosen], y[chosen])

    def loss(self, batch: tuple[Tensor, Tensor], kind: Kind, count: int) -> Tensor:
        """Mean squared error over what is scored."""
        x, y = batch
        with _chance(self.setting, count):
            return loss_of(self.setting, self.networks[kind](x), y)

    def rate(self, count: int, rate: float) -> float:
        """The learning rate, as far as it has decayed."""
        return rate * decay(self.setting, count)

    def due(self, step: int) -> bool:
        """About VALIDATED times in a run, and at its end."""
        return step % self.every == 0 or step == self.setting.steps

    def measure(self) -> dict[str, float]:
        """Each member's error on the validation windows."""
        return {
            f"{kind}.validation": validation(self.setting, self.known, model)
            for kind, model in self.networks.items()
        }

    def seen(self) -> tuple[Marks, Pictures]:
        """All marks and pictures of the job."""
        return measure(self.setting, self.networks)


def network(setting: SineSetting, kind: Kind) -> Forecaster:
    """The network of a run, as the seed makes it."""
    return seeded(kind, setting.hidden, setting.layers, setting.dropout, setting.seed)


def models(setting: SineSetting, state: State) -> dict[Kind, Forecaster]:
    """The networks of a state alone, to be looked at."""
    networks = {kind: network(setting, kind) for kind in setting.cells}
    loaded(state, {str(kind): model for kind, model in networks.items()})
    return {kind: model.eval() for kind, model in networks.items()}


def batch(setting: SineSetting, step: int) -> Tensor | None:
    """Which windows a step learns from, (size,); None for all of them in their order."""
    if setting.size == setting.windows:
        return None
    return drawn(setting.seed, setting.windows, setting.size, step)


def decay(setting: SineSetting, step: int) -> float:
    """What the learning rate is multiplied by: 1, or half a cosine from 1 to a hundredth."""
    if setting.schedule == "constant":
        return 1.0
    return falling(step, setting.steps)


@contextmanager
def _chance(setting: SineSetting, step: int) -> Iterator[None]:
    """Dropout from the seed and the step; all members of a race drop the same."""
    if not setting.dropout or setting.layers == 1:
        yield
        return
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(setting.seed + (1 + step << 32))
        yield
