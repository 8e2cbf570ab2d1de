"""The job "shuffled": does a convolution need neighbours? Four networks on the same digits.

A convolutional network and a fully connected one with as many parameters learn MNIST side by side,
each once from the pictures as they are and once from the same pictures with one fixed shuffle of
all pixels. To the fully connected one a shuffle makes no difference: it never knew which pixels
are neighbours. Plain gradient descent with momentum 0.9.

Names of what a run reports, for each MEMBER ("cnn", "cnn_shuffled", "mlp", "mlp_shuffled"):
    series   "MEMBER.loss"      cross-entropy of each step's batch, nats
             "MEMBER.accuracy"  on fixed digits never learned from, after every 40th step and the
                                last; nan between
    marks    "MEMBER.accuracy"  the same when it was last measured
             "MEMBER.parameters"
    look     "answers": query "image", 784 bytes of ink in base64url -> what each member says of it,
             {MEMBER: {"digit", "probability"}}
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.opened import scored
from core.schema import Record, choice, mark, number, whole
from core.training.job import State
from core.training.learner import DIVERGED, OPTIMISER, Learner, Parts, job, loaded
from core.training.optimiser import Optimiser, Options
from core.vision import net_number
from core.vision.ink import as_image, as_ink
from core.vision.mnist import Digits
from core.vision.models import CLASSES
from core.vision.nets import DigitNet, Plan, build
from core.vision.shuffled.data import DATA, as_input, batch, shuffle, to_judge
from core.vision.shuffled.program import source
from core.vision.training.data import Data, with_data

MEMBERS = ("cnn", "cnn_shuffled", "mlp", "mlp_shuffled")
MOMENTUM = 0.9
EVERY = 40
"""Steps between two looks at digits that are not learned from."""
_AT_ONCE = 250


@dataclass(frozen=True)
class ShuffledSetting(Record):
    """What a run of the experiment is made of.

    Attributes:
        channels: maps of the first convolution; the second has three times as many.
        shuffle: seed of the one order that all shuffled pictures share.
        seed: of first weights and batches.
        learning_rate: of all four.
        batch: digits in a step.
        steps: how many batches.
        data: "mnist", or "pen": generated pen digits.
    """

    channels: int = whole(8, 4, 16)
    shuffle: int = whole(1, label=mark("seed of the shuffle"))
    seed: int = whole(0)
    learning_rate: float = number(0.01, 1e-5, 1.0)
    batch: int = whole(64, 8, 256)
    steps: int = whole(860, 1, 6_000)
    data: Data = choice(DATA)


def plans(channels: int) -> dict[str, Plan]:
    """The convolutional plan and the fully connected one that comes closest in parameters."""
    cnn = Plan((f"conv {channels} 3 1", "max 2 2", f"conv {3 * channels} 3 1", "max 2 2"))
    units = max(1, round((parameters(cnn) - 10) / (784 + 1 + 10)))
    return {"cnn": cnn, "mlp": Plan((f"fc {units}",))}


def parameters(plan: Plan) -> int:
    """How many numbers a network learns."""
    with torch.device("meta"):
        return sum(p.numel() for p in build(plan).parameters())


class Four(Learner):
    """The members, and what was last measured of them.

    Attributes:
        nets: by name.
        measured: how often each is right, float32 (4,); nan before it was measured.
    """

    series = tuple(f"{name}.{what}" for name in MEMBERS for what in ("loss", "accuracy"))

    def __init__(self, config: ShuffledSetting) -> None:
        """Draw what the seed draws."""
        self.config = config
        self.nets = networks(config)
        options = Options(momentum=MOMENTUM)
        self.optimisers = {
            name: Optimiser("sgd", list(net.parameters()), options)
            for name, net in self.nets.items()
        }
        self.measured = torch.full((len(MEMBERS),), math.nan)

    def parts(self) -> Parts:
        """See `Learner`."""
        measured = (f"{OPTIMISER}measured", self.measured)
        return [measured, *self.nets.items(), *self.optimisers.items()]

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take the step that follows `count` others."""
        config = self.config
        pictures, labels = batch(config.data, config.seed, count, config.batch)
        losses: dict[str, Tensor] = {}
        for name, net in self.nets.items():
            losses[name] = cross_entropy(net(given(name, pictures, config.shuffle)), labels)
            if not float(losses[name].detach()) < DIVERGED:  # nan is not
                return None
        for name, loss in losses.items():
            self.optimisers[name].descend(loss, count, rate)
        return {f"{name}.loss": float(loss.detach()) for name, loss in losses.items()}

    def due(self, step: int) -> bool:
        """Every so many steps, and at the end."""
        return step % EVERY == 0 or step == self.config.steps

    def measure(self) -> dict[str, float]:
        """How often each member is right."""
        right = accuracies(self.nets, self.config, to_judge(self.config.data))
        self.measured.copy_(torch.tensor([right[name] for name in MEMBERS]))
        shares = zip(MEMBERS, self.measured.tolist(), strict=True)
        return {f"{name}.accuracy": share for name, share in shares}

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """What was last measured, and how many parameters there are."""
        marks = {}
        for name, right in zip(MEMBERS, self.measured.tolist(), strict=True):
            count = sum(parameter.numel() for parameter in self.nets[name].parameters())
            marks[f"{name}.parameters"] = float(count)
            if math.isfinite(right):
                marks[f"{name}.accuracy"] = right
        return marks, {}


def networks(config: ShuffledSetting) -> dict[str, DigitNet]:
    """The four networks, as the seed makes them."""
    planned = plans(config.channels)
    nets: dict[str, DigitNet] = {}
    with torch.random.fork_rng(devices=[]):
        for name in MEMBERS:
            torch.manual_seed(config.seed)
            nets[name] = build(planned[name.removesuffix("_shuffled")])
    return nets


def accuracies(
    nets: Mapping[str, DigitNet], config: ShuffledSetting, judged: Digits
) -> dict[str, float]:
    """How often each member is right."""
    return {
        name: int((logits(net, name, config, judged).argmax(1) == judged.labels).sum())
        / len(judged)
        for name, net in nets.items()
    }


@torch.no_grad()
def logits(net: DigitNet, name: str, config: ShuffledSetting, judged: Digits) -> Tensor:
    """What a member answers to digits, (N, 10)."""
    parts = torch.split(judged.images, _AT_ONCE)
    return torch.cat([net(given(name, as_input(part), config.shuffle)) for part in parts])


def given(name: str, pictures: Tensor, seed: int) -> Tensor:
    """(N, 28, 28) as a member gets them, (N, 1, 28, 28)."""
    return (shuffle(pictures, seed) if name.endswith("_shuffled") else pictures)[:, None]


def members(config: ShuffledSetting, state: State) -> dict[str, DigitNet]:
    """The four networks of a state, to be looked at."""
    nets = networks(config)
    loaded(state, nets)
    return nets


def _score(config: ShuffledSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """How often a member is right: "part" is the member."""
    nets = members(config, state)
    return scored.score(query, {name: partial(_judged, name, nets, config) for name in MEMBERS})


def _judged(name: str, nets: Mapping[str, DigitNet], config: ShuffledSetting) -> scored.Scored:
    judged = to_judge(config.data)
    outputs = logits(nets[name], name, config, judged)
    return scored.answers(outputs, judged.labels, names=tuple(map(str, range(CLASSES))))


@torch.no_grad()
def _answers(config: ShuffledSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    image = as_input(as_image(as_ink(query.get("image")))[None])
    answers = {}
    for name, net in members(config, state).items():
        shares = net(given(name, image, config.shuffle))[0].softmax(0)
        digit = int(shares.argmax())
        answers[name] = {"digit": digit, "probability": float(shares[digit])}
    return answers


@torch.no_grad()
def _number(config: ShuffledSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    ink = as_image(as_ink(query.get("image")))[None].float() / 255
    nets = {
        name: (net, given(name, ink, config.shuffle)[0, 0])
        for name, net in members(config, state).items()
    }
    return net_number.answer(nets, query.get("number", ""))


def program(config: ShuffledSetting, rates: tuple[tuple[int, float], ...]) -> str:
    """A runnable program that repeats the run."""
    planned = plans(config.channels)
    return source(config.write(), int(planned["mlp"].layers[0].split()[1]), rates)


JOB = job(
    "shuffled",
    Four,
    read=with_data(ShuffledSetting),
    write=ShuffledSetting.write,
    inspections={"answers": _answers, "number": _number, "score": _score},
    long=frozenset({"score"}),
    program=program,
)
