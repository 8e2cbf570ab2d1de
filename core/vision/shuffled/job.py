"""The job "shuffled": does a convolution need neighbours? Four networks on the same digits.

A convolutional network and a fully connected one with as many parameters learn MNIST side by side,
each once from the pictures as they are and once from the same pictures with one fixed shuffle of
all pixels. To the fully connected one a shuffle makes no difference: it never knew which pixels
are neighbours. Plain gradient descent with momentum 0.9.

Names of what a run tells, for each MEMBER ("cnn", "cnn_shuffled", "mlp", "mlp_shuffled"):
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
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.schema import Record, choice, mark, number, whole
from core.training.job import State
from core.training.learner import DIVERGED, OPTIMISER, Learner, Parts, job, loaded
from core.training.optimiser import Optimiser, Options
from core.vision import net_number
from core.vision.ink import as_image, as_ink
from core.vision.mnist import Digits
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
        kept = (f"{OPTIMISER}measured", self.measured)
        return [kept, *self.nets.items(), *self.optimisers.items()]

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
    made = plans(config.channels)
    nets: dict[str, DigitNet] = {}
    with torch.random.fork_rng(devices=[]):
        for name in MEMBERS:
            torch.manual_seed(config.seed)
            nets[name] = build(made[name.removesuffix("_shuffled")])
    return nets


@torch.no_grad()
def accuracies(
    nets: Mapping[str, DigitNet], config: ShuffledSetting, judged: Digits
) -> dict[str, float]:
    """How often each member is right."""
    right = dict.fromkeys(nets, 0)
    for at in range(0, len(judged), _AT_ONCE):
        part = judged[at : at + _AT_ONCE]
        pictures = as_input(part.images)
        for name, net in nets.items():
            said = net(given(name, pictures, config.shuffle)).argmax(1)
            right[name] += int((said == part.labels).sum())
    return {name: count / len(judged) for name, count in right.items()}


def given(name: str, pictures: Tensor, seed: int) -> Tensor:
    """(N, 28, 28) as a member gets them, (N, 1, 28, 28)."""
    return (shuffle(pictures, seed) if name.endswith("_shuffled") else pictures)[:, None]


def members(config: ShuffledSetting, state: State) -> dict[str, DigitNet]:
    """The four networks of a state, to be looked at."""
    nets = networks(config)
    loaded(state, nets)
    return nets


@torch.no_grad()
def _answers(config: ShuffledSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    image = as_input(as_image(as_ink(query.get("image")))[None])
    found = {}
    for name, net in members(config, state).items():
        shares = net(given(name, image, config.shuffle))[0].softmax(0)
        digit = int(shares.argmax())
        found[name] = {"digit": digit, "probability": float(shares[digit])}
    return found


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
    made = plans(config.channels)
    return source(config.write(), int(made["mlp"].layers[0].split()[1]), rates)


JOB = job(
    "shuffled",
    Four,
    read=with_data(ShuffledSetting),
    write=ShuffledSetting.write,
    inspections={"answers": _answers, "number": _number},
    program=program,
)
