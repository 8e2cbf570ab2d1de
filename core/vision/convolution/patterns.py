"""What a kernel responds to: an edge, a corner, a texture, or brightness, by a rule that measures.

A kernel is shown patterns of its own size, all of the same contrast: straight edges, right-angled
corners and gratings, in many directions and places. It is named after the kind that drives it most;
one whose weights mostly add up instead of weighing parts against each other, after brightness.
The rule gives every kernel a name, one drawn at random too: so it counts those as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import product
from math import cos, pi, sin
from typing import Literal

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from core.figures.image import data_url, png
from core.figures.palette import PAPER, paint
from core.vision.convolution.kernels import kernel, learned_names, natural

Pattern = Literal["edge", "corner", "texture", "brightness"]
PATTERNS: tuple[Pattern, ...] = ("edge", "corner", "texture", "brightness")
DIRECTIONS = 24
"""Directions in which each pattern is shown."""
RANDOM = 1_000
"""Random kernels that the rule is tried on."""
FIRST = "conv1"
_CELL, _GAP, _ROW = 10, 8, 6


def responses(kernels: Tensor) -> dict[Pattern, Tensor]:
    """How strongly kernels respond to the best pattern of each kind, 0 to 1.

    Args:
        kernels: (N, k, k), k at least 3.

    Returns:
        Each (N,). Of edge, corner and texture the largest |cosine| between a kernel without its
        mean and a pattern; of brightness the share of its squared norm that its mean accounts for.
    """
    flat = kernels.double().flatten(1)
    flat = flat / flat.norm(dim=1, keepdim=True)
    mean = flat.mean(dim=1, keepdim=True)
    rest = flat - mean
    rest = rest / rest.norm(dim=1, keepdim=True).clamp(min=1e-12)
    found: dict[Pattern, Tensor] = {
        name: (rest @ shown.T).abs().amax(dim=1)
        for name, shown in _patterns(kernels.shape[1]).items()
    }
    return found | {"brightness": mean[:, 0] ** 2 * flat.shape[1]}


def labels(kernels: Tensor) -> list[Pattern]:
    """The kind of pattern that each kernel (N, k, k) responds to most; see `responses`."""
    found = responses(kernels)
    best = torch.stack([found[name] for name in PATTERNS[:3]]).argmax(dim=0)
    best[found["brightness"] > 0.5] = PATTERNS.index("brightness")
    return [PATTERNS[i] for i in best.tolist()]


@cache
def _patterns(side: int) -> Mapping[Pattern, Tensor]:
    """Windows of each kind without mean and of norm 1, (N, k * k)."""
    at = torch.arange(side, dtype=torch.float64) - (side - 1) / 2
    y, x = torch.meshgrid(at, at, indexing="ij")
    shifts = [s / 2 for s in range(1 - side, side)]
    middle = (-0.5, 0.0, 0.5)  # a corner whose tip lies far off is an edge
    edges, corners, textures = [], [], []
    for i in range(DIRECTIONS):
        angle = 2 * pi * i / DIRECTIONS + 1e-3  # no cell lies exactly on a border
        along = cos(angle) * x + sin(angle) * y
        across = -sin(angle) * x + cos(angle) * y
        edges += [along > s for s in shifts]
        corners += [(along > s) & (across > t) for s, t in product(middle, middle)]
        periods = [2 + p / 2 for p in range(2 * side - 3)]
        textures += [
            torch.cos(2 * pi * along / period + phase)
            for period in periods
            if period <= 0.75 * side
            for phase in (0.0, pi / 4, pi / 2, 3 * pi / 4)
        ]
    kinds: dict[Pattern, list[Tensor]] = {"edge": edges, "corner": corners, "texture": textures}
    return {name: _normal(torch.stack(shown)) for name, shown in kinds.items()}


def _normal(shown: Tensor) -> Tensor:
    flat = shown.double().flatten(1)
    flat = flat - flat.mean(dim=1, keepdim=True)
    norms = flat.norm(dim=1, keepdim=True)
    normal: Tensor = (flat / norms.clamp(min=1e-12))[norms[:, 0] > 1e-6]
    return normal


@cache
def learned(network: str) -> dict[Pattern, list[Tensor]]:
    """The kernels of a network's first convolution by their names.

    Raises:
        KeyError: there is no such network.
        WeightsError: its weights are missing or damaged.
    """
    count = dict(learned_names()[network])[FIRST]
    names = [f"{network}.{FIRST}.{i}" for i in range(count)]
    kernels = torch.stack([kernel(name, natural(name)) for name in names])
    found: dict[Pattern, list[Tensor]] = {name: [] for name in PATTERNS}
    for weights, name in zip(kernels, labels(kernels), strict=True):
        found[name].append(weights)
    return found


@cache
def by_chance(side: int) -> dict[Pattern, float]:
    """The share of each name among random kernels of that side, the control."""
    draw = torch.Generator().manual_seed(0)
    counts = Counter(labels(torch.rand(RANDOM, side, side, generator=draw) * 2 - 1))
    return {name: counts[name] / RANDOM for name in PATTERNS}


def sheet(kernels: list[Tensor]) -> str:
    """Kernels in rows, blue above zero and orange below, as a data URL."""
    side = len(kernels[0]) * _CELL
    rows = -(-len(kernels) // _ROW)
    size = (_ROW * (side + _GAP), rows * (side + _GAP))
    picture = Image.new("RGB", size, PAPER)
    for i, weights in enumerate(kernels):
        colours = np.kron(paint(weights.numpy(), signed=True), np.ones((_CELL, _CELL, 1), np.uint8))
        row, column = divmod(i, _ROW)
        picture.paste(Image.fromarray(colours), (column * (side + _GAP), row * (side + _GAP)))
    return data_url(png(picture))
