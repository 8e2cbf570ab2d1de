"""The runnable program of a run on a series: the same data, networks and steps in plain torch."""

from __future__ import annotations

from textwrap import dedent

from core.recurrent.race import LEAST
from core.recurrent.sine.series import FAR, NOISE, SHIFT, VALIDATION
from core.recurrent.sine.setting import TRAIN, SineSetting
from core.training.optimiser import torch_line

Rates = tuple[tuple[int, float], ...]

_CLASSES = {"rnn": "nn.RNN", "gru": "nn.GRU", "lstm": "nn.LSTM"}
_FORMULAS = {
    "sine": "np.sin(x)",
    "sines": "(np.sin(x) + 0.5 * np.sin(5**0.5 * x) + 0.25 * np.sin(13**0.5 * x)) / 1.5",
    "square": "np.where(np.sin(x) >= 0, 1.0, -1.0)",
    "saw": "(x / np.pi) % 2 - 1",
    "noise": f"np.sin(x) + {NOISE} * draw.standard_normal(count)",
}


def program(setting: SineSetting, rates: Rates) -> str:
    """A program that repeats the run and prints each member's losses as they were.

    Args:
        setting: of the run.
        rates: (step, learning rate), from step 0 on.
    """
    networks = ", ".join(f'"{cell}": {_CLASSES[cell]}' for cell in setting.cells)
    dropout = setting.dropout if setting.layers > 1 else 0.0
    between = f", dropout={dropout}" if dropout else ""
    scored = "[:, -1:]" if setting.output == "last" else f"[:, {setting.warm_up}:]"
    if setting.output == "every" and not setting.warm_up:
        scored = ""
    return "\n".join(
        [
            f'"""{setting.cell.upper()}, hidden size {setting.hidden}, on "{setting.kind}"."""',
            "",
            *(["import math", ""] if setting.schedule == "decay" else []),
            "import numpy as np",
            "import torch",
            "from torch import nn",
            "",
            f"SEED, LENGTH, STEPS = {setting.seed}, {setting.length}, {setting.steps}",
            f"RATES = {list(rates)!r}  # (from this step on, learning rate)",
            f"NETWORKS = {{{networks}}}",
            "torch.set_num_threads(1)",
            "",
            _data(setting),
            "class Forecaster(nn.Module):",
            "    def __init__(self, network):",
            "        super().__init__()",
            f"        self.rnn = network(1, {setting.hidden}, {setting.layers}, "
            f"batch_first=True{between})",
            f"        self.head = nn.Linear({setting.hidden}, 1)",
            "",
            "    def forward(self, x):",
            "        return self.head(self.rnn(x)[0])",
            "",
            "",
            "def mse(output, target):",
            f"    return (output{scored} - target{scored}).square().mean()",
            "",
            "",
            "for name, network in NETWORKS.items():",
            "    torch.manual_seed(SEED)",
            "    model = Forecaster(network)",
            "    optimiser = torch.optim."
            + torch_line(setting.optimiser, "model.parameters()", "RATES[0][1]"),
            "    for step in range(STEPS):",
            *_step(setting, bool(dropout)),
            "    model.eval()",
            "    with torch.no_grad():",
            "        validation = mse(model(valid_x), valid_y).item()",
            '    print(f"{name} loss {loss.item():.6e} validation {validation:.6e}")',
            "",
        ]
    )


def _step(setting: SineSetting, dropout: bool) -> list[str]:
    """The lines of one step."""
    x, y = "train_x", "train_y"
    lines = ["rate = [rate for start, rate in RATES if start <= step][-1]"]
    if setting.schedule == "decay":
        lines.append(f"rate *= {LEAST} + {1 - LEAST} * (1 + math.cos(math.pi * step / STEPS)) / 2")
    lines.append('optimiser.param_groups[0]["lr"] = rate')
    if setting.size < setting.windows:
        lines += [
            f"epoch, place = divmod(step, {setting.batches})",
            "chance = torch.Generator().manual_seed(SEED + (1 + epoch << 32))",
            "order = torch.randperm(len(train_x), generator=chance)",
            f"batch = order[place * {setting.size} : (place + 1) * {setting.size}]",
        ]
        x, y = "train_x[batch]", "train_y[batch]"
    if dropout:
        lines.append("torch.manual_seed(SEED + (1 + step << 32))")
    lines += [f"loss = mse(model({x}), {y})", "optimiser.zero_grad()", "loss.backward()"]
    if setting.clip:
        lines.append(f"nn.utils.clip_grad_norm_(model.parameters(), {setting.clip})")
    lines.append("optimiser.step()")
    return [f"        {line}" for line in lines]


def _data(setting: SineSetting) -> str:
    """The lines that make train_x, train_y, valid_x and valid_y, each (N, LENGTH, 1)."""
    train = round(TRAIN * setting.samples)
    held_out = min(setting.samples - train, VALIDATION)
    if setting.kind == "notes":
        return dedent(f"""\
            starts = np.random.RandomState(SEED).random_sample({setting.samples})
            x = np.stack([np.linspace(start, start + 2 * np.pi, LENGTH) for start in starts])
            inputs = torch.tensor(np.sin(x), dtype=torch.float32)[..., None]
            targets = torch.tensor(np.sin(x + {SHIFT}), dtype=torch.float32)[..., None]
            train_x, train_y = inputs[:{train}], targets[:{train}]
            valid_x, valid_y = inputs[{train}:][:{held_out}], targets[{train}:][:{held_out}]

            """)
    if setting.kind == "table":
        text = dedent(f"""\
            points = np.array({list(setting.values)!r})
            cut = int({TRAIN} * len(points))
            points = (points - points[:cut].mean()) / points[:cut].std()


            def some(starts, most):
                if len(starts) <= most:
                    return starts
                return starts[np.linspace(0, len(starts) - 1, most).round().astype(int)]


            train = some(np.arange(cut - LENGTH), {train})
            valid = some(np.arange(cut, len(points) - LENGTH), {held_out})
            """)
    else:
        text = dedent(f"""\
            draw = np.random.default_rng(SEED)
            cut = {train} + LENGTH
            count = cut + {held_out} + LENGTH + {FAR}
            x = draw.uniform(0, 2 * np.pi) + {SHIFT} * np.arange(count)
            points = {_FORMULAS[setting.kind]}
            train, valid = np.arange({train}), cut + np.arange({held_out})
            """)
    return text + dedent("""\


        def windows(starts):
            found = torch.tensor(points[starts[:, None] + np.arange(LENGTH + 1)])
            found = found.float()[..., None]
            return found[:, :-1], found[:, 1:]


        train_x, train_y = windows(train)
        valid_x, valid_y = windows(valid)

        """)
