"""What can be looked at and broken in a run's network; each number is the network's own."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load, save

from core.training import run_json
from core.training.job import State
from core.training.record import record
from core.vision.ink import as_ink, as_text
from core.vision.models import normalise
from core.vision.training import data, edits, trainer
from core.vision.training.job import JOB
from core.vision.training.layers import layers
from core.vision.training.program import loop
from core.vision.training.setting import CnnSetting

SETTING = CnnSetting.read(
    {
        "data": "pen", "images": 200, "architecture": "own", "channels": 4, "batch": 20,
        "optimiser": "adam", "learning_rate": 0.01, "epochs": 4, "norm": True, "augment": "shift",
    }
)  # fmt: skip
INK = (torch.arange(784) % 251).to(torch.uint8)
IMAGE = as_text(INK.numpy().tobytes())


@pytest.fixture(scope="module")
def state(few_digits: None) -> State:
    return record(JOB, SETTING, keep=2).saved[-1].state


def inspect(name: str, state: State, setting: CnnSetting = SETTING, **query: str) -> Any:
    return json.loads(run_json.dumps(JOB.inspections[name](setting, state, query)))


def broken(state: State, **changes: Any) -> Any:
    return inspect("rescored", state, edits=json.dumps(changes))


@pytest.mark.parametrize("part", ["seen", "batch"])
def test_a_loss_is_the_mean_of_minus_log_p(state: State, part: str) -> None:
    net = trainer.saved_network(SETTING, state)
    if part == "batch":
        x, labels = data.batch(SETTING, state.step - 1)
    else:
        digits = data.judged("pen", "validation", data.SEEN)
        x, labels = normalise(digits.images[:, None].float() / 255), digits.labels
    expected = torch.nn.functional.cross_entropy(net(x), labels)
    found = inspect("score", state, number="loss", part=part)
    assert found["opened"]["value"] == pytest.approx(float(expected), rel=1e-4)
    assert found["opened"]["total"] == pytest.approx(float(expected), rel=1e-4)
    assert found["latex"].startswith(r"\mathcal{L} = \frac{1}{")
    one = inspect("score", state, number="probabilities.3.1", part=part)["opened"]
    assert one["value"] == pytest.approx(float(net(x).softmax(1)[3, 1]), rel=1e-3, abs=1e-7)


def test_a_shipped_state_without_an_optimiser_is_scored_as_well(state: State) -> None:
    kept = {k: v for k, v in load(state.tensors).items() if not k.startswith("optimiser.")}
    thin = State(state.step, save(kept))
    for query in ({}, {"number": "loss", "part": "seen"}, {"number": "confusion.3.3"}):
        assert (
            inspect("score", thin, **query)["opened"] == inspect("score", state, **query)["opened"]
        )


def test_maps_are_the_network_s_own(state: State) -> None:
    found = inspect("maps", state, image=IMAGE)
    net = trainer.saved_network(SETTING, state)
    x = normalise(INK.view(1, 1, 28, 28).float() / 255)
    expected = {name: t[0] for name, t in net.maps(x).items()}
    names = [layer["name"] for layer in found["layers"]]
    assert names == ["conv1", "act1", "pool1", "conv2", "act2", "pool2", "fc1", "act3", "logits"]
    for layer in found["layers"]:
        codes = np.frombuffer(base64.b64decode(layer["codes"]), np.int8)
        scales = np.array(layer["scales"])
        values = codes.reshape(len(scales), -1) * scales[:, None] / 127
        truth = expected[layer["name"]].numpy()
        assert tuple(layer["shape"]) == truth.shape
        assert np.abs(values - truth.reshape(len(scales), -1)).max() <= scales.max() / 250 + 1e-6
        assert layer["signed"] == bool((truth < 0).any())
    assert found["probabilities"] == pytest.approx(expected["logits"].softmax(0).tolist(), abs=1e-6)


def test_shape_and_kernels(state: State) -> None:
    found = inspect("shape", state)
    assert found["parameters"] == sum(
        p.numel() for p in trainer.saved_network(SETTING, state).parameters()
    )
    assert [layer["name"] for layer in found["layers"]] == [e.name for e in layers(SETTING.plan)]
    kernel = inspect("kernel", state, layer="conv2", **{"in": "2"})
    weight = trainer.saved_network(SETTING, state).get_submodule("conv2").weight
    assert kernel["kernel"] == 3
    assert np.allclose(kernel["values"], weight[:, 2].numpy())


def test_changed_pictures_are_a_picture_moved(state: State) -> None:
    ink = torch.zeros(28, 28, dtype=torch.uint8)
    ink[10:14, 10:14] = 200
    image = as_text(ink.numpy().tobytes())
    found = inspect("augmented", state, image=image, seed="3")["images"]
    assert len(found) == 6 and len(set(found)) > 1
    for text in found:
        moved = np.frombuffer(as_ink(text), np.uint8)
        assert np.sort(moved).tolist() == sorted(ink.flatten().tolist())
    assert inspect("augmented", state, image=image, seed="3")["images"] == found


def test_counts_agree_with_each_other(state: State) -> None:
    found = inspect("confusion", state)
    matrix = np.array(found["matrix"])
    assert found["data"] == "pen" and found["of"] == matrix.sum() == 40
    assert found["right"] == np.trace(matrix)
    assert sum(each["of"] for each in found["classes"]) == 40
    assert found["interval"][0] <= found["accuracy"] <= found["interval"][1]
    wrong = inspect("mistakes", state)
    assert wrong["of"] == 40 - found["right"]
    assert all(true != said for true, said in zip(wrong["true"], wrong["said"], strict=True))
    for true in range(10):
        for said in range(10):
            cell = inspect("cell", state, true=str(true), said=str(said))
            assert cell["of"] == matrix[true, said]
            assert cell["probability"] == sorted(cell["probability"], reverse=True)
    assert inspect("test", state)["of"] == 40


def test_a_cell_shows_the_digits_themselves(state: State) -> None:
    judged = data.judged("pen", "validation")
    cells = [inspect("cell", state, true=str(i), said=str(i)) for i in range(10)]
    for cell in cells:
        for index, text, true in zip(cell["index"], cell["images"], cell["true"], strict=True):
            assert as_ink(text) == judged.images[index].numpy().tobytes()
            assert judged.labels[index] == true


def test_nothing_broken_changes_nothing(state: State) -> None:
    found = broken(state)
    assert found["before"] == found["after"] == inspect("test", state)["accuracy"]
    weight = inspect("kernel", state, layer="conv1")["values"]
    same = [{"layer": "conv1", "out": i, "in": 0, "values": k} for i, k in enumerate(weight)]
    assert broken(state, kernels=same)["after"] == found["before"]
    assert "note" not in found and found["seconds"] >= 0


def test_without_any_filter_all_pictures_look_the_same(state: State) -> None:
    off = [{"layer": "conv1", "out": i} for i in range(4)]
    said = inspect("maps", state, image=IMAGE, edits=json.dumps({"off": off}))
    blank = inspect("maps", state, image=as_text(bytes(784)), edits=json.dumps({"off": off}))
    assert said["probabilities"] == blank["probabilities"]
    act = next(layer for layer in said["layers"] if layer["name"] == "act1")
    assert not any(base64.b64decode(act["codes"]))
    assert broken(state, off=off)["after"] <= 0.2


def test_a_filter_that_is_off_is_off_in_both_orders(state: State) -> None:
    net = trainer.saved_network(SETTING, state)
    changes = edits.Edits(off=(("conv1", 1), ("conv2", 3)), shuffled=(("conv2", 0),))
    found = edits.edited(net, changes)
    x = torch.randn(3, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    straight, fast = x, x
    for _, layer in found.layers:
        straight = layer(straight)
    for layer in found.fast:
        fast = layer(fast)
    assert torch.allclose(straight, fast, atol=1e-6)
    assert not torch.allclose(straight, net(x), atol=1e-3)


def test_shuffled_weights_are_the_same_numbers_elsewhere(state: State) -> None:
    net = trainer.saved_network(SETTING, state)
    before = net.get_submodule("conv2").weight.clone()
    found = dict(edits.edited(net, edits.Edits(shuffled=(("conv2", 5),))).layers)["conv2"]
    after = found.weight
    assert torch.equal(after[5].flatten().sort().values, before[5].flatten().sort().values)
    assert not torch.equal(after[5], before[5])
    assert torch.equal(after[:5], before[:5])
    assert torch.equal(net.get_submodule("conv2").weight, before)


def test_other_strides_and_paddings_are_stretched_to_fit_and_say_so(state: State) -> None:
    found = broken(state, stride={"conv1": 2}, padding={"conv2": 0})
    assert found["note"] == {"key": "resized", "from": 2, "to": 7}
    assert 0 <= found["after"] <= 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1]", "Changes are an object"),
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        (" " * 300_000, "too many changes"),
        ('{"off": [{"layer": "fc1", "out": 0}]}', "no convolution 'fc1'; there are conv1, conv2"),
        ('{"off": [{"layer": "conv1", "out": 4}]}', "conv1 has the filters 0 to 3"),
        ('{"off": {}}', "a list of at most"),
        ('{"kernels": [{"layer": "conv2", "out": 0, "in": 4}]}', "input maps 0 to 3"),
        ('{"kernels": [{"layer": "conv1", "out": 0, "values": [[1]]}]}', "3 rows of 3 numbers"),
        (
            '{"kernels": [{"layer": "conv1", "out": 0, "values": [[1,1,1],[1,NaN,1],[1,1,1]]}]}',
            "A weight is a number",
        ),
        ('{"stride": {"conv1": 0}}', "stride is a whole number from 1 to 4"),
        ('{"padding": {"conv9": 1}}', "no convolution 'conv9'"),
        (
            '{"stride": {"conv1": 4, "conv2": 4}, "padding": {"conv1": 0, "conv2": 0}}',
            "pool2 has a window of 2x2 and maps of 1x1",
        ),
    ],
)
def test_edits_that_do_not_go_get_a_sentence(state: State, text: str, said: str) -> None:
    for name in ("rescored", "maps"):
        with pytest.raises(ValueError, match=re.escape(said)):
            inspect(name, state, image=IMAGE, edits=text)


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("maps", {}, "28 x 28 bytes"),
        ("maps", {"image": "<b>"}, "28 x 28 bytes"),
        ("augmented", {"image": IMAGE, "seed": "-1"}, "A seed is a whole number"),
        ("kernel", {"layer": "fc1"}, "no convolution 'fc1'"),
        ("kernel", {"layer": "conv1", "in": "1"}, "input maps 0 to 0"),
        ("cell", {"true": "3"}, '"said" is a digit'),
        ("cell", {"true": "٣", "said": "1"}, '"true" is a digit'),
    ],
)
def test_questions_that_do_not_go_get_a_sentence(
    state: State, name: str, query: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        inspect(name, state, **query)


def test_the_program_says_how_many_epochs_and_where_the_last_one_is_cut() -> None:
    assert loop(replace(SETTING, epochs=2.0))["epochs"] == "for epoch in range(2):"
    assert loop(replace(SETTING, epochs=1.5))["epochs"] == "for epoch in range(2):  # 1.5"
