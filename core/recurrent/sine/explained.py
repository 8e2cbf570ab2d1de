"""The notes' sine program on the numbers of a run: its class, its windows, the plot at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.figures.curves import OKABE_ITO, Curve, picture
from core.recurrent.cells import Kind
from core.recurrent.sine.forecast import Forecaster
from core.recurrent.sine.members import models
from core.recurrent.sine.scores import error, outputs
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting
from core.training.job import State

PLOTTED = 100
"""Numbers that the notes plot: `flatten()[:100]`."""
PRINTED = 10
"""Epochs between two lines that the notes print."""
LEAST = 0.00005
"""What is smaller is printed as 0.0000."""
CLOSE = 0.01
"""Outputs that differ by less are taken as equal."""
_CLASSES = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
_WIDTH = 48


def written(setting: SineSetting, kind: Kind) -> str:
    """The network as a class, as the notes write it, with the shape behind each line.

    Args:
        setting: of the run.
        kind: of the cell.
    """
    cell, hidden, layers, length = _CLASSES[kind], setting.hidden, setting.layers, setting.length
    deep = f", num_layers={layers}" if layers > 1 else ""
    dropped = f", dropout={setting.dropout}" if layers > 1 and setting.dropout else ""
    zeros, state = f"torch.zeros({layers}, x.size(0), {hidden})", f"({layers}, N, {hidden})"
    start = [("h0", f"{state}: before step 1")]
    if kind == "lstm":
        start.append(("c0", f"{state}: likewise"))
    given = "(h0, c0)" if kind == "lstm" else "h0"
    out, shape, which = "out", f"(N, {length}, 1)", "every step"
    if setting.output == "last":
        out, shape, which = "out[:, -1, :]", "(N, 1)", "the last step"
    return "\n".join(
        [
            f"class Simple{cell}(nn.Module):",
            "    def __init__(self):",
            "        super().__init__()",
            f"        self.rnn = nn.{cell}(1, {hidden}{deep}, batch_first=True{dropped})",
            f"        self.fc = nn.Linear({hidden}, 1)",
            "",
            _line("    def forward(self, x):", f"(N, {length}, 1)"),
            *(_line(f"        {name} = {zeros}", about) for name, about in start),
            _line(f"        out, _ = self.rnn(x, {given})", f"(N, {length}, {hidden})"),
            _line(f"        return self.fc({out})", f"{shape}: {which}"),
        ]
    )


def _line(code: str, shape: str) -> str:
    return f"{code:<{_WIDTH}}# {shape}"


def printed(setting: SineSetting, losses: Sequence[float]) -> list[str]:
    """What the notes' loop prints of a run: the loss at the end of every tenth epoch.

    Args:
        setting: of the run.
        losses: of each of its steps so far.
    """
    every = PRINTED * setting.batches
    lines = [
        f"Epoch [{step // setting.batches}/{setting.epochs}], Loss: {losses[step - 1]:.4f}"
        for step in range(every, len(losses) + 1, every)
    ]
    return [*lines, "Finished Training"] if len(losses) >= setting.steps else lines


def notes(setting: SineSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """What the notes' program makes of the data and of the network of a run.

    Returns:
        "cell": the first of the run. "windows" N and "length" L. "input" and "target" (L,): the
        first window and what is to come out. "true", "every", "last" (100,): what
        `flatten()[:100]` takes from the targets, from the outputs of every step, and from the last
        outputs alone, fewer where there are fewer; "jump": the largest step of "true" from one
        window to the next, and "step": the largest within a window. "train" and "validation":
        mean squared errors. "mean", "std", "least", "most" of the inputs. "forgotten": after how
        many steps the outputs no longer tell whether the hidden state began at 0 or at 1; None if
        they always do.
    """
    known, kind = data(setting), setting.cells[0]
    model = models(setting, state)[kind]
    x, y = known.train
    out = outputs(model, x)
    true = _flat(y)
    ends = np.arange(1, len(true)) % setting.length == 0
    steps = np.abs(np.diff(true))
    return {
        "cell": kind,
        "windows": len(x),
        "length": setting.length,
        "input": x[0, :, 0].numpy(),
        "target": y[0, :, 0].numpy(),
        "true": true,
        "every": _flat(out),
        "last": _flat(out[:, -1]),
        "jump": float(steps[ends].max(initial=0)),
        "step": float(steps[~ends].max(initial=0)),
        "train": error(setting, out, y),
        "validation": error(setting, outputs(model, known.validation[0]), known.validation[1]),
        "mean": float(x.mean()),
        "std": float(x.std(correction=0)),
        "least": float(x.min()),
        "most": float(x.max()),
        "forgotten": forgotten(model, x),
    }


def _flat(values: Tensor) -> NDArray[np.float32]:
    """`values.flatten()[:100]`."""
    flat: NDArray[np.float32] = values.flatten()[:PLOTTED].numpy()
    return flat


@torch.inference_mode()
def forgotten(model: Forecaster, x: Tensor) -> int | None:
    """After how many steps the first hidden state, 0 or 1, makes no difference to the outputs.

    Args:
        model: used as in evaluation.
        x: windows, (N, L, 1).

    Returns:
        The first step from which on all outputs differ by less than `CLOSE`; None: at no step.
    """
    training = model.training
    model.eval()
    rnn = model.rnn
    ones = torch.ones(rnn.num_layers, len(x), rnn.hidden_size)
    begun: Any = (ones, torch.zeros_like(ones)) if isinstance(rnn, torch.nn.LSTM) else ones
    apart = (model(x) - model.head(rnn(x, begun)[0])).abs().amax(dim=(0, 2))  # (L,)
    model.train(training)
    far = (apart >= CLOSE).nonzero()
    step = int(far[-1]) + 1 if len(far) else 0
    return step if step < x.shape[1] else None


def window_picture(found: Mapping[str, Any]) -> str:
    """The first window and its target, as a data URL: blue goes in, orange is to come out."""
    return picture([_pair(found["input"], found["target"])])


def plot_pictures(found: Mapping[str, Any]) -> str:
    """The notes' plot of every output and of the last outputs, side by side, as a data URL."""
    return picture([_pair(found["true"], found["every"]), _pair(found["true"], found["last"])])


def _pair(one: NDArray[np.float32], other: NDArray[np.float32]) -> list[Curve]:
    blue, orange = OKABE_ITO[0], OKABE_ITO[3]
    return [
        Curve(np.arange(float(len(y))), y, colour) for y, colour in ((one, blue), (other, orange))
    ]
