"""The places in all pictures at hand that excite a map most.

Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (2014), showed nine of
each map over all of ImageNet. Here it is a dozen pictures and one's own: what a map answers to
among them, not what it has been made for.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from core.vision.imagenet import pictures
from core.vision.imagenet.networks import SIDE, Network, load
from core.vision.imagenet.prepare import prepare
from core.vision.imagenet.steps import run

SHOWN = 9
EACH, CELLS = 3, 4
"""Places that one picture may give, in different cells of a grid of so many cells a side."""


@dataclass(frozen=True)
class Peak:
    """A place that excites a map.

    Attributes:
        picture: its name.
        value: of the map there.
        row, column: in the map.
        sees: top, left, bottom and right of the pixels that it depends on.
    """

    picture: str
    value: float
    row: int
    column: int
    sees: tuple[int, int, int, int]


def peaks(network: Network, array: str, number: int, own: Sequence[str] = ()) -> list[Peak]:
    """The nine places of a map with the largest values, the largest first.

    Args:
        network: which.
        array: of maps.
        number: of the map.
        own: names of pictures beside the set.

    Raises:
        Refusal: a picture has been forgotten.
    """
    found = []
    for name in (*pictures.SET, *own):
        pictures.find(name)
        values, places = highest(network.name, name)[array]
        for value, place in zip(values[number].tolist(), places[number].tolist(), strict=True):
            found.append((value, name, place))
    side = network.costs[array].shape[-1]
    found.sort(key=lambda each: -each[0])
    best = [(name, value, place // side, place % side) for value, name, place in found[:SHOWN]]
    return [
        Peak(name, value, row, column, seen(network, array, row, column))
        for name, value, row, column in best
    ]


def seen(network: Network, array: str, row: int, column: int) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of the pixels that a number depends on."""
    field = network.costs[array].sees
    if field is None:
        return 0, 0, SIDE, SIDE
    top, left = (field.start + field.jump * at for at in (row, column))
    bottom, right = (min(SIDE, begin + field.size) for begin in (top, left))
    return max(0, top), max(0, left), bottom, right


@functools.lru_cache(64)
def highest(network: str, picture: str) -> dict[str, tuple[Tensor, Tensor]]:
    """Of each array of maps, the largest values of each map in one picture, and where they stand.

    (C, 3) and (C, 3); a place is row * side + column.
    """
    known = load(network)
    arrays = run(known.steps, prepare(pictures.find(picture), known.known).normalised)
    return {
        name: _highest(maps) for name, maps in arrays.items() if maps.dim() == 3 and name != "mean"
    }


@torch.inference_mode()
def _highest(maps: Tensor) -> tuple[Tensor, Tensor]:
    values, places = F.adaptive_max_pool2d(maps, min(CELLS, maps.shape[-1]), return_indices=True)
    best = values.flatten(1).topk(min(EACH, values[0].numel()), 1)
    at = places.flatten(1).gather(1, best.indices)
    return best.values.clone(), at.to(torch.int32)
