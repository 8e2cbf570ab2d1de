"""A network as a table: what each layer makes, holds, costs and sees of the picture.

Read off the running module on the meta device, so that it cannot say anything else than torch.
Multiply-adds are those of convolutions and matrix products, as `torch.utils.flop_counter` counts
them; biases, pooling and normalisation cost little beside them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn

from core.vision.architectures.published import (
    ARCHITECTURES,
    Distances,
    SparseConvolution,
    Squash,
    Subsample,
)

BYTES = 4
"""Of a float32."""

Shape = tuple[int, ...]
KINDS: dict[type[nn.Module], str] = {
    nn.Conv2d: "conv",
    SparseConvolution: "sparse",
    Subsample: "subsample",
    nn.AvgPool2d: "average",
    nn.MaxPool2d: "max",
    nn.LocalResponseNorm: "norm",
    nn.Linear: "fc",
    Distances: "distances",
}
ASIDE: dict[type[nn.Module], str] = {
    nn.ReLU: "ReLU",
    nn.Tanh: "tanh",
    Squash: "tanh",
    nn.Dropout: "dropout",
}
"""Layers that change no shape and hold nothing: they are named beside the row before them."""


@dataclass(frozen=True)
class Field:
    """What one number sees of the picture, in pixels, along one side.

    Attributes:
        size: how many pixels.
        jump: from what one number sees to what the next one sees.
        start: the first pixel that the first number sees; below zero in the padding.
    """

    size: int = 1
    jump: int = 1
    start: int = 0

    def through(self, kernel: int, stride: int, padding: int) -> Field:
        """The field after one more sliding window."""
        return Field(
            self.size + (kernel - 1) * self.jump,
            self.jump * stride,
            self.start - padding * self.jump,
        )


@dataclass
class Row:
    """One layer.

    Attributes:
        name: such as "conv1_2" or "C3".
        kind: one of KINDS' values.
        inputs, outputs: (C, H, W), or (N,) where no maps are left.
        kernel, stride, padding: of the sliding window; 0 where there is none.
        groups: how many separate halves (or more) a convolution has.
        parameters: that are trained.
        multiply_adds: for one picture.
        sees: what one number sees of the picture; None: everything.
        saw: the same of the layer before.
        aside: what follows without changing the shape, such as "ReLU".
    """

    name: str
    kind: str
    inputs: Shape
    outputs: Shape
    kernel: int
    stride: int
    padding: int
    groups: int
    parameters: int
    multiply_adds: int
    sees: Field | None
    saw: Field | None
    aside: list[str] = field(default_factory=list)

    @property
    def weight_bytes(self) -> int:
        """Memory of the parameters in float32."""
        return BYTES * self.parameters

    @property
    def output_bytes(self) -> int:
        """Memory of the outputs for one picture in float32."""
        return BYTES * math.prod(self.outputs)


@dataclass(frozen=True)
class Table:
    """All rows of a network, and their sums."""

    inputs: Shape
    rows: tuple[Row, ...]

    @property
    def parameters(self) -> int:
        """Of the whole network."""
        return sum(row.parameters for row in self.rows)

    @property
    def multiply_adds(self) -> int:
        """Of the whole network, for one picture."""
        return sum(row.multiply_adds for row in self.rows)

    @property
    def output_bytes(self) -> int:
        """Memory of all outputs for one picture in float32, the picture not counted."""
        return sum(row.output_bytes for row in self.rows)


@cache
def table(name: str) -> Table:
    """The table of a published network.

    Raises:
        ValueError: there is no such network.
    """
    if name not in ARCHITECTURES:
        raise ValueError(f"There is no network {name!r}; there are {', '.join(ARCHITECTURES)}.")
    architecture = ARCHITECTURES[name]
    return read(architecture.on_meta(), architecture.inputs, architecture.names)


def read(net: nn.Module, inputs: Shape, names: str = "numbers") -> Table:
    """Send an empty picture through the network and write down what each layer does.

    Args:
        net: on the meta device, or small.
        inputs: (C, H, W) of the picture.
        names: as in `Architecture.names`.

    >>> net = nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5))
    >>> costs = read(net, (1, 28, 28))
    >>> [(row.name, row.outputs, row.parameters) for row in costs.rows]
    [('conv1', (6, 24, 24), 156), ('pool1', (6, 12, 12), 0), ('conv2', (16, 8, 8), 2416)]
    >>> costs.multiply_adds
    240000
    """
    rows: list[Row] = []
    named = _Names(names)

    def note(layer: nn.Module, given: tuple[Tensor, ...], out: Tensor) -> None:
        if type(layer) in ASIDE:
            if rows:
                rows[-1].aside.append(ASIDE[type(layer)])
        elif type(layer) in KINDS:
            before = rows[-1].sees if rows else Field()
            rows.append(_row(layer, named, tuple(given[0].shape[1:]), tuple(out.shape[1:]), before))

    hooks = [layer.register_forward_hook(note) for layer in net.modules() if _is_leaf(layer, net)]
    device = next(net.parameters()).device
    with torch.no_grad():
        net(torch.empty(1, *inputs, device=device))
    for hook in hooks:
        hook.remove()
    return Table(inputs, tuple(rows))


def _is_leaf(layer: nn.Module, net: nn.Module) -> bool:
    """A layer of the table, and not a part of one."""
    inside = [
        part
        for sparse in net.modules()
        if isinstance(sparse, SparseConvolution)
        for part in sparse.maps
    ]
    return (type(layer) in KINDS or type(layer) in ASIDE) and layer not in inside


def _row(
    layer: nn.Module, names: _Names, inputs: Shape, outputs: Shape, before: Field | None
) -> Row:
    kind = KINDS[type(layer)]
    kernel, stride, padding = (_one(layer, n) for n in ("kernel_size", "stride", "padding"))
    seen = before.through(kernel, stride, padding) if before and kernel else before
    return Row(
        name=names.next(kind),
        kind=kind,
        inputs=inputs,
        outputs=outputs,
        kernel=kernel,
        stride=stride,
        padding=padding,
        groups=int(getattr(layer, "groups", 1)),
        parameters=sum(p.numel() for p in layer.parameters()),
        multiply_adds=_products(layer, outputs),
        sees=None if kind in ("fc", "distances") else seen,
        saw=before,
    )


def _products(layer: nn.Module, outputs: Shape) -> int:
    if isinstance(layer, nn.Conv2d | nn.Linear):
        return layer.weight.numel() * math.prod(outputs[1:])
    if isinstance(layer, SparseConvolution):
        return sum(5 * 5 * len(seen) for seen in layer.seen) * math.prod(outputs[1:])
    return 0


def _one(layer: nn.Module, name: str) -> int:
    """A size of a window that is the same along both sides; 0 if the layer has none."""
    value: Any = getattr(layer, name, 0)
    return int(value[0] if isinstance(value, tuple) else value)


class _Names:
    """Gives each layer its name, in order."""

    def __init__(self, style: str) -> None:
        self.style, self.count, self.stage, self.within, self.pools = style, 0, 1, 0, 0
        self.norms = 0

    def next(self, kind: str) -> str:
        """The next layer of this kind."""
        if self.style == "paper":
            self.count += 1
            letter = {"conv": "C", "sparse": "C", "subsample": "S", "fc": "F"}
            return f"{letter[kind]}{self.count}" if kind in letter else "output"
        if kind == "conv":
            self.count += 1
            self.within += 1
            return f"conv{self.stage}_{self.within}" if self.style == "stages" else self._as("conv")
        if kind in ("max", "average"):
            self.pools += 1
            if self.style == "stages":
                self.stage, self.within = self.stage + 1, 0
            return f"pool{self.pools}"
        if kind == "norm":
            self.norms += 1
            return f"norm{self.norms}"
        self.count += 1
        if self.style == "stages":
            self.pools += 1
            return f"fc{self.pools}"
        return self._as("fc")

    def _as(self, word: str) -> str:
        return f"{word}{self.count}"
