"""The maps in front of the stacks: the network's own, each of a layer of its table."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.headed import read_head
from core.schema import Refusal
from core.vision.architectures.answer import network
from core.vision.architectures.number import Number, opened
from core.vision.architectures.stacks import RUNNING, StackQuestion, answer, layers
from core.vision.architectures.table import table
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.models import normalise
from core.vision.preprocess import render
from core.vision.rules import Cell


def _input(drawing: Drawing) -> torch.Tensor:
    return normalise(torch.from_numpy(render(drawing)))[None, None]


@pytest.mark.parametrize("name", RUNNING)
def test_each_row_of_the_table_has_what_the_network_makes_there(name: str) -> None:
    net = network(RUNNING[name]).net
    with torch.inference_mode():
        found, made = layers(net, _input(sample(3))), net.maps(_input(sample(3)))
    assert [tuple(layer.output.shape) for layer in found] == [r.outputs for r in table(name).rows]
    for layer, row in zip(found, table(name).rows, strict=True):
        assert torch.equal(layer.output, made[layer.array][0])
        assert layer.array.startswith("act") == bool(row.aside and row.kind in ("conv", "fc"))


@pytest.mark.parametrize("name", RUNNING)
def test_the_map_in_front_is_sent_and_opens(name: str) -> None:
    drawing = sample(4)
    sent = answer(StackQuestion(name, drawing))
    head, body = read_head(sent)
    code = np.frombuffer(body, np.int8)
    assert head["net"] == name and not head["blank"]
    for layer, array, front in zip(head["layers"][1:], head["arrays"], head["fronts"], strict=True):
        shape = layer["shape"]
        index = (front, shape[1] // 2, shape[2] // 2) if len(shape) > 1 else (len(code) % 7,)
        at = index[1] * shape[2] + index[2] if len(shape) > 1 else index[0]
        value = code[layer["at"] + at] * layer["scales"][0] / 127
        exact = opened(drawing, Number(RUNNING[name], Cell(array, index))).value
        assert value == pytest.approx(exact, abs=layer["scales"][0] / 127)
    assert sum(head["probabilities"]) == pytest.approx(1, abs=1e-5)


def test_the_map_in_front_varies_and_a_pooling_keeps_it() -> None:
    with torch.inference_mode():
        found = layers(network("vgg").net, _input(sample(3)))
    convolution, pooling = found[1], found[2]
    assert convolution.output.flatten(1).var(1).max() == convolution.shown.var()
    assert pooling.array == "pool1" and pooling.front == convolution.front


def test_what_does_not_run_here_is_refused() -> None:
    with pytest.raises(Refusal):
        StackQuestion.read({"net": "vgg19", "drawing": sample(3).lists()})
