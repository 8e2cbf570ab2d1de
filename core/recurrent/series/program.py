"""The runnable program of a run on a real series: the same rows, networks and judge in torch."""

from __future__ import annotations

from textwrap import fill

from core.recurrent.program import NETWORKS
from core.recurrent.race import LEAST
from core.recurrent.series.judge import LEVEL, PACE, SHIFTS
from core.recurrent.series.members import CLIP
from core.recurrent.series.scaling import CHANGES
from core.recurrent.series.setting import CALIBRATED, MOST_WINDOWS, TRAIN, SeriesSetting

_SCALED = {
    "none": ("(y - 0.0) / 1.0", "z"),
    "minmax": ("(y - LOW) / WIDE", "LOW + WIDE * z"),
    "zscore": ("(y - MEAN) / STD", "MEAN + STD * z"),
    "differences": ("(y - before) / STD", "before + STD * z"),
    "log_returns": ("np.log(y / before) / STD", "before * np.exp(STD * z)"),
}
"""How a number is scaled, and how that is undone."""
_FITTED = {
    "none": "",
    "minmax": "LOW, WIDE = known.min(), np.ptp(known) or 1.0\n",
    "zscore": "MEAN, STD = known.mean(), known.std() or 1.0\n",
    "differences": "STD = np.diff(known).std() or 1.0\n",
    "log_returns": "STD = np.diff(np.log(known)).std() or 1.0\n",
}


def program(setting: SeriesSetting, rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats the run and prints each member's errors beside persistence.

    Args:
        setting: of the run.
        rates: (step, learning rate), from step 0 on.
    """
    values = setting.frame().values[:, : setting.columns]
    literal = fill(
        ", ".join(repr(value) for value in values.flatten().tolist()),
        96,
        initial_indent="    ",
        subsequent_indent="    ",
    )
    scaled, restored = _SCALED[setting.scaling]
    cells = ", ".join(f'"{cell}"' for cell in setting.cells)
    beside = "zscore" if setting.scaling in CHANGES else setting.scaling
    others = {
        "none": "column",
        "minmax": "(column - column[:cut].min()) / (np.ptp(column[:cut]) or 1.0)",
        "zscore": "(column - column[:cut].mean()) / (column[:cut].std() or 1.0)",
    }[beside]
    return f'''"""{setting.cell.upper()}, hidden size {setting.hidden}, on a real series: \
{", ".join(setting.frame().names[: setting.columns])}."""

import math

import numpy as np
import torch
from torch import nn

SEED, LENGTH, HIDDEN, STEPS = {setting.seed}, {setting.length}, {setting.hidden}, {setting.steps}
PERIOD = {setting.period}
RATES = {list(rates)!r}  # (from this step on, learning rate)
{NETWORKS}

# row by row; the first of {values.shape[1]} columns is forecast
values = np.array([
{literal},
]).reshape(-1, {values.shape[1]})
count = len(values)
cut, held = int({TRAIN} * count), int({CALIBRATED} * count)  # train, calibrate, judge

# a normalisation knows the training part alone
known = values[:cut, 0]
{_FITTED[setting.scaling]}

def scale(y, before):
    return {scaled}


def restore(z, before):
    return {restored}


y, before = values[:, 0], np.concatenate([[np.nan], values[:-1, 0]])
columns = [scale(y, before)]
for column in values[:, 1:].T:
    columns.append({others})
series = np.stack(columns, 1)


def windows(begin, end, most):
    rows = np.arange(begin, end)
    if len(rows) > most:
        rows = rows[np.linspace(0, len(rows) - 1, most).round().astype(int)]
    x = series[rows[:, None] - LENGTH + np.arange(LENGTH)]
    return rows, torch.tensor(x).float(), torch.tensor(series[rows, 0]).float()


_, train_x, train_y = windows(LENGTH + 1, cut, {MOST_WINDOWS})
calibration, calibration_x, _ = windows(cut, held, count)
test, test_x, _ = windows(held, count, count)


class Forecaster(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.rnn = NETWORKS[kind](series.shape[1], HIDDEN, batch_first=True)
        self.head = nn.Linear(HIDDEN, 1)

    def forward(self, x):
        return self.head(self.rnn(x)[0])[:, -1, 0]


def rmse(said, truth):
    return np.sqrt(np.mean((said - truth) ** 2))


still = rmse(y[test - 1], y[test])
print(f"persistence error {{still:.6e}}")
print(f"seasonal error {{rmse(y[test - PERIOD], y[test]):.6e}}")

for kind in [{cells}]:
    torch.manual_seed(SEED)
    model = Forecaster(kind)
    optimiser = torch.optim.Adam(model.parameters(), lr=RATES[0][1])
    for step in range(STEPS):
        rate = [rate for begin, rate in RATES if begin <= step][-1]
        rate *= {LEAST} + {1 - LEAST} * (1 + math.cos(math.pi * step / STEPS)) / 2
        optimiser.param_groups[0]["lr"] = rate
        epoch, place = divmod(step, {setting.batches})
        chance = torch.Generator().manual_seed(SEED + (1 + epoch << 32))
        order = torch.randperm(len(train_x), generator=chance)
        batch = order[place * {setting.size} : (place + 1) * {setting.size}]
        loss = (model(train_x[batch]) - train_y[batch]).square().mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), {CLIP})
        optimiser.step()
    with torch.no_grad():
        said = model(test_x).double().numpy()
        missed = model(calibration_x).double().numpy() - series[calibration, 0]
    forecast = restore(said, y[test - 1])
    so_far, out, inside = sorted(np.abs(missed)), 1 - {LEVEL}, []
    for miss in np.abs(series[test, 0] - said):  # adaptive conformal intervals
        rank = math.ceil((len(so_far) + 1) * (1 - out) - 1e-9)
        inside.append(miss <= so_far[min(len(so_far), max(1, rank)) - 1])
        out += {PACE} * (1 - {LEVEL} - (not inside[-1]))
        so_far = sorted([*so_far, miss])
    error = rmse(forecast, y[test])
    print(f"{{kind}} error {{error:.6e}} over persistence {{error / still:.6e}} "
          f"coverage {{np.mean(inside):.6e}}")
    lag = np.argmin([rmse(forecast, y[test - shift]) for shift in range({SHIFTS} + 1)])
    print(f"{{kind}} fits the truth of {{lag}} rows before best")
'''
