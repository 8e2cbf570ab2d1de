"""The experiment with shuffled pixels: pure chunks, fair members, and what ships."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load

from core.training import shipped
from core.training.record import record
from core.vision import mnist
from core.vision.mnist import MNISTMissing
from core.vision.shuffled import data as shuffled_data
from core.vision.shuffled import example as shuffled_example
from core.vision.shuffled.data import batch, order
from core.vision.shuffled.job import (
    JOB,
    MEMBERS,
    ShuffledSetting,
    accuracies,
    given,
    members,
    parameters,
    plans,
)
from core.vision.training import data


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> ShuffledSetting:
    """A run on a handful of generated digits."""
    monkeypatch.setattr(shuffled_data, "PEN", 96)
    return ShuffledSetting(channels=4, batch=16, steps=43, data="pen")


def test_the_bits_do_not_depend_on_how_a_run_is_cut(few: ShuffledSetting) -> None:
    whole, pieces = record(JOB, few, chunk=100), record(JOB, few, chunk=7)
    assert whole.saved[-1].state.tensors == pieces.saved[-1].state.tensors
    for name, values in whole.series.items():
        assert np.array_equal(values, pieces.series[name], equal_nan=True)
    assert dict(whole.saved[-1].marks) == dict(pieces.saved[-1].marks)
    measured = np.flatnonzero(np.isfinite(whole.series["cnn.accuracy"])) + 1
    assert measured.tolist() == [40, 43]


def test_the_loss_falls_for_everybody(few: ShuffledSetting) -> None:
    run = record(JOB, few)
    for name in MEMBERS:
        loss = run.series[f"{name}.loss"]
        assert loss[-5:].mean() < loss[:5].mean() and math.isfinite(loss[-1])


def test_an_epoch_has_every_digit_once(few: ShuffledSetting) -> None:
    learned = data.learned("pen", torch.arange(96))
    seen = torch.cat([batch("pen", 3, step, 16)[0] for step in range(6)])
    wanted = shuffled_data.as_input(learned.images)
    assert torch.equal(seen.flatten(1).sum(1).sort()[0], wanted.flatten(1).sum(1).sort()[0])
    again, other = batch("pen", 3, 2, 16)[0], batch("pen", 3, 8, 16)[0]
    assert torch.equal(again, seen[32:48]) and not torch.equal(again, other)


def test_both_kinds_have_as_many_parameters() -> None:
    for channels in (4, 8, 16):
        made = {name: parameters(plan) for name, plan in plans(channels).items()}
        assert abs(made["cnn"] - made["mlp"]) <= (784 + 11) / 2


def test_to_a_plain_network_a_shuffle_is_only_another_name_for_its_inputs(
    few: ShuffledSetting,
) -> None:
    nets = members(few, JOB.start(few)[0])
    assert all(
        torch.equal(a, b)
        for a, b in zip(nets["cnn"].parameters(), nets["cnn_shuffled"].parameters(), strict=True)
    )
    plain, mixed = nets["mlp"], nets["mlp_shuffled"]
    with torch.no_grad():
        mixed.fc1.weight.copy_(plain.fc1.weight[:, order(few.shuffle)])
        x = batch("pen", 0, 0, 16)[0]
        same = mixed(given("mlp_shuffled", x, few.shuffle))
        assert torch.allclose(same, plain(given("mlp", x, few.shuffle)), atol=1e-5)
        wrong = nets["cnn_shuffled"](given("cnn_shuffled", x, few.shuffle))
        assert not torch.allclose(wrong, nets["cnn"](given("cnn", x, few.shuffle)), atol=1e-3)


def test_a_rate_that_is_too_large_ends_the_run_at_the_last_good_state(few: ShuffledSetting) -> None:
    state, _ = JOB.start(few)
    after, log = JOB.advance(few, state, 43, 1e9)
    assert log.failure == "diverged" and 0 < after.step < 43
    assert all(len(values) == after.step for values in log.series.values())


def test_a_config_is_written_and_read_back() -> None:
    config = ShuffledSetting(channels=5, seed=9)
    assert JOB.read(JOB.write(config)) == config
    assert JOB.read({}).data == data.available()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"width": 3}, "no field 'width'"),
        ({"channels": 64}, "Channels is a whole number from 4 to 16"),
        ({"steps": 0}, "Steps is a whole number"),
        ({"batch": 3.5}, "Batch is a whole number"),
        ({"seed": True}, "Seed is a whole number"),
        ({"learning_rate": float("nan")}, "Learning rate is a number"),
        ({"data": "cifar"}, "Data is one of"),
    ],
)
def test_what_cannot_be_trained_is_refused(asked: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        JOB.read(asked)


def test_without_mnist_it_takes_generated_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise MNISTMissing("gone")

    monkeypatch.setattr(mnist, "find", missing)
    assert JOB.read({}).data == "pen"


def test_the_program_repeats_the_run(
    few: ShuffledSetting, capsys: pytest.CaptureFixture[str]
) -> None:
    run = record(JOB, few, rates=((0, 0.01), (20, 0.02)))
    assert JOB.program is not None
    exec(JOB.program(few, ((0, 0.01), (20, 0.02))), {})
    said = capsys.readouterr().out.split("\n")
    right = [float(line.split()[-1]) for line in said if line]
    wanted = [run.saved[-1].marks[f"{name}.accuracy"] for name in MEMBERS]
    assert right == pytest.approx(wanted, abs=0.011)  # three of 300 digits


def test_how_often_each_is_right_opens(few: ShuffledSetting) -> None:
    last = record(JOB, few).saved[-1]
    for name in MEMBERS:
        opened = JOB.inspections["score"](few, last.state, {"part": name})["opened"]
        assert opened["value"] == pytest.approx(last.marks[f"{name}.accuracy"], abs=1e-6)
        assert opened["total"] == pytest.approx(opened["value"], abs=1e-6)


def test_the_mnist_program_is_python() -> None:
    assert JOB.program is not None
    source = JOB.program(ShuffledSetting(), ((0, 0.01),))
    compile(source, "program.py", "exec")
    assert "torchvision" in source and "nn.Conv2d(1, 8, 3, padding=1)" in source


def test_the_shipped_one_shows_what_the_page_says() -> None:
    card = shuffled_example.card()
    mean = {name: sum(card["final"][name]) / len(card["seeds"]) for name in MEMBERS}
    assert mean["cnn"] - mean["cnn_shuffled"] > 0.02
    spread = max(card["final"]["mlp"]) - min(card["final"]["mlp"])
    assert abs(mean["mlp"] - mean["mlp_shuffled"]) < 2 * spread + 0.005
    assert mean["cnn_shuffled"] > mean["mlp_shuffled"] > 0.85
    run = shipped.load("shuffled_run")
    assert run.job == JOB.name and JOB.write(JOB.read(run.config)) == run.config
    for name in MEMBERS:
        measured = run.series[f"{name}.accuracy"]
        kept = measured[np.isfinite(measured)]
        assert np.allclose(kept, card["accuracy"][name][0], atol=1e-4)


def test_a_damaged_shipped_run_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="python -m core train shuffled_run"):
        shuffled_example.card(tmp_path)


@pytest.mark.mnist
@pytest.mark.skipif(data.available() == "pen", reason="MNIST was not found; set MNIST_ROOT")
def test_the_shipped_networks_are_as_good_as_their_card_says() -> None:
    run, card = shipped.load("shuffled_run"), shuffled_example.card()
    config = JOB.read(run.config)
    state = run.saved[-1].state
    assert not any(name.startswith("optimiser") for name in load(state.tensors))
    judged = mnist.split()[1][:500]
    right = accuracies(members(config, state), config, judged)
    for name in MEMBERS:
        assert right[name] == pytest.approx(card["final"][name][0], abs=0.04)


def test_its_look_answers_for_a_drawing() -> None:
    from core.vision.hand import sample
    from core.vision.plain.answer import drawn

    run = shipped.load("shuffled_run")
    look = JOB.inspections["answers"]
    found = look(JOB.read(run.config), run.saved[-1].state, {"image": drawn(sample(3))})
    assert set(found) == set(MEMBERS) and found["cnn"]["digit"] == 3
    for name, said in found.items():
        asked = {"image": drawn(sample(3)), "number": f"{name}.probabilities.{said['digit']}"}
        number = JOB.inspections["number"](JOB.read(run.config), run.saved[-1].state, asked)
        assert number["opened"]["value"] == pytest.approx(said["probability"], abs=1e-5)
    with pytest.raises(ValueError, match="28 x 28 bytes"):
        look(JOB.read(run.config), run.saved[-1].state, {})
