"""Layer upon layer: the sizes are those of torch."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from core.opened.window import Axis
from core.vision.convolution.depth import MOST, endless, sides


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding"), [(28, 3, 1, 0), (28, 5, 2, 1), (27, 4, 1, 1)]
)
def test_the_sizes_are_torch_s(size: int, kernel: int, stride: int, padding: int) -> None:
    axis = Axis(size, kernel, stride, 1, padding, padding)
    found = sides(axis)
    layer = nn.Conv2d(1, 1, kernel, stride, padding)
    x = torch.zeros(1, 1, size, size)
    for side in found[1:]:
        x = layer(x)
        assert x.shape[-1] == side
    if found[-1] + 2 * padding >= kernel:  # it goes on without change
        assert layer(x).shape[-1] == found[-1]


def test_padding_that_fits_keeps_the_size_and_growth_is_followed_for_a_while_only() -> None:
    assert sides(Axis(28, 3, 1, 1, 0, 0), padding=1) == [28]
    assert len(sides(Axis(28, 3, 1, 1, 2, 2))) == MOST + 1
    assert endless(Axis(28, 3, 1, 1, 2, 2)) and endless(Axis(28, 3, 1, 1, 0, 0), padding=1)
    assert not endless(Axis(28, 3, 1, 1, 0, 0)) and not endless(Axis(5, 7, 1, 1, 3, 3), padding=0)
