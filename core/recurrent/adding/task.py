"""The adding problem: its sequences, and the networks that are to solve it.

Hochreiter & Schmidhuber (1997), section 5.4, in the form of Arjovsky et al. (2016): T pairs of a
value from [0, 1) and a mark; one mark lies in the first half, one in the second; the target is the
sum of the two marked values. Always saying 1 leaves an error of 1/6, the variance of the sum: a
network below that remembers.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.recurrent.cells import Kind
from core.recurrent.race import CELLS, Cell, kinds, network, seeded
from core.schema import Record, choice, mark, number, whole

BATCH = 64
GRID = 16
TEST_SEED = 271_828


@dataclass(frozen=True)
class Adding(Record):
    """What a run of the adding problem is made of.

    Attributes:
        cell: who takes part.
        length: steps of a sequence, T.
        hidden: size of the hidden state.
        learning_rate: Adam's.
        steps: batches of 64 sequences, never the same one twice.
        forget_bias: added to the LSTM's forget gate at the start.
        clip: largest norm of a gradient; 0 for no bound.
        seed: of weights and batches.
    """

    cell: Cell = choice(CELLS, "race")
    length: int = whole(50, 4, 200)
    hidden: int = whole(32, 1, 128, label=mark("hidden size"))
    learning_rate: float = number(3e-3, 1e-5, 1.0)
    steps: int = whole(1000, 1, 5000)
    forget_bias: float = number(0.0, -2.0, 5.0, step=0.5)
    clip: float = number(1.0, 0.0, 10.0, step=0.5, label=mark("largest gradient norm"))
    seed: int = whole(0)


class Adder(nn.Module):
    """A recurrent network and a line from its last hidden state to the sum.

    x (B, T, 2) -> (B,)
    """

    def __init__(self, kind: Kind, hidden: int, forget_bias: float) -> None:
        """Make one of a kind."""
        super().__init__()
        self.rnn = network(kind, 2, hidden, forget_bias)
        self.out = nn.Linear(hidden, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Predict the sum."""
        states, _ = self.rnn(x)
        sums: Tensor = self.out(states[:, -1]).squeeze(1)
        return sums


def sequences(count: int, length: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Draw sequences: inputs (count, length, 2), values and marks, and their sums (count,)."""
    half = length // 2
    values = torch.rand(count, length, generator=generator)
    first = torch.randint(half, (count,), generator=generator)
    second = torch.randint(half, length, (count,), generator=generator)
    marks = torch.zeros(count, length)
    rows = torch.arange(count)
    marks[rows, first] = marks[rows, second] = 1.0
    return torch.stack([values, marks], 2), (values * marks).sum(1)


def test_set(length: int) -> tuple[Tensor, Tensor]:
    """256 fixed sequences whose marked pairs cover the unit square evenly.

    Drawn freely, so few sequences would leave the trivial error anywhere between 0.14 and 0.19.
    """
    generator = torch.Generator().manual_seed(TEST_SEED)
    x, _ = sequences(GRID * GRID, length, generator)
    steps = (torch.arange(GRID) + 0.5) / GRID
    pairs = torch.cartesian_prod(steps, steps)[torch.randperm(GRID * GRID, generator=generator)]
    places = x[:, :, 1].nonzero()[:, 1].reshape(-1, 2)  # first and second mark of each sequence
    x[:, :, 0].scatter_(1, places, pairs)
    return x, pairs.sum(1)


def networks(config: Adding) -> dict[Kind, nn.Module]:
    """The networks of a run, as the seed makes them."""

    def build(kind: Kind) -> Adder:
        return Adder(kind, config.hidden, config.forget_bias)

    return seeded(build, kinds(config.cell), config.seed)
