"""Which parts of a picture an answer rests on: Grad-CAM, and covering one part after the other."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from core.vision.imagenet.networks import SIDE, Network
from core.vision.imagenet.steps import after, logits

BATCH = 8
"""Pictures that go through the network at once: more need more memory, and are not faster."""
MOST_WORK = 12e9
"""Multiply-adds that covering may take: some seconds on one core."""


def grad_cam(network: Network, maps: Tensor, target: int) -> Tensor:
    """How much each place of the last maps speaks for a class.

    Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
    Localization" (2017): the maps, weighted by the mean of their gradient, added up; what is below
    zero is left out.

    Args:
        network: which.
        maps: (C, H, W), the array `network.last`.
        target: the class.

    Returns:
        (H, W), in logits; all zeros where nothing speaks for the class.
    """
    with torch.inference_mode(False), torch.enable_grad():
        read = maps.detach().clone()[None].requires_grad_()
        logit = after(network.steps, network.last, read)[0, target]
        (gradient,) = torch.autograd.grad(logit, read)
    return F.relu((gradient[0].mean((1, 2))[:, None, None] * maps).sum(0))


@dataclass(frozen=True, eq=False)
class Covered:
    """What becomes of an answer when one part of the picture is covered.

    Attributes:
        falls: (R, R), by how much the logit of the class falls.
        answers: (R, R), the class that is best then.
    """

    falls: Tensor
    answers: Tensor


def parts(network: Network) -> int:
    """Into how many parts a side is cut: the more work a pass is, the fewer.

    >>> from core.vision.imagenet.networks import plan
    >>> parts(plan("lite0")), parts(plan("vgg16"))
    (7, 2)
    """
    work = sum(cost.multiply_adds for cost in network.costs.values())
    return next(side for side in (7, 4, 2) if side == 2 or side * side * work <= 2 * MOST_WORK)


@torch.inference_mode()
def occlusion(network: Network, picture: Tensor, target: int) -> Covered:
    """Cover each part of the picture in turn with what the network takes for the mean colour.

    Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (2014), section 4.2.

    Args:
        network: which.
        picture: (3, 224, 224), normalised.
        target: the class.
    """
    side = parts(network)
    edges = [round(SIDE * i / side) for i in range(side + 1)]
    pictures = picture.expand(side * side, -1, -1, -1).clone()
    for place in range(side * side):
        row, column = divmod(place, side)
        pictures[place, :, edges[row] : edges[row + 1], edges[column] : edges[column + 1]] = 0.0
    whole = logits(network.steps, picture[None])[0, target]
    found = torch.cat([logits(network.steps, batch) for batch in torch.split(pictures, BATCH)])
    falls = (whole - found[:, target]).view(side, side)
    return Covered(falls, found.argmax(1).view(side, side))
