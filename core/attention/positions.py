"""Sinusoidal positional encoding (Vaswani et al. 2017, "Attention is all you need", section 3.5).

Axes: T positions, D columns.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor


def positions(count: int, width: int) -> Tensor:
    """The encoding of the first positions: float32 (count, width).

    Column 2 i of row p is sin(p / 10000^(2 i / width)), column 2 i + 1 its cosine.

    >>> positions(2, 4)
    tensor([[0.0000, 1.0000, 0.0000, 1.0000],
            [0.8415, 0.5403, 0.0100, 0.9999]])
    """
    position = torch.arange(count, dtype=torch.float32)[:, None]  # (T, 1)
    rate = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))  # (D / 2,)
    return waves(position * rate)[:, :width]


def waves(angles: Tensor) -> Tensor:
    """Sine and cosine of each angle side by side: (T, D / 2) -> (T, D)."""
    return torch.stack((angles.sin(), angles.cos()), -1).flatten(1)
