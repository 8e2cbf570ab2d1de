"""Gradients against autograd, sums that must be zero, and the counted form against the pairs."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn.functional import cross_entropy, logsigmoid

from core.language.embeddings import objectives

W, D = 7, 4


def _drawn(seed: int = 0) -> tuple[Tensor, Tensor]:
    g = torch.Generator().manual_seed(seed)
    return torch.randn(W, D, generator=g).double(), torch.randn(W, D, generator=g).double()


def _pairs(seed: int, n: int = 30) -> tuple[Tensor, Tensor]:
    g = torch.Generator().manual_seed(seed)
    return torch.randint(W, (n,), generator=g), torch.randint(W, (n,), generator=g)


def _count(rows: Tensor, columns: Tensor, height: int = W) -> Tensor:
    found = torch.zeros(height, W, dtype=torch.float64)
    return found.index_put_((rows, columns), torch.ones(len(rows)).double(), accumulate=True)


def _same(gradients: tuple[Tensor, ...], leaves: tuple[Tensor, ...]) -> None:
    """What was written out is what autograd left in the leaves."""
    for mine, leaf in zip(gradients, leaves, strict=True):
        assert leaf.grad is not None
        assert torch.allclose(mine, leaf.grad, atol=1e-12)


@pytest.mark.parametrize("sampled", [False, True])
def test_skip_gram_is_the_mean_over_the_list_of_its_pairs(sampled: bool) -> None:
    inward, outward = (part.requires_grad_() for part in _drawn())
    centre, context = _pairs(1)
    negatives = _pairs(2, 3 * len(centre))[0].view(-1, 3)
    if sampled:
        hits = (inward[centre] * outward[context]).sum(1)
        misses = torch.einsum("nd,nkd->nk", inward[centre], outward[negatives])
        loss = -(logsigmoid(hits) + logsigmoid(-misses).sum(1)).mean()
    else:
        loss = cross_entropy(inward[centre] @ outward.T, context)
    loss.backward()  # type: ignore[no-untyped-call]
    drawn = _count(centre.repeat_interleave(3), negatives.flatten()) if sampled else None
    with torch.no_grad():
        found = objectives.word2vec(inward, outward, None, _count(centre, context), drawn)
    assert found.loss == pytest.approx(loss.item(), abs=1e-12)
    _same(found.gradients, (inward, outward))


@pytest.mark.parametrize("sampled", [False, True])
def test_cbow_is_the_mean_over_the_list_of_its_windows(sampled: bool) -> None:
    inward, outward = (part.requires_grad_() for part in _drawn(3))
    wanted, negatives = _pairs(4, 10)
    mix = torch.rand(10, W, generator=torch.Generator().manual_seed(5)).double()
    mix /= mix.sum(1, keepdim=True)
    scores = (mix @ inward) @ outward.T
    rows = torch.arange(10)
    if sampled:
        loss = -(logsigmoid(scores[rows, wanted]) + logsigmoid(-scores[rows, negatives])).mean()
    else:
        loss = cross_entropy(scores, wanted)
    loss.backward()  # type: ignore[no-untyped-call]
    drawn = _count(rows, negatives, 10) if sampled else None
    with torch.no_grad():
        found = objectives.word2vec(inward, outward, mix, _count(rows, wanted, 10), drawn)
    assert found.loss == pytest.approx(loss.item(), abs=1e-12)
    _same(found.gradients, (inward, outward))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_the_gradient_of_the_softmax_sums_to_zero_with_any_number_of_targets(
    seed: int, pairs: int
) -> None:
    inward, outward = _drawn(seed)
    slope = objectives.softmax(inward @ outward.T, _count(*_pairs(seed, pairs)))[1]
    assert torch.allclose(slope.sum(1), torch.zeros(W).double(), atol=1e-10)
    assert slope.abs().sum() > 0


def test_glove_is_its_formula() -> None:
    w, u = (part.requires_grad_() for part in _drawn(6))
    g = torch.Generator().manual_seed(7)
    b, c = (torch.randn(W, generator=g).double().requires_grad_() for _ in range(2))
    count = torch.randint(0, 300, (W, W), generator=g).double()
    count[count < 100] = 0
    total, cells = torch.zeros(()).double(), 0
    for i in range(W):
        for j in range(W):
            x = float(count[i, j])
            if x > 0:
                error = w[i] @ u[j] + b[i] + c[j] - torch.tensor(x).double().log()
                total = total + min(1.0, (x / 100) ** 0.75) * error**2
                cells += 1
    loss = total / cells
    loss.backward()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        found = objectives.glove((w, u, b, c), count)
    assert found.loss == pytest.approx(loss.item(), abs=1e-12)
    _same(found.gradients, (w, u, b, c))
