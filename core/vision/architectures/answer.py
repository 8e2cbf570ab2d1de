"""The same drawing through five trained networks of different kinds, at once, as bytes.

The answer has the form of `core.vision.answer`: a head, then the maps of one stage of each network.
These networks always answer; only the two of "Draw a digit" have learned to refuse.
"""

from __future__ import annotations

import functools
import statistics
import time
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core import weights
from core.headed import headed
from core.schema import Record, choice
from core.vision import doubt
from core.vision.codes import codes
from core.vision.drawing import Drawing, strokes
from core.vision.hand import sample
from core.vision.models import SimpleCNN, normalise
from core.vision.nets import DigitNet, from_simple
from core.vision.preprocess import render
from core.weights import Card, WeightsError

NETS = {
    "simple": "simple_cnn_notes",
    "lenet5": "lenet5",
    "alexnet": "alexnet",
    "vgg": "vgg_wide",
    "tiny": "tiny",
}
"""Each network by its name on the page, with the name of its weights."""
STAGES = ("first", "pool1", "pool2", "last")
"""After the first activation, after each of two poolings, and the last maps of all."""
REPEATS = 40
"""Passes of each network when its time is measured."""


@dataclass(frozen=True)
class Net:
    """A trained network, what is known about it, and the temperature of its probabilities."""

    net: DigitNet
    card: Card
    temperature: float


@functools.cache
def network(name: str) -> Net:
    """A trained network by its name in NETS, loaded once.

    Raises:
        WeightsError: its weights are missing or damaged; the next call looks again.
    """
    file = NETS[name]
    model, card = weights.load(file)
    if isinstance(model, SimpleCNN):
        return Net(from_simple(model), card, doubt.load(file).temperature)
    assert isinstance(model, DigitNet)
    return Net(model, card, float(card["calibration"]["temperature"]))


@dataclass(frozen=True)
class FiveQuestion(Record):
    """What do the five compute from this drawing, and how do their maps look at this stage?"""

    drawing: Drawing = strokes()
    stage: str = choice(STAGES, STAGES[1])


@torch.inference_mode()
def answer(question: FiveQuestion) -> bytes:
    """The maps of the stage and the ten probabilities of each network that is there."""
    picture = torch.from_numpy(render(question.drawing))
    x = normalise(picture)[None, None]
    maps: dict[str, Tensor] = {}
    signed = set()
    answers: dict[str, dict[str, Any]] = {}
    for name in NETS:
        try:
            net = network(name)
        except WeightsError:
            continue  # the page says so beside the network's facts
        outputs = net.net.maps(x)
        layer = at_stage(outputs, question.stage)
        maps[name] = outputs[layer][0]
        if net.net.plan.activation == "tanh":
            signed.add(name)
        probabilities = torch.softmax(outputs["logits"][0] / net.temperature, 0)
        answers[name] = {"layer": layer, "probabilities": probabilities.tolist()}
    layers, code = codes({"input": picture[None], **maps}, signed)
    head = {"layers": layers, "blank": not question.drawing.strokes, "nets": answers}
    return headed(head, code)


def at_stage(outputs: dict[str, Tensor], stage: str) -> str:
    """The layer of a network, by name, that stands at a stage.

    Args:
        outputs: what `DigitNet.maps` returns.
        stage: one of STAGES.
    """
    if stage == "first":
        return "act1"
    if stage != "last":
        return stage
    return [name for name, maps in outputs.items() if maps.dim() == 4 and maps.shape[-1] > 1][-1]


@torch.inference_mode()
def times(repeats: int = REPEATS) -> dict[str, float]:
    """Seconds for one picture, measured here and now on one thread: the median of `repeats`.

    The networks take turns, so that whatever else the machine does meets them alike.
    """
    torch.set_num_threads(1)
    x = normalise(torch.from_numpy(render(sample(3))))[None, None]
    nets = {}
    for name in NETS:
        try:
            nets[name] = network(name).net
        except WeightsError:
            continue
    spent: dict[str, list[float]] = {name: [] for name in nets}
    for _ in range(repeats + 2):
        for name, net in nets.items():
            began = time.perf_counter()
            net(x)
            spent[name].append(time.perf_counter() - began)
    return {name: statistics.median(each[2:]) for name, each in spent.items()}
