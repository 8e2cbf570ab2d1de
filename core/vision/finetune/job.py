"""The job "hand": a trained network learns somebody's own digits, and what it forgets in doing so.

A network that learns new examples alone loses what it knew (McCloskey and Cohen, "Catastrophic
interference in connectionist networks", 1989). The remedy here is rehearsal: a share of each batch
comes from the old digits (Robins, "Catastrophic forgetting, rehearsal and pseudorehearsal", 1995).
Batches of 32, plain gradient descent.

Names of what a run reports:
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

import torch
from safetensors.torch import load
from torch import Tensor
from torch.nn.functional import cross_entropy

from core import weights
from core.opened import Given, Rules, Share
from core.opened import scored as opened
from core.training.carried import Carried
from core.training.job import State
from core.training.learner import DIVERGED, Learner, Parts, job, loaded
from core.training.optimiser import Optimiser
from core.vision import net_number
from core.vision.finetune.data import old
from core.vision.finetune.goals import GOALS
from core.vision.finetune.program import source
from core.vision.finetune.setting import NETWORKS, FinetuneSetting
from core.vision.ink import as_image, as_ink
from core.vision.mnist import Digits
from core.vision.models import CLASSES, SimpleCNN
from core.vision.nets import DigitNet, from_simple
from core.vision.shipped.recipes import as_input
from core.vision.training.data import with_data
from core.vision.training.trainer import confusion

BATCH = 32
HELD = 0.25
"""Share of the drawings that is held back, where there are enough."""
ENOUGH = 10
INSPECTIONS = 25
"""How often a run is measured."""
DIGITS = tuple(map(str, range(CLASSES)))
MEASURED = "measured.confusion"
"""What of a state is the confusion matrix of the old digits."""
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


def drawings(config: FinetuneSetting) -> Digits:
    """The drawings as pictures and labels."""
    ink = b"".join(each.ink for each in config.drawings)
    images = torch.frombuffer(bytearray(ink), dtype=torch.uint8).view(-1, 28, 28)
    return Digits(images, torch.tensor([each.label for each in config.drawings]))


def held(config: FinetuneSetting) -> Tensor:
    """Which drawings are held back, bool (N,): a quarter of them, none where they are few."""
    count = len(config.drawings)
    mask = torch.zeros(count, dtype=torch.bool)
    if count >= ENOUGH:
        order = torch.randperm(count, generator=torch.Generator().manual_seed(config.seed))
        mask[order[: round(HELD * count)]] = True
    return mask


def counted(config: FinetuneSetting) -> Digits:
    """The new digits that a run is measured on: those held back, all where there are none."""
    drawn, judged = drawings(config), held(config)
    return drawn[judged] if judged.any() else drawn


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


class Tuned(Learner):
    """The network of a run, and what was last measured of it.

    Attributes:
        confusion: of old digits, (10, 10).
        right: shares right on new and old digits, now and before the first step, float64 (4,).
    """

    series = ("loss", "hand", "mnist")

    def __init__(self, config: FinetuneSetting) -> None:
        """Take the shipped network."""
        self.config = config
        self.net = network(NETWORKS[config.network])
        last = list(self.net.children())[-1]
        learning = list((last if config.frozen == "body" else self.net).parameters())
        for parameter in learning:
            parameter.requires_grad_(True)
        self.optimiser = Optimiser("sgd", learning)
        self.confusion = torch.zeros(CLASSES, CLASSES)
        self.right = torch.full((4,), math.nan, dtype=torch.float64)

    def parts(self) -> Parts:
        """See `Learner`."""
        return [
            ("net", self.net),
            ("net", self.optimiser),
            (MEASURED, self.confusion),
            ("measured.right", self.right),
        ]

    def begin(self) -> None:
        """Measure what the network can do before it learns."""
        self.measure()
        self.right[2:] = self.right[:2]

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take the step that follows `count` others."""
        pictures, labels = batch(self.config, count)
        loss = cross_entropy(self.net(pictures), labels)
        value = float(loss.detach())
        if not value < DIVERGED:  # nan is not
            return None
        self.optimiser.descend(loss, count, rate)
        return {"loss": value}

    def due(self, step: int) -> bool:
        """About INSPECTIONS times in a run, and at its end."""
        every = max(1, math.ceil(self.config.steps / INSPECTIONS))
        return bool(step % every == 0 or step == self.config.steps)

    def measure(self) -> dict[str, float]:
        """How often the network is right on new and on old digits."""
        drawn = counted(self.config)
        right = logits(self.net, drawn.images).argmax(1) == drawn.labels
        before = old(self.config.data)[1]
        predicted = logits(self.net, before.images).argmax(1)
        self.confusion.copy_(confusion(predicted, before.labels))
        hand = float(right.double().mean())
        mnist = float((predicted == before.labels).double().mean())
        self.right[:2] = torch.tensor([hand, mnist], dtype=torch.float64)
        return {"hand": hand, "mnist": mnist}

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """What was last measured, and what is said to each drawing."""
        drawn, judged = drawings(self.config), held(self.config)
        shares = logits(self.net, drawn.images).softmax(1)
        own = shares.gather(1, drawn.labels[:, None])[:, 0]
        answers = torch.stack([shares.argmax(1).float(), own], 1)
        names = ("hand", "mnist", "hand.start", "mnist.start")
        marks = dict(zip(names, self.right.tolist(), strict=True))
        marks["judged"] = float(judged.sum() or len(judged))
        pictures = {"confusion": self.confusion, "said": answers, "held": judged.float()}
        return marks, {name: picture.numpy().copy() for name, picture in pictures.items()}


@torch.no_grad()
def logits(net: DigitNet, images: Tensor) -> Tensor:
    """uint8 (N, 28, 28) -> (N, 10)."""
    return torch.cat([net(as_input(part)) for part in torch.split(images, _AT_ONCE)])


def trained(config: FinetuneSetting, state: State) -> DigitNet:
    """The network of a state, to be looked at."""
    net = network(NETWORKS[config.network])
    loaded(state, {"net": net})
    return net


@lru_cache(maxsize=len(NETWORKS))
def _before(name: str) -> DigitNet:
    return network(name)


def answers(
    config: FinetuneSetting, state: State, query: Mapping[str, str]
) -> dict[str, list[float]]:
    """What the network says to a picture (`image`), and what it said before: probabilities (10,).

    Raises:
        ValueError: there is no such picture.
    """
    image = as_image(as_ink(query.get("image")))[None]
    nets = {"before": _before(NETWORKS[config.network]), "now": trained(config, state)}
    return {name: logits(net, image).softmax(1)[0].tolist() for name, net in nets.items()}


def number(config: FinetuneSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """How the number "number" of the network "before" or "now" comes about for a picture.

    Raises:
        ValueError: there is no such picture, or no such number.
    """
    ink = as_image(as_ink(query.get("image"))).float() / 255
    nets = {"before": _before(NETWORKS[config.network]), "now": trained(config, state)}
    return net_number.answer(
        {name: (net, ink) for name, net in nets.items()}, query.get("number", "")
    )


def score(config: FinetuneSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """How many digits are right: see `core.opened.scored.score`.

    "part" is "hand" or "mnist" as in a run, "drawings": all of them, or "counted": "shares" and
    "counts" (10, 10) of the old digits, row the true one, column what was said.
    """

    def answered(digits: Digits) -> opened.Scored:
        outputs = logits(trained(config, state), digits.images)
        texts = [f"{at}: {label}" for at, label in enumerate(digits.labels.tolist(), 1)]
        return opened.answers(outputs, digits.labels, texts=texts, names=DIGITS)

    return opened.score(
        query,
        {
            "hand": lambda: answered(counted(config)),
            "mnist": lambda: answered(old(config.data)[1]),
            "drawings": lambda: answered(drawings(config)),
            "counted": lambda: _called(_counted(config, state)),
        },
    )


def _counted(config: FinetuneSetting, state: State) -> Tensor:
    """The confusion matrix of the old digits; one that is shipped has left it out."""
    stored = load(state.tensors).get(MEASURED)
    if stored is not None:
        return stored
    digits = old(config.data)[1]
    return confusion(logits(trained(config, state), digits.images).argmax(1), digits.labels).float()


def _called(counts: Tensor) -> opened.Scored:
    shares = counts / counts.sum(1, keepdim=True).clamp(min=1)
    rules = Rules(Share("shares", "counts"), Given("counts", "counted_old"))
    return opened.Scored(rules, {"counts": counts, "shares": shares}, DIGITS, DIGITS)


def program(config: FinetuneSetting, rates: tuple[tuple[int, float], ...]) -> str:
    """A runnable program that repeats the run."""
    return source(config.write(), NETWORKS[config.network], rates)


def _carried(config: FinetuneSetting, state: State) -> Carried:
    net = trained(config, state)
    return Carried(net, {"image": torch.zeros(1, 1, 28, 28)}, ("logits",), batch=True)


JOB = job(
    "hand",
    Tuned,
    read=with_data(FinetuneSetting),
    write=FinetuneSetting.write,
    inspections={"said": answers, "number": number, "score": score},
    program=program,
    carried=_carried,
    goals=GOALS,
)
