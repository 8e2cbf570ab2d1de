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

import numpy as np
import torch
from safetensors.torch import load, save
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.schema import Record, choice, mark, number, whole
from core.training.job import Failure, Job, Log, State
from core.vision.mnist import Digits
from core.vision.nets import DigitNet, Plan, build
from core.vision.shuffled.data import DATA, Data, as_input, available, batch, ink, shuffle, to_judge
from core.vision.shuffled.program import source

MEMBERS = ("cnn", "cnn_shuffled", "mlp", "mlp_shuffled")
MOMENTUM = 0.9
EVERY = 40
"""Steps between two looks at digits that are not learned from."""
DIVERGED = 1e6
_AT_ONCE = 250
_MEASURED = "measured"


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


class _Four:
    """The members and what their descent remembers, from a state or from the seed."""

    def __init__(self, config: ShuffledSetting, state: State | None = None) -> None:
        self.config = config
        made = plans(config.channels)
        self.nets: dict[str, DigitNet] = {}
        with torch.random.fork_rng(devices=[]):
            for name in MEMBERS:
                torch.manual_seed(config.seed)
                self.nets[name] = build(made[name.removesuffix("_shuffled")])
        self.parameters = {name: list(net.parameters()) for name, net in self.nets.items()}
        self.speed = {name: [torch.zeros_like(p) for p in ps] for name, ps in self._named()}
        self.measured = torch.full((len(MEMBERS),), math.nan)
        if state is not None:
            self._unpack(load(state.tensors))

    def _named(self) -> list[tuple[str, list[torch.nn.Parameter]]]:
        return list(self.parameters.items())

    def _unpack(self, tensors: Mapping[str, Tensor]) -> None:
        for name, net in self.nets.items():
            net.load_state_dict({key: tensors[f"{name}.{key}"] for key in net.state_dict()})
            for i, speed in enumerate(self.speed[name]):
                speed.copy_(tensors[f"optimiser.{name}.{i}"])
        self.measured = tensors[f"optimiser.{_MEASURED}"]

    def pack(self, step: int) -> State:
        tensors = {f"optimiser.{_MEASURED}": self.measured}
        for name, net in self.nets.items():
            tensors |= {f"{name}.{key}": value for key, value in net.state_dict().items()}
            tensors |= {f"optimiser.{name}.{i}": m for i, m in enumerate(self.speed[name])}
        return State(step, save(tensors))

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take the step that follows `count` others; the losses, None if one is of no use."""
        config = self.config
        pictures, labels = batch(config.data, config.seed, count, config.batch)
        losses: dict[str, float] = {}
        gradients: dict[str, tuple[Tensor, ...]] = {}
        for name, net in self.nets.items():
            loss = cross_entropy(net(given(name, pictures, config.shuffle)), labels)
            losses[name] = float(loss.detach())
            if not losses[name] < DIVERGED:  # nan is not
                return None
            gradients[name] = torch.autograd.grad(loss, self.parameters[name])
        with torch.no_grad():
            for name, ps in self._named():
                for p, speed, gradient in zip(ps, self.speed[name], gradients[name], strict=True):
                    p.sub_(speed.mul_(MOMENTUM).add_(gradient), alpha=rate)
        return losses

    def measure(self) -> list[float]:
        """How often each member is right, kept in `measured`."""
        right = accuracies(self.nets, self.config, to_judge(self.config.data))
        self.measured = torch.tensor([right[name] for name in MEMBERS])
        return self.measured.tolist()


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
    four = _Four(config)
    tensors = load(state.tensors)
    for name, net in four.nets.items():
        net.load_state_dict({key: tensors[f"{name}.{key}"] for key in net.state_dict()})
    return four.nets


def start(config: ShuffledSetting) -> tuple[State, Log]:
    """The state before the first step; see `core.training.job.Job`."""
    four = _Four(config)
    return four.pack(0), Log({}, _marks(four))


def advance(config: ShuffledSetting, state: State, budget: int, rate: float) -> tuple[State, Log]:
    """Go on; see `core.training.job.Job`."""
    four = _Four(config, state)
    series: dict[str, list[float]] = {
        f"{name}.{what}": [] for name in MEMBERS for what in ("loss", "accuracy")
    }
    failure: Failure | None = None
    step = state.step
    while step < min(config.steps, state.step + budget):
        losses = four.step(step, rate)
        if losses is None:
            failure = "diverged"
            break
        step += 1
        due = step % EVERY == 0 or step == config.steps
        measured = four.measure() if due else [math.nan] * len(MEMBERS)
        for name, right in zip(MEMBERS, measured, strict=True):
            series[f"{name}.loss"].append(losses[name])
            series[f"{name}.accuracy"].append(right)
    arrays = {name: np.array(values, np.float32) for name, values in series.items()}
    return four.pack(step), Log(arrays, _marks(four), failure=failure)


def _marks(four: _Four) -> dict[str, float]:
    marks = {}
    for name, right in zip(MEMBERS, four.measured.tolist(), strict=True):
        marks[f"{name}.parameters"] = float(sum(p.numel() for p in four.parameters[name]))
        if math.isfinite(right):
            marks[f"{name}.accuracy"] = right
    return marks


@torch.no_grad()
def _answers(config: ShuffledSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    image = ink(query.get("image", ""))
    found = {}
    for name, net in members(config, state).items():
        shares = net(given(name, image, config.shuffle))[0].softmax(0)
        digit = int(shares.argmax())
        found[name] = {"digit": digit, "probability": float(shares[digit])}
    return found


def _read(given: Mapping[str, Any]) -> ShuffledSetting:
    """As `ShuffledSetting.read`; without "data", of what this machine has."""
    return ShuffledSetting.read({"data": available()} | dict(given))


def program(config: ShuffledSetting, rates: tuple[tuple[int, float], ...]) -> str:
    """A runnable program that repeats the run."""
    made = plans(config.channels)
    return source(config.write(), int(made["mlp"].layers[0].split()[1]), rates)


JOB = Job(
    name="shuffled",
    read=_read,
    write=ShuffledSetting.write,
    steps=lambda config: config.steps,
    learning_rate=lambda config: config.learning_rate,
    start=start,
    advance=advance,
    looks={"answers": _answers},
    program=program,
)
