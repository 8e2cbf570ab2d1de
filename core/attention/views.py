"""Ways to look at one forward pass: rollout, weights times value norms, and one cell's arithmetic.

Axes as in `core.attention.trained.model`; here of one sentence, so without N.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from core.attention.blocks import Attention, AttentionTrace, PreNorm
from core.attention.trained.model import ItModel, Trace


def rollout(weights: Tensor) -> Tensor:
    """How much of each word reaches each word after layers 1 to L, if attention were all there is.

    Heads are averaged, half of every row is the residual connection, and layers are multiplied
    (Abnar and Zuidema 2020, "Quantifying attention flow in transformers", section 3).

    Args:
        weights: (L, H, T, T).

    Returns:
        (L, T, T); rows sum to 1 where the rows of the weights do.
    """
    steps = 0.5 * weights.mean(1) + 0.5 * torch.eye(weights.shape[-1])
    steps = steps / steps.sum(-1, keepdim=True)
    found = [steps[0]]
    for step in steps[1:]:
        found.append(step @ found[-1])
    return torch.stack(found)


def value_norms(attention: Attention, trace: AttentionTrace) -> Tensor:
    """Length of what each word carries to each word, |weight x v W_O|: (N, H, T, T).

    A large weight on a short vector moves little (Kobayashi et al. 2020, "Attention is not only a
    weight", section 3). Rows do not sum to 1.
    """
    width = trace.v.shape[-1]
    out = attention.output.weight.view(-1, attention.heads, width)  # (D, H, E)
    carried = torch.einsum("nhte,dhe->nhtd", trace.v, out)
    length: Tensor = carried.square().sum(-1).sqrt()  # (N, H, T)
    return trace.weights * length[:, :, None]


def all_value_norms(model: ItModel, trace: Trace) -> Tensor:
    """`value_norms` of every layer: (N, L, H, T, T)."""
    found = []
    for layer, seen in zip(model.layers, trace.layers, strict=True):
        assert isinstance(layer, PreNorm)
        found.append(value_norms(layer.attention, seen.attended.attention))
    return torch.stack(found, 1)


@dataclass(frozen=True)
class Cell:
    """The arithmetic of one cell of a heat map, from query and key to the output of its row.

    Attributes:
        q: (E,) query of the word that reads.
        k: (E,) key of the word that is read.
        products: (E,) q times k, term by term; they sum to `score`.
        score: q . k.
        scale: sqrt(E), what the score is divided by.
        scaled: (T,) the whole row after division; minus infinity where it is masked or cut.
        exponentials: (T,) exp(scaled - largest); the weights are these over their sum.
        weights: (T,) the row; a cut weight that is not renormalised is 0 and the sum below 1.
        values: (T, E) what the words of the row carry.
        mixed: (E,) weights times values.
    """

    q: Tensor
    k: Tensor
    products: Tensor
    score: float
    scale: float
    scaled: Tensor
    exponentials: Tensor
    weights: Tensor
    values: Tensor
    mixed: Tensor


def cell(trace: AttentionTrace, head: int, source: int, target: int) -> Cell:
    """What led to weight (source, target) of a head of the first sentence, and what it gives."""
    q, k = trace.q[0, head, source], trace.k[0, head, target]
    scaled = trace.masked[0, head, source]
    largest = scaled.max()
    shifted = scaled - largest if bool(largest > -math.inf) else scaled  # all cut: every exp is 0
    return Cell(
        q,
        k,
        q * k,
        float(trace.scores[0, head, source, target]),
        math.sqrt(len(q)),
        scaled,
        shifted.exp(),
        trace.weights[0, head, source],
        trace.v[0, head],
        trace.heads[0, head, source],
    )
