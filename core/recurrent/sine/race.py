"""Members of a race: RNN, GRU and LSTM trained side by side from one seed on identical batches.

A single cell is a race of one. Each member has its own optimiser; the batches come from one random
generator that no member touches, so that who else takes part changes nothing for a member.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal, TypeVar

import torch
from safetensors.torch import load, save
from torch import Tensor, nn

from core.recurrent.cells import KINDS, NETWORKS, Kind
from core.recurrent.optimiser import Optimiser
from core.training.job import State

Cell = Literal["rnn", "gru", "lstm", "race"]
CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm", "race")
Batch = TypeVar("Batch")
DIVERGED = 1e6
"""A loss beyond this, or one that is no number, ends the run."""


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
    made = NETWORKS[kind](inputs, hidden, batch_first=True)
    if kind == "lstm":
        with torch.no_grad():
            made.get_parameter("bias_ih_l0")[hidden : 2 * hidden] += forget_bias
    return made


class Race:
    """The members, their optimisers (Adam) and the generator of the batches.

    Args:
        make: builds the member of a kind; torch's global seed is set before each call.
        members: who takes part.
        seed: of the initial weights (the same for each) and of the batches.

    Attributes:
        models: the members by kind.
        batches: where the batches come from.
        taken: steps so far.
    """

    def __init__(
        self, make: Callable[[Kind], nn.Module], members: tuple[Kind, ...], seed: int
    ) -> None:
        """Stand at the start."""
        self.models: dict[str, nn.Module] = {}
        with torch.random.fork_rng(devices=[]):
            for kind in members:
                torch.manual_seed(seed)
                self.models[kind] = make(kind)
        self._optimisers = {kind: Optimiser("adam", m) for kind, m in self.models.items()}
        self.batches = torch.Generator().manual_seed(seed)
        self.taken = 0

    def pack(self) -> State:
        """The state now."""
        tensors = {"generator.batches": self.batches.get_state()}
        for kind, model in self.models.items():
            tensors |= {f"{kind}.{key}": p.clone() for key, p in model.state_dict().items()}
            memory = self._optimisers[kind].memory
            tensors |= {f"optimiser.{kind}.{key}": value for key, value in memory.items()}
        return State(self.taken, save(tensors))

    def unpack(self, state: State) -> None:
        """Stand where the state was taken."""
        tensors = load(state.tensors)
        for kind, model in self.models.items():
            model.load_state_dict({key: tensors[f"{kind}.{key}"] for key in model.state_dict()})
            for key, value in self._optimisers[kind].memory.items():
                value.copy_(tensors[f"optimiser.{kind}.{key}"])
        self.batches.set_state(tensors["generator.batches"])
        self.taken = state.step

    def step(
        self,
        draw: Callable[[torch.Generator], Batch],
        loss: Callable[[Batch, nn.Module], Tensor],
        rate: float,
        clip: float,
    ) -> Mapping[str, float] | None:
        """Take one step with each member on the same batch.

        Args:
            draw: makes the batch.
            loss: of one member on the batch.
            rate: the learning rate.
            clip: largest norm of a member's gradient (Pascanu et al. 2013); 0 for no bound.

        Returns:
            The losses before the step, or None if a loss is too large or no number, or a gradient
            is not finite; then nobody has stepped, and whoever goes on from here with another rate
            gets the same batch.
        """
        before = self.batches.get_state()
        given = draw(self.batches)
        found = self._looked(partial(loss, given), clip)
        if found is None:
            self.batches.set_state(before)
            return None
        for optimiser in self._optimisers.values():
            optimiser.step(self.taken, rate)
        self.taken += 1
        return found

    def _looked(
        self, loss: Callable[[nn.Module], Tensor], clip: float
    ) -> Mapping[str, float] | None:
        """Loss and gradient of each member; None where one of them is of no use."""
        found: dict[str, float] = {}
        for kind, model in self.models.items():
            optimiser = self._optimisers[kind]
            optimiser.forget_gradient()
            value = loss(model)
            found[kind] = float(value.detach())
            if not found[kind] < DIVERGED:  # nan is not
                return None
            value.backward()  # type: ignore[no-untyped-call]
            if not math.isfinite(optimiser.clip(clip)):
                return None
        return found
