"""The notes' program on the numbers of a run: its class, a batch, a pixel, a gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from core.training.job import State
from core.vision.nets import build
from core.vision.training import data
from core.vision.training.layers import Layer, layers
from core.vision.training.setting import CnnSetting
from core.vision.training.trainer import saved_network

FEW = 16
"""Digits of the batch that one gradient is taken of: enough to see, and quickly done."""
PRINTED = 100
"""Batches between two lines that the notes print."""
NUDGE = 1e-4
"""How far a weight is moved either way to measure what autograd computes."""
_WIDTH = 40


def written(setting: CnnSetting) -> str:
    """The network as a class, as the notes write it, with the shape behind each line.

    >>> print(written(CnnSetting(architecture="tiny")).splitlines()[0])
    class Tiny(nn.Module):
    """
    plan = setting.plan
    title = {"simple": "SimpleCNN"}.get(setting.architecture, setting.architecture.capitalize())
    with torch.device("meta"):
        modules = dict(build(plan).named_children())
    made = [f"        self.{name} = nn.{_made(module)}" for name, module in modules.items()]
    lines = [_line("    def forward(self, x):", "(N, 1, 28, 28)")]
    lines += [_line(f"        x = self.{each.name}(x)", _shape(each)) for each in layers(plan)]
    head = [f"class {title}(nn.Module):", "    def __init__(self):", "        super().__init__()"]
    return "\n".join([*head, *made, "", *lines, "        return x"])


def _made(module: nn.Module) -> str:
    """How a program makes a layer, without what torch does by itself."""
    if isinstance(module, nn.Conv2d):
        padding = f", padding={module.padding[0]}" if module.padding[0] else ""
        bias = "" if module.bias is not None else ", bias=False"
        channels = f"{module.in_channels}, {module.out_channels}"
        return f"Conv2d({channels}, {module.kernel_size[0]}{padding}{bias})"
    if isinstance(module, nn.MaxPool2d | nn.AvgPool2d):
        return f"{type(module).__name__}({module.kernel_size}, {module.stride})"
    if isinstance(module, nn.Linear):
        return f"Linear({module.in_features}, {module.out_features})"
    return "Flatten()" if isinstance(module, nn.Flatten) else str(module)


def _line(code: str, shape: str) -> str:
    return f"{code:<{_WIDTH}}# {shape}"


def _shape(layer: Layer) -> str:
    return f"({', '.join(map(str, ('N', *layer.shape)))})"


def printed(setting: CnnSetting, losses: Sequence[float]) -> list[str]:
    """What the notes' loop prints of a run: the mean loss of every hundred batches of an epoch.

    Args:
        setting: of the run.
        losses: of each of its batches so far.
    """
    lines = []
    for i in range(len(losses)):
        epoch, at = divmod(i, setting.batches)
        if at % PRINTED == PRINTED - 1:
            mean = sum(losses[i + 1 - PRINTED : i + 1]) / PRINTED
            lines.append(f"[Epoch {epoch + 1}, Batch {at + 1}] loss: {mean:.3f}")
    return [*lines, "Finished Training"] if len(losses) >= setting.steps else lines


def batch(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The first batch of a run, and one weight's gradient on it.

    Returns:
        "images" and "labels" with their "size" and "type" as torch prints them; "first": labels;
        "pixels": of the first digit the lightest, one between and the darkest, each as the "byte"
        in the file, the "ink" in [0, 1] that ToTensor makes of it, and "normalised"; "gradient":
        see `gradient`.
    """
    here = replace(setting, data=data.here(setting), augment="none")
    x, labels = data.batch(here, 0)
    return {
        "images": _kind(x),
        "labels": _kind(labels),
        "first": labels[:5].tolist(),
        "pixels": [_pixel(x[0], place) for place in _places(x[0])],
        "gradient": gradient(setting, state, x[:FEW], labels[:FEW]),
    }


def _kind(tensor: Tensor) -> dict[str, Any]:
    return {"size": list(tensor.shape), "type": tensor.type()}


def _places(image: Tensor) -> list[int]:
    """Where the lightest pixel lies, one halfway up, and the darkest."""
    order = image.flatten().argsort()
    inked = order[image.flatten()[order] > image.min()]
    return [int(order[0]), int(inked[len(inked) // 2]), int(order[-1])]


def _pixel(image: Tensor, place: int) -> dict[str, Any]:
    value = float(image.flatten()[place])
    ink = (value + 1) / 2
    return {"byte": round(255 * ink), "ink": ink, "normalised": value}


def gradient(setting: CnnSetting, state: State, x: Tensor, labels: Tensor) -> dict[str, Any]:
    """The steepest weight of the last layer: what autograd says of it, and what moving it shows.

    Args:
        setting: of the run.
        state: whose network.
        x: (N, 1, 28, 28).
        labels: (N,).

    Returns:
        "name", "value", "gradient", "loss", and "slope": the loss with the weight moved up by
        `NUDGE` less that with it moved down, over twice that; all in float64.
    """
    net, x = saved_network(setting, state).eval().double(), x.double()
    name, weight = list(net.named_parameters())[-2]
    weight.requires_grad_(True)
    loss = cross_entropy(net(x), labels)
    (slopes,) = torch.autograd.grad(loss, [weight])
    at = int(slopes.abs().argmax())
    row, column = divmod(at, weight.shape[1])
    value = float(weight.detach()[row, column])

    @torch.no_grad()
    def moved(by: float) -> float:
        weight[row, column] = value + by
        return float(cross_entropy(net(x), labels))

    return {
        "name": f"{name}[{row}, {column}]",
        "value": value,
        "gradient": float(slopes[row, column]),
        "loss": float(loss.detach()),
        "slope": (moved(NUDGE) - moved(-NUDGE)) / (2 * NUDGE),
    }
