"""The networks that "Draw a digit" can show: two that ship, and those somebody has trained here."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from core import weights
from core.schema import Refusal, mark
from core.vision import adopted, doubt
from core.vision.models import SimpleCNN

MODELS = ("ours", "notes")


@dataclass(frozen=True)
class Network:
    """A network with all that is known about it."""

    model: SimpleCNN
    card: dict[str, Any]
    doubt: doubt.Doubt


def network(name: str) -> Network:
    """The shipped network of that name ("ours" or "notes"), or one that was trained here.

    Raises:
        WeightsError: its weights are missing or damaged; the next call looks again.
        Refusal: a trained one that has been forgotten.

    >>> sum(parameter.numel() for parameter in network("ours").model.parameters())
    1630090
    """
    if name in MODELS:
        return _shipped(name)
    trained = adopted.find(name)
    return Network(trained.model, trained.card, doubt.unmeasured())


def checked(name: str) -> str:
    """The name of a network, as it is, whether it has been forgotten or not.

    Raises:
        Refusal: no network is called so.
    """
    if name not in MODELS and not name.startswith(adopted.PREFIX):
        raise Refusal(mark("There is no such model; there are {names}."), names=MODELS)
    return name


def parameters(name: str) -> dict[str, int]:
    """Weights and biases of each layer that has any.

    >>> parameters("ours")
    {'conv1': 320, 'conv2': 18496, 'fc1': 1606144, 'fc2': 5130}
    """
    return {
        layer: sum(p.numel() for p in part.parameters())
        for layer, part in network(name).model.named_children()
        if layer != "pool"
    }


@functools.cache
def _shipped(name: str) -> Network:
    file = f"simple_cnn_{name}"
    model, card = weights.load(file)
    assert isinstance(model, SimpleCNN)
    return Network(model, card, doubt.load(file))
