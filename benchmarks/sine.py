"""Training on a series: what the engine costs, how good our recipe is and how fast.

All on one thread, as the engine's workers do.
"""

from __future__ import annotations

import statistics
import time

import torch
from torch import nn

from benchmarks.figures import Figure, Values, measures
from benchmarks.runs import engine_of, through
from core.recurrent.sine.job import JOB
from core.recurrent.sine.presets import PRESETS, QUICK
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting

SEEDS = (0, 1, 2)


@measures(
    Figure(
        "sine.engine_over_bare_loop",
        "the notes' run through the engine, listened to, over the bare loop",
        "ratio",
        at_most=1.15,
    ),
)
def engine_over_bare_loop() -> Values:
    """Both in turn, three times; the median of the three ratios."""
    with engine_of("sine") as engine:
        through(engine, "sine", {"epochs": 5})  # the worker has loaded everything
        _bare(SineSetting.read({"epochs": 5}))
        ratios = []
        for seed in SEEDS:
            setting = SineSetting.read({"seed": seed})
            bare, _ = _bare(setting)
            ratios.append(through(engine, "sine", JOB.write(setting)) / bare)
    return {"sine.engine_over_bare_loop": statistics.median(ratios)}


@measures(
    Figure(
        "sine.fast.one_step_mse", "LSTM, hidden 32, preset fast: one step ahead", "error",
        at_most=1e-5,
    ),
    Figure(
        "sine.fast.free_run_mse_150", "the same, 150 steps on its own outputs", "error",
        at_most=2e-3,
    ),
    Figure("sine.fast.seconds", "the same, training (slowest of three seeds)", "s", at_most=15),
)  # fmt: skip
def fast() -> Values:
    """Median errors and longest time of three seeds, on validation windows."""
    runs = [_ours(SineSetting.read({**PRESETS["fast"], "seed": seed})) for seed in SEEDS]
    marks = [scores for _, scores in runs]
    return {
        "sine.fast.one_step_mse": statistics.median(m["lstm.one_step"] for m in marks),
        "sine.fast.free_run_mse_150": statistics.median(m["lstm.free_run"] for m in marks),
        "sine.fast.seconds": max(seconds for seconds, _ in runs),
    }


@measures(
    Figure(
        "sine.notes_speedup",
        "the notes' loop over our recipe, to the same validation loss",
        "ratio",
        at_least=3,
    ),
)
def notes_speedup() -> Values:
    """Same network, data and seed; our recipe must end as good as the notes' 100 epochs."""
    _ours(SineSetting.read({"epochs": 2}))
    ratios = []
    for seed in SEEDS:
        bare, theirs = _bare(SineSetting.read({"seed": seed}))
        seconds, marks = _ours(SineSetting.read({**QUICK, "seed": seed}))
        if marks["rnn.one_step"] > theirs:
            raise RuntimeError(
                f"Seed {seed}: our recipe ends at {marks['rnn.one_step']:.2e}, the notes' at "
                f"{theirs:.2e}."
            )
        ratios.append(bare / seconds)
    return {"sine.notes_speedup": statistics.median(ratios)}


def _bare(setting: SineSetting) -> tuple[float, float]:
    """The notes' loop in this process: seconds, and its loss on the validation windows."""
    torch.set_num_threads(1)
    known = data(setting)
    x, y = known.train
    torch.manual_seed(setting.seed)
    rnn, fc = nn.RNN(1, setting.hidden, batch_first=True), nn.Linear(setting.hidden, 1)
    criterion = nn.MSELoss()
    rate = setting.learning_rate
    optimiser = torch.optim.Adam([*rnn.parameters(), *fc.parameters()], lr=rate)
    began = time.perf_counter()
    for _ in range(setting.epochs):
        out, _ = rnn(x, torch.zeros(1, len(x), setting.hidden))
        optimiser.zero_grad()
        loss = criterion(fc(out), y)
        loss.backward()
        optimiser.step()
    seconds = time.perf_counter() - began
    with torch.no_grad():
        out, _ = rnn(known.validation[0])
        return seconds, criterion(fc(out), known.validation[1]).item()


def _ours(setting: SineSetting) -> tuple[float, dict[str, float]]:
    """A whole run of the job in this process: seconds, and its last marks."""
    torch.set_num_threads(1)
    began = time.perf_counter()
    state, _ = JOB.start(setting)
    _, log = JOB.advance(setting, state, JOB.steps(setting), setting.learning_rate)
    return time.perf_counter() - began, dict(log.marks)
