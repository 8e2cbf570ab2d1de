"""A digit network that learns: step after step, from a seed or from a saved state.

The numbers are those of the plain loop in the notes. Four things make it faster. Pictures lie
channel by channel within each pixel ("channels last"), which oneDNN multiplies without moving them
first. The largest of four goes before the ReLU where both come together: the result is the same,
on a quarter of the numbers. Both halves of a batch are computed at once, and their gradients are
added. And products can be made in bfloat16, of parameters that are kept in float32 (Micikevicius et
al., "Mixed precision training", 2018).
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from core.training.job import State
from core.training.learner import DIVERGED, Learner, Parts
from core.training.optimiser import Optimiser, Options
from core.vision.models import CLASSES
from core.vision.nets import DigitNet, Plan, build
from core.vision.shipped.fitting import share
from core.vision.shipped.recipes import as_input
from core.vision.training import data
from core.vision.training.at_once import at_once
from core.vision.training.setting import CnnSetting

PARTS = ("data", "forward", "loss", "backward", "update")
"""The parts of a step whose share of the time is reported."""
DROPOUT = 3_000_000_000_013
"""Added to what seeds the dropout of a step."""
LARGE = 100_000
"""Numbers of a parameter from which on two threads move it; smaller ones are the first thread's."""
SEEN = "measured.confusion"
"""What of a state is the confusion matrix of the digits that a run looks at."""
_NET = "cnn."
_AT_ONCE = 250


def rate_of(setting: CnnSetting, step: int, highest: float) -> float:
    """The learning rate of the step that follows `step` others."""
    if setting.schedule == "constant":
        return highest
    if setting.schedule == "cosine":
        return highest * (1 + math.cos(math.pi * step / setting.steps)) / 2
    return highest * share((step + 1) / (setting.steps + 1))


def chain(net: DigitNet) -> list[nn.Module]:
    """The layers in the order in which they are computed fastest.

    The largest of some numbers stays the largest through an activation that never falls, so
    max-pooling may go first. Only where it leaves every gradient as it was, too.
    """
    layers = list(net.children())
    for i, (one, two) in enumerate(zip(layers, layers[1:], strict=False)):
        if isinstance(one, nn.ReLU | nn.LeakyReLU) and isinstance(two, nn.MaxPool2d):
            layers[i], layers[i + 1] = two, one
    return layers


def network(plan: Plan, tensors: Mapping[str, Tensor]) -> DigitNet:
    """The network with the parameters of a state."""
    with torch.device("meta"):
        net = build(plan)
    state_dict = {
        name.removeprefix(_NET): tensor.float() if tensor.is_floating_point() else tensor
        for name, tensor in tensors.items()
        if name.startswith(_NET)
    }
    net.load_state_dict(state_dict, assign=True)
    return net.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def saved_network(setting: CnnSetting, state: State) -> DigitNet:
    """The network of a state, to be looked at: in evaluation mode, without gradients."""
    return network(setting.plan, load(state.tensors)).eval().requires_grad_(False)


def in_precision(layers: Sequence[nn.Module], precision: str) -> list[nn.Module]:
    """The layers that compute: in bfloat16 those that multiply are copies, all others the same."""
    if precision == "float32":
        return list(layers)
    return [
        deepcopy(layer).to(torch.bfloat16) if isinstance(layer, nn.Conv2d | nn.Linear) else layer
        for layer in layers
    ]


def logits(layers: Sequence[nn.Module], images: Tensor, precision: str = "float32") -> Tensor:
    """uint8 (N, 28, 28) through layers in evaluation mode -> float32 (N, 10)."""
    parts = torch.split(images, _AT_ONCE)
    cut = (len(parts) + 1) // 2

    @torch.no_grad()
    def through(parts: Sequence[Tensor]) -> list[Tensor]:
        outputs = []
        for part in parts:
            x = as_input(part).contiguous(memory_format=torch.channels_last)
            outputs.append(forward(layers, x, precision))
        return outputs

    one, other = at_once(lambda: through(parts[:cut]), lambda: through(parts[cut:]))
    return torch.cat(one + other)


def forward(layers: Sequence[nn.Module], x: Tensor, precision: str) -> Tensor:
    """(N, 1, 28, 28) -> float32 (N, 10)."""
    with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
        for layer in layers:
            x = layer(x)
    return x.float()


def confusion(predicted: Tensor, labels: Tensor) -> Tensor:
    """How often label i was called j, int64 (10, 10)."""
    return torch.bincount(labels * CLASSES + predicted, minlength=CLASSES**2).view(CLASSES, CLASSES)


@dataclass(frozen=True)
class Half:
    """What half of a batch came to, or all of it where it is not cut.

    Attributes:
        loss: its share of the batch's mean cross-entropy, nats.
        right: how many of its digits were answered.
        gradients: of `loss`, in the order of the parameters.
        stops: the clock when it had passed forward and been judged.
    """

    loss: float
    right: int
    gradients: tuple[Tensor, ...]
    stops: tuple[float, float]


class Trainer(Learner):
    """What learns, and what it remembers.

    Attributes:
        net: the network, in training mode.
        layers: what computes: in bfloat16 copies of the layers that multiply.
        parameters: what is learned, in float32.
        computing: what computes in their place: the same, or copies in bfloat16.
        moves: which rows of which parameters either thread moves after a step.
        gradients: of the last step, in the order of the parameters; none before.
        confusion: of the validation digits when they were last looked at, int64 (10, 10).
        seconds: spent on each of PARTS since it was made.
        digits: learned from since then.
    """

    series = ("loss", "accuracy", "rate", "validation_loss", "validation_accuracy")

    def __init__(self, setting: CnnSetting) -> None:
        """Weights are not drawn yet."""
        self.setting = setting
        with torch.device("meta"):
            net = build(setting.plan)
        net.to_empty(device="cpu")
        self.net: DigitNet = net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.net.train()
        self.layers = in_precision(chain(self.net), setting.precision)
        self.computing = [p for layer in self.layers for p in layer.parameters()]
        self.parameters = list(self.net.parameters())
        options = Options(momentum=setting.momentum, decay=setting.decay)
        self.optimiser = Optimiser(setting.optimiser, self.parameters, options)
        self.moves = _moves(self.parameters)
        self.gradients: tuple[Tensor, ...] = ()
        self.confusion = torch.zeros(CLASSES, CLASSES, dtype=torch.long)
        self.seconds = dict.fromkeys(PARTS, 0.0)
        self.digits = 0

    def parts(self) -> Parts:
        """See `Learner`."""
        confusion = (SEEN, self.confusion)
        return [("cnn", self.net), ("cnn", self.optimiser), confusion]

    def begin(self) -> None:
        """Draw the weights, and answer the validation digits."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.setting.seed)
            self.net.load_state_dict(build(self.setting.plan).state_dict())
        self._renew()
        self.measure()

    def unpack(self, state: State) -> None:
        """Stand where a state was taken."""
        super().unpack(state)
        self._renew()

    @torch.no_grad()
    def _renew(self) -> None:
        """Bring what computes up to what was learned."""
        for copy, parameter in zip(self.computing, self.parameters, strict=True):
            if copy is not parameter:
                copy.copy_(parameter)

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take a step; the batch's loss and accuracy before it, or None if they are of no use."""
        began = time.perf_counter()
        x, labels = data.batch(self.setting, count)
        x = x.contiguous(memory_format=torch.channels_last)
        ready = time.perf_counter()
        halves = self._halves(x, labels, count)
        value, right = sum(half.loss for half in halves), sum(half.right for half in halves)
        # What overflows on its way back arrives at the first kernels.
        first = sum(half.gradients[0].sum().item() for half in halves)
        if not value < DIVERGED or not math.isfinite(first):  # nan is not
            return None
        back = time.perf_counter()
        now = rate_of(self.setting, count, rate)
        at_once(
            lambda: self._update(halves, count, now, 0), lambda: self._update(halves, count, now, 1)
        )
        self.gradients = halves[0].gradients
        self.digits += len(labels)
        stops = (began, ready, *halves[0].stops, back, time.perf_counter())
        for part, start, end in zip(PARTS, stops[:-1], stops[1:], strict=True):
            self.seconds[part] += end - start
        return {"loss": value, "accuracy": right / len(labels), "rate": now}

    def _halves(self, x: Tensor, labels: Tensor, step: int) -> list[Half]:
        setting, count = self.setting, len(labels)
        # Batch normalisation is of the whole batch, and dropout draws from one generator.
        if setting.norm or setting.dropout or count == 1:
            with torch.random.fork_rng(devices=[]):
                torch.manual_seed(DROPOUT + setting.seed * 1_000_003 + step)
                return [self._half(x, labels, count)]
        cut = (count + 1) // 2
        return list(
            at_once(
                lambda: self._half(x[:cut], labels[:cut], count),
                lambda: self._half(x[cut:], labels[cut:], count),
            )
        )

    def _half(self, x: Tensor, labels: Tensor, of: int) -> Half:
        outputs = forward(self.layers, x, self.setting.precision)
        through = time.perf_counter()
        loss = cross_entropy(outputs, labels, reduction="sum") / of
        value, right = loss.item(), int((outputs.detach().argmax(1) == labels).sum())
        judged = time.perf_counter()
        return Half(value, right, torch.autograd.grad(loss, self.computing), (through, judged))

    @torch.no_grad()
    def _update(self, halves: Sequence[Half], count: int, rate: float, thread: int) -> None:
        """Add the other half's gradients to the first's, and move what is this thread's to move."""
        for i, rows in self.moves[thread]:
            g = halves[0].gradients[i][rows]
            for other in halves[1:]:
                g.add_(other.gradients[i][rows])
            self.optimiser.move(i, rows, g.float(), count, rate)
            if self.computing[i] is not self.parameters[i]:
                self.computing[i][rows].copy_(self.parameters[i][rows])

    def due(self, step: int) -> bool:
        """See `Setting.every`."""
        return bool(step % self.setting.every == 0 or step == self.setting.steps)

    def measure(self) -> dict[str, float]:
        """Answer the validation digits, and keep `confusion`."""
        digits = data.judged(self.setting.data, "validation", data.SEEN)
        self.net.eval()
        answers = logits(self.layers, digits.images, self.setting.precision)
        self.net.train()
        self.confusion.copy_(confusion(answers.argmax(1), digits.labels))
        loss = cross_entropy(answers, digits.labels).item()
        return {"validation_loss": loss, "validation_accuracy": self.accuracy}

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """Marks and pictures; their names are listed in the module of the job."""
        return self._marks(), self._pictures()

    def _marks(self) -> dict[str, float]:
        marks = {
            "validation_accuracy": self.accuracy,
            "epoch": self.taken / self.setting.batches,
        }
        if total := sum(self.seconds.values()):
            marks["images_per_second"] = self.digits / total
            marks |= {f"share.{part}": self.seconds[part] / total for part in PARTS}
        return marks

    def _pictures(self) -> dict[str, Any]:
        first = next(layer for layer in self.net.children() if isinstance(layer, nn.Conv2d))
        gradients = []
        none = [None] * len(self.parameters)  # before the first step
        named = zip(self.net.named_parameters(), self.gradients or none, strict=True)
        for (name, weight), gradient in named:
            if name.endswith(".weight") and not name.startswith("norm"):
                length = math.nan if gradient is None else float(gradient.float().norm())
                gradients.append((length, length / max(float(weight.detach().norm()), 1e-30)))
        return {
            "kernels": first.weight.detach()[:, 0].contiguous().numpy().copy(),
            "gradients": np.array(gradients, np.float32),
            "confusion": self.confusion.numpy().astype(np.float32),
        }

    @property
    def accuracy(self) -> float:
        """Share of the validation digits that were right when they were last looked at."""
        return float(self.confusion.trace() / self.confusion.sum().clamp(min=1))


def _moves(parameters: Sequence[Tensor]) -> tuple[list[tuple[int, slice]], list[tuple[int, slice]]]:
    """Positions of parameters and their rows, for either of two threads."""
    mine, theirs = [], []
    for i, p in enumerate(parameters):
        cut = len(p) // 2 if p.numel() >= LARGE else len(p)
        mine.append((i, slice(cut)))
        if cut < len(p):
            theirs.append((i, slice(cut, None)))
    return mine, theirs
