"""Adam as torch has it."""

from __future__ import annotations

import torch

from core.language.embeddings.adam import Adam


def test_the_steps_are_those_of_torch() -> None:
    g = torch.Generator().manual_seed(0)
    first = [torch.randn(4, 3, generator=g), torch.randn(4, generator=g)]
    other = [one.clone().requires_grad_() for one in first]
    mine, theirs = Adam(first), torch.optim.Adam(other, lr=0.1)
    for count in range(20):
        gradients = [torch.randn(one.shape, generator=g) for one in first]
        rate = 0.1 / (1 + count)
        theirs.param_groups[0]["lr"] = rate
        for one, gradient in zip(other, gradients, strict=True):
            one.grad = gradient.clone()
        theirs.step()
        mine.step(gradients, rate, count)
    for one, two in zip(first, other, strict=True):
        assert torch.allclose(one, two, atol=1e-6)
