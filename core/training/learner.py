"""The loop of every job, once: a learner takes a step, is measured now and then, and is packed.

A subject's learner says what it is made of (`parts`), how it takes a step and what is seen of it.
Whatever a chunk needs to go on exactly where the one before ended is in its parts, so the bits of
a run do not depend on where it was cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from safetensors.torch import load, save
from torch import Tensor, nn

from core.training.job import Failure, Job, Log, State
from core.training.optimiser import Optimiser

OPTIMISER = "optimiser."
GENERATOR = "generator."
DIVERGED = 1e6
"""A loss beyond this is of no use: the run has diverged."""

Part = nn.Module | Optimiser | torch.Generator | Tensor
Parts = Sequence[tuple[str, Part]]


class Learner:
    """Everything that learns in a run. A subject's own has the config as its one argument.

    Attributes:
        series: the names of what there is one value a step of.
        taken: steps so far.
    """

    series: tuple[str, ...] = ("loss",)
    taken: int = 0

    def parts(self) -> Parts:
        """All that a chunk needs to go on, by name; several parts may share one.

        In a state, parameters become "NAME.PARAMETER", what an optimiser remembers of its i-th
        parameter "optimiser.NAME.i.MEMORY", generators "generator.NAME", tensors "NAME".
        """
        raise NotImplementedError

    def begin(self) -> None:
        """Stand before the first step: draw what the seed draws."""

    def step(self, count: int, rate: float) -> Mapping[str, float] | None:
        """Take the step that follows `count` others.

        Returns:
            Values for the series, or None if the loss is of no use: then nothing has changed, but
            for generators.
        """
        raise NotImplementedError

    def due(self, step: int) -> bool:
        """Whether to measure after so many steps."""
        return False

    def measure(self) -> Mapping[str, float]:
        """Further values for the series, nan where they are not measured."""
        return {}

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """Marks and pictures of the state now; see `core.training.job.Log`."""
        raise NotImplementedError

    def pack(self) -> State:
        """The state now."""
        return State(self.taken, save(_tensors(self.parts())))

    def unpack(self, state: State) -> None:
        """Stand where a state was taken."""
        loaded = load(state.tensors)
        _fill(self.parts(), loaded)
        self.taken = state.step


def _tensors(parts: Parts) -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = {}
    for name, part in parts:
        if isinstance(part, torch.Generator):
            tensors[f"{GENERATOR}{name}"] = part.get_state()
        else:
            for key, tensor in _named(name, part):
                tensors[key] = tensor.detach().clone(memory_format=torch.contiguous_format)
    return tensors


def _fill(parts: Parts, loaded: Mapping[str, Tensor]) -> None:
    with torch.no_grad():
        for name, part in parts:
            if isinstance(part, torch.Generator):
                part.set_state(loaded[f"{GENERATOR}{name}"])
            else:
                for key, tensor in _named(name, part):
                    tensor.copy_(loaded[key])


def _named(name: str, part: nn.Module | Optimiser | Tensor) -> list[tuple[str, Tensor]]:
    if isinstance(part, Tensor):
        return [(name, part)]
    if isinstance(part, Optimiser):
        return [(f"{OPTIMISER}{name}.{key}", tensor) for key, tensor in part.tensors().items()]
    return [(f"{name}.{key}", tensor) for key, tensor in part.state_dict().items()]


def loaded(state: State, models: Mapping[str, nn.Module]) -> None:
    """Put only the parameters of a state into models, to be looked at and not gone on from."""
    _fill(list(models.items()), load(state.tensors))


def job(
    name: str,
    learner: Callable[[Any], Learner],
    *,
    steps: Callable[[Any], int] = lambda config: int(config.steps),
    **more: Any,
) -> Job:
    """The job of a learner; `more` are fields of `Job`: read, write, inspections, long, program."""

    def start(config: Any) -> tuple[State, Log]:
        learning = learner(config)
        learning.begin()
        return learning.pack(), Log({}, *learning.seen())

    def advance(config: Any, state: State, budget: int, rate: float) -> tuple[State, Log]:
        learning = learner(config)
        learning.unpack(state)
        series: dict[str, list[float]] = {name: [] for name in learning.series}
        failure: Failure | None = None
        while learning.taken < min(steps(config), state.step + budget):
            measured = learning.step(learning.taken, rate)
            if measured is None:
                failure = "diverged"
                break
            learning.taken += 1
            if learning.due(learning.taken):
                measured = {**measured, **learning.measure()}
            for key, values in series.items():
                values.append(measured.get(key, math.nan))
        arrays = {key: np.array(values, np.float32) for key, values in series.items()}
        return learning.pack(), Log(arrays, *learning.seen(), failure=failure)

    def learning_rate(config: Any) -> float:
        return float(config.learning_rate)

    return Job(name, steps=steps, learning_rate=learning_rate, start=start, advance=advance, **more)
