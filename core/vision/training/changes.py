"""How the digits of a batch are changed, so that no two passes show the same pictures."""

from __future__ import annotations

import torch
from torch import Generator, Tensor
from torch.nn.functional import pad

from core.vision.augment import Changes, augment

SHIFT = 2
"""Pixels to each side."""
AFFINE = Changes(bend=0.0, ripple=0.0, thicker=0.0, thinner=0.0)


def changed(images: Tensor, kind: str, generator: Generator) -> Tensor:
    """Change each picture in its own way.

    Args:
        images: uint8 (N, 28, 28), 0 paper to 255 ink.
        kind: "none", "shift", "affine" or "pen".
        generator: decides everything.

    Returns:
        Ink in [0, 1], float32 (N, 1, 28, 28).
    """
    if kind == "shift":
        images = _shifted(images, generator)
    ink = images[:, None].float() / 255
    if kind in ("affine", "pen"):
        ink = augment(ink, generator, AFFINE if kind == "affine" else None)
    return ink


def _shifted(images: Tensor, generator: Generator) -> Tensor:
    """Each picture moved by up to SHIFT whole pixels; paper comes in at the edges."""
    n, side, _ = images.shape
    wide = pad(images, (SHIFT,) * 4)
    by = torch.randint(2 * SHIFT + 1, (2, n, 1), generator=generator) + torch.arange(side)
    return wide[torch.arange(n)[:, None, None], by[0][:, :, None], by[1][:, None, :]]
