"""What stands behind the convolutions: fully connected layers, or the mean of each map."""

from __future__ import annotations

import json
from dataclasses import dataclass

from core.vision.nets import PLANS
from core.vision.training.layers import layers
from core.weights import FOLDER

CARDS = {"simple": "simple_cnn_notes"} | {name: name for name in PLANS if name != "simple"}
"""The card that says how well a plan does, by the name of the plan."""


@dataclass(frozen=True)
class Head:
    """A network's parameters, in its convolutions and behind them, and how well it does.

    Attributes:
        name: of its plan.
        features: learned in the convolutions and their normalisation.
        head: learned in the fully connected layers.
        pooled: whether each map is reduced to its mean before them.
        inputs: numbers of a picture that the fully connected layers are given.
        accuracy: on MNIST's test digits, as its card says.
    """

    name: str
    features: int
    head: int
    pooled: bool
    inputs: int
    accuracy: float


def heads() -> list[Head]:
    """The networks of the course for digits.

    Raises:
        OSError: a card is missing.
    """
    return [_head(name) for name in PLANS]


def _head(name: str) -> Head:
    plan = PLANS[name]()
    found = layers(plan)
    linear = sum(layer.parameters for layer in found if layer.kind == "linear")
    card = json.loads((FOLDER / f"{CARDS[name]}.json").read_text(encoding="utf-8"))
    return Head(
        name,
        sum(layer.parameters for layer in found) - linear,
        linear,
        "mean" in plan.layers,
        next(layer.shape[0] for layer in found if layer.kind == "flatten"),
        card["scores"]["mnist_test"]["accuracy"],
    )
