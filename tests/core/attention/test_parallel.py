"""What must be computed one after the other: T steps in a recurrent network, one in attention."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from core.attention.parallel import LENGTHS, attended, chains, longest, read


def test_a_recurrent_network_s_chain_grows_with_the_length_and_attention_s_does_not() -> None:
    found = chains()
    assert [each.length for each in found] == list(LENGTHS)
    assert len({each.attention for each in found}) == 1
    per_step = {
        (b.recurrent - a.recurrent) / (b.length - a.length)
        for a, b in zip(found[:-1], found[1:], strict=True)
    }
    assert len(per_step) == 1 and per_step.pop() >= 2  # a product and a tanh at least
    assert [each.weights for each in found] == [n * n for n in LENGTHS]


def test_the_longest_way_of_a_short_sum() -> None:
    a = torch.tensor(2.0, requires_grad=True)
    assert longest(a * a) == 1
    assert longest((a * a).tanh() + a) == 3


def test_both_are_what_torch_computes() -> None:
    x, w, u, v = torch.randn(6, 8), torch.randn(8, 8), torch.randn(8, 8), torch.randn(8, 8)
    rnn = nn.RNN(8, 8, bias=False)
    with torch.no_grad():
        rnn.weight_ih_l0.copy_(w.T)
        rnn.weight_hh_l0.copy_(u.T)
    assert torch.allclose(read(x, w, u), rnn(x)[0][-1], atol=1e-6)
    expected = nn.functional.scaled_dot_product_attention(x @ w, x @ u, x @ v)
    rows, weights = attended(x, w, u, v)
    assert torch.allclose(rows, expected, atol=1e-5)
    assert weights.sum(1).tolist() == pytest.approx([1.0] * 6)
