"""Training live: the same bits however it is cut, the plain loop's numbers, and what is told."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load
from torch import nn
from torch.nn.functional import cross_entropy

from core.training import shipped
from core.training.job import State
from core.training.record import record
from core.training.recording import Recording
from core.vision import mnist
from core.vision.mnist import MNISTMissing
from core.vision.nets import build
from core.vision.training import data, trainer
from core.vision.training.example import NAME, make
from core.vision.training.job import JOB
from core.vision.training.setting import CnnSetting
from core.vision.training.trainer import PARTS, Trainer, chain
from core.weights import FOLDER

QUICK: dict[str, Any] = {
    "data": "pen", "images": 100, "architecture": "own", "channels": 4, "batch": 16, "epochs": 1,
    "learning_rate": 0.05,
}  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"optimiser": "adam", "schedule": "cosine", "decay": 0.001},
        {"norm": True, "schedule": "onecycle", "precision": "bfloat16", "augment": "shift"},
        {"dropout": 0.5, "augment": "pen", "activation": "leaky", "padding": "valid"},
    ],
)
def test_the_bits_do_not_depend_on_where_a_run_is_cut(more: dict[str, Any]) -> None:
    setting = CnnSetting.read(QUICK | more)
    whole, cut = (record(JOB, setting, chunk=size) for size in (100, 2))
    assert whole.step == setting.steps == 7
    assert whole.saved[-1].state.tensors == cut.saved[-1].state.tensors
    for saved in cut.saved[:-1]:  # from bytes that come from elsewhere, and twice from the same
        elsewhere = State(saved.step, bytes(bytearray(saved.state.tensors)))
        for state in (elsewhere, elsewhere, saved.state):
            end, _ = JOB.advance(setting, state, 100, setting.learning_rate)
            assert end == whole.saved[-1].state
    for name, values in whole.series.items():
        assert np.array_equal(values, cut.series[name], equal_nan=True), name
    for name, picture in whole.saved[-1].pictures.items():
        assert np.array_equal(picture, cut.saved[-1].pictures[name]), name


@pytest.mark.parametrize("more", [{"epochs": 2}, {"architecture": "simple"}])
def test_the_bits_do_not_depend_on_how_many_cores_there_are(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    def one_after_the_other(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[Any, Any]:
        theirs = other()
        return one(), theirs

    setting = CnnSetting.read(QUICK | {"images": 106} | more)  # the last batch of an epoch is of 10
    at_once = record(JOB, setting)
    monkeypatch.setattr(trainer, "at_once", one_after_the_other)
    in_turn = record(JOB, setting)
    assert in_turn.saved[-1].state == at_once.saved[-1].state
    assert np.array_equal(in_turn.series["loss"], at_once.series["loss"])


def test_a_batch_of_a_single_digit_is_not_cut() -> None:
    setting = CnnSetting.read(QUICK | {"images": 113, "batch": 16})
    assert len(data.batch(setting, setting.steps - 1)[1]) == 1
    assert np.isfinite(record(JOB, setting).series["loss"]).all()


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"optimiser": "adam", "decay": 0.01, "schedule": "onecycle"},
        {"norm": True},
        {"architecture": "simple"},  # so large that two threads move one parameter
    ],
)
def test_it_computes_what_the_plain_loop_computes(more: dict[str, Any]) -> None:
    setting = CnnSetting.read(QUICK | more)
    torch.manual_seed(setting.seed)
    net = build(setting.plan)
    optimiser: torch.optim.Optimizer
    if setting.optimiser == "sgd":
        optimiser = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9)
    else:
        optimiser = torch.optim.Adam(net.parameters(), betas=(0.9, 0.999), weight_decay=0.01)
    losses = []
    for step in range(setting.steps):
        x, labels = data.batch(setting, step)
        optimiser.param_groups[0]["lr"] = trainer.rate_of(setting, step, 0.05)
        loss = cross_entropy(net(x), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    run = record(JOB, setting)
    assert np.allclose(run.series["loss"], losses, atol=1e-4)
    ours = trainer.saved_network(setting, run.saved[-1].state)
    for mine, theirs in zip(ours.parameters(), net.parameters(), strict=True):
        assert torch.allclose(mine, theirs, atol=2e-3)


def test_max_pooling_before_the_activation_changes_nothing() -> None:
    x = torch.randn(5, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    for activation in ("relu", "leaky", "tanh", "gelu"):
        torch.manual_seed(1)
        net = build(CnnSetting.read(QUICK | {"activation": activation}).plan)
        swapped = isinstance(chain(net)[1], nn.MaxPool2d)
        assert swapped is (activation in ("relu", "leaky"))
        straight, fast = net(x), nn.Sequential(*chain(net))(x)
        assert torch.equal(straight, fast)
        for loss in (straight, fast):
            loss.square().sum().backward()
        one = [p.grad.clone() for p in net.parameters() if p.grad is not None]
        net.zero_grad()
        nn.Sequential(*chain(net))(x).square().sum().backward()
        two = [p.grad for p in net.parameters()]
        assert all(torch.allclose(a, 2 * b, rtol=1e-4) for a, b in zip(one, two, strict=True))


def test_it_learns_and_tells_what_it_promises() -> None:
    setting = CnnSetting.read(QUICK | {"epochs": 6, "optimiser": "adam", "learning_rate": 0.03})
    run = record(JOB, setting, chunk=6)
    last = run.saved[-1]
    assert run.series["loss"][-1] < 0.8 * run.series["loss"][0]
    assert last.marks["validation_accuracy"] > 2 * run.saved[0].marks["validation_accuracy"]
    assert set(run.series) == {
        "loss", "accuracy", "rate", "validation_loss", "validation_accuracy"
    }  # fmt: skip
    looked = np.flatnonzero(np.isfinite(run.series["validation_loss"])) + 1
    expected = {*range(setting.every, setting.steps + 1, setting.every), setting.steps}
    assert set(looked.tolist()) == expected
    assert last.marks["epoch"] == 6
    assert math.isclose(sum(last.marks[f"share.{part}"] for part in PARTS), 1)
    assert last.pictures["kernels"].shape == (4, 3, 3)
    assert last.pictures["gradients"].shape == (4, 2) and (last.pictures["gradients"] > 0).all()
    confusion = last.pictures["confusion"]
    assert np.trace(confusion) / confusion.sum() == pytest.approx(last.marks["validation_accuracy"])
    assert np.isnan(run.saved[0].pictures["gradients"]).all()


def test_gradients_are_those_of_the_last_batch() -> None:
    setting = CnnSetting.read(QUICK)
    state, _ = JOB.start(setting)
    _, log = JOB.advance(setting, state, 1, 0.05)
    trained = Trainer(setting)
    trained.unpack(state)
    net = trained.net
    x, labels = data.batch(setting, 0)
    cross_entropy(net(x), labels).backward()
    weights = [p for name, p in net.named_parameters() if name.endswith(".weight")]
    lengths = [float(p.grad.norm()) for p in weights if p.grad is not None]
    assert np.allclose(log.pictures["gradients"][:, 0], lengths, rtol=1e-4)


def test_every_digit_comes_once_in_an_epoch() -> None:
    setting = CnnSetting.read(QUICK)
    seen = torch.cat([data.batch(setting, step)[1] for step in range(setting.batches)])
    assert torch.equal(torch.bincount(seen), torch.full((10,), 10))
    assert not torch.equal(data.batch(setting, 0)[1], data.batch(setting, setting.batches)[1])


def test_a_rate_that_is_too_large_ends_the_run_at_the_last_good_state() -> None:
    setting = CnnSetting.read(QUICK | {"learning_rate": 1.0, "momentum": 0.99, "epochs": 20})
    state, _ = JOB.advance(setting, JOB.start(setting)[0], 2, 0.01)
    end, log = JOB.advance(setting, state, 130, 1000.0)
    assert log.failure == "diverged" and end.step < 132
    assert len(log.series["loss"]) == end.step - 2
    again, _ = JOB.advance(setting, state, 2, 0.01)
    elsewhere = State(state.step, bytes(bytearray(state.tensors)))
    assert again == JOB.advance(setting, elsewhere, 2, 0.01)[0]
    assert all(torch.isfinite(t).all() for t in load(end.tensors).values())


def test_schedules_rise_and_fall() -> None:
    for schedule, first, middle, last in (
        ("constant", 1, 1, 1), ("cosine", 1, 0.5, 0), ("onecycle", 0.1, 0.58, 0),
    ):  # fmt: skip
        setting = CnnSetting.read({"schedule": schedule, "images": 6400, "epochs": 1})
        rates = [trainer.rate_of(setting, step, 1.0) for step in (0, 50, 99)]
        assert rates == pytest.approx([first, middle, last], abs=0.02)
        assert max(trainer.rate_of(setting, step, 1.0) for step in range(100)) <= 1


def test_what_dropout_draws_is_nobody_else_s() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    state, _ = JOB.start(CnnSetting.read(QUICK | {"dropout": 0.5}))
    JOB.advance(CnnSetting.read(QUICK | {"dropout": 0.5}), state, 2, 0.01)
    assert torch.equal(torch.rand(3), expected)


def test_pen_digits_are_the_same_in_whatever_order_they_are_asked_for() -> None:
    one, two = data.Pen("learning", 20), data.Pen("learning", 20)
    one[torch.tensor([3, 7])]
    some, all_ = one[torch.arange(9)], two[torch.arange(20)]
    assert torch.equal(some.images, all_.images[:9]) and some.labels.tolist() == list(range(9))
    assert not torch.equal(data.Pen("test", 20)[torch.arange(9)].images, some.images)


def test_without_mnist_it_learns_from_generated_digits_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> Path:
        raise MNISTMissing("MNIST was not found.")

    monkeypatch.setattr(mnist, "find", missing)
    assert JOB.read({}).data == "pen"
    found = shipped.load("cnn_run")  # trained on MNIST, elsewhere
    looked = JOB.inspections["test"](CnnSetting.read(found.config), found.saved[-1].state, {})
    assert looked["data"] == "pen" and looked["of"] == 40 and looked["accuracy"] > 0.5


@pytest.mark.parametrize(
    "more",
    [
        {"norm": True, "dropout": 0.2, "augment": "shift", "schedule": "onecycle"},
        {"optimiser": "adam", "schedule": "cosine", "decay": 0.01, "precision": "bfloat16"},
    ],
)
def test_the_program_repeats_the_run(more: dict[str, Any]) -> None:
    setting, rates = CnnSetting.read(QUICK | more), ((0, 0.05), (4, 0.01))
    run = record(JOB, setting, rates=rates)
    assert JOB.program is not None
    said = io.StringIO()
    with redirect_stdout(said), torch.random.fork_rng():
        exec(JOB.program(setting, rates).replace("% 100", "% 1"), {})
    losses = [float(found) for found in re.findall(r"loss (\S+)", said.getvalue())]
    assert np.allclose(losses, run.series["loss"], atol=3e-3)


def test_the_program_of_mnist_is_valid_and_names_its_parts() -> None:
    assert JOB.program is not None
    for more in ({}, {"architecture": "vgg", "norm": True, "augment": "affine"}):
        text = JOB.program(CnnSetting.read(more), ((0, 0.01),))
        compile(text, "run.py", "exec")
        assert "torchvision.datasets import MNIST" in text and "nn.Conv2d(1, 32" in text


def test_an_example_is_written_with_its_card_and_read_again(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="python -m core train cnn_run"):
        shipped.load("cnn_run", tmp_path)
    make(CnnSetting.read(QUICK), tmp_path)
    found = shipped.load("cnn_run", tmp_path)
    assert isinstance(found, Recording) and found.saved[-1].step == 7
    assert set(load(found.saved[-1].state.tensors)) >= {"cnn.conv1.weight", "cnn.logits.bias"}
    looked = JOB.inspections["confusion"](CnnSetting.read(found.config), found.saved[-1].state, {})
    assert looked["of"] == 40
    (tmp_path / f"{NAME}.safetensors").write_bytes(b"damaged")
    with pytest.raises(ValueError, match="missing or damaged"):
        shipped.load("cnn_run", tmp_path)


def test_the_shipped_example_is_small_good_and_usable() -> None:
    found = shipped.load("cnn_run")
    setting = CnnSetting.read(found.config)
    assert (FOLDER / f"{NAME}.safetensors").stat().st_size <= 700_000
    assert found.step == setting.steps and len(found.saved) >= 5
    assert found.saved[-1].marks["validation_accuracy"] >= 0.985
    answer = JOB.inspections["maps"](setting, found.saved[2].state, {"image": "A" * 1046})
    assert answer["layers"][0]["name"] == "conv1"
