"""The job "hand": a trained network learns somebody's own digits, and what it forgets in doing so.

A network that learns new examples alone loses what it knew (McCloskey and Cohen, "Catastrophic
interference in connectionist networks", 1989). The remedy here is rehearsal: a share of each batch
comes from the old digits (Robins, "Catastrophic forgetting, rehearsal and pseudorehearsal", 1995).
Batches of 32, plain gradient descent.

Names of what a run tells:
    series   "loss"  cross-entropy of each step's batch, nats
             "hand"  share of the new digits that are right after the step: those held back, or all
                     where fewer than 10 were drawn
             "mnist" the same on 1,000 old digits that are never learned from; both about 25 times
                     in a run, nan between
    marks    "hand", "mnist" when they were last measured, "hand.start", "mnist.start" before the
             first step, "judged" how many new digits "hand" counts
    pictures "confusion" (10, 10) the old digits: row the true one, column what was said
             "said" (N, 2) each drawing now: what is said, and the probability of its own label
             "held" (N,) 1 where a drawing is held back
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from safetensors.torch import load, save
from torch import Tensor
from torch.nn.functional import cross_entropy

from core import weights
from core.training.job import Failure, Job, Log, State
from core.vision.finetune.data import available, old
from core.vision.finetune.program import source
from core.vision.finetune.setting import NETWORKS, FinetuneSetting, as_ink
from core.vision.mnist import Digits
from core.vision.models import CLASSES, SimpleCNN
from core.vision.nets import DigitNet, from_simple
from core.vision.shipped.recipes import as_input

BATCH = 32
HELD = 0.25
"""Share of the drawings that is held back, where there are enough."""
ENOUGH = 10
LOOKS = 25
"""How often a run is measured."""
DIVERGED = 1e6
_AT_ONCE = 250


def network(name: str) -> DigitNet:
    """The shipped network that a run begins with, its own copy.

    Raises:
        WeightsError: its weights are missing or damaged.
    """
    model, _ = weights.load(name)
    if isinstance(model, SimpleCNN):
        model = from_simple(model)
    assert isinstance(model, DigitNet)
    return model


def _read(given: Mapping[str, Any]) -> FinetuneSetting:
    """As `FinetuneSetting.read`; without "data", of what this machine has."""
    return FinetuneSetting.read({"data": available()} | dict(given))


def drawings(config: FinetuneSetting) -> Digits:
    """The drawings as pictures and labels."""
    ink = b"".join(each.ink for each in config.drawings)
    images = torch.frombuffer(bytearray(ink), dtype=torch.uint8).view(-1, 28, 28)
    return Digits(images, torch.tensor([each.label for each in config.drawings]))


def held(config: FinetuneSetting) -> Tensor:
    """Which drawings are held back, bool (N,): a quarter of them, none where they are few."""
    count = len(config.drawings)
    found = torch.zeros(count, dtype=torch.bool)
    if count >= ENOUGH:
        order = torch.randperm(count, generator=torch.Generator().manual_seed(config.seed))
        found[order[: round(HELD * count)]] = True
    return found


def rehearsed(rehearsal: float) -> int:
    """How many of a batch are old digits."""
    return round(BATCH * rehearsal)


def batch(config: FinetuneSetting, step: int) -> tuple[Tensor, Tensor]:
    """The batch of a step, float32 (B, 1, 28, 28) and labels (B,); seed and step decide it."""
    generator = torch.Generator().manual_seed(config.seed * 1_000_003 + step)
    new, again = drawings(config)[~held(config)], rehearsed(config.rehearsal)
    taken = new[torch.randint(len(new), (BATCH - again,), generator=generator)]
    if not again:
        return as_input(taken.images), taken.labels
    before = old(config.data)[0]
    before = before[torch.randint(len(before), (again,), generator=generator)]
    images = torch.cat([taken.images, before.images])
    return as_input(images), torch.cat([taken.labels, before.labels])


class _Learner:
    """The network of a run, and what was last measured of it."""

    def __init__(self, config: FinetuneSetting, state: State | None = None) -> None:
        self.config = config
        self.net = network(NETWORKS[config.network])
        last = list(self.net.children())[-1]
        self.learning = list((last if config.frozen == "body" else self.net).parameters())
        self.confusion = torch.zeros(CLASSES, CLASSES)
        self.hand = self.began = (math.nan, math.nan)
        if state is not None:
            tensors = load(state.tensors)
            _fill(self.net, tensors)
            self.confusion = tensors["measured.confusion"]
            right = tensors["measured.right"].tolist()
            self.hand, self.began = (right[0], right[1]), (right[2], right[3])
        for parameter in self.learning:
            parameter.requires_grad_(True)

    def pack(self, step: int) -> State:
        tensors = {f"net.{key}": value.contiguous() for key, value in self.net.state_dict().items()}
        tensors["measured.confusion"] = self.confusion
        tensors["measured.right"] = torch.tensor([*self.hand, *self.began], dtype=torch.float64)
        return State(step, save(tensors))

    def step(self, count: int, rate: float) -> float | None:
        """Take the step that follows `count` others; its loss, None if it is of no use."""
        pictures, labels = batch(self.config, count)
        loss = cross_entropy(self.net(pictures), labels)
        value = float(loss.detach())
        if not value < DIVERGED:  # nan is not
            return None
        gradients = torch.autograd.grad(loss, self.learning)
        with torch.no_grad():
            for parameter, gradient in zip(self.learning, gradients, strict=True):
                parameter.sub_(gradient, alpha=rate)
        return value

    def measure(self) -> tuple[float, float]:
        """How often the network is right on new and on old digits, kept in `hand`."""
        drawn, judged = drawings(self.config), held(self.config)
        if judged.any():
            drawn = drawn[judged]
        right = logits(self.net, drawn.images).argmax(1) == drawn.labels
        before = old(self.config.data)[1]
        said = logits(self.net, before.images).argmax(1)
        cells = torch.bincount(before.labels * CLASSES + said, minlength=CLASSES**2)
        self.confusion = cells.view(CLASSES, CLASSES).float()
        self.hand = (
            float(right.double().mean()),
            float((said == before.labels).double().mean()),
        )
        return self.hand

    def log(self, series: Mapping[str, list[float]], failure: Failure | None = None) -> Log:
        drawn, judged = drawings(self.config), held(self.config)
        shares = logits(self.net, drawn.images).softmax(1)
        own = shares.gather(1, drawn.labels[:, None])[:, 0]
        said = torch.stack([shares.argmax(1).float(), own], 1)
        marks = {
            "hand": self.hand[0],
            "mnist": self.hand[1],
            "hand.start": self.began[0],
            "mnist.start": self.began[1],
            "judged": float(judged.sum() or len(judged)),
        }
        pictures = {"confusion": self.confusion, "said": said, "held": judged.float()}
        return Log(
            {name: np.array(values, np.float32) for name, values in series.items()},
            marks,
            {name: picture.numpy() for name, picture in pictures.items()},
            failure=failure,
        )


@torch.no_grad()
def logits(net: DigitNet, images: Tensor) -> Tensor:
    """uint8 (N, 28, 28) -> (N, 10)."""
    return torch.cat([net(as_input(part)) for part in torch.split(images, _AT_ONCE)])


def due(config: FinetuneSetting, step: int) -> bool:
    """Whether the run is measured after so many steps."""
    return step % max(1, math.ceil(config.steps / LOOKS)) == 0 or step == config.steps


def start(config: FinetuneSetting) -> tuple[State, Log]:
    """The state before the first step; see `core.training.job.Job`."""
    learner = _Learner(config)
    learner.began = learner.measure()
    return learner.pack(0), learner.log({})


def advance(config: FinetuneSetting, state: State, budget: int, rate: float) -> tuple[State, Log]:
    """Go on; see `core.training.job.Job`."""
    learner = _Learner(config, state)
    series: dict[str, list[float]] = {"loss": [], "hand": [], "mnist": []}
    failure: Failure | None = None
    step = state.step
    while step < min(config.steps, state.step + budget):
        loss = learner.step(step, rate)
        if loss is None:
            failure = "diverged"
            break
        step += 1
        hand, mnist = learner.measure() if due(config, step) else (math.nan, math.nan)
        for name, value in (("loss", loss), ("hand", hand), ("mnist", mnist)):
            series[name].append(value)
    return learner.pack(step), learner.log(series, failure)


def trained(config: FinetuneSetting, state: State) -> DigitNet:
    """The network of a state, to be looked at."""
    net = network(NETWORKS[config.network])
    _fill(net, load(state.tensors))
    return net


@lru_cache(maxsize=len(NETWORKS))
def _before(name: str) -> DigitNet:
    return network(name)


def said(config: FinetuneSetting, state: State, query: Mapping[str, str]) -> dict[str, list[float]]:
    """What the network says to a picture (`image`), and what it said before: probabilities (10,).

    Raises:
        ValueError: there is no such picture.
    """
    ink = as_ink(query.get("image"))
    image = torch.frombuffer(bytearray(ink), dtype=torch.uint8).view(1, 28, 28)
    nets = {"before": _before(NETWORKS[config.network]), "now": trained(config, state)}
    return {name: logits(net, image).softmax(1)[0].tolist() for name, net in nets.items()}


def _fill(net: DigitNet, tensors: Mapping[str, Tensor]) -> None:
    net.load_state_dict({key: tensors[f"net.{key}"].float() for key in net.state_dict()})


def program(config: FinetuneSetting, rates: tuple[tuple[int, float], ...]) -> str:
    """A runnable program that repeats the run."""
    return source(config.write(), NETWORKS[config.network], rates)


JOB = Job(
    name="hand",
    read=_read,
    write=FinetuneSetting.write,
    steps=lambda config: config.steps,
    learning_rate=lambda config: config.learning_rate,
    start=start,
    advance=advance,
    looks={"said": said},
    program=program,
)
