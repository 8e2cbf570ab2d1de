"""Members of a race: RNN, GRU and LSTM trained side by side from one seed on identical batches.

A single cell is a race of one. Each member has its own optimiser; the batches come from where no
member touches them, so that who else takes part changes nothing for a member.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import torch
from torch import Tensor, nn

from core.recurrent.cells import KINDS, NETWORKS, Kind
from core.training.learner import DIVERGED, Learner, Part, Parts
from core.training.optimiser import Optimiser

Cell = Literal["rnn", "gru", "lstm", "race"]
CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm", "race")
LEAST = 0.01
"""Share of the learning rate that is left when it has decayed."""


def kinds(cell: Cell) -> tuple[Kind, ...]:
    """The members of a run."""
    return KINDS if cell == "race" else (cell,)


def network(
    kind: Kind, inputs: int, hidden: int, forget_bias: float = 0.0
) -> nn.RNN | nn.GRU | nn.LSTM:
    """A network of one layer, batch first, as torch initialises it.

    Args:
        kind: which cell.
        inputs: size of an input.
        hidden: size of the hidden state.
        forget_bias: added to the bias of the LSTM's forget gate (Gers et al. 2000; Jozefowicz et
            al. 2015 recommend 1); torch begins near 0, so that half of the cell is forgotten at
            each step. The other two have no such gate.
    """
    network_ = NETWORKS[kind](inputs, hidden, batch_first=True)
    if kind == "lstm":
        with torch.no_grad():
            network_.get_parameter("bias_ih_l0")[hidden : 2 * hidden] += forget_bias
    return network_


class Member:
    """One network of a race, whose parameters become views of one vector `values` (P,).

    Attributes:
        values, gradient: all parameters and their gradients, one after the other.
    """

    def __init__(self, model: nn.Module, optimiser: str) -> None:
        """Take hold of a model's parameters."""
        self.model = model
        parameters = list(model.parameters())
        self.values = torch.cat([p.detach().flatten() for p in parameters])
        self.gradient = torch.zeros_like(self.values)
        place = 0
        for p in parameters:
            part = slice(place, place + p.numel())
            p.data = self.values[part].view_as(p)
            p.grad = self.gradient[part].view_as(p)
            place += p.numel()
        self.optimiser = Optimiser(optimiser, [self.values])

    def backward(self, loss: Callable[[], Tensor], clip: float) -> float | None:
        """Compute the loss and its gradient; None where one of them is too large to be used."""
        self.gradient.zero_()
        value = loss()
        amount = float(value.detach())
        if not amount < DIVERGED:  # nan is not
            return None
        value.backward()  # type: ignore[no-untyped-call]
        return amount if math.isfinite(self.clip(clip)) else None

    def clip(self, most: float) -> float:
        """Make the gradient shorter when it is longer than `most` (0: never); its length before.

        A length that is not finite says that the gradient is of no use: float32 cannot hold its
        square (Pascanu et al. 2013).
        """
        length = float(self.gradient.norm())
        if most:
            self.gradient.mul_(min(1.0, most / (length + 1e-6)))
        return length


class Race(Learner):
    """The members. A subject says what a batch is, and the loss of a member on it.

    Args:
        models: by kind, as the seed makes them.
        optimiser: the name of each member's.
        clip: largest norm of a member's gradient; 0 for no bound.
        batches: where the batches come from, if from a generator.
    """

    def __init__(
        self,
        models: Mapping[Kind, nn.Module],
        optimiser: str,
        clip: float,
        batches: torch.Generator | None = None,
    ) -> None:
        """Stand at the start."""
        self.models = models
        self.clip = clip
        self.batches = batches
        self.members = {kind: Member(model, optimiser) for kind, model in models.items()}

    def parts(self) -> Parts:
        """Each member with its optimiser, and the generator of the batches."""
        parts: list[tuple[str, Part]] = []
        for kind, member in self.members.items():
            parts += [(kind, member.model), (kind, member.optimiser)]
        return parts + ([("batches", self.batches)] if self.batches else [])

    def batch(self, count: int) -> Any:
        """What is learned from in the step that follows `count` others."""
        raise NotImplementedError

    def loss(self, batch: Any, kind: Kind, count: int) -> Tensor:
        """Of one member on the batch."""
        raise NotImplementedError

    def rate(self, count: int, rate: float) -> float:
        """The learning rate of a step, of the one that was set."""
        return rate

    def step(self, count: int, rate: float) -> Mapping[str, float] | None:
        """Take one step with each member on the same batch.

        Returns:
            "KIND.loss" before the step, or None where a loss or a gradient is of no use; then
            nobody has stepped, and whoever goes on with another rate gets the same batch.
        """
        before = self.batches.get_state() if self.batches else None
        given = self.batch(count)
        losses: dict[str, float] = {}
        for kind, member in self.members.items():
            loss = member.backward(partial(self.loss, given, kind, count), self.clip)
            if loss is None:
                if self.batches and before is not None:
                    self.batches.set_state(before)
                return None
            losses[f"{kind}.loss"] = loss
        for member in self.members.values():
            member.optimiser.step([member.gradient], count, self.rate(count, rate))
        return losses


def seeded(
    make: Callable[[Kind], nn.Module], members: Sequence[Kind], seed: int
) -> dict[Kind, nn.Module]:
    """The model of each kind, all from the same seed; torch's own generator is left as it was."""
    models: dict[Kind, nn.Module] = {}
    with torch.random.fork_rng(devices=[]):
        for kind in members:
            torch.manual_seed(seed)
            models[kind] = make(kind)
    return models


def drawn(seed: int, windows: int, size: int, step: int) -> Tensor:
    """Which of the windows a step learns from, (size,): each once an epoch, in an order of chance.

    The order is of the seed and the epoch alone, so that a chunk needs no generator.
    """
    epoch, place = divmod(step, math.ceil(windows / size))
    chance = torch.Generator().manual_seed(seed + (1 + epoch << 32))
    order = torch.randperm(windows, generator=chance)
    return order[place * size : (place + 1) * size]


def falling(step: int, steps: int) -> float:
    """What a learning rate is multiplied by: half a cosine from 1 to a hundredth."""
    return LEAST + (1 - LEAST) * (1 + math.cos(math.pi * step / steps)) / 2
