"""From a picture as it came to the numbers that a network reads, stage by stage.

These networks have learned from squares of 224 pixels, cut out of the middle of pictures whose
shorter side has 256. Other sizes would be seen at another scale than what was learned.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from core.vision.imagenet.networks import SIDE, Known

SHORT = 256
"""Shorter side of a picture before its middle is cut out."""
MOST = 4
"""Times the shorter side that is kept of the longer one."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """The stages of one picture.

    Attributes:
        upright: (3, H, W) from 0 to 1, as people see the file.
        resized: the same with a shorter side of 256.
        cropped: its middle, (3, 224, 224).
        normalised: what the network reads.
    """

    upright: Tensor
    resized: Tensor
    cropped: Tensor
    normalised: Tensor


def prepare(pixels: Tensor, known: Known) -> Prepared:
    """Prepare a picture for a network.

    Args:
        pixels: (C, H, W) from 0 to 1, of one channel or three.
        known: which network.
    """
    upright = _middle(pixels.expand(3, -1, -1))
    height, width = upright.shape[1:]
    scale = SHORT / min(height, width)
    size = (max(SHORT, round(height * scale)), max(SHORT, round(width * scale)))
    resized = F.interpolate(
        upright[None], size, mode=known.filter, antialias=True, align_corners=False
    )[0].clamp(0, 1)
    top, left = (size[0] - SIDE) // 2, (size[1] - SIDE) // 2
    cropped = resized[:, top : top + SIDE, left : left + SIDE].contiguous()
    mean, std = (torch.tensor(values)[:, None, None] for values in (known.mean, known.std))
    return Prepared(upright, resized, cropped, (cropped - mean) / std)


def _middle(pixels: Tensor) -> Tensor:
    """Of a picture that is far longer than high, or higher than long, what is near its middle."""
    short = min(pixels.shape[1:])
    top, left = (max(0, side - MOST * short) // 2 for side in pixels.shape[1:])
    return pixels[:, top : top + MOST * short, left : left + MOST * short]
