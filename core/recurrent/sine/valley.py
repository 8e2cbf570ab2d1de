"""A loss surface that can be seen whole: the two weights of the two-tap rule, and ways down it.

The forecast is a * (this value) + b * (the value before), and the loss its mean squared error over
the training windows of "a sine, next sample". Neighbouring values are nearly the same, so raising
a is nearly undone by lowering b: the surface is a long narrow valley, as those of networks are in
many directions. Its lowest point is the exact rule, a = 2 cos(0.1) and b = -1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log10

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.figures.curves import OKABE_ITO
from core.figures.sketch import Sketch
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting
from core.schema import Record, mark, number, whole
from core.training.optimiser import Optimiser, Options

START = (-0.5, 0.9)
LEAST = 1e-4
"""Below this loss all is one band."""
_SIDE, _CELLS, _LOW, _HIGH = 420, 84, -1.5, 2.5
_LARGEST = 2.0
"""Which share would be full ink: the lines stay clear of the largest loss as well."""
RACERS: Mapping[str, tuple[str, str]] = {
    "sgd": ("SGD", OKABE_ITO[0]),
    "momentum": ("SGD + momentum", OKABE_ITO[3]),
    "adam": ("Adam", OKABE_ITO[2]),
}
"""What each is called, and its colour."""


@dataclass(frozen=True)
class Descent(Record):
    """How the optimisers go down.

    Attributes:
        rate: their learning rate, the same for all.
        momentum: of the second.
        steps: how many they take.
    """

    rate: float = number(0.1, 0.01, 1.5, step=0.01, label=mark("learning rate"))
    momentum: float = number(0.9, 0.0, 0.99, step=0.01)
    steps: int = whole(150, 1, 300)


@cache
def _samples() -> tuple[Tensor, Tensor]:
    """This value and the one before it, float64 (N, 2), and what follows, (N,)."""
    x, y = data(SineSetting(kind="sine")).train
    series, after = x[::25, :, 0].double(), y[::25, :, 0].double()
    pairs = torch.stack([series[:, 1:], series[:, :-1]], -1)
    return pairs.flatten(0, 1), after[:, 1:].flatten()


def loss(weights: Tensor) -> Tensor:
    """Mean squared error of (a, b), (..., 2) -> (...)."""
    pairs, after = _samples()
    return (weights @ pairs.T - after).square().mean(-1)


def steepness() -> tuple[float, float]:
    """Curvature across the valley and along it: the eigenvalues of the Hessian."""
    pairs, _ = _samples()
    along, across = torch.linalg.eigvalsh(2 * pairs.T @ pairs / len(pairs)).tolist()
    return across, along


@lru_cache(64)
def race(descent: Descent) -> dict[str, NDArray[np.float64]]:
    """The way of each optimiser, (steps + 1, 2); cut where it leaves all bounds."""
    return {name: _way(name, descent) for name in RACERS}


def _way(name: str, descent: Descent) -> NDArray[np.float64]:
    weights = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    options = Options(momentum=descent.momentum) if name == "momentum" else Options()
    optimiser = Optimiser("adam" if name == "adam" else "sgd", [weights], options)
    way = [weights.detach().clone()]
    for count in range(descent.steps):
        optimiser.descend(loss(weights), count, descent.rate)
        if not bool(torch.isfinite(weights).all()) or float(weights.detach().abs().max()) > 1e6:
            break
        way.append(weights.detach().clone())
    return torch.stack(way).numpy()


def final(descent: Descent) -> dict[str, float]:
    """The loss at the end of each way."""
    return {name: float(loss(torch.from_numpy(way[-1]))) for name, way in race(descent).items()}


@cache
def _surface() -> NDArray[np.float32]:
    """Bands of equal loss from above, as shares of the largest: two for each tenfold."""
    at = torch.linspace(_LOW, _HIGH, 2 * _CELLS + 1, dtype=torch.float64)[1::2]
    b, a = torch.meshgrid(at.flip(0), at, indexing="ij")
    found = loss(torch.stack([a, b], -1)).numpy()
    bands = np.floor(2 * (np.log10(np.maximum(found, LEAST)) - log10(LEAST)))
    shares: NDArray[np.float32] = (bands / bands.max()).astype(np.float32)
    return shares


def picture(descent: Descent) -> str:
    """The surface from above with the three ways down it, as a data URL; a to the right, b up.

    The further from paper, the larger the loss.
    """
    sketch = Sketch(_SIDE, _SIDE)
    sketch.pixels(_surface(), 0, 0, _SIDE, _SIDE, largest=_LARGEST)
    ends: list[tuple[tuple[float, float], str]] = []
    for name, way in race(descent).items():
        seen = [(_x(a), _y(b)) for a, b in np.clip(way, 3 * _LOW, 3 * _HIGH)]
        colour = RACERS[name][1]
        sketch.line(seen, colour)
        ends.append((seen[-1], colour))
    for end, colour in ends:  # above all lines: short ways end below longer ones
        sketch.dot(*end, 5, colour)
    x, y = map(float, (_x(best_rule()[0]), _y(best_rule()[1])))
    sketch.ring(x, y, 9)
    return sketch.url()


def best_rule() -> tuple[float, float]:
    """The lowest point, by least squares."""
    pairs, after = _samples()
    a, b = torch.linalg.lstsq(pairs, after[:, None]).solution[:, 0].tolist()
    return a, b


def _x(a: float) -> float:
    return (a - _LOW) / (_HIGH - _LOW) * _SIDE


def _y(b: float) -> float:
    return (_HIGH - b) / (_HIGH - _LOW) * _SIDE
