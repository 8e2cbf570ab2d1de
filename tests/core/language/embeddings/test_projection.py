"""Maps that are turned and not bent; t-SNE against its definition."""

from __future__ import annotations

import math

import pytest
import torch

from core.language.corpora import texts
from core.language.embeddings import projection, tsne

CORPUS = texts.generated("en")


def _vectors(seed: int, width: int = 12) -> torch.Tensor:
    g = torch.Generator().manual_seed(seed)
    return torch.randn(len(CORPUS.words), width, generator=g)


@pytest.mark.parametrize("k", [2, 3])
def test_a_turn_of_all_vectors_does_not_move_the_picture(k: int) -> None:
    vectors = _vectors(0)
    turned = vectors @ torch.linalg.qr(torch.randn(12, 12))[0]
    first = projection.projection(CORPUS, vectors, k)(projection.unit(vectors))
    other = projection.projection(CORPUS, turned, k)(projection.unit(turned))
    assert torch.allclose(first, other, atol=1e-4)


def test_the_picture_is_principal_components_with_their_distances() -> None:
    points = projection.unit(_vectors(1))
    found = projection.projection(CORPUS, _vectors(1), 3)
    assert torch.allclose(found.axes.T @ found.axes, torch.eye(3).double(), atol=1e-9)
    spread = (points - points.mean(0)).double()
    best = torch.linalg.svdvals(spread)[:3].square().sum()
    assert found(points).double().square().sum() == pytest.approx(float(best), rel=1e-5)


def test_a_small_step_is_a_small_move() -> None:
    vectors = _vectors(2)
    vectors[:, :3] *= 3
    near = vectors + 1e-3 * _vectors(3)
    first = projection.projection(CORPUS, vectors, 3)(projection.unit(vectors))
    other = projection.projection(CORPUS, near, 3)(projection.unit(near))
    assert (first - other).abs().max() < 0.02


def test_a_turn_is_the_nearest_of_all() -> None:
    g = torch.Generator().manual_seed(4)
    points = torch.randn(30, 3, generator=g).double()
    hidden = torch.linalg.qr(torch.randn(3, 3, generator=g).double())[0]
    assert torch.allclose(projection.turn(points, points @ hidden), hidden, atol=1e-9)


def test_sums_of_vectors_are_sums_in_the_picture() -> None:
    points = projection.unit(_vectors(5))
    found = projection.projection(CORPUS, _vectors(5), 2)
    a, b, c = points[:3]
    drawn = found(a) - found(b) + found(c)
    assert torch.allclose(found(a - b + c), drawn, atol=1e-5)


@pytest.mark.parametrize("width", [2, 3])
def test_vectors_of_few_numbers_are_drawn_too(width: int) -> None:
    vectors = _vectors(6, width)
    found = projection.projection(CORPUS, vectors, 3)(projection.unit(vectors))
    assert found.shape == (len(CORPUS.words), 3)
    assert found.isfinite().all()


def test_the_gradient_of_tsne_is_that_of_its_divergence() -> None:
    g = torch.Generator().manual_seed(0)
    p = tsne.affinities(torch.randn(12, 5, generator=g).double(), 3.0)
    y = torch.randn(12, 2, generator=g).double()
    found = tsne.gradient(p, y)
    for i, j in ((0, 0), (5, 1), (11, 0)):
        step = torch.zeros_like(y)
        step[i, j] = 1e-6
        slope = (tsne.divergence(p, y + step) - tsne.divergence(p, y - step)) / 2e-6
        assert found[i, j] == pytest.approx(slope, abs=1e-6)


def test_affinities_have_the_perplexity_that_was_asked_for() -> None:
    g = torch.Generator().manual_seed(1)
    points = torch.randn(40, 6, generator=g).double()
    p = tsne.affinities(points, 7.0)
    assert p.sum() == pytest.approx(1)
    assert torch.equal(p, p.T)
    assert torch.equal(p.diagonal(), torch.zeros(40).double())
    row = tsne.neighbours(points, 7.0)
    entropy = -torch.special.xlogy(row, row).sum(1)
    assert torch.allclose(entropy.exp(), torch.full((40,), 7.0).double())
    assert torch.allclose(row.sum(1), torch.ones(40).double())


def test_tsne_parts_what_lies_apart() -> None:
    g = torch.Generator().manual_seed(2)
    points = torch.randn(60, 8, generator=g)
    points[30:] += 8
    found = tsne.tsne(points, 10.0, seed=3)
    assert torch.equal(found.points, tsne.tsne(points, 10.0, seed=3).points)
    assert found.points.abs().max() == pytest.approx(1)
    first, other = found.points[:30], found.points[30:]
    within = max(float((part - part.mean(0)).norm(dim=1).max()) for part in (first, other))
    assert math.dist(first.mean(0).tolist(), other.mean(0).tolist()) > 1.5 * within


def test_tsne_of_too_many_points_is_refused() -> None:
    with pytest.raises(ValueError, match="4 to 400"):
        tsne.tsne(torch.zeros(401, 3), 5.0, 1)
