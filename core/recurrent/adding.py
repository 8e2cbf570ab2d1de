"""The adding problem: a sum of two numbers that were marked long ago.

Hochreiter & Schmidhuber (1997), section 5.4, in the form of Arjovsky et al. (2016): T pairs of a
value from [0, 1) and a mark; one mark lies in the first half, one in the second; the target is the
sum of the two marked values. Always saying 1 leaves an error of 1/6, the variance of the sum: a
network below that remembers.

Names of what a run tells, for each CELL that takes part ("rnn", "gru", "lstm"):
    series   "CELL.loss"    mean squared error of each step's batch
    marks    "CELL.test"    mean squared error on 256 fixed sequences that are not trained on
             "trivial"      the error there of always saying the mean
    pictures "values" (6, T), "marked" (6, T), "truth" (6,), "CELL.says" (6,): test sequences
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from core.recurrent.cells import Kind
from core.recurrent.race import CELLS, Cell, Race, kinds, network, seeded
from core.schema import Record, choice, mark, number, whole
from core.training.learner import job

BATCH = 64
GRID = 16
SHOWN = 6
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
        """Say the sum."""
        states, _ = self.rnn(x)
        said: Tensor = self.out(states[:, -1]).squeeze(1)
        return said


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


class Adders(Race):
    """The members of a run."""

    def __init__(self, config: Adding) -> None:
        """Stand at the start."""
        self.config = config

        def made(kind: Kind) -> Adder:
            return Adder(kind, config.hidden, config.forget_bias)

        models = seeded(made, kinds(config.cell), config.seed)
        generator = torch.Generator().manual_seed(config.seed)
        super().__init__(models, "adam", config.clip, generator)
        self.series = tuple(f"{kind}.loss" for kind in models)

    def batch(self, count: int) -> tuple[Tensor, Tensor]:
        """Sequences and their sums."""
        assert self.batches
        return sequences(BATCH, self.config.length, self.batches)

    def loss(self, batch: tuple[Tensor, Tensor], kind: Kind, count: int) -> Tensor:
        """Mean squared error."""
        x, truth = batch
        return F.mse_loss(self.models[kind](x), truth)

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """What each member says to the test sequences."""
        x, truth = test_set(self.config.length)
        marks = {"trivial": float(truth.var(correction=0))}
        pictures: dict[str, Any] = {
            "values": x[:SHOWN, :, 0].numpy(),
            "marked": x[:SHOWN, :, 1].numpy(),
            "truth": truth[:SHOWN].numpy(),
        }
        with torch.no_grad():
            for kind, model in self.models.items():
                says = model(x)
                marks[f"{kind}.test"] = float(F.mse_loss(says, truth))
                pictures[f"{kind}.says"] = says[:SHOWN].numpy()
        return marks, pictures


def program(config: Adding, rates: tuple[tuple[int, float], ...]) -> str:
    """A runnable program that repeats the run and prints the last losses."""
    members = ", ".join(f'"{kind}"' for kind in kinds(config.cell))
    return f'''"""The adding problem: {config.cell}, length {config.length}, seed {config.seed}."""

import torch
from torch import nn
from torch.nn import functional as F

T, HIDDEN, BATCH = {config.length}, {config.hidden}, {BATCH}
STEPS, SEED = {config.steps}, {config.seed}
FORGET_BIAS, CLIP = {config.forget_bias!r}, {config.clip!r}
RATES = {list(rates)!r}  # (from this step on, learning rate)
NETWORKS = {{"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}}
torch.set_num_threads(1)


class Adder(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.rnn = NETWORKS[kind](2, HIDDEN, batch_first=True)
        if kind == "lstm":
            with torch.no_grad():
                self.rnn.bias_ih_l0[HIDDEN : 2 * HIDDEN] += FORGET_BIAS
        self.out = nn.Linear(HIDDEN, 1)

    def forward(self, x):
        states, _ = self.rnn(x)
        return self.out(states[:, -1]).squeeze(1)


def sequences(generator):
    values = torch.rand(BATCH, T, generator=generator)
    first = torch.randint(T // 2, (BATCH,), generator=generator)
    second = torch.randint(T // 2, T, (BATCH,), generator=generator)
    marks = torch.zeros(BATCH, T)
    rows = torch.arange(BATCH)
    marks[rows, first] = marks[rows, second] = 1.0
    return torch.stack([values, marks], 2), (values * marks).sum(1)


for kind in [{members}]:
    torch.manual_seed(SEED)
    model = Adder(kind)
    optimiser = torch.optim.Adam(model.parameters(), lr=RATES[0][1])
    batches = torch.Generator().manual_seed(SEED)
    for step in range(STEPS):
        optimiser.param_groups[0]["lr"] = [rate for begin, rate in RATES if begin <= step][-1]
        x, truth = sequences(batches)
        loss = F.mse_loss(model(x), truth)
        optimiser.zero_grad()
        loss.backward()
        if CLIP:
            nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimiser.step()
    print(kind, loss.item())
'''


JOB = job("adding", Adders, read=Adding.read, write=Adding.write, program=program)
