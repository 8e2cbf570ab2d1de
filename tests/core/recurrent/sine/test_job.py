"""The job that learns a series: the same bits however it is cut, and honest about its end."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load
from torch import nn

from core.recurrent.cells import KINDS
from core.recurrent.sine.job import JOB
from core.recurrent.sine.members import VALIDATED
from core.recurrent.sine.scores import FREE
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting
from core.training.job import Log, State

SMALL: dict[str, Any] = {"samples": 40, "length": 12, "hidden": 4, "epochs": 4, "batch": 10}


@pytest.fixture(autouse=True)
def _one_thread() -> Any:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def whole(setting: SineSetting, cuts: tuple[int, ...] = ()) -> tuple[State, list[Log]]:
    """A run to its end, cut at the given steps."""
    state, log = JOB.start(setting)
    logs = [log]
    for last in [*cuts, setting.steps]:
        if last > state.step:
            state, log = JOB.advance(setting, state, last - state.step, setting.learning_rate)
            logs.append(log)
    return state, logs


CASES = {
    "race": {"cell": "race", "kind": "noise", "clip": 1.0, "schedule": "decay"},
    "dropout": {"cell": "lstm", "layers": 2, "dropout": 0.5, "output": "last"},
    "rmsprop": {"cell": "gru", "optimiser": "rmsprop", "warm_up": 5, "batch": 7},
    "full": {"cell": "rnn", "batch": 0, "epochs": 60, "optimiser": "sgd"},
}


@pytest.mark.parametrize("case", list(CASES))
@settings(max_examples=6, deadline=None)
@given(cuts=st.lists(st.integers(1, 15), max_size=6, unique=True))
def test_the_bits_do_not_depend_on_the_cuts(case: str, cuts: list[int]) -> None:
    setting = SineSetting.read(SMALL | CASES[case])
    state, logs = whole(setting, tuple(sorted(cuts)))
    once, (_, log) = whole(setting)
    assert state == once
    assert logs[-1].marks == log.marks
    for name in log.series:
        joined = np.concatenate([part.series[name] for part in logs[1:]])
        assert np.array_equal(joined, log.series[name], equal_nan=True)
        assert log.series[name].dtype == np.float32 and len(joined) == setting.steps
    for name, picture in log.pictures.items():
        assert np.array_equal(picture, logs[-1].pictures[name], equal_nan=True)


def test_the_notes_run_is_the_notes_loop() -> None:
    """The loop as the notes write it, on the training windows, from the same seed."""
    setting = SineSetting.read({"samples": 100, "epochs": 12, "seed": 3})
    x, y = data(setting).train
    with torch.random.fork_rng():
        torch.manual_seed(3)
        rnn, fc = nn.RNN(1, 32, batch_first=True), nn.Linear(32, 1)
    optimiser = torch.optim.Adam([*rnn.parameters(), *fc.parameters()], lr=0.01)
    losses = []
    for _ in range(12):
        out, _ = rnn(x, torch.zeros(1, len(x), 32))
        loss = nn.MSELoss()(fc(out), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    _, (_, log) = whole(setting)
    assert np.allclose(log.series["rnn.loss"], losses, rtol=1e-4)
    assert losses[-1] < losses[0] / 5


def test_each_member_of_a_race_runs_as_it_would_alone() -> None:
    state, (_, log) = whole(SineSetting.read(SMALL | {"cell": "race"}))
    for cell in KINDS:
        alone, (_, own) = whole(SineSetting.read(SMALL | {"cell": cell}))
        for name, tensor in load(alone.tensors).items():
            assert torch.equal(load(state.tensors)[name], tensor)
        assert np.array_equal(log.series[f"{cell}.loss"], own.series[f"{cell}.loss"])
        assert log.marks[f"{cell}.free_run"] == own.marks[f"{cell}.free_run"]


def test_it_learns() -> None:
    setting = SineSetting.read(
        {"kind": "sine", "cell": "gru", "samples": 200, "batch": 20, "epochs": 12}
    )
    _, (before, after) = whole(setting)
    assert before.marks["gru.one_step"] > 0.2
    assert after.marks["gru.one_step"] < after.marks["persistence"] / 2
    assert after.marks["gru.free_run"] > after.marks["gru.one_step"]


def test_validation_is_measured_at_fixed_steps() -> None:
    setting = SineSetting.read(SMALL | {"epochs": 25})
    _, (_, log) = whole(setting)
    seen = np.flatnonzero(~np.isnan(log.series["rnn.validation"])) + 1
    assert seen[-1] == setting.steps and len(seen) == VALIDATED
    assert {b - a for a, b in pairwise(seen.tolist())} == {4}
    assert log.series["rnn.validation"][-1] == np.float32(log.marks["rnn.one_step"])


@pytest.mark.parametrize("optimiser", ["sgd", "rmsprop"])
def test_divergence_ends_with_the_last_good_state(optimiser: str) -> None:
    """Values that are near float32's end: the loss cannot be told."""
    setting = SineSetting.read(
        SMALL | {"learning_rate": 1.0, "optimiser": optimiser, "epochs": 1000}
    )
    huge = 1e30 if optimiser == "rmsprop" else 1e3
    state, _ = JOB.start(setting)
    good, log = JOB.advance(setting, state, 3, 1e-4)
    assert log.failure is None
    state, log = JOB.advance(setting, good, 500, huge)
    assert log.failure == "diverged"
    assert len(log.series["rnn.loss"]) == state.step - good.step
    assert np.isfinite(log.series["rnn.loss"]).all() and log.series["rnn.loss"].max() <= 1e6
    assert all(tensor.isfinite().all() for tensor in load(state.tensors).values())
    # Cut into single steps it ends at the same state, and again when asked again.
    one = good
    while (last := JOB.advance(setting, one, 1, huge))[1].failure is None:
        one = last[0]
    assert one == state == last[0]


def test_the_budget_ends_at_the_last_step() -> None:
    setting = SineSetting.read(SMALL)
    state, _ = JOB.start(setting)
    state, log = JOB.advance(setting, state, 10**6, 0.01)
    assert state.step == JOB.steps(setting) == 16 == len(log.series["rnn.loss"])
    again, log = JOB.advance(setting, state, 5, 0.01)
    assert again == state and not any(len(values) for values in log.series.values())


def test_the_rate_is_the_one_that_is_given() -> None:
    setting = SineSetting.read(SMALL | {"optimiser": "sgd"})
    state, _ = JOB.start(setting)
    still, _ = JOB.advance(setting, state, 5, 0.0)
    assert torch.equal(
        load(still.tensors)["rnn.head.weight"], load(state.tensors)["rnn.head.weight"]
    )
    moved, _ = JOB.advance(setting, state, 5, 0.1)
    assert not torch.equal(
        load(moved.tensors)["rnn.head.weight"], load(state.tensors)["rnn.head.weight"]
    )


def test_warm_up_and_last_output_are_what_is_scored() -> None:
    plain = SineSetting.read(SMALL)
    masked, last = (
        SineSetting.read(SMALL | {"warm_up": 5}),
        SineSetting.read(SMALL | {"output": "last"}),
    )
    losses = {}
    for setting in (plain, masked, last):
        state, log = JOB.start(setting)
        x, y = data(setting).validation
        model_state = load(state.tensors)
        with torch.no_grad():
            rnn, head = nn.RNN(1, 4, batch_first=True), nn.Linear(4, 1)
            for name, p in rnn.named_parameters():
                p.copy_(model_state[f"rnn.rnn.{name}"])
            for name, p in head.named_parameters():
                p.copy_(model_state[f"rnn.head.{name}"])
            wrong = (head(rnn(x)[0]) - y).square()[..., 0]
        part = wrong[:, -1:] if setting is last else wrong[:, setting.warm_up :]
        losses[setting] = log.marks["rnn.one_step"]
        assert losses[setting] == pytest.approx(part.mean().item(), rel=1e-5)
        assert np.isnan(log.pictures["rnn.one_step"]).sum() == (11 if setting is last else 0)
    assert len(set(losses.values())) == 3


def test_names_and_shapes() -> None:
    _, (_, log) = whole(SineSetting.read(SMALL | {"cell": "race"}))
    assert set(log.series) == {f"{c}.{n}" for c in KINDS for n in ("loss", "validation")}
    own = ("one_step", "free_run", "one_step.drawn", "free_run.drawn", "train.drawn")
    fixed = {"persistence", "two_tap", "persistence.free_run", "two_tap.free_run"}
    fixed |= {"warm", "horizon"}
    assert set(log.marks) == fixed | {f"{c}.{n}" for c in KINDS for n in own}
    shapes = {name: picture.shape for name, picture in log.pictures.items()}
    expected = {"free.truth": (162,), "two_tap.free_run": (150,)}
    expected |= dict.fromkeys(("train.input", "train.truth", "input", "truth"), (12,))
    for cell in KINDS:
        expected |= {f"{cell}.one_step": (12,), f"{cell}.train": (12,), f"{cell}.free_run": (150,)}
    assert shapes == expected
    assert all(picture.dtype == np.float32 for picture in log.pictures.values())


def test_the_numbers_belong_to_the_pictures() -> None:
    _, (_, log) = whole(SineSetting.read(SMALL | {"warm_up": 3}))
    marks, drawn = log.marks, log.pictures
    wrong = (drawn["rnn.one_step"] - drawn["truth"])[3:].astype(float)
    assert marks["rnn.one_step.drawn"] == pytest.approx((wrong**2).mean(), rel=1e-4)
    wrong = (drawn["rnn.free_run"] - drawn["free.truth"][12:]).astype(float)
    assert marks["rnn.free_run.drawn"] == pytest.approx((wrong**2).mean(), rel=1e-4)
    wrong = (drawn["rnn.train"] - drawn["train.truth"])[3:].astype(float)
    assert marks["rnn.train.drawn"] == pytest.approx((wrong**2).mean(), rel=1e-4)


def test_a_short_table_runs_freely_as_far_as_it_goes() -> None:
    values = [float(np.sin(i / 3)) for i in range(66)]
    _, (_, log) = whole(SineSetting.read(SMALL | {"kind": "table", "values": values}))
    assert log.marks["horizon"] == 2.0 and FREE > 1
    assert log.pictures["rnn.free_run"].shape == (2,)
