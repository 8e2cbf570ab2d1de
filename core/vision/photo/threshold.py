"""How dark a pixel must be to count as ink: halfway between what is pale and what is dark.

Ridler and Calvard 1978: a threshold parts the pixels into two groups, and the middle between the
means of both is the next threshold, until it stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from core.vision.photo.windows import Plane

PALEST = 0.06
"""What is paler than this is paper, whatever the picture."""
_NOISE = 4.0
"""So many deviations of the paper's own noise above it."""
_DEVIATION = 1.4826 / 2**0.5
"""Of a normal distribution, for each unit of the median difference of two."""
_BINS = 512
_ROUNDS = 60


@dataclass(frozen=True)
class Threshold:
    """A threshold and where it comes from.

    Attributes:
        value: ink above it counts.
        floor: what is paler was not asked: it is paper and its noise.
        paler: mean of the ink between floor and threshold.
        darker: mean of the ink above the threshold.
    """

    value: float
    floor: float
    paler: float
    darker: float


def between(ink: Plane) -> Threshold:
    """The threshold of a picture's ink, (R, C).

    >>> ink = np.zeros((20, 20), np.float32); ink[:2], ink[2:4] = 0.2, 0.8
    >>> found = between(ink)
    >>> round(found.value, 2), round(found.paler, 2), round(found.darker, 2)
    (0.5, 0.2, 0.8)
    """
    paper = float(np.quantile(ink[::3, ::3], 0.25))
    steps = np.abs(np.diff(ink[:, ::2], axis=1)[::2])
    noise = float(np.median(steps)) * _DEVIATION if steps.size else 0.0
    floor = max(PALEST, paper + _NOISE * noise)
    counts, edges = np.histogram(ink, _BINS, (floor, max(float(ink.max()), floor + 1e-3)))
    sums = np.histogram(ink, edges, weights=ink)[0]
    if not counts.any():
        return Threshold(max(floor, 0.5), floor, 0.0, 0.0)
    ends = edges[1:]
    value = (floor + float(ends[-1])) / 2
    for _ in range(_ROUNDS):
        low = ends <= value
        paler = _mean(sums[low], counts[low], floor)
        darker = _mean(sums[~low], counts[~low], value)
        before, value = value, (paler + darker) / 2
        if abs(value - before) < 1e-4:
            break
    return Threshold(value, floor, paler, darker)


def at(found: Threshold, value: float) -> Threshold:
    """A threshold that a person has chosen instead; the rest tells what the picture's own was."""
    return replace(found, value=value)


def _mean(sums: np.ndarray, counts: np.ndarray, otherwise: float) -> float:
    return float(sums.sum() / counts.sum()) if counts.any() else otherwise
