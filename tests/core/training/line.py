"""A small job to try the engine with: a line is fitted to points by gradient descent."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load, save

from core.training.job import Job, Log, State
from core.training.record import record
from core.training.run import Run
from core.vision.mnist import MNISTMissing

ENDLESS = {"steps": 20_000, "pause": 0.01}
"""What makes a run of minutes, whose end no test waits for."""
FAULTS = {fault.__name__: fault for fault in (RuntimeError, MemoryError, MNISTMissing)}


@dataclass(frozen=True)
class Line:
    """What a run of it may be asked for.

    `pause` seconds are slept in each step; `needs`: a variable that only some computers have in
    their environment; `fail_at`: the step that raises `fault`; `kill_at`: the
    step in which the worker kills itself, once, when the file `once` is not there yet; without
    `once` always.
    """

    steps: int = 60
    learning_rate: float = 0.1
    seed: int = 0
    width: int = 8
    pause: float = 0.0
    needs: str = ""
    fail_at: int = -1
    fault: str = "RuntimeError"
    kill_at: int = -1
    once: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.steps <= 100_000:
            raise ValueError("Steps are 1 to 100000.")


def read(config: Mapping[str, Any]) -> Line:
    unknown = set(config) - set(Line.__dataclass_fields__)
    if unknown:
        raise ValueError(f"A line has no {sorted(unknown)[0]!r}.")
    return Line(**config)


def start(config: Line) -> tuple[State, Log]:
    _need(config)
    generator = torch.Generator().manual_seed(config.seed)
    weight = torch.randn(config.width, generator=generator)
    state = _packed(0, weight, torch.zeros(config.width), generator)
    return state, Log({}, _marks(weight), {"weight": weight.numpy().copy()})


def _need(config: Line) -> None:
    if config.needs and config.needs not in os.environ:
        raise MNISTMissing("What this run learns from is not on this computer.")


def advance(config: Line, state: State, budget: int, rate: float) -> tuple[State, Log]:
    _need(config)
    tensors = load(state.tensors)
    weight, speed = tensors["line.weight"], tensors["speed"]
    generator = torch.Generator()
    generator.set_state(tensors["generator"])
    losses: list[float] = []
    step = state.step
    for _ in range(min(budget, config.steps - state.step)):
        if step == config.fail_at:
            raise FAULTS[config.fault]("This step fails.")
        if step == config.kill_at and not (config.once and Path(config.once).exists()):
            if config.once:
                Path(config.once).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(config.pause)
        drawn = generator.get_state()
        x = torch.randn(16, config.width, generator=generator)
        error = x @ weight - x.sum(1)
        loss = float((error**2).mean())
        if not np.isfinite(loss) or loss > 1e6:
            generator.set_state(drawn)  # the last good state is the one before this step
            return _ended(step, weight, speed, generator, losses, "diverged")
        speed = 0.9 * speed + 2 * x.T @ error / 16
        weight = weight - rate * speed
        losses.append(loss)
        step += 1
    return _ended(step, weight, speed, generator, losses, None)


def _ended(
    step: int,
    weight: torch.Tensor,
    speed: torch.Tensor,
    generator: torch.Generator,
    losses: list[float],
    failure: Any,
) -> tuple[State, Log]:
    log = Log(
        {"line.loss": np.array(losses, np.float32)},
        _marks(weight),
        {"weight": weight.numpy().copy()},
        failure=failure,
    )
    return _packed(step, weight, speed, generator), log


def _packed(
    step: int, weight: torch.Tensor, speed: torch.Tensor, generator: torch.Generator
) -> State:
    tensors = {"line.weight": weight, "speed": speed, "generator": generator.get_state()}
    return State(step, save(tensors))


def _marks(weight: torch.Tensor) -> dict[str, float]:
    return {"line.distance": float((weight - 1).norm())}


def weight_at(config: Line, state: State, query: Mapping[str, str]) -> Any:
    index = query.get("index", "0")
    if not index.isdigit() or int(index) >= config.width:
        raise ValueError("There is no such weight.")
    return {"weight": load(state.tensors)["line.weight"][int(index)].item()}


def program(config: Line, rates: tuple[tuple[int, float], ...]) -> str:
    return f"print({asdict(config)!r}, {rates!r})\n"


let_go = threading.Event()


def held(config: Line, state: State, query: Mapping[str, str]) -> Any:
    """A look that takes until `let_go`."""
    return {"let_go": let_go.wait(20)}


JOB = Job(
    name="line",
    read=read,
    write=asdict,
    steps=lambda config: config.steps,
    learning_rate=lambda config: config.learning_rate,
    start=start,
    advance=advance,
    inspections={"weight": weight_at, "held": held},
    long=frozenset({"held"}),
    program=program,
)


def same(run: Run) -> None:
    """Check that a run has the very bits of a recording made without an engine."""
    expected = record(
        JOB,
        replace(run.config, pause=0.0),
        rates=tuple(run.recording.rates),
        steps=run.step,
        chunk=10_000,
    )
    assert run.recording.saved[-1].state == expected.saved[-1].state
    for name, values in expected.series.items():
        np.testing.assert_array_equal(run.recording.series[name], values)
    if run.step:
        assert run.recording.saved[-1].marks == expected.saved[-1].marks
