"""The runnable program of a run of the adding problem: the same sequences and steps."""

from __future__ import annotations

from core.recurrent.adding.task import BATCH, Adding
from core.recurrent.race import kinds


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
