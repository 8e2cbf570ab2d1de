"""The one loop of all jobs: where it ends, what it measures, and that its cuts are not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from core.training.job import Job
from core.training.learner import Learner, Parts, job, loaded
from core.training.optimiser import Optimiser


@dataclass(frozen=True)
class Config:
    steps: int = 10
    learning_rate: float = 0.1
    useless: int = -1


class Line(Learner):
    series = ("loss", "measured", "never")

    def __init__(self, config: Config) -> None:
        self.config = config
        self.model = nn.Linear(3, 1)
        self.optimiser = Optimiser("adam", list(self.model.parameters()))
        self.points = torch.Generator().manual_seed(1)
        self.counted = torch.zeros(())

    def parts(self) -> Parts:
        return [
            ("line", self.model),
            ("line", self.optimiser),
            ("points", self.points),
            ("counted", self.counted),
        ]

    def begin(self) -> None:
        with torch.no_grad():
            for parameter in self.model.parameters():
                parameter.normal_(generator=self.points)

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        x = torch.randn(8, 3, generator=self.points)
        if count == self.config.useless:
            return None
        loss = (self.model(x) - x.sum(1, keepdim=True)).square().mean()
        self.optimiser.descend(loss, count, rate)
        self.counted += 1
        return {"loss": loss.item()}

    def due(self, step: int) -> bool:
        return step % 4 == 0 or step == self.config.steps

    def measure(self) -> dict[str, float]:
        return {"measured": float(self.counted)}

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        return {"taken": float(self.taken)}, {"weight": self.model.weight.detach().numpy().copy()}


LINE: Job = job("line", Line, read=lambda raw: Config(**raw), write=vars)


@pytest.mark.parametrize("cuts", [[10], [1] * 10, [3, 4, 99]])
def test_the_bits_do_not_depend_on_the_cuts(cuts: list[int]) -> None:
    config = Config()
    whole, told = LINE.advance(config, LINE.start(config)[0], 10, 0.1)
    state, _ = LINE.start(config)
    series: list[float] = []
    for budget in cuts:
        state, log = LINE.advance(config, state, budget, 0.1)
        series += log.series["loss"].tolist()
    assert state == whole and state.step == 10
    assert series == told.series["loss"].tolist()
    assert log.marks == told.marks == {"taken": 10.0}


def test_it_is_measured_when_it_is_due_and_nan_between() -> None:
    config = Config()
    _, log = LINE.advance(config, LINE.start(config)[0], 99, 0.1)
    measured = log.series["measured"]
    assert np.flatnonzero(np.isfinite(measured)).tolist() == [3, 7, 9]
    assert measured[[3, 7, 9]].tolist() == [4, 8, 10]
    assert np.isnan(log.series["never"]).all() and len(log.series["never"]) == 10
    assert log.series["loss"].dtype == np.float32


def test_a_step_of_no_use_ends_the_run_before_it() -> None:
    config = Config(useless=6)
    state, log = LINE.advance(config, LINE.start(config)[0], 99, 0.1)
    assert log.failure == "diverged" and state.step == 6 and len(log.series["loss"]) == 6
    model = Line(config).model
    loaded(state, {"line": model})
    assert np.array_equal(model.weight.detach().numpy(), log.pictures["weight"])


def test_the_start_has_no_steps() -> None:
    state, log = LINE.start(Config())
    assert state.step == 0 and not log.series and log.marks == {"taken": 0.0}
