"""Networks somebody has just trained, ready for "Draw a digit": in memory only, for a while.

They have the architecture of the notes, so that all of the page is about them as about the shipped
ones; how sure they may be, and what is no digit, nobody has measured.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch

from core import memory
from core.memory import Store
from core.schema import Refusal, mark
from core.training.job import State
from core.vision import nets
from core.vision.finetune import job as finetune
from core.vision.models import SimpleCNN
from core.vision.nets import DigitNet
from core.vision.training import inspections

PREFIX = "run-"
_NETS: Mapping[str, Callable[[Any, State], DigitNet]] = {
    "cnn": inspections.net_of,
    "hand": finetune.trained,
}
_PAIRS = {"conv1": "conv1", "conv2": "conv2", "fc1": "fc1", "logits": "fc2"}


@dataclass(frozen=True)
class Adopted:
    """One of them, and what is known about it."""

    model: SimpleCNN
    card: dict[str, Any]


STORED = Store[Adopted](memory.NETWORKS)


def adopt(
    job: str,
    config: Any,
    written: Mapping[str, Any],
    state: State,
    owner: str = "",
    client: str = "",
) -> str:
    """Take over the network of a run's state; returns the unguessable name to find it by.

    Args:
        job: "cnn" or "hand".
        config: the run's, as its job has read it.
        written: the same as plain JSON, for the card.
        state: which state.
        owner: whose it will be.
        client: the owner's network address.

    Raises:
        Full: there is no room for it.
        Refusal: the run is of another job, or its network has another architecture.
    """
    if job not in _NETS:
        raise Refusal(mark("Only a network for digits can be used there."))
    model = as_simple(_NETS[job](config, state))
    setting = {name: value for name, value in written.items() if name != "drawings"}
    name = PREFIX + secrets.token_urlsafe(12)
    card = {"trained": "in this session", "step": state.step, **setting}
    size = sum(parameter.nbytes for parameter in model.parameters())
    STORED.put(name, Adopted(model, card), size, owner, client)
    return name


FORGOTTEN = mark("This network has been forgotten; choose another one, or train it again.")
ANOTHER = mark(
    "“Draw a digit” shows networks of the notes' architecture with ReLU; this is another."
)


def find(name: str) -> Adopted:
    """The network of a name.

    Raises:
        Refusal: it has been forgotten.
    """
    return STORED.find(name, FORGOTTEN)


def as_simple(net: DigitNet) -> SimpleCNN:
    """The same function as the notes' SimpleCNN, with its own parameters.

    Raises:
        Refusal: it has another architecture.
    """
    if net.plan.layers != nets.simple().layers or net.plan.activation != "relu":
        raise Refusal(ANOTHER)
    layers = dict(net.bare().named_children())
    model = SimpleCNN()
    for theirs, ours in _PAIRS.items():
        with torch.no_grad():
            getattr(model, ours).load_state_dict(layers[theirs].state_dict())
    return model.eval().requires_grad_(False)
