"""A digit network layer by layer, with its costs counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Literal

import torch
from torch import nn

from core.vision.nets import SIDE, Plan, build

Kind = Literal["conv", "norm", "activation", "pool", "flatten", "dropout", "linear"]


@dataclass(frozen=True)
class Layer:
    """One layer of a `DigitNet`.

    Attributes:
        name: as in `DigitNet`, such as "conv1".
        kind: what it does.
        shape: of its output for one picture, (C, H, W) or (N,).
        parameters: numbers that it learns.
        multiply_adds: products that it adds up for one picture.
        kernel, stride, padding: of a window that slides; 0 elsewhere.
    """

    name: str
    kind: Kind
    shape: tuple[int, ...]
    parameters: int
    multiply_adds: int
    kernel: int = 0
    stride: int = 0
    padding: int = 0

    @property
    def learns(self) -> bool:
        """Whether it has weights that multiply."""
        return self.kind in ("conv", "linear")


_KINDS: tuple[tuple[type[nn.Module], Kind], ...] = (
    (nn.Conv2d, "conv"),
    (nn.BatchNorm2d, "norm"),
    (nn.MaxPool2d, "pool"),
    (nn.AvgPool2d, "pool"),
    (nn.AdaptiveAvgPool2d, "pool"),
    (nn.Flatten, "flatten"),
    (nn.Dropout, "dropout"),
    (nn.Linear, "linear"),
)


@lru_cache(maxsize=64)
def layers(plan: Plan) -> tuple[Layer, ...]:
    """All layers in order, by one pass of a picture.

    Raises:
        ValueError: the plan makes no network.
    """
    with torch.device("meta"):
        net = build(plan)
    # To pass maps without numbers through it, or `to_empty`, would first load seconds' worth of
    # Python: sympy and what torch keeps for symbolic shapes.
    empty = {name: torch.empty(t.shape, dtype=t.dtype) for name, t in net.state_dict().items()}
    net.load_state_dict(empty, assign=True)
    net.eval()
    x, described = torch.zeros(1, 1, SIDE, SIDE), []
    with torch.no_grad():
        for name, module in net.named_children():
            inputs, x = x.shape[1], module(x)
            described.append(_layer(name, module, inputs, tuple(x.shape[1:])))
    return tuple(described)


def _layer(name: str, module: nn.Module, inputs: int, shape: tuple[int, ...]) -> Layer:
    kind: Kind = next(
        (k for module_type, k in _KINDS if isinstance(module, module_type)), "activation"
    )
    parameters = sum(p.numel() for p in module.parameters())
    if isinstance(module, nn.Conv2d):
        kernel, stride = module.kernel_size[0], module.stride[0]
        padding = int(module.padding[0])
        added = prod(shape) * inputs * kernel * kernel
        return Layer(name, kind, shape, parameters, added, kernel, stride, padding)
    if isinstance(module, nn.MaxPool2d | nn.AvgPool2d):
        window, stride = (int(each) for each in (module.kernel_size, module.stride))  # type: ignore[arg-type]
        return Layer(name, kind, shape, parameters, 0, window, stride)
    added = prod(shape) * inputs if isinstance(module, nn.Linear) else 0
    return Layer(name, kind, shape, parameters, added)


def multiply_adds(plan: Plan) -> int:
    """Of one picture's way forward."""
    return sum(layer.multiply_adds for layer in layers(plan))


def held(plan: Plan) -> int:
    """Numbers that one picture leaves behind for its way back: the outputs of all layers."""
    return sum(prod(layer.shape) for layer in layers(plan))


def parameters(plan: Plan) -> int:
    """Numbers that are learned."""
    return sum(layer.parameters for layer in layers(plan))
