"""Fine-tuning: the same bits however it is cut, what is forgotten, and what is refused."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load

from core.training import shipped
from core.training.job import State
from core.training.record import record
from core.vision import mnist
from core.vision.finetune import data as finetune_data
from core.vision.finetune import example as finetune_example
from core.vision.finetune import job as finetune
from core.vision.finetune.example import strange
from core.vision.finetune.job import JOB, Tuned, held
from core.vision.finetune.setting import Drawn, FinetuneSetting
from core.vision.hand import rendered
from core.vision.ink import as_ink, as_text
from core.vision.mnist import Digits, MNISTMissing
from core.weights import FOLDER
from tests.program import printed

try:
    mnist.find()
    HERE = True
except MNISTMissing:
    HERE = False


def _drawn(count: int) -> list[list[Any]]:
    few = rendered.digits(count, seed=3)
    pairs = zip(few.labels.tolist(), few.images, strict=True)
    return [Drawn(label, image.numpy().tobytes()).written() for label, image in pairs]


GOOD: dict[str, Any] = {"drawings": _drawn(20), "steps": 6, "data": "pen"}


@pytest.fixture(autouse=True, scope="module")
def _few_old_digits() -> Any:
    """Rendering a thousand digits takes seconds; forty show the same."""
    patch = pytest.MonkeyPatch()
    patch.setattr(finetune_data, "PEN", (40, 40))
    finetune_data.old.cache_clear()
    yield
    patch.undo()
    finetune_data.old.cache_clear()


@pytest.mark.parametrize("more", [{}, {"rehearsal": 0.5}, {"frozen": "body", "network": "notes"}])
def test_the_bits_do_not_depend_on_where_a_run_is_cut(more: dict[str, Any]) -> None:
    config = JOB.read(GOOD | more)
    whole, cut = (record(JOB, config, chunk=size) for size in (6, 1))
    assert whole.saved[-1].state.tensors == cut.saved[-1].state.tensors
    for name, values in whole.series.items():
        np.testing.assert_array_equal(values, cut.series[name])
    assert np.isfinite(whole.series["loss"]).all()


def test_a_config_makes_the_way_out_and_back() -> None:
    config = JOB.read(GOOD | {"network": "notes", "rehearsal": 0.25, "frozen": "body", "seed": 7})
    assert JOB.read(JOB.write(config)) == config
    assert len(config.drawings) == 20


def test_a_step_is_the_one_that_torch_takes() -> None:
    config = JOB.read(GOOD | {"steps": 2, "rehearsal": 0.5, "learning_rate": 0.1})
    state, _ = JOB.start(config)
    after, _ = JOB.advance(config, state, 2, 0.1)
    net = finetune.network("mnist_lenet5").requires_grad_(True)
    descent = torch.optim.SGD(net.parameters(), lr=0.1)
    for step in range(2):
        pictures, labels = finetune.batch(config, step)
        assert len(labels) == 32
        descent.zero_grad()
        torch.nn.functional.cross_entropy(net(pictures), labels).backward()
        descent.step()
    for key, value in net.state_dict().items():
        torch.testing.assert_close(load(after.tensors)[f"net.{key}"], value)


def test_frozen_layers_stay_as_they_were() -> None:
    config = JOB.read(GOOD | {"frozen": "body"})
    before, after = (
        load(JOB.start(config)[0].tensors),
        load(record(JOB, config).saved[-1].state.tensors),
    )
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert {n for n in changed if n.startswith("net.")} == {"net.logits.weight", "net.logits.bias"}


def test_drawings_held_back_are_never_learned_from() -> None:
    config = JOB.read(GOOD)
    apart = finetune.drawings(config).images[held(config)]
    assert len(apart) == 5
    for step in range(20):
        pictures, _ = finetune.batch(config, step)
        seen = torch.round((pictures[:, 0] / 2 + 0.5) * 255).to(torch.uint8)
        assert not any((seen == each).flatten(1).all(1).any() for each in apart)


def test_few_drawings_are_all_learned_from() -> None:
    few = JOB.read(GOOD | {"drawings": GOOD["drawings"][:9]})
    assert not held(few).any()
    assert JOB.start(few)[1].marks["judged"] == 9


def test_rehearsal_is_a_share_of_the_batch() -> None:
    old = {each.numpy().tobytes() for each in finetune_data.old("pen")[0].images}
    for share, count in ((0.0, 0), (0.25, 8), (0.9, 29)):
        pictures, _ = finetune.batch(JOB.read(GOOD | {"rehearsal": share}), 3)
        bytes_ = torch.round((pictures[:, 0] / 2 + 0.5) * 255).to(torch.uint8)
        assert sum(each.numpy().tobytes() in old for each in bytes_) == count


def test_what_a_run_tells_is_measured_on_its_own_network() -> None:
    config = JOB.read(GOOD | {"steps": 3})
    run = record(JOB, config, chunk=1)
    last = run.saved[-1]
    net = finetune.trained(config, last.state)
    judged = finetune_data.old("pen")[1]
    said = finetune.logits(net, judged.images).argmax(1)
    assert last.marks["mnist"] == pytest.approx(float((said == judged.labels).double().mean()))
    assert last.pictures["confusion"].sum() == len(judged)
    assert last.pictures["confusion"].trace() == (said == judged.labels).sum()
    drawn = finetune.drawings(config)
    shares = finetune.logits(net, drawn.images).softmax(1)
    np.testing.assert_array_equal(last.pictures["said"][:, 0], shares.argmax(1))
    assert last.marks["hand.start"] == run.saved[0].marks["hand"]


def test_what_it_is_measured_by_opens() -> None:
    run = record(JOB, JOB.read(GOOD))
    config, last = JOB.read(GOOD), run.saved[-1]

    def value(part: str, number: str) -> float:
        asked = {"part": part, "number": number}
        opened = JOB.inspections["score"](config, last.state, asked)["opened"]
        assert opened["total"] == pytest.approx(opened["value"], abs=1e-6)
        return float(opened["value"])

    for part in ("hand", "mnist"):
        assert value(part, "accuracy") == pytest.approx(last.marks[part], abs=1e-6)
    counts = last.pictures["confusion"]
    shares = counts / counts.sum(1, keepdims=True).clip(1)
    for digit, called in ((3, 3), (0, 7)):
        place = f"{digit + 1}.{called + 1}"
        assert value("counted", f"counts.{place}") == counts[digit, called]
        assert value("counted", f"shares.{place}") == pytest.approx(shares[digit, called], abs=1e-6)
    said = last.pictures["said"][:, 0]
    labels = [each.label for each in config.drawings]
    assert value("drawings", "accuracy") == pytest.approx((said == labels).mean(), abs=1e-6)


def test_a_run_is_measured_now_and_then_and_at_its_end() -> None:
    config = JOB.read(GOOD | {"steps": 60})
    learner = Tuned(config)
    assert [step for step in range(1, 61) if learner.due(step)] == list(range(3, 61, 3))
    assert Tuned(JOB.read(GOOD | {"steps": 7})).due(7)


def test_too_large_a_rate_diverges_and_keeps_the_last_good_state() -> None:
    config = JOB.read(GOOD | {"steps": 40, "learning_rate": 1.0, "network": "notes"})
    state, _ = JOB.start(config)
    found, log = JOB.advance(config, state, 40, 1e9)
    assert log.failure == "diverged"
    assert len(log.series["loss"]) == found.step < 40


def test_the_look_says_what_was_said_before_and_now() -> None:
    config = JOB.read(GOOD | {"steps": 30, "learning_rate": 0.1})
    last = record(JOB, config).saved[-1].state
    found = JOB.inspections["said"](config, last, {"image": GOOD["drawings"][0][1]})
    assert all(sum(found[when]) == pytest.approx(1, abs=1e-5) for when in ("before", "now"))
    assert found["before"] != found["now"]
    with pytest.raises(ValueError, match="28 x 28"):
        JOB.inspections["said"](config, State(0, last.tensors), {})
    for when, shares in found.items():
        asked = {"image": GOOD["drawings"][0][1], "number": f"{when}.probabilities.3"}
        opened = JOB.inspections["number"](config, last, asked)["opened"]
        assert opened["value"] == pytest.approx(shares[3], abs=1e-6)
    with pytest.raises(ValueError, match="no number"):
        JOB.inspections["number"](config, last, asked | {"number": "then.logits.3"})


@pytest.mark.skipif(not HERE, reason="MNIST was not found; set MNIST_ROOT")
def test_learning_new_digits_alone_forgets_the_old_ones_and_rehearsal_does_not() -> None:
    config = FinetuneSetting(strange(60, seed=2), steps=40)
    alone, with_old = (record(JOB, replace(config, rehearsal=r)) for r in (0.0, 0.5))
    for run in (alone, with_old):
        assert run.saved[-1].marks["hand"] > run.saved[0].marks["hand"] + 0.25
        assert run.saved[0].marks["mnist"] > 0.98
    assert alone.saved[-1].marks["mnist"] < 0.8
    assert with_old.saved[-1].marks["mnist"] > 0.93


def test_the_shipped_examples_show_it() -> None:
    alone, with_old = shipped.load("hand_run"), shipped.load("hand_run_rehearsal")
    for run in (alone, with_old):
        assert JOB.write(JOB.read(run.config)) == run.config
        assert run.step == JOB.steps(JOB.read(run.config))
        assert run.saved[-1].marks["hand"] > 0.9
        image = run.config["drawings"][0][1]
        found = JOB.inspections["said"](JOB.read(run.config), run.saved[-1].state, {"image": image})
        assert int(np.argmax(found["now"])) == run.config["drawings"][0][0]
    assert alone.saved[-1].marks["mnist"] < 0.8 < 0.97 < with_old.saved[-1].marks["mnist"]
    files = [FOLDER / f"{name}.safetensors" for name in finetune_example.REHEARSAL]
    assert sum(file.stat().st_size for file in files) < 1_000_000


def test_a_damaged_example_is_a_sentence_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="python -m core train hand_run"):
        shipped.load("hand_run", tmp_path)


FOUR = GOOD["drawings"][:4]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"drawings": []}, "5 to 200"),
        ({"drawings": GOOD["drawings"][:4]}, "5 to 200"),
        ({"drawings": GOOD["drawings"][:1] * 201}, "5 to 200"),
        ({"drawings": "digits"}, "list"),
        ({"drawings": None}, "list"),
        ({"drawings": [*FOUR, [10, GOOD["drawings"][0][1]]]}, "0 to 9"),
        ({"drawings": [*FOUR, [True, GOOD["drawings"][0][1]]]}, "0 to 9"),
        ({"drawings": [*FOUR, [1]]}, "pair"),
        ({"drawings": [*FOUR, "ab"]}, "pair"),
        ({"drawings": [*FOUR, [1, "!!"]]}, "28 x 28"),
        ({"drawings": [*FOUR, [1, 7]]}, "28 x 28"),
        ({"drawings": [*FOUR, [1, as_text(bytes(784))]]}, "blank"),
        ({"network": "vgg"}, "Network is one of"),
        ({"frozen": "head"}, "Frozen layers is one of"),
        ({"rehearsal": 0.95}, "Share of old digits"),
        ({"rehearsal": math.nan}, "Share of old digits"),
        ({"learning_rate": 0}, "Learning rate"),
        ({"learning_rate": "fast"}, "Learning rate"),
        ({"steps": 1001}, "Steps"),
        ({"steps": 1.5}, "Steps"),
        ({"seed": -1}, "Seed"),
        ({"data": "cifar"}, "Data"),
        ({"colour": 1}, "colour"),
    ],
)
def test_what_cannot_be_used_is_said(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        JOB.read(GOOD | wrong)


def test_ink_makes_the_way_into_text_and_back() -> None:
    ink = bytes(range(256)) * 3 + bytes(16)
    assert as_ink(as_text(ink)) == ink
    assert len(as_text(ink)) == 1046


def test_the_program_repeats_the_run() -> None:
    config = JOB.read(GOOD | {"rehearsal": 0.5, "steps": 4})
    run = record(JOB, config)
    assert JOB.program is not None
    last = printed(JOB.program(config, ((0, config.learning_rate),))).splitlines()[-1]
    marks = run.saved[-1].marks
    assert last == f"after: new {marks['hand']:.3f}, old {marks['mnist']:.3f}"


def test_old_digits_are_a_part_that_nobody_learned_from() -> None:
    rehearse, judge = finetune_data.old("pen")
    assert isinstance(rehearse, Digits)
    assert len(rehearse) == len(judge) == 40
    assert not (rehearse.images[:, None] == judge.images[None]).flatten(2).all(2).any()
