"""The runnable program of a run of the adding problem: the same sequences and steps."""

from __future__ import annotations

from core.recurrent.adding.task import BATCH, Adding
from core.recurrent.program import NETWORKS, layer, training


def program(config: Adding, rates: tuple[tuple[int, float], ...]) -> str:
    """A runnable program that repeats the run and prints the last losses."""
    loop = training(
        config.cell,
        "Adder",
        loss="""
            x, truth = sequences(batches)
            loss = F.mse_loss(model(x), truth)
        """,
        backward="loss",
        end="print(kind, loss.item())",
    )
    return f'''"""The adding problem: {config.cell}, length {config.length}, seed {config.seed}."""

import torch
from torch import nn
from torch.nn import functional as F

T, HIDDEN, BATCH = {config.length}, {config.hidden}, {BATCH}
STEPS, SEED = {config.steps}, {config.seed}
FORGET_BIAS, CLIP = {config.forget_bias!r}, {config.clip!r}
RATES = {list(rates)!r}  # (from this step on, learning rate)
{NETWORKS}


class Adder(nn.Module):
    def __init__(self, kind):
        super().__init__()
{layer(2)}
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


{loop}'''
