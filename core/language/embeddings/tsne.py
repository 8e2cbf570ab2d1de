"""t-SNE, exact (van der Maaten and Hinton 2008): near points stay near, distances mean little.

n points; every pair counts, so n is bounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from core.schema import Refusal, mark

MAX_POINTS = 400
PERPLEXITY = (2.0, 100.0)
STEPS = 400
_EARLY, _EXAGGERATION = 100, 12.0
_HALVINGS = 50


@dataclass(frozen=True)
class Placed:
    """A map.

    Attributes:
        points: (n, 2) float32, within [-1, 1].
        divergence: the Kullback-Leibler divergence in nats, before the map is scaled.
        perplexity: that was used; it is smaller than a third of the points.
    """

    points: Tensor
    divergence: float
    perplexity: float


def tsne(vectors: Tensor, perplexity: float, seed: int, steps: int = STEPS) -> Placed:
    """A map of vectors (n, D); the same for the same seed.

    Args:
        vectors: at most 400.
        perplexity: about how many neighbours each point has.
        seed: of the first places.
        steps: of gradient descent with momentum and a gain for each number (Jacobs 1988).

    Raises:
        ValueError: too many points, or fewer than 4.
    """
    n = len(vectors)
    if not 4 <= n <= MAX_POINTS:
        raise Refusal(mark("t-SNE draws 4 to {most} words."), most=MAX_POINTS)
    perplexity = min(perplexity, (n - 1) / 3)
    p = affinities(vectors.double(), perplexity)
    generator = torch.Generator().manual_seed(seed)
    y = 1e-2 * torch.randn(n, 2, generator=generator, dtype=torch.float64)
    moved, gain = torch.zeros_like(y), torch.ones_like(y)
    rate = max(n / _EXAGGERATION, 20.0)
    for step in range(steps):
        early = step < _EARLY
        slope = gradient(p * _EXAGGERATION if early else p, y)
        along = (slope > 0) == (moved > 0)
        gain = torch.where(along, gain * 0.8, gain + 0.2).clamp(min=0.01)
        moved = (0.5 if early else 0.8) * moved - rate * gain * slope
        y = y + moved
        y = y - y.mean(0)
    scale = y.abs().max().clamp(min=1e-12)
    return Placed((y / scale).float(), divergence(p, y), perplexity)


def affinities(vectors: Tensor, perplexity: float) -> Tensor:
    """(n, n) symmetric, summing to 1: how near points are to each other."""
    row = neighbours(vectors, perplexity)
    return (row + row.T) / (2 * len(vectors))


def neighbours(vectors: Tensor, perplexity: float) -> Tensor:
    """(n, n), each row summing to 1: how near the others are to a point, with a width of its own.

    The width of a point is found by halving, so that exp of the entropy of its row is the
    perplexity.
    """
    square = torch.cdist(vectors, vectors).square()
    square.fill_diagonal_(math.inf)
    nearest = square.min(1, keepdim=True).values
    low = torch.full((len(vectors), 1), -40.0, dtype=torch.float64)
    high = torch.full_like(low, 40.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        row = (-(square - nearest) * middle.exp()).softmax(1)
        entropy = -torch.special.xlogy(row, row).sum(1, keepdim=True)
        wide = entropy > math.log(perplexity)
        low, high = torch.where(wide, middle, low), torch.where(wide, high, middle)
    return row


def _kernel(y: Tensor) -> Tensor:
    kernel = 1.0 / (1.0 + torch.cdist(y, y).square())
    return kernel.fill_diagonal_(0.0)


def divergence(p: Tensor, y: Tensor) -> float:
    """KL(P || Q), Q Student's kernel of the map, in nats."""
    kernel = _kernel(y)
    q = (kernel / kernel.sum()).clamp(min=1e-12)
    return float((torch.special.xlogy(p, p) - p * q.log()).sum())


def gradient(p: Tensor, y: Tensor) -> Tensor:
    """(n, 2): its gradient, 4 sum_j (p_ij - q_ij) (y_i - y_j) / (1 + |y_i - y_j|^2)."""
    kernel = _kernel(y)
    pull = (p - kernel / kernel.sum()) * kernel
    return 4.0 * (pull.sum(1, keepdim=True) * y - pull @ y)
