"""Other pens and other hands: random changes to a batch of digits that leave the digit what it is.

Affine changes and smooth elastic bends (Simard, Steinkraus and Platt 2003), and thicker or thinner
strokes. Nothing is ever mirrored: digits have a handedness, and a mirrored 2 is no 2.
"""

from dataclasses import dataclass

import torch
from torch import Generator, Tensor
from torch.nn.functional import affine_grid, grid_sample, interpolate, max_pool2d


@dataclass(frozen=True)
class Changes:
    """How far a picture may be changed: limits (uniform) or spreads (normal) of random amounts.

    Attributes:
        turn: radians, normal.
        scale: logarithm of the size, uniform.
        aspect: logarithm of height over width, normal.
        slant: shear along x, normal.
        shift: pixels, normal.
        bend: pixels, normal, at control points about six pixels apart.
        ripple: the same, about three and a half pixels apart.
        thicker, thinner: share of the way to a stroke one pixel wider or thinner on either side,
            uniform.
        unchanged: share of the pictures that stay as they are.
    """

    turn: float = 0.13
    scale: float = 0.14
    aspect: float = 0.08
    slant: float = 0.16
    shift: float = 0.7
    bend: float = 0.9
    ripple: float = 0.3
    thicker: float = 0.7
    thinner: float = 0.45
    unchanged: float = 0.1


def augment(images: Tensor, generator: Generator, changes: Changes | None = None) -> Tensor:
    """Change each picture in its own way.

    Args:
        images: float (N, 1, S, S), 0 paper, 1 ink.
        generator: decides everything.
        changes: how far; `Changes()` unless given.

    Returns:
        (N, 1, S, S), in [0, 1].
    """
    changes = changes or Changes()
    n, _, side, _ = images.shape
    unchanged = torch.rand(n, generator=generator) < changes.unchanged
    grid = affine_grid(_affine(n, side, generator, changes), [n, 1, side, side], False)
    for spread, knots in ((changes.bend, 5), (changes.ripple, 8)):
        field = torch.randn(n, 2, knots, knots, generator=generator) * (spread * 2 / side)
        field *= torch.rand(n, 1, 1, 1, generator=generator) * 1.5
        bend = interpolate(field, size=(side, side), mode="bicubic", align_corners=True)
        grid += bend.permute(0, 2, 3, 1)
    changed = grid_sample(images, grid, mode="bilinear", align_corners=False)
    changed = _thickness(changed, generator, changes)
    return torch.where(unchanged[:, None, None, None], images, changed).clamp_(0, 1)


def _affine(n: int, side: int, generator: Generator, changes: Changes) -> Tensor:
    """Maps from the new picture to the old one, (N, 2, 3), in units of half a side."""

    def normal(spread: float) -> Tensor:
        return torch.randn(n, generator=generator).clamp_(-2.5, 2.5) * spread

    turn, slant, aspect = normal(changes.turn), normal(changes.slant), normal(changes.aspect)
    size = (torch.rand(n, generator=generator) * 2 - 1) * changes.scale
    cos, sin = torch.cos(turn), torch.sin(turn)
    zero, one = torch.zeros(n), torch.ones(n)
    rotate = torch.stack([cos, -sin, sin, cos], 1).view(n, 2, 2)
    shear = torch.stack([one, slant, zero, one], 1).view(n, 2, 2)
    scale = torch.diag_embed(torch.stack([torch.exp(size + aspect), torch.exp(size - aspect)], 1))
    shift = torch.stack([normal(changes.shift), normal(changes.shift)], 1) * 2 / side
    return torch.cat([rotate @ shear @ scale, shift[:, :, None]], 2)


def _thickness(images: Tensor, generator: Generator, changes: Changes) -> Tensor:
    amount = torch.rand(len(images), 1, 1, 1, generator=generator)
    way = torch.rand(len(images), 1, 1, 1, generator=generator)
    thick = torch.where(way < 0.3, amount * changes.thicker, 0.0)
    thin = torch.where(way > 0.7, amount * changes.thinner, 0.0)
    # A plus-shaped neighbourhood: a square one would make corners of round ends.
    grown = torch.maximum(
        max_pool2d(images, (3, 1), 1, (1, 0)), max_pool2d(images, (1, 3), 1, (0, 1))
    )
    worn = torch.minimum(
        -max_pool2d(-images, (3, 1), 1, (1, 0)), -max_pool2d(-images, (1, 3), 1, (0, 1))
    )
    return images + thick * (grown - images) - thin * (images - worn)
