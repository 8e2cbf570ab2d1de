"""Kernels by name: those of image processing, and those that the shipped networks have learned.

A kernel of image processing has a size of its own, most often 3x3. In a larger frame it stands in
the middle with zeros around it, in a smaller one its middle is left; blurs, Gabor and random ones
fill any frame. Gradients: Sobel (1968), as in Gonzalez and Woods, "Digital Image Processing",
chapter 3; Gabor: Daugman (1985).
"""

from __future__ import annotations

import functools
import math
from typing import Any

import torch
from torch import Tensor, nn

from core import weights
from core.schema import Refusal, mark
from core.vision.convolution.limits import COLUMNS, KERNEL, ROWS, within

ANGLES = (0, 180)

_FIXED: dict[str, list[list[float]]] = {
    "sobel_x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "sobel_y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "laplacian": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
    "corner": [[-1, -1, 0], [-1, 1, 1], [0, 1, 0]],
    "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "emboss": [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
}
NAMES = (
    "identity",
    "sobel_x",
    "sobel_y",
    "laplacian",
    "corner",
    "sharpen",
    "box",
    "gauss",
    "emboss",
    "gabor",
    "random",
)
"""Kernels that no network has learned."""

LEARNED = {
    "ours": "simple_cnn_ours",
    "notes": "simple_cnn_notes",
    "lenet5": "lenet5",
    "alexnet": "alexnet",
    "vgg": "vgg",
    "tiny": "tiny",
}
"""Shipped networks whose kernels can be taken, by the name that a link has for them."""


KERNELS = mark("A kernel is one of {names}, or learned: ours.conv1.0.")
NETWORKS = mark("There is no such network; there are {names}.")
LAYERS = mark("{network} has no such convolution; it has {names}.")
FILTERS = mark("{layer} has the filters 0 to {last}.")


class UnknownKernel(Refusal):
    """No kernel is called so."""


def natural(name: str) -> tuple[int, int]:
    """The size that a kernel has by itself."""
    if name in ("gauss", "gabor"):
        return 5, 5
    if "." in name:
        layer, _ = _learned(name)
        return int(layer.weight.shape[2]), int(layer.weight.shape[3])
    _known(name)
    return 3, 3


def kernel(
    name: str, size: tuple[int, int], channel: int = 0, *, angle: float = 0.0, seed: int = 0
) -> Tensor:
    """The weights of one filter for one input channel, float32 of the given size.

    Args:
        name: one of `NAMES`, or NETWORK.LAYER.MAP of a shipped network, such as "ours.conv2.7".
        size: rows and columns.
        channel: the input channel; learned and random kernels differ from one to the next, all
            others are the same for each. A network's layer may have fewer channels: it repeats.
        angle: of a Gabor kernel, in degrees: the direction in which it waves.
        seed: of a random kernel; each channel and each filter draws from a seed of its own.

    Raises:
        UnknownKernel: no such name.
        WeightsError: the network's weights are missing or damaged.
    """
    rows = within("rows", size[0], KERNEL, ROWS)
    columns = within("columns", size[1], KERNEL, COLUMNS)
    if "." in name:
        layer, index = _learned(name)
        return _framed(layer.weight[index, channel % layer.weight.shape[1]], rows, columns)
    _known(name)
    match name:
        case "box":
            return torch.full((rows, columns), 1 / (rows * columns))
        case "gauss":
            return torch.outer(_bell(rows), _bell(columns)).float()
        case "gabor":
            return _gabor(rows, columns, angle)
        case "random":
            # An odd multiplier keeps every pair of seed and channel apart.
            source = torch.Generator().manual_seed(seed * 1009 + channel)
            bound = 1 / math.sqrt(rows * columns)  # torch's default for one input channel
            return (2 * torch.rand(rows, columns, generator=source) - 1) * bound
        case "identity":
            return _framed(torch.ones(1, 1), rows, columns)
        case _:
            return _framed(torch.tensor(_FIXED[name]), rows, columns)


def card(name: str) -> dict[str, Any]:
    """What is known of the network that has learned this kernel; empty for all other kernels."""
    return dict(_network(name.partition(".")[0])[1]) if "." in name else {}


def own_bias(name: str) -> float:
    """The bias that a network has learned with this filter; 0 for all other kernels."""
    if "." not in name:
        _known(name)
        return 0.0
    layer, index = _learned(name)
    return 0.0 if layer.bias is None else float(layer.bias[index])


@functools.cache
def learned_names() -> dict[str, list[tuple[str, int]]]:
    """Of each shipped network that is there: its convolutions, with their numbers of filters."""
    result: dict[str, list[tuple[str, int]]] = {}
    for name in LEARNED:
        try:
            layers = _convolutions(name)
        except weights.WeightsError:
            continue
        result[name] = [(layer, int(conv.weight.shape[0])) for layer, conv in layers.items()]
    return result


def checked(name: object) -> str:
    """A kernel's name; raises UnknownKernel if there is none of that name."""
    if not isinstance(name, str) or len(name) > 40:
        raise UnknownKernel(KERNELS, names=NAMES)
    natural(name)
    return name


def _known(name: str) -> None:
    if name not in NAMES:
        raise UnknownKernel(KERNELS, names=NAMES)


@functools.cache
def _network(network: str) -> tuple[nn.Module, weights.Card]:
    return weights.load(LEARNED[network])


@functools.cache
def _convolutions(network: str) -> dict[str, nn.Conv2d]:
    model, _ = _network(network)
    return {name: part for name, part in model.named_children() if isinstance(part, nn.Conv2d)}


def _learned(name: str) -> tuple[nn.Conv2d, int]:
    """The layer and the filter that a name means."""
    network, _, rest = name.partition(".")
    layer, _, number = rest.partition(".")
    if network not in LEARNED:
        raise UnknownKernel(NETWORKS, names=tuple(LEARNED))
    layers = _convolutions(network)
    if layer not in layers:
        raise UnknownKernel(LAYERS, network=network, names=tuple(layers))
    result = layers[layer]
    count = int(result.weight.shape[0])
    if not (number.isascii() and number.isdigit() and len(number) < 5 and int(number) < count):
        raise UnknownKernel(FILTERS, layer=f"{network}.{layer}", last=count - 1)
    return result, int(number)


def _framed(values: Tensor, rows: int, columns: int) -> Tensor:
    """The middle of a kernel in a frame: cut where it is larger, zeros where it is smaller."""
    framed = torch.zeros(rows, columns)
    takes, puts = zip(
        *(_overlap(n, frame) for n, frame in zip(values.shape, (rows, columns), strict=True)),
        strict=True,
    )
    framed[puts] = values[takes].float()
    return framed


def _overlap(size: int, frame: int) -> tuple[slice, slice]:
    shift = (frame - 1) // 2 - (size - 1) // 2
    first, last = max(0, -shift), min(size, frame - shift)
    return slice(first, last), slice(first + shift, last + shift)


def _bell(size: int) -> Tensor:
    """A Gaussian as deep as OpenCV makes it for a kernel of this size; its weights add up to 1."""
    at = torch.arange(size, dtype=torch.float64) - (size - 1) / 2
    bell = torch.exp(-0.5 * (at / (0.15 * size + 0.35)) ** 2)
    return bell / bell.sum()


def _gabor(rows: int, columns: int, angle: float) -> Tensor:
    """A wave under a bell, without a mean, so that plain areas give zero."""
    y = torch.arange(rows, dtype=torch.float64)[:, None] - (rows - 1) / 2
    x = torch.arange(columns, dtype=torch.float64)[None] - (columns - 1) / 2
    turned = math.radians(angle)
    along = x * math.cos(turned) + y * math.sin(turned)
    side = max(rows, columns)
    bell = torch.exp(-(x**2 + y**2) / (2 * (0.25 * side + 0.2) ** 2))
    wave = bell * torch.cos(2 * math.pi * along / max(3.0, 0.8 * side))
    wave = wave - bell * (wave.sum() / bell.sum())
    return (wave / wave.abs().max().clamp_min(1e-9)).float()
