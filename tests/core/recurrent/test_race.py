"""A member of a race: its parameters are one vector, its gradient is measured and shortened."""

from __future__ import annotations

import torch
from torch import nn

from core.recurrent.race import Member
from core.recurrent.sine.forecast import seeded


def test_the_parameters_are_views_of_one_vector() -> None:
    member = Member(seeded("lstm", 3, 2, 0.0, 0), "sgd")
    member.values.zero_()
    assert all((p == 0).all() for p in member.model.parameters())
    assert member.values.numel() == sum(p.numel() for p in member.model.parameters())


def test_a_long_gradient_is_shortened_as_torch_does() -> None:
    member = Member(seeded("gru", 6, 2, 0.0, 0), "adam")
    x = torch.randn(4, 9, 1, generator=torch.Generator().manual_seed(0))
    whole = member.backward(lambda: member.model(x).square().mean(), 0.0)
    before = member.gradient.clone()
    assert member.backward(lambda: member.model(x).square().mean(), 0.01) == whole
    expected = [before.clone().requires_grad_()]
    expected[0].grad = before.clone()
    nn.utils.clip_grad_norm_(expected, 0.01)
    assert expected[0].grad is not None and torch.allclose(member.gradient, expected[0].grad)


def test_a_gradient_beyond_float32_is_told() -> None:
    member = Member(seeded("rnn", 3, 1, 0.0, 0), "adam")
    member.gradient.fill_(1e30)
    assert member.clip(1.0) == float("inf")
