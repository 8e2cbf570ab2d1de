"""Ways to look at one forward pass: rollout, and weights times value norms.

Axes as in `core.attention.trained.model`; here of one sentence, so without N.
"""

from __future__ import annotations

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
