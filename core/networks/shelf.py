"""Networks that are open: those that visitors brought, for a while, and examples of ours."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import lru_cache

import torch
from torch import Tensor

from core import memory, weights
from core.address import find as located
from core.networks import opening
from core.networks.inputs import Scale
from core.networks.opening import Network
from core.schema import mark
from core.training import shipped
from core.training.carried import Carried
from core.training.job import Job
from core.training.jobs import JOBS, SHIPPED

PREFIX = "net-"
STORED = memory.Store[Network](memory.BROUGHT)
PICTURES = memory.Store[Tensor](memory.BESIDE)

FORGOTTEN = mark("This network has been forgotten; open its file again.")
NO_PICTURE = mark("This picture has been forgotten; choose it again.")


def keep(network: Network, owner: str = "", client: str = "") -> str:
    """Keep a network; returns the unguessable name to find it by.

    Args:
        network: to be kept.
        owner: whose it will be.
        client: the owner's network address.

    Raises:
        Full: there is no room for it.
    """
    name = PREFIX + secrets.token_urlsafe(12)
    STORED.put(name, network, network.bytes, owner, client)
    return name


def keep_picture(pixels: Tensor, owner: str = "", client: str = "") -> str:
    """The same of a picture, (C, H, W) in [0, 1]."""
    name = secrets.token_urlsafe(12)
    PICTURES.put(name, pixels, pixels.nbytes, owner, client)
    return name


def find(name: str) -> Network:
    """The network of a name, an example of ours among them.

    Raises:
        Refusal: it has been forgotten.
    """
    return example(name) if name in EXAMPLES else STORED.find(name, FORGOTTEN)


def picture(name: str) -> Tensor:
    """The picture of a name.

    Raises:
        Refusal: it has been forgotten.
    """
    return PICTURES.find(name, NO_PICTURE)


def _digits(name: str) -> Callable[[], Carried]:
    def carried() -> Carried:
        network, _card = weights.load(name)
        return Carried(network, {"image": torch.zeros(1, 1, 28, 28)}, ("logits",), batch=True)

    return carried


def _run(name: str) -> Callable[[], Carried]:
    def carried() -> Carried:
        recording = shipped.load(SHIPPED[name])
        job: Job = located(JOBS[recording.job])
        assert job.carried is not None
        return job.carried(job.read(recording.config), recording.saved[-1].state)

    return carried


EXAMPLES: dict[str, tuple[Callable[[], Carried], Scale]] = {
    "simple": (_digits("simple_cnn_ours"), "signed"),
    "lenet5": (_digits("lenet5"), "signed"),
    "sine": (_run("sine"), "unit"),
    "it": (_run("it"), "unit"),
}
"""Networks of ours, each made into an ONNX file when it is opened, and what it was trained on."""


@lru_cache(maxsize=len(EXAMPLES))
def example(name: str) -> Network:
    """One of them, by way of its file.

    Raises:
        WeightsError: its weights are missing or damaged.
    """
    make, _scale = EXAMPLES[name]
    return opening.read(f"{name}.onnx", make().onnx())
