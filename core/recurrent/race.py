"""Members of a race: RNN, GRU and LSTM trained side by side from one seed on identical batches.

A single cell is a race of one. Each member has its own optimiser; the batches come from one random
generator that no member touches, so that who else takes part changes nothing for a member.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal

import torch
from torch import Tensor, nn

from core.recurrent.cells import KINDS, NETWORKS, Kind
from core.training.job import State
from core.training.packing import pack, unpack

Cell = Literal["rnn", "gru", "lstm", "race"]
CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm", "race")
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
        learning_rate: of every optimiser.
    """

    def __init__(
        self,
        make: Callable[[Kind], nn.Module],
        members: tuple[Kind, ...],
        seed: int,
        learning_rate: float,
    ) -> None:
        """Stand at the start."""
        self.models: dict[str, nn.Module] = {}
        with torch.random.fork_rng(devices=[]):
            for kind in members:
                torch.manual_seed(seed)
                self.models[kind] = make(kind)
        self.optimisers = {
            kind: torch.optim.Adam(model.parameters(), lr=learning_rate)
            for kind, model in self.models.items()
        }
        self.batches = torch.Generator().manual_seed(seed)

    def pack(self, step: int) -> State:
        """The state after so many steps."""
        return pack(step, self.models, self.optimisers, {"batches": self.batches})

    def unpack(self, state: State) -> None:
        """Stand where the state was taken."""
        unpack(state, self.models, self.optimisers, {"batches": self.batches})

    def step(self, loss: Callable[[nn.Module], Tensor], clip: float) -> Mapping[str, float] | None:
        """Take one step with each member on the same batch.

        Args:
            loss: of one member on the batch.
            clip: largest norm of a member's gradient (Pascanu et al. 2013); 0 for no bound.

        Returns:
            The losses before the step, or None if one of them is too large or no number; then
            nobody has stepped.
        """
        losses = {kind: loss(model) for kind, model in self.models.items()}
        found = {kind: float(value.detach()) for kind, value in losses.items()}
        if not all(math.isfinite(value) and value < DIVERGED for value in found.values()):
            return None
        for kind, optimiser in self.optimisers.items():
            optimiser.zero_grad()
            losses[kind].backward()  # type: ignore[no-untyped-call]
            if clip:
                nn.utils.clip_grad_norm_(self.models[kind].parameters(), clip)
            optimiser.step()
        return found
