"""How each number of the notes' SimpleCNN comes about, declared once for each layer."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import torch
from torch import Tensor

from core.opened import (
    Activation,
    Conv,
    Dot,
    Opened,
    Pool,
    Rules,
    Scale,
    Softmax,
    whole_program,
)
from core.vision.drawing import Drawing
from core.vision.models import SimpleCNN
from core.vision.place import Place
from core.vision.preprocess import Stages
from core.vision.trace import Trace

Off = Mapping[str, tuple[int, ...]]
"""Filters that are switched off, by layer."""


def rules(off: Off | None = None, temperature: float = 1.0) -> Rules:
    """The rules of the network, from the ink of the picture to the probabilities.

    Args:
        off: filters that are switched off.
        temperature: divides the logits before the softmax (Guo et al. 2017).
    """
    off = off or {}
    return _rules(tuple(off.get("conv1", ())), tuple(off.get("conv2", ())), temperature)


@functools.lru_cache(maxsize=32)
def _rules(off1: tuple[int, ...], off2: tuple[int, ...], temperature: float) -> Rules:
    def layer(name: str) -> tuple[str, str]:
        return f"model.{name}.weight", f"model.{name}.bias"

    return Rules(
        Scale("input", "ink", minus=0.5, by=0.5),
        Conv("conv1", "input", *layer("conv1"), padding=1),
        Activation("relu1", "conv1", "relu", off1),
        Pool("pool1", "relu1"),
        Conv("conv2", "pool1", *layer("conv2"), padding=1),
        Activation("relu2", "conv2", "relu", off2),
        Pool("pool2", "relu2"),
        Dot("fc1", "c h w, n (c h w), n -> n", "pool2", *layer("fc1")),
        Activation("relu3", "fc1", "relu"),
        Dot("logits", "k, n k, n -> n", "relu3", *layer("fc2")),
        Softmax("probabilities", "logits", temperature),
        symbols={"probabilities": "p"}
        | {f"model.{name}.weight": "w" for name in ("conv1", "conv2", "fc1", "fc2")}
        | {f"model.{name}.bias": "b" for name in ("conv1", "conv2", "fc1", "fc2")},
    )


def arrays(model: SimpleCNN, run: Trace, temperature: float = 1.0) -> dict[str, Tensor]:
    """Every array that the rules speak of, of a forward pass of one picture.

    Ink (1, 28, 28) in [0, 1], layers (C, H, W) or (N,), and the network's weights.
    """
    found = {name: tensor[0] for name, tensor in run.tensors.items()}
    found["ink"] = found["input"] / 2 + 0.5
    found["probabilities"] = torch.softmax(found["logits"].double() / temperature, 0)
    for name in ("conv1", "conv2", "fc1", "fc2"):
        layer = getattr(model, name)
        found[f"model.{name}.weight"] = layer.weight.detach()
        found[f"model.{name}.bias"] = layer.bias.detach()
    return found


def opened(
    model: SimpleCNN, run: Trace, place: Place, off: Off | None = None, temperature: float = 1.0
) -> Opened:
    """The arithmetic of one number of a forward pass of one picture.

    Args:
        model: the network that made the trace.
        run: its trace, of one picture (B = 1).
        place: which number.
        off: filters that were switched off in it.
        temperature: of the softmax.
    """
    return rules(off, temperature).open(arrays(model, run, temperature), place.cell)


def program(
    model: SimpleCNN,
    run: Trace,
    place: Place,
    *,
    name: str,
    drawing: Drawing,
    stages: Stages,
    off: Off | None = None,
    temperature: float = 1.0,
) -> str:
    """A program that computes the same number from the same drawing with plain PyTorch.

    It prints the number, and runs in the project's folder, where the weights are.

    Args:
        model: the network that made the trace.
        run: its trace, of one picture.
        place: which number.
        name: of the shipped network, "ours" or "notes".
        drawing: what the trace was made from.
        stages: how that was prepared.
        off: filters that were switched off in it.
        temperature: of the softmax.
    """
    declared, trace = rules(off, temperature), arrays(model, run, temperature)
    return whole_program(
        declared,
        trace,
        declared.open(trace, place.cell),
        imports=[
            "",
            "from core.vision.drawing import Drawing",
            "from core.vision.preprocess import Stages, render",
            "from core.weights import load",
            "",
            f'model, card = load("simple_cnn_{name}")',
            f'drawing = Drawing.decode("{drawing.encode()}")',
        ],
        given={"ink": [f"ink = torch.from_numpy(render(drawing, {stages!r}))[None]"]},
        note="Run it in the folder of Forward Pass.",
    )
