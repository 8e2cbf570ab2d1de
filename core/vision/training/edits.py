"""What somebody breaks in a trained network: kernels, filters, strides, paddings."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from core.schema import Message, Refusal, mark, short
from core.vision.nets import SIDE, DigitNet
from core.vision.training.trainer import chain

MAX_TEXT = 200_000
"""Longest question in characters."""
MOST = 256
"""Edits of a kind."""
MOST_WEIGHT = 1e4
STRIDES, PADDINGS = (1, 4), (0, 6)
_SHUFFLE_SEED = 17


NOTHING = mark(
    "Nothing would be left: {name} has a window of {window}x{window} and maps of {wide}x{wide} to "
    "go over. Take a smaller stride or more padding."
)


@dataclass(frozen=True)
class Kernel:
    """New values for one kernel: of filter `out`, over the map `into` of the layer before."""

    layer: str
    out: int
    into: int
    values: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Edits:
    """All that is changed; without any the network is as it was trained.

    Attributes:
        kernels: in this order.
        off: (layer, filter) whose map is set to 0 after the activation.
        shuffled: (layer, filter) whose weights change places at random, always in the same way.
        stride, padding: of a convolution, by its name.
    """

    kernels: tuple[Kernel, ...] = ()
    off: tuple[tuple[str, int], ...] = ()
    shuffled: tuple[tuple[str, int], ...] = ()
    stride: Mapping[str, int] = field(default_factory=dict)
    padding: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, net: DigitNet) -> Edits:
        """Read them from JSON and hold them to the network.

        Raises:
            ValueError: with a sentence.
        """
        if len(text) > MAX_TEXT:
            raise Refusal(mark("These are too many changes for one question."))
        try:
            raw = json.loads(text or "{}")
        except (ValueError, RecursionError):
            raise Refusal(mark("The changes are not valid JSON.")) from None
        names = ("kernels", "off", "shuffled", "stride", "padding")
        if not isinstance(raw, dict) or not set(raw) <= set(names):
            raise Refusal(mark("Changes are an object of {names}."), names=tuple(names))
        kernels, off, shuffled = (_list(raw.get(name, []), name) for name in names[:3])
        return cls(
            tuple(_kernel(each, net) for each in kernels),
            tuple(_filter(each, net) for each in off),
            tuple(_filter(each, net) for each in shuffled),
            _sizes(raw.get("stride", {}), mark("stride"), STRIDES, net),
            _sizes(raw.get("padding", {}), mark("padding"), PADDINGS, net),
        )


class Off(nn.Module):
    """Sets some maps to 0."""

    def __init__(self, maps: Sequence[int]) -> None:
        super().__init__()
        self.maps = list(maps)

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> the same with these maps at 0."""
        x = x.clone()
        x[:, self.maps] = 0.0
        return x


class Stretch(nn.Module):
    """Stretches maps to the side that the layer after them was trained for."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.side = side

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, C, side, side), bilinear."""
        return interpolate(x, size=(self.side, self.side), mode="bilinear", align_corners=False)


def stretch(before: int, after: int) -> Tensor:
    """The matrix (after, before) by which rows and columns are multiplied in stretching maps.

    >>> stretch(2, 4)[:, 0].tolist()
    [1.0, 0.75, 0.25, 0.0]
    """
    return interpolate(torch.eye(before)[None], size=after, mode="linear")[0].mT


@dataclass(frozen=True)
class Edited:
    """A network after the edits.

    Attributes:
        net: a copy with all but the maps that are switched off or stretched.
        layers: by name, in the order of the network.
        fast: the same function in the order in which it is computed fastest.
        off: filters that are switched off, by activation.
        resized: sides of the last maps, (as they come out, as the next layer expects), where they
            differ and are stretched in between.
    """

    net: DigitNet
    layers: tuple[tuple[str, nn.Module], ...]
    fast: tuple[nn.Module, ...]
    off: Mapping[str, tuple[int, ...]]
    resized: tuple[int, int] | None

    @torch.no_grad()
    def maps(self, x: Tensor) -> dict[str, Tensor]:
        """(N, 1, 28, 28) -> the output of every layer by name, in order."""
        outputs: dict[str, Tensor] = {}
        for name, layer in self.layers:
            x = outputs[name] = layer(x)
        return outputs


Named = list[tuple[str, nn.Module]]


def edited(net: DigitNet, edits: Edits) -> Edited:
    """Change a copy of a network in evaluation mode.

    Raises:
        ValueError: nothing is left of the maps; the sentence says where.
    """
    net = deepcopy(net)
    generator = torch.Generator().manual_seed(_SHUFFLE_SEED)
    for kernel in edits.kernels:
        _conv(net, kernel.layer).weight[kernel.out, kernel.into] = torch.tensor(kernel.values)
    for layer, out in edits.shuffled:
        weight = _conv(net, layer).weight
        order = torch.randperm(weight[out].numel(), generator=generator)
        weight[out] = weight[out].flatten()[order].view_as(weight[out])
    for layer, size in edits.stride.items():
        _conv(net, layer).stride = (size, size)
    for layer, size in edits.padding.items():
        _conv(net, layer).padding = (size, size)
    resized = _sides(net)
    off: dict[str, tuple[int, ...]] = {}
    for layer, out in edits.off:
        act = layer.replace("conv", "act")
        off[act] = (*off.get(act, ()), out)
    names = {id(module): name for name, module in net.named_children()}

    def built(modules: Sequence[nn.Module]) -> Named:
        layers: Named = []
        for module in modules:
            name = names[id(module)]
            if resized and name == "flatten":
                layers.append(("stretched", Stretch(resized[1])))
            layers.append((name, module))
            if name in off:
                layers.append((name, Off(off[name])))
        return layers

    layers, fast = built(list(net.children())), built(chain(net))
    return Edited(net, tuple(layers), tuple(module for _, module in fast), off, resized)


def _conv(net: DigitNet, name: str) -> nn.Conv2d:
    module = dict(net.named_children()).get(name)
    if not isinstance(module, nn.Conv2d):
        known = [n for n, layer in net.named_children() if isinstance(layer, nn.Conv2d)]
        raise Refusal(
            mark("There is no convolution {given}; there are {names}."),
            given=short(name),
            names=tuple(known),
        )
    return module


def _sides(net: DigitNet) -> tuple[int, int] | None:
    """Sides of the maps that are flattened and that the next layer expects, where they differ.

    Raises:
        ValueError: a kernel or a window is larger than the maps it should go over.
    """
    side, channels = SIDE, 1
    for name, layer in net.named_children():
        if isinstance(layer, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
            window, stride, padding = (
                size[0] if isinstance(size, tuple) else int(size)
                for size in (layer.kernel_size, layer.stride, layer.padding)
            )
            wide = side + 2 * int(padding)
            if window > wide:
                raise Refusal(NOTHING, name=name, window=window, wide=wide)
            side = (wide - window) // stride + 1
            channels = layer.out_channels if isinstance(layer, nn.Conv2d) else channels
        elif isinstance(layer, nn.AdaptiveAvgPool2d):
            side = 1
        elif isinstance(layer, nn.Linear):
            expected = math.isqrt(layer.in_features // channels)
            return None if expected == side else (side, expected)
    return None


def _list(raw: object, name: str) -> list[Any]:
    if not isinstance(raw, list) or len(raw) > MOST:
        raise Refusal(mark('"{name}" is a list of at most {most} changes.'), name=name, most=MOST)
    return raw


def _filter(raw: object, net: DigitNet) -> tuple[str, int]:
    if not isinstance(raw, dict) or not isinstance(raw.get("layer"), str):
        raise Refusal(mark("A filter is named by its layer and its number."))
    conv = _conv(net, raw["layer"])
    return raw["layer"], _index(raw.get("out"), mark("filters"), conv.out_channels, raw["layer"])


def _index(raw: object, what: Message, count: int, layer: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw < count:
        raise Refusal(
            mark("{layer} has the {what} 0 to {last}."), layer=layer, what=what, last=count - 1
        )
    return raw


def _kernel(raw: object, net: DigitNet) -> Kernel:
    layer, out = _filter(raw, net)
    assert isinstance(raw, dict)
    conv = _conv(net, layer)
    into = _index(raw.get("in", 0), mark("input maps"), conv.in_channels, layer)
    values, side = raw.get("values"), conv.kernel_size[0]
    if (
        not isinstance(values, list)
        or len(values) != side
        or not all(isinstance(row, list) and len(row) == side for row in values)
    ):
        raise Refusal(
            mark("A kernel of {layer} has {side} rows of {side} numbers."), layer=layer, side=side
        )
    return Kernel(layer, out, into, tuple(tuple(_weight(v) for v in row) for row in values))


def _weight(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) <= MOST_WEIGHT:
        raise Refusal(mark("A weight is a number from -{most} to {most}."), most=MOST_WEIGHT)
    return float(raw)


def _sizes(raw: object, name: Message, limits: tuple[int, int], net: DigitNet) -> dict[str, int]:
    if not isinstance(raw, dict):
        raise Refusal(mark('"{name}" is a size for each layer that is changed.'), name=name)
    low, high = limits
    for layer, size in raw.items():
        _conv(net, layer)
        if isinstance(size, bool) or not isinstance(size, int) or not low <= size <= high:
            raise Refusal(
                mark("The {name} is a whole number from {low} to {high}."),
                name=name,
                low=low,
                high=high,
            )
    return dict(raw)
