"""Kernels by name do what their names say."""

from __future__ import annotations

import pytest
import torch

from core.vision.convolution import kernels
from core.vision.convolution.kernels import kernel
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import slide
from core.vision.impossible import Impossible
from core.weights import load

SIZES = [(1, 1), (3, 3), (5, 5), (2, 6), (7, 1), (4, 4)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", kernels.NAMES)
def test_every_kernel_fills_every_frame(name: str, size: tuple[int, int]) -> None:
    found = kernel(name, size, angle=30, seed=2)
    assert tuple(found.shape) == size and found.isfinite().all() and found.dtype == torch.float32


@pytest.mark.parametrize("name", ["box", "gauss", "identity", "sharpen"])
def test_smoothing_keeps_a_plain_area(name: str) -> None:
    assert float(kernel(name, (5, 5)).sum()) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("name", ["sobel_x", "sobel_y", "laplacian", "corner", "gabor"])
def test_edges_and_texture_say_nothing_of_a_plain_area(name: str) -> None:
    assert float(kernel(name, (5, 5), angle=20).sum()) == pytest.approx(0, abs=1e-5)


def test_sobel_x_finds_an_edge_from_dark_to_light_and_y_does_not() -> None:
    step = ";".join(["0 0 0 1 1 1"] * 5)
    both = ConvolutionQuestion("matrix", matrix=step, filters=("sobel_x", "sobel_y"))
    across = slide(both).output
    assert across[0].max() == 4 and across[0].min() == 0 and not across[1].any()


def test_a_gabor_kernel_turns_with_its_angle() -> None:
    torch.testing.assert_close(kernel("gabor", (7, 7), angle=90), kernel("gabor", (7, 7)).T)


def test_random_is_decided_by_seed_and_channel() -> None:
    first = kernel("random", (3, 3), 0, seed=5)
    assert torch.equal(first, kernel("random", (3, 3), 0, seed=5))
    assert not torch.equal(first, kernel("random", (3, 3), 1, seed=5))
    assert not torch.equal(first, kernel("random", (3, 3), 0, seed=6))


def test_a_larger_frame_puts_zeros_around_and_a_smaller_one_cuts() -> None:
    small, large = kernel("laplacian", (3, 3)), kernel("laplacian", (5, 7))
    assert torch.equal(large[1:4, 2:5], small) and large.abs().sum() == small.abs().sum()
    assert kernel("laplacian", (1, 1)).item() == small[1, 1]


def test_learned_kernels_are_the_networks_own() -> None:
    model, _ = load("simple_cnn_ours")
    own = dict(model.named_parameters())
    assert torch.equal(kernel("ours.conv2.7", (3, 3), 5), own["conv2.weight"][7, 5])
    assert kernels.own_bias("ours.conv2.7") == float(own["conv2.bias"][7])
    assert kernels.natural("lenet5.conv1.0") == (5, 5)


@pytest.mark.parametrize(
    "name", ["", "sobel", "ours", "ours.conv9.0", "ours.conv1.32", "their.conv1.0", "ours.conv1.-1"]
)
def test_an_unknown_kernel_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(kernels.UnknownKernel, match=r"\.$|; it has|; there are"):
        kernels.checked(name)


def test_a_kernel_has_one_to_seven_rows() -> None:
    with pytest.raises(Impossible, match="from 1 to 7, not"):
        kernel("box", (8, 3))
