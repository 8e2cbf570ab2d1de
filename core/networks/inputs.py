"""What a network reads, and how a drawing, a picture or typed numbers become that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from core.networks.opening import Network
from core.schema import Refusal, mark

Kind = Literal["picture", "series", "tokens"]
Scale = Literal["unit", "signed", "mnist", "bytes"]
SCALES: tuple[Scale, ...] = ("unit", "signed", "mnist", "bytes")
"""What 0 (paper) to 1 (ink) becomes: itself, -1 to 1, less MNIST's mean over its deviation, 0 to
255."""
LARGEST = 255
"""The largest byte."""
MEAN, DEVIATION = 0.1307, 0.3081
"""Of the pixels of MNIST's training digits; a test counts them again."""
MOST = 20_000
"""Characters of numbers that are typed."""
_LEAST = 4
"""Pixels of the shorter side of a picture."""

NOT_NUMBERS = mark("{given} is no number. Numbers are separated by spaces or commas.")
WHOLE = mark("{given} is no whole number from 0 to {most}: this network reads places in a table.")
TOO_MANY = mark("This network reads {most} numbers; {count} were given.")
NOT_FINITE = mark("A number is too large.")


@dataclass(frozen=True)
class Form:
    """What the first input of a network holds.

    Attributes:
        kind: a picture, numbers, or places in a table (tokens).
        size: channels, height and width of a picture; (count,) of the others.
        last: whether the channels of a picture are the last axis.
        kinds: rows of the table that tokens are looked up in.
    """

    kind: Kind
    size: tuple[int, ...]
    last: bool = False
    kinds: int = 0


def form(network: Network) -> Form:
    """What the first input holds, as far as its shape tells."""
    first = network.graph.inputs[0]
    shape = network.shapes[first.name]
    count = math.prod(shape)
    if not first.dtype.is_floating_point:
        return Form("tokens", (count,), kinds=_kinds(network))
    match shape:
        case (_, 1 | 3, height, width) if min(height, width) >= _LEAST:
            return Form("picture", shape[1:])
        case (_, height, width, 1 | 3) if min(height, width) >= _LEAST:
            return Form("picture", (shape[3], height, width), last=True)
    plain = tuple(length for length in shape if length != 1)
    if plain in ((28, 28), (784,)):
        return Form("picture", (1, 28, 28))
    return Form("series", (count,))


def _kinds(network: Network) -> int:
    """Rows of the table that the first input is looked up in; 2 where there is none."""
    first = network.graph.inputs[0].name
    for node in network.graph.nodes:
        if node.op == "Gather" and node.inputs[1] == first:
            table = network.graph.weights.get(node.inputs[0])
            return 2 if table is None else len(table)
    return 2


def of_picture(network: Network, pixels: Tensor, scale: Scale) -> Tensor:
    """The first input.

    Args:
        network: whose.
        pixels: (C, H, W) from 0, paper, to 1, ink.
        scale: what the network was trained on.
    """
    found = form(network)
    channels, height, width = found.size
    if pixels.shape[1:] != (height, width):
        size = (height, width)
        pixels = interpolate(pixels[None], size, mode="bilinear", antialias=True)[0]
    if len(pixels) != channels:
        pixels = pixels.mean(0, keepdim=True).expand(channels, -1, -1)
    return _batched(network, scaled(pixels, scale), found)


def scaled(ink: Tensor, scale: Scale) -> Tensor:
    """Ink in [0, 1] in the range that a network was trained on."""
    if scale == "signed":
        return (ink - 0.5) / 0.5
    if scale == "mnist":
        return (ink - MEAN) / DEVIATION
    return ink * LARGEST if scale == "bytes" else ink


def _batched(network: Network, pixels: Tensor, found: Form) -> Tensor:
    first = network.graph.inputs[0]
    shape = network.shapes[first.name]
    pixels = pixels.permute(1, 2, 0) if found.last else pixels
    count = math.prod(shape) // pixels.numel()
    return pixels.expand(count, *pixels.shape).reshape(shape).to(first.dtype)


def example(network: Network) -> list[float]:
    """Numbers for a network that nobody has typed some for: two waves, or places in a row."""
    found = form(network)
    (count,) = found.size
    if found.kind == "tokens":
        return [float(at % max(1, found.kinds)) for at in range(count)]
    return [round(math.sin(4 * math.pi * at / count), 3) for at in range(count)]


def of_text(network: Network, text: str) -> Tensor:
    """The first input from typed numbers; what is missing at the end is 0.

    Raises:
        Refusal: something is no number, no place in the table, or there are too many.
    """
    first = network.graph.inputs[0]
    shape, found = network.shapes[first.name], form(network)
    parts = text.replace(",", " ").split()
    values = [_number(part, found) for part in parts] if parts else example(network)
    count = math.prod(shape)
    if len(values) > count:
        raise Refusal(TOO_MANY, most=count, count=len(values))
    values += [0.0] * (count - len(values))
    return torch.tensor(values, dtype=torch.float64).reshape(shape).to(first.dtype)


def _number(part: str, found: Form) -> float:
    try:
        value = float(part)
    except ValueError:
        raise Refusal(NOT_NUMBERS, given=part[:20]) from None
    if not math.isfinite(value) or abs(value) > 1e30:
        raise Refusal(NOT_FINITE)
    if found.kind == "tokens" and (value != int(value) or not 0 <= value < found.kinds):
        raise Refusal(WHOLE, given=part[:20], most=found.kinds - 1)
    return value


def others(network: Network) -> dict[str, Tensor]:
    """All inputs but the first: zeros, as states before anything was read, and ones for a mask."""
    found = {}
    for each in network.graph.inputs[1:]:
        mask = "mask" in each.name.lower()
        make = torch.ones if mask else torch.zeros
        found[each.name] = make(network.shapes[each.name], dtype=each.dtype)
    return found
