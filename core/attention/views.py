"""Ways to see one forward pass: rollout, and weights times value norms.

Axes: L layers, H heads, T words, D width, E = D / H.
"""

from __future__ import annotations

from itertools import accumulate

import torch
from torch import Tensor

from core.attention.blocks import Attention, AttentionTrace


def rollout(weights: Tensor) -> Tensor:
    """How much of each word reaches each word after layers 1 to L, half of it by attention.

    Heads are averaged, the other half is the residual connection, and layers are multiplied
    (Abnar and Zuidema 2020, "Quantifying attention flow in transformers", section 3).

    >>> one = torch.tensor([[[[1.0, 0.0], [1.0, 0.0]]]])  # one layer, one head
    >>> rollout(one)
    tensor([[[1.0000, 0.0000],
             [0.5000, 0.5000]]])
    >>> rollout(one.expand(2, 1, 2, 2))[1]  # two layers like it
    tensor([[1.0000, 0.0000],
            [0.7500, 0.2500]])

    Args:
        weights: (L, H, T, T).

    Returns:
        (L, T, T); rows sum to 1 where the rows of the weights do.
    """
    return torch.stack([*accumulate(rollout_steps(weights), lambda below, step: step @ below)])


def rollout_steps(weights: Tensor) -> Tensor:
    """What each layer alone adds to a rollout: (L, H, T, T) -> (L, T, T)."""
    steps = 0.5 * weights.mean(1) + 0.5 * torch.eye(weights.shape[-1])
    return steps / steps.sum(-1, keepdim=True)


def lengths(v: Tensor, output: Tensor) -> Tensor:
    """Length of what each word hands over in each head, |v W_O|.

    Args:
        v: (..., H, T, E).
        output: (D, D) the weight of the output projection.

    Returns:
        (..., H, T).
    """
    carried = torch.einsum("...hte,dhe->...htd", v, output.view(len(output), v.shape[-3], -1))
    length: Tensor = carried.square().sum(-1).sqrt()
    return length


def value_norms(attention: Attention, trace: AttentionTrace) -> Tensor:
    """Length of what each word carries to each word, |weight x v W_O|: (N, H, T, T).

    A large weight on a short vector moves little (Kobayashi et al. 2020, "Attention is not only a
    weight", section 3). Rows do not sum to 1.
    """
    return trace.weights * lengths(trace.v, attention.output.weight)[:, :, None]
