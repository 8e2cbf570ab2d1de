"""Adam (Kingma and Ba 2015), written out.

torch's own loads a compiler with its first step, more than a second of a new worker's time: as much
as the whole training of a few hundred words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn

BETAS = (0.9, 0.999)
EPSILON = 1e-8


class Adam(nn.Module):
    """What Adam remembers of some parameters: first.i and second.i, as large as they are."""

    def __init__(self, parameters: Sequence[Tensor]) -> None:
        """Nothing remembered yet."""
        super().__init__()
        self.parameters_ = tuple(parameters)
        self.first = nn.ParameterList(_zeros(one) for one in parameters)
        self.second = nn.ParameterList(_zeros(one) for one in parameters)

    def step(self, gradients: Iterable[Tensor], rate: float, count: int) -> None:
        """Take the step that follows `count` others.

        Args:
            gradients: one for each parameter.
            rate: the learning rate.
            count: steps taken before.
        """
        slow, fast = (1 - beta ** (count + 1) for beta in BETAS)
        for parameter, gradient, first, second in zip(
            self.parameters_, gradients, self.first, self.second, strict=True
        ):
            first.lerp_(gradient, 1 - BETAS[0])
            second.mul_(BETAS[1]).addcmul_(gradient, gradient, value=1 - BETAS[1])
            width = second.sqrt().div_(math.sqrt(fast)).add_(EPSILON)
            parameter.addcdiv_(first, width, value=-rate / slow)


def _zeros(like: Tensor) -> nn.Parameter:
    return nn.Parameter(torch.zeros_like(like), requires_grad=False)
