"""One drawing through five networks: the numbers are the networks' own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from core.headed import read_head
from core.vision.architectures import answer as architectures_answer
from core.vision.architectures import facts as architectures_facts
from core.vision.architectures.answer import (
    NETS,
    STAGES,
    FiveQuestion,
    answer,
    network,
    times,
)
from core.vision.architectures.facts import facts
from core.vision.hand import sample
from core.vision.models import normalise
from core.vision.preprocess import render
from core.weights import WeightsError


def there() -> list[str]:
    found = []
    for name in NETS:
        try:
            network(name)
        except WeightsError:
            continue
        found.append(name)
    return found


def decoded(code: bytes) -> tuple[dict[str, Any], bytes]:
    return read_head(code)


@pytest.mark.parametrize("stage", STAGES)
def test_maps_and_probabilities_are_the_networks(stage: str) -> None:
    drawing = sample(5)
    head, codes = decoded(answer(FiveQuestion(drawing, stage)))
    assert not head["blank"] and list(head["nets"]) == there() != []
    x = normalise(torch.from_numpy(render(drawing)))[None, None]
    for layer in head["layers"][1:]:
        net = network(layer["name"])
        maps = net.net.maps(x)
        said = head["nets"][layer["name"]]
        expected = torch.softmax(maps["logits"][0] / net.temperature, 0)
        assert said["probabilities"] == pytest.approx(expected.tolist(), abs=1e-6)
        shown = maps[said["layer"]][0]
        assert layer["shape"] == list(shown.shape)
        travelled = np.frombuffer(codes, np.int8, shown.numel(), layer["at"]).reshape(shown.shape)
        scales = np.array(layer["scales"])[:, None, None]
        assert np.abs(travelled * scales / 127 - shown.numpy()).max() <= scales.max() / 254 + 1e-5


def test_a_blank_canvas_is_called_blank() -> None:
    assert decoded(answer(FiveQuestion()))[0]["blank"]


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {"drawing": 3},
        {"drawing": [], "stage": "pool9"},
        {"drawing": [], "stage": 1},
        {"drawing": [], "stage": []},
        {"drawing": [[[0, float("nan")]]]},
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(raw: object) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        FiveQuestion.read(raw)


def test_facts_are_those_of_the_cards_or_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    known = facts()
    assert list(known) == list(NETS)
    for name in there():
        low, high = known[name]["interval"]
        assert low < known[name]["accuracy"] < high
        count = sum(p.numel() for p in network(name).net.parameters())
        assert known[name]["parameters"] == count
    assert known["simple"]["parameters"] == 1_630_090
    assert known["simple"]["multiply_adds"] == 5_449_216

    def missing(name: str) -> None:
        raise WeightsError("The weights are missing. Make them with: this")

    for module in (architectures_answer, architectures_facts):
        monkeypatch.setattr(module, "network", missing)
    assert facts()["vgg"] == {"missing": "The weights are missing. Make them with: this"}
    assert times(1) == {}
    assert decoded(answer(FiveQuestion(sample(1))))[0]["nets"] == {}


def test_time_is_measured_for_each_network() -> None:
    found = times(2)
    assert list(found) == there()
    assert all(seconds > 0 for seconds in found.values())
