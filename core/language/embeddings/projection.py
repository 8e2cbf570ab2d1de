"""Vectors drawn in two or three dimensions, so that points glide from state to state.

PCA of a state alone may swap or flip its axes from one state to the next. So the result is turned
onto one map that stays the same for a corpus, that of PPMI + SVD (orthogonal Procrustes). A turn
keeps every distance; each state depends on itself alone, and all methods lie the same way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor
from torch.nn.functional import normalize, pad

from core.language.corpora.texts import Corpus
from core.language.embeddings import counts
from core.language.embeddings.model import decompose

_WINDOW = 4
_RANK = 50


@dataclass(frozen=True)
class Projection:
    """A linear map of unit vectors to a picture.

    Attributes:
        middle: (D,), what comes to lie at 0.
        axes: (D, k), orthonormal columns.
    """

    middle: Tensor
    axes: Tensor

    def __call__(self, points: Tensor) -> Tensor:
        """(..., D) -> (..., k) float32."""
        return ((points.double() - self.middle) @ self.axes).float()


def unit(vectors: Tensor) -> Tensor:
    """Vectors of length 1: all that a cosine sees. A zero stays a zero."""
    return normalize(vectors.double(), dim=-1).float()


def principal(points: Tensor, k: int) -> Projection:
    """PCA: the k orthonormal axes along which points (n, D) spread most; zero axes if D < k."""
    points = points.double()
    middle = points.mean(0)
    spread = points - middle
    _, axes = torch.linalg.eigh(spread.T @ spread)
    axes = axes.flip(1)[:, :k]
    return Projection(middle, pad(axes, (0, k - axes.shape[1])))


def turn(points: Tensor, onto: Tensor) -> Tensor:
    """The orthogonal (k, k) R that brings points @ R nearest to `onto` (Schonemann 1966)."""
    u, _, v = torch.linalg.svd(points.double().T @ onto.double())
    rotation: Tensor = u @ v
    return rotation


def projection(corpus: Corpus, vectors: Tensor, k: int, fit: Tensor | None = None) -> Projection:
    """The picture of a state: PCA of unit vectors, turned onto the fixed map of the corpus.

    Args:
        corpus: that the vectors (W, D) were learnt from.
        vectors: of any length.
        k: 2 or 3.
        fit: places of the words whose spread is to be shown; all if missing.
    """
    points, fixed = unit(vectors), reference(corpus)
    if fit is not None:
        points, fixed = points[fit], fixed[fit]
    fitted = principal(points, k)
    onto = principal(fixed, k)(fixed)
    return Projection(fitted.middle, fitted.axes @ turn(fitted(points), onto))


@lru_cache(8)
def reference(corpus: Corpus) -> Tensor:
    """(W, at most 50) unit vectors of PPMI + SVD with a window of 4: the map that stays."""
    near = counts.ppmi(counts.cooccurrence(corpus, _WINDOW, by_distance=False))
    return unit(decompose(near, min(_RANK, len(corpus.words)))[0])
