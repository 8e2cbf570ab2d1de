"""What a training on digits can be made of, and what it may cost."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import pytest

from core.training.limits import Limits
from core.vision.fair.scaled import cost
from core.vision.nets import PLANS
from core.vision.training import setting as limits
from core.vision.training.layers import layers, multiply_adds, parameters
from core.vision.training.presets import PRESETS
from core.vision.training.setting import CnnSetting


def test_the_defaults_are_the_notes_recipe() -> None:
    notes = CnnSetting.read(PRESETS["notes"])
    assert notes == CnnSetting()
    assert (notes.batch, notes.learning_rate, notes.momentum, notes.epochs) == (64, 0.01, 0.9, 10)
    assert (notes.optimiser, notes.schedule, notes.augment) == ("sgd", "constant", "none")
    assert parameters(notes.plan) == 1_630_090


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_settings_and_come_back_from_json(name: str) -> None:
    setting = CnnSetting.read(PRESETS[name])
    assert CnnSetting.read(setting.write()) == setting


@pytest.mark.parametrize("plan", [*(make() for make in PLANS.values())])
def test_costs_are_those_of_torch_s_own_counter(plan: Any) -> None:
    assert (multiply_adds(plan)) == cost(plan).multiply_adds
    if not plan.norm:
        assert parameters(plan) == cost(plan).parameters


def test_layers_say_what_they_are() -> None:
    found = {layer.name: layer for layer in layers(CnnSetting(norm=True, dropout=0.5).plan)}
    assert [layer.kind for layer in found.values()][:4] == ["conv", "norm", "activation", "pool"]
    conv = found["conv2"]
    assert (conv.shape, conv.kernel, conv.stride, conv.padding) == ((64, 14, 14), 3, 1, 1)
    assert found["logits"].shape == (10,) and found["drop1"].kind == "dropout"


@pytest.mark.parametrize(
    ("given", "steps"),
    [({}, 8600), ({"epochs": 0.1}, 86), ({"images": 100, "epochs": 1}, 2), ({"data": "pen"}, 470)],
)
def test_steps_come_from_digits_batches_and_epochs(given: dict[str, Any], steps: int) -> None:
    assert CnnSetting.read(given).steps == steps


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"layers": 3}, "no field 'layers'"),
        ({"architecture": "resnet"}, "Architecture is one of simple, lenet5"),
        ({"norm": 1}, "Batch normalisation is true or false, not 1"),
        ({"batch": 7}, "Batch is a whole number from 8 to 512, not 7"),
        ({"batch": 64.5}, "Batch is a whole number"),
        ({"learning_rate": float("nan")}, "Learning rate is a number from 0.00001 to 1"),
        ({"momentum": True}, "Momentum is a number"),
        ({"dropout": "<b>"}, "Dropout is a number from 0 to 0.9"),
        ({"seed": 10**400}, "Seed is a whole number"),
        ({"architecture": "own", "kernel": 4}, "odd side, such as 3 or 5"),
        ({"batch": 8}, "68,750 steps, at most 20,000"),
        ({"architecture": "vgg", "batch": 512}, "take a batch of at most 339"),
        (
            {"architecture": "own", "channels": 64, "kernel": 7, "batch": 256},
            "multiply-adds, at most 30 billion are possible: take a batch of at most 120",
        ),
    ],
)
def test_what_does_not_go_gets_a_sentence(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        CnnSetting.read(given)


def test_the_engine_can_keep_some_states_of_the_largest_network() -> None:
    first, later = 4 * limits.MAX_PARAMETERS, 4 * 3 * limits.MAX_PARAMETERS
    assert first + 2 * later < Limits().run_bytes


@pytest.mark.parametrize("architecture", [*PLANS, "own"])
def test_a_step_never_holds_more_than_its_limit(architecture: str) -> None:
    most = 0
    for batch in (8, 64, 128, 256, 512):
        given = {"architecture": architecture, "batch": batch, "norm": True, "images": 1000}
        with suppress(ValueError):
            most = max(most, batch * limits.held(CnnSetting.read(given).plan))
    assert 0 < most <= limits.MAX_HELD
