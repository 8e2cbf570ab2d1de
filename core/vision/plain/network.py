"""Why not a plain network: what a fully connected layer costs, and what flattening does.

All counts are those of real torch layers, made on the meta device, which takes no memory however
many parameters they have.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.schema import Record, whole
from core.vision.shuffled.data import order

BYTES = 4
"""Of a number in float32."""
TRAINING = 4
"""Numbers that training with Adam keeps for each parameter: itself, its gradient and two means."""
PIXELS = 28
FORMULA = (
    r"\underbrace{H\,W\,C\cdot U + U}_{\text{fully connected}} \qquad"
    r"\underbrace{k^2\,C\cdot M + M}_{\text{convolution}}"
)
"""Parameters: picture H x W x C, U units, M kernels of side k."""


@dataclass(frozen=True)
class Layers(Record):
    """A fully connected layer and a convolution that look at the same picture.

    Attributes:
        side: of the picture, in pixels.
        channels: 1 grey, 3 colours.
        units: of the fully connected layer.
        kernel: side of the convolution's kernels.
        maps: how many kernels it has.
    """

    side: int = whole(1_000, 8, 2_000)
    channels: int = whole(1, 1, 3)
    units: int = whole(1_000, 1, 10_000)
    kernel: int = whole(3, 1, 11)
    maps: int = whole(64, 1, 512)

    def connected(self) -> nn.Linear:
        """The fully connected layer, without memory."""
        return nn.Linear(self.side**2 * self.channels, self.units, device="meta")

    def convolution(self) -> nn.Conv2d:
        """The convolution, without memory."""
        return nn.Conv2d(self.channels, self.maps, self.kernel, padding="same", device="meta")


@dataclass(frozen=True)
class Cost:
    """What a layer costs.

    Attributes:
        parameters: weights and biases.
        memory: bytes of the parameters in float32.
        training: bytes while it is trained with Adam, without its activations.
        products: multiplications for one picture.
        outputs: numbers that it hands on.
    """

    parameters: int
    memory: int
    training: int
    products: int
    outputs: int


def cost(layer: nn.Linear | nn.Conv2d, side: int) -> Cost:
    """The cost of a layer for one picture of that side."""
    count = sum(p.numel() for p in layer.parameters())
    each = layer.weight.numel()
    places = 1 if isinstance(layer, nn.Linear) else side * side
    outputs = layer.weight.shape[0] * places
    return Cost(count, count * BYTES, count * BYTES * TRAINING, each * places, outputs)


def apart(side: int) -> tuple[int, int]:
    """How far a pixel's right and lower neighbour lie from it in the flattened picture."""
    index = torch.arange(side * side).view(side, side)
    return int(index[0, 1] - index[0, 0]), int(index[1, 0] - index[0, 0])


def neighbours(side: int, seed: int | None) -> tuple[Tensor, Tensor]:
    """Places in the vector of all pairs of neighbours, left and right, then upper and lower.

    Only for 28 x 28 pixels can the order be shuffled, by a seed.
    """
    place = torch.arange(side * side)
    if seed is not None:
        place = torch.empty_like(place).scatter_(0, order(seed), place)
    grid = place.view(side, side)
    first = torch.cat([grid[:, :-1].flatten(), grid[:-1].flatten()])
    return first, torch.cat([grid[:, 1:].flatten(), grid[1:].flatten()])


def mean_distance(side: int, seed: int | None) -> float:
    """Mean distance in the vector between two neighbours; see `neighbours`."""
    first, second = neighbours(side, seed)
    return float((first - second).abs().float().mean())


def parted(seed: int) -> Tensor:
    """Which pairs of neighbours are none after the shuffle, bool, in the order of `neighbours`."""
    first, second = neighbours(PIXELS, seed)
    rows = (first // PIXELS - second // PIXELS).abs()
    return rows + (first % PIXELS - second % PIXELS).abs() > 1


def broken(seed: int) -> float:
    """The share of them."""
    return float(parted(seed).double().mean())
