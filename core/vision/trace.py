"""One forward pass of the notes' SimpleCNN with every intermediate tensor stored.

Axes: B pictures, C channels (feature maps), H rows, W columns, N units.
"""

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from core.vision.models import SimpleCNN, normalise

SPATIAL = ("input", "conv1", "relu1", "pool1", "conv2", "relu2", "pool2")
FLAT = ("fc1", "relu3", "logits")
LAYERS = (*SPATIAL, *FLAT)
"""Every layer in order. ReLU has a name of its own: what it throws away is worth seeing."""

SOURCE = {after: before for before, after in zip(LAYERS, LAYERS[1:], strict=False)}
"""The layer that a layer is computed from."""

MAPS = {"conv1": 32, "conv2": 64}
"""The layers whose filters can be switched off, with their number of filters."""

SIGNED = frozenset({"input", "conv1", "conv2", "fc1", "logits"})
"""Layers whose values may be negative; the others start at zero."""


@dataclass(frozen=True)
class Trace:
    """All tensors of one forward pass, float32: spatial ones (B, C, H, W), flat ones (B, N)."""

    tensors: Mapping[str, Tensor]

    def __getitem__(self, layer: str) -> Tensor:
        return self.tensors[layer]

    def picture(self, index: int) -> "Trace":
        """The trace of one picture of the batch; the axis B stays, with length 1."""
        return Trace({name: tensor[index : index + 1] for name, tensor in self.tensors.items()})


@torch.inference_mode()
def trace(model: SimpleCNN, ink: Tensor, off: Mapping[str, Collection[int]] | None = None) -> Trace:
    """Run the network and keep every layer.

    Args:
        model: the notes' SimpleCNN, in eval mode. It is not changed: no hooks.
        ink: (B, 28, 28) in [0, 1].
        off: filters to switch off, by layer ("conv1", "conv2"): their feature map after the ReLU
            becomes zero.

    Returns:
        The tensors of `LAYERS`; `trace(model, ink)["logits"]` equals `model(normalise(ink)[:,
        None])` bit for bit.

    >>> model, ink = SimpleCNN().eval(), torch.rand(1, 28, 28)
    >>> passes = trace(model, ink)
    >>> passes["pool2"].shape
    torch.Size([1, 64, 7, 7])
    >>> bool((passes["logits"] == model(normalise(ink)[:, None])).all())
    True
    >>> float(trace(model, ink, {"conv1": [3]})["relu1"][0, 3].max())  # a filter switched off
    0.0
    """
    steps: dict[str, Tensor] = {}
    x = steps["input"] = normalise(ink)[:, None]  # (B, 1, 28, 28)
    for number in ("1", "2"):
        conv = getattr(model, f"conv{number}")
        x = steps[f"conv{number}"] = conv(x)  # (B, 32, 28, 28), (B, 64, 14, 14)
        x = torch.relu(x)
        if silent := (off or {}).get(f"conv{number}"):
            x[:, list(silent)] = 0.0
        steps[f"relu{number}"] = x
        x = steps[f"pool{number}"] = F.max_pool2d(x, 2)  # (B, 32, 14, 14), (B, 64, 7, 7)
    x = steps["fc1"] = model.fc1(x.flatten(1))  # (B, 512)
    x = steps["relu3"] = torch.relu(x)
    steps["logits"] = model.fc2(x)  # (B, 10)
    return Trace(steps)


def silenced(model: SimpleCNN, off: Mapping[str, Collection[int]]) -> SimpleCNN:
    """A copy of the network in which these filters have no weights and no bias: they give zero.

    After the ReLU it computes what `trace(model, ink, off)` does; the network itself is not
    changed.
    """
    if not any(off.values()):
        return model
    copy = deepcopy(model)
    with torch.no_grad():
        for layer, filters in off.items():
            getattr(copy, layer).weight[list(filters)] = 0.0
            getattr(copy, layer).bias[list(filters)] = 0.0
    return copy


@dataclass(frozen=True)
class Field:
    """A rectangle of input pixels, rows [top, bottom) and columns [left, right)."""

    top: int
    left: int
    bottom: int
    right: int


def receptive_field(layer: str, row: int = 0, column: int = 0) -> Field:
    """The input pixels that can change one value of a layer, cut at the border of the picture.

    Walks back through the layers: a 3x3 convolution with padding 1 looks one further to each side,
    a 2x2 pooling of stride 2 looks at twice the place and one more, an element-wise ReLU at nothing
    more (Dumoulin & Visin 2016, section 5; for fully connected layers it is the whole picture).

    >>> receptive_field("pool1", 0, 0)
    Field(top=0, left=0, bottom=3, right=3)
    >>> receptive_field("conv2", 5, 5)
    Field(top=7, left=7, bottom=15, right=15)
    """
    if layer in FLAT:
        return Field(0, 0, 28, 28)
    (top, bottom), (left, right) = (row, row + 1), (column, column + 1)
    for name in reversed(SPATIAL[: SPATIAL.index(layer) + 1]):
        if name.startswith("conv"):
            top, left, bottom, right = top - 1, left - 1, bottom + 1, right + 1
        elif name.startswith("pool"):
            top, left, bottom, right = 2 * top, 2 * left, 2 * bottom, 2 * right
    return Field(max(top, 0), max(left, 0), min(bottom, 28), min(right, 28))
