"""Kernels are named by what they respond to."""

from __future__ import annotations

import pytest
import torch

from core.vision.convolution.kernels import kernel, learned_names, natural
from core.vision.convolution.patterns import PATTERNS, by_chance, labels, learned, responses, sheet


@pytest.mark.parametrize(
    ("name", "pattern"),
    [("sobel_x", "edge"), ("sobel_y", "edge"), ("gabor", "texture"), ("box", "brightness")],
)
def test_kernels_of_the_books_are_called_what_they_are(name: str, pattern: str) -> None:
    weights = kernel(name, natural(name))
    assert labels(torch.stack([weights, -3 * weights])) == [pattern, pattern]


def test_a_right_angle_is_a_corner() -> None:
    weights = -torch.ones(5, 5)
    weights[:3, :3] = 1
    found = responses(weights[None])
    assert labels(weights[None]) == ["corner"]
    assert float(found["corner"]) == pytest.approx(1.0)  # it is one of the corners that are shown
    assert float(found["edge"]) < 0.95


def test_every_learned_kernel_has_one_name() -> None:
    for network, layers in learned_names().items():
        found = learned(network)
        assert set(found) == set(PATTERNS)
        assert sum(map(len, found.values())) == dict(layers)["conv1"]


def test_random_kernels_get_names_too() -> None:
    for side in (3, 5):
        shares = by_chance(side)
        assert sum(shares.values()) == pytest.approx(1.0)
        assert max(shares.values()) < 1


def test_a_sheet_holds_all_kernels() -> None:
    assert sheet([torch.ones(3, 3)] * 9).startswith("data:image/png;base64,")
