"""What a network that is open answers."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from core.headed import read_head
from core.networks import answer, breaking, inputs, limits, opening, running, shelf
from core.networks.answer import NumberQuestion, PassQuestion, ScoreQuestion
from core.networks.layers import layers, told
from core.opened import Cell
from core.schema import Refusal
from core.vision import mnist
from core.vision.hand import sample
from tests.core.networks.zoo import EXAMPLES, onnx_of


def head(question: PassQuestion) -> dict[str, Any]:
    """The JSON of an answer, each of its layers with its codes' length checked."""
    found, codes = read_head(answer.answer(question))
    ends = [each["at"] + torch.Size(each["shape"]).numel() for each in found["layers"]]
    assert max(ends) == len(codes)
    return found


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    """Every network of the zoo, kept."""
    return {
        each.name: shelf.keep(opening.read("a.onnx", each.exported()[2]), owner=each.name)
        for each in EXAMPLES
    }


def test_every_network_answers_at_once(names: dict[str, str]) -> None:
    for name, net in names.items():
        found = head(PassQuestion(net, sample(3)))
        rows = told(shelf.find(net))
        assert {each["name"] for each in found["layers"]} <= {"input", *(r["array"] for r in rows)}
        assert found["outputs"] and found["count"] >= len(found["outputs"]), name


@pytest.mark.parametrize("name", shelf.EXAMPLES)
def test_every_example_answers(name: str) -> None:
    found = head(PassQuestion(name, sample(3), scale=shelf.EXAMPLES[name][1]))
    assert found["outputs"]


def test_the_shipped_network_reads_a_digit_and_each_of_its_numbers_opens() -> None:
    question = {"net": "simple", "drawing": sample(3).lists(), "scale": "signed"}
    found = head(PassQuestion.read(question))
    assert found["outputs"][0]["at"] == 3 and found["shares"][0] > 0.9
    assert not found["blank"]
    number = f"{found['array']}.4"
    asked = question | {"number": {"array": found["array"], "index": [3]}}
    opened = answer.number(NumberQuestion.read(asked))
    assert opened["number"] == number and opened["opened"]["kind"] == "dot"
    assert opened["opened"]["value"] == pytest.approx(found["outputs"][0]["value"], abs=1e-4)


def test_a_broken_kernel_makes_a_map_of_its_bias_alone() -> None:
    first = layers(shelf.find("simple"))[0]
    off = f"{first.array}.5"
    question = PassQuestion("simple", sample(3), scale="signed", off=off, layer=first.array, map=5)
    ran = answer.passed(question)
    made = ran.known[first.node.outputs[0]][0, 5]
    assert made.unique().numel() == 1
    found = {each["name"]: each for each in head(question)["layers"]}
    assert found["kernel"]["shape"] == [1, 3, 3] and not any(found["kernel"]["scales"])
    assert found["shown"]["shape"] == [32, 28, 28]
    whole = shelf.find("simple").graph.weights[first.node.inputs[1]]
    assert whole[5].abs().sum() > 0  # the network on the shelf is whole


@pytest.mark.parametrize("off", ["x", "layer_1.99", "layer_2.0", "layer_99.1", "layer_1.0,"])
def test_what_cannot_be_broken_is_refused(off: str) -> None:
    with pytest.raises(Refusal):
        answer.passed(PassQuestion("simple", sample(3), off=off))


def test_broken_kernels_are_read() -> None:
    assert breaking.read("") == ()
    with pytest.raises(Refusal, match="At most"):
        breaking.read(",".join(f"layer_1.{i}" for i in range(65)))


def test_numbers_are_typed_for_what_reads_no_picture(names: dict[str, str]) -> None:
    network = shelf.find(names["rnn"])
    assert inputs.form(network).kind == "series"
    assert inputs.of_text(network, "1, -2.5 3e-1").flatten()[:4].tolist() == pytest.approx(
        [1, -2.5, 0.3, 0]
    )
    tokens = shelf.find(names["letters"])
    assert inputs.form(tokens) == inputs.Form("tokens", (14,), kinds=30)
    assert inputs.of_text(tokens, "29 0").dtype == torch.int64
    for net, text in ((network, "one"), (network, "1 " * 21), (network, "1e99"), (network, "inf"),
                      (tokens, "30"), (tokens, "-1"), (tokens, "1.5")):  # fmt: skip
        with pytest.raises(Refusal):
            inputs.of_text(net, text)


def test_a_picture_takes_the_place_of_the_drawing(names: dict[str, str]) -> None:
    name = shelf.keep_picture(torch.rand(3, 40, 60))
    for net in ("mobile", "lenet", "perceptron"):
        ran = answer.passed(PassQuestion(names[net], picture=name))
        given = ran.known[ran.network.graph.inputs[0].name]
        assert given.shape == ran.network.shapes[ran.network.graph.inputs[0].name]
    with pytest.raises(Refusal, match="forgotten"):
        answer.passed(PassQuestion(names["lenet"], picture="gone"))
    with pytest.raises(Refusal, match="forgotten"):
        answer.passed(PassQuestion("net-gone"))


def test_the_scales_are_what_they_say() -> None:
    ink = torch.tensor([0.0, 0.5, 1.0])
    assert inputs.scaled(ink, "signed").tolist() == [-1, 0, 1]
    assert inputs.scaled(ink, "bytes").tolist() == [0, 127.5, 255]
    assert inputs.scaled(ink, "mnist")[0] == pytest.approx(-0.4242, abs=1e-4)


@pytest.mark.skipif(not any((p / "MNIST").is_dir() for p in mnist.places()), reason="no MNIST")
def test_the_scale_is_of_mnists_training_digits_and_the_score_is_the_networks() -> None:
    pixels = mnist.load("train").images.float() / 255
    assert float(pixels.mean()) == pytest.approx(inputs.MEAN, abs=1e-4)
    assert float(pixels.std()) == pytest.approx(inputs.DEVIATION, abs=1e-4)
    right = answer.score(ScoreQuestion("lenet5", "signed"))
    assert right["of"] == 10_000 and right["right"] / right["of"] > 0.98
    wrong = answer.score(ScoreQuestion("lenet5", "bytes"))
    assert wrong["right"] < right["right"]


@pytest.mark.skipif(not any((p / "MNIST").is_dir() for p in mnist.places()), reason="no MNIST")
def test_one_example_at_a_time_and_many_at_once_are_as_often_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answer, "WORK", 1)
    network, given = EXAMPLES[1].built()
    axes = {"input.1": {0: "batch"}}
    both = [onnx_of(network, given), onnx_of(network, given, dynamic_axes=axes)]
    nets = [shelf.keep(opening.read("a.onnx", content)) for content in both]
    scores = [answer.score(ScoreQuestion(net)) for net in nets]
    assert scores[0] == scores[1] and scores[0]["of"] == answer.BATCH


def test_what_reads_no_digits_has_no_score(names: dict[str, str]) -> None:
    assert answer.reads_digits(shelf.find(names["lenet"]))
    for name in ("unet", "mobile", "rnn", "letters"):
        assert not answer.reads_digits(shelf.find(names[name])), name
        with pytest.raises(Refusal, match="28 × 28"):
            answer.score(ScoreQuestion(names[name]))


def test_maps_are_thinned_out_where_there_are_too_many() -> None:
    network = nn.Conv2d(1, 200, 3, padding=1).eval()
    net = opening.read("a.onnx", onnx_of(network, (torch.zeros(1, 1, 300, 300),)))
    assert net.bytes < limits.WEIGHTS
    found = head(PassQuestion(shelf.keep(net), sample(3), layer="layer_1"))
    shapes = {each["name"]: each["shape"] for each in found["layers"]}
    assert torch.Size(shapes["shown"]).numel() <= answer.CELLS


def test_an_infinite_number_is_no_number_in_an_answer() -> None:
    class Log(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.log(x * 0)

    net = shelf.keep(opening.read("a.onnx", onnx_of(Log(), (torch.zeros(1, 4),))))
    found = head(PassQuestion(net))
    assert found["outputs"][0]["value"] is None and found["shares"] is None
    opened = answer.number(NumberQuestion(net, number=Cell(found["array"], (0,))))
    assert opened["opened"]["value"] is None
    assert running.run(shelf.find(net).graph, {"onnx::Mul_0": torch.zeros(1, 4)})
