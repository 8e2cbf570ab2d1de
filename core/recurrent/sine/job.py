"""The job "sine": RNN, LSTM and GRU learn to forecast a series, one of them or all in a race.

Config: `core.recurrent.sine.setting.SineSetting`. One step is one step of the optimiser. CELL
stands for each member of the run.

Series, one value a step:
    CELL.loss        training loss before the step
    CELL.validation  mean squared error on the validation windows after the step, at about 25 steps
                     of the run that the config fixes; nan between
Marks, at the end of a chunk, mean squared errors on validation windows:
    CELL.one_step, CELL.free_run                 over all windows; over 150 steps after 8 of them
    CELL.one_step.drawn, CELL.free_run.drawn     of the window that is drawn
    CELL.train.drawn                             of the training window that is drawn
    persistence, two_tap, persistence.free_run, two_tap.free_run   the baselines, likewise
    warm, horizon                                lengths of the two parts of "free.truth"
Pictures, float32:
    train.input, train.truth, CELL.train (L,)    one training window, its targets, the outputs
    input, truth, CELL.one_step (L,)             one validation window, likewise
    free.truth (warm + horizon,)                 the series that is shown, and how it goes on
    CELL.free_run, two_tap.free_run (horizon,)   how each of them goes on
Where only the last output is trained, one-step pictures are nan before it.
"""

from __future__ import annotations

import math

import numpy as np

from core.recurrent.sine import looks as sine_looks
from core.recurrent.sine.members import batch, members, packed
from core.recurrent.sine.program import program
from core.recurrent.sine.scores import measure, validation
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting
from core.training.job import Failure, Job, Log, State

VALIDATED = 25
"""About how many times in a run the validation windows are evaluated."""


def start(setting: SineSetting) -> tuple[State, Log]:
    """The networks as the seed makes them."""
    found = members(setting)
    marks, pictures = measure(setting, {member.kind: member.model for member in found})
    return State(0, packed(found)), Log({}, marks, pictures)


def advance(setting: SineSetting, state: State, budget: int, rate: float) -> tuple[State, Log]:
    """Train for at most `budget` steps.

    The run ends with the failure "diverged" when a loss is above a million or not a number, or a
    gradient is not finite; the state is then the one before that step.
    """
    known, found = data(setting), members(setting, state.tensors)
    x, y = known.train
    last = min(setting.steps, state.step + budget)
    every = math.ceil(setting.steps / VALIDATED)
    series: dict[str, list[float]] = {}
    failure: Failure | None = None
    step = state.step
    while step < last:
        chosen = batch(setting, step)
        seen = (x, y) if chosen is None else (x[chosen], y[chosen])
        looked = [member.look(step, *seen) for member in found]
        losses = [loss for loss in looked if loss is not None]
        if len(losses) < len(found):
            failure = "diverged"
            break
        for member in found:
            member.go(step, rate)
        step += 1
        due = step % every == 0 or step == setting.steps
        for member, loss in zip(found, losses, strict=True):
            after = validation(setting, known, member.model) if due else math.nan
            series.setdefault(f"{member.kind}.loss", []).append(loss)
            series.setdefault(f"{member.kind}.validation", []).append(after)
    marks, pictures = measure(setting, {member.kind: member.model for member in found})
    values = {name: np.array(numbers, np.float32) for name, numbers in series.items()}
    return State(step, packed(found)), Log(values, marks, pictures, failure=failure)


JOB = Job(
    name="sine",
    read=SineSetting.read,
    write=SineSetting.write,
    steps=lambda setting: setting.steps,
    learning_rate=lambda setting: setting.learning_rate,
    start=start,
    advance=advance,
    looks={
        "forecast": sine_looks.forecast,
        "gates": sine_looks.gates,
        "number": sine_looks.number,
        "broadcast": sine_looks.broadcast,
    },
    program=program,
)
