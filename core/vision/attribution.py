"""Why this answer: what the network's output rests on, asked by taking things away.

Three questions to one trained network and one picture. Which pixels does the answer need
(occlusion), which places of a layer add to it (class activation map), and which filters. A fourth,
which piece of the pen's ink, is asked in `core.vision.smallest_stroke`. Nothing is ever mirrored:
digits have a handedness.

All of it is deterministic and leaves the model as it was: no hooks, no gradients, no new weights.
Axes: N pictures, C channels, H rows, W columns.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional as F

from core.vision.models import CLASSES, SimpleCNN, normalise
from core.vision.trace import MAPS

ConvLayer = Literal["conv1", "conv2"]

WINDOW = 4
STRIDE = 2
"""Occlusion: a window a little wider than the pen, moved by two pixels. Wider ones blur into a blob
on 28x28; moving by one pixel shows nothing more and takes three times as long."""

_BLANK = float(normalise(torch.zeros(())))

BATCH = 64
"""Forward passes in one go; larger batches leave the cache and are slower."""


@torch.inference_mode()
def occlusion(
    model: SimpleCNN, image: Tensor, target: int, window: int = WINDOW, stride: int = STRIDE
) -> Tensor:
    """How far the target's logit falls when a patch of the picture is replaced by blank paper.

    Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (2014), section 4.2.
    A pixel's value is the mean fall over all windows that cover it. The logit and not the
    probability is watched, because a sure answer stays at a probability of one whatever is hidden,
    and because the class activation map explains the logit too: the two pictures can be compared.
    Windows without ink change nothing and are not computed.

    Args:
        model: in eval mode.
        image: (28, 28), normalised.
        target: the class, 0 to 9.
        window: side of the patch in pixels.
        stride: pixels from one patch to the next.

    Returns:
        float32 (28, 28) in logits; positive where ink speaks for the target, negative where it
        speaks against it.

    Raises:
        ValueError: wrong shape, class, window or stride.
    """
    _check(image, target)
    side = image.shape[-1]
    if not (1 <= window <= side and 1 <= stride <= window):
        raise ValueError(
            f"The window must be 1 to {side} pixels wide and the stride 1 to the window."
        )
    covers = _covers(side, window, stride)
    inked = (covers & (image != _BLANK)).flatten(1).any(1)
    pictures = image.expand(int(inked.sum()) + 1, side, side).clone()
    pictures[1:][covers[inked]] = _BLANK
    logits = logits_of(model, pictures)[:, target]
    falls = torch.zeros(len(covers))
    falls[inked] = logits[0] - logits[1:]
    weights = covers.flatten(1).float()  # (windows, H * W)
    return (falls @ weights / weights.sum(0)).view(side, side)


@torch.inference_mode()
def units_covered(model: SimpleCNN, image: Tensor) -> Tensor:
    """The units that the logits are read from, with each window of `occlusion` blank in turn.

    Returns:
        (R, C, 512), one for each of the R x C windows.
    """
    covers = _covers(image.shape[-1], WINDOW, STRIDE)
    pictures = image.expand(covers.shape).clone()
    pictures[covers] = _BLANK
    units = torch.cat([_units(model, maps) for maps in _pooled(model, pictures)])
    side = math.isqrt(len(covers))
    return units.view(side, side, -1)


def _covers(side: int, window: int, stride: int) -> Tensor:
    """Which pixels each window covers, bool (windows, side, side), row by row."""
    starts = sorted({*range(0, side - window, stride), side - window})
    corners = [(top, left) for top in starts for left in starts]
    covers = torch.zeros(len(corners), side, side, dtype=torch.bool)
    for cover, (top, left) in zip(covers, corners, strict=True):
        cover[top : top + window, left : left + window] = True
    return covers


def grad_cam(
    model: SimpleCNN,
    image: Tensor,
    target: int,
    layer: ConvLayer = "conv2",
    method: Literal["hires", "classic"] = "hires",
) -> Tensor:
    """Class activation map: how much each place of a layer adds to the target's logit.

    With A the layer's maps after the ReLU (C, H, W) and G = d logit / d A:

    - "hires": the sum over C of G * A, signed. HiResCAM (Draelos and Carin, "Use HiResCAM instead
      of Grad-CAM for faithful explanations of convolutional neural networks", 2020): what each
      place added, exactly before a single linear layer, here to first order. In conv2 it agrees
      with occlusion; in conv1 it is speckled, because each 2x2 pooling window passes its gradient
      to one winner.
    - "classic": ReLU of the sum over C of (mean of G over H and W) * A. Grad-CAM (Selvaraju et al.,
      2017), as published. The mean gives a map one weight everywhere, so blank paper and the border
      light up too. Where nothing is above zero it is all zeros, never NaN.

    Args:
        model: in eval mode.
        image: (28, 28), normalised.
        target: the class, 0 to 9.
        layer: "conv1" or "conv2".
        method: "hires" or "classic".

    Returns:
        float32 of the layer's own size, (28, 28) for conv1 and (14, 14) for conv2; in logits, not
        rescaled.

    Raises:
        ValueError: wrong shape, class, layer or method.
    """
    _check(image, target)
    _check_layer(layer)
    if method not in ("hires", "classic"):
        raise ValueError('The method is "hires" or "classic".')
    with torch.inference_mode(False), torch.enable_grad():
        x = image.detach().clone()[None, None]
        maps = F.relu(model.conv1(x))
        if layer == "conv2":
            maps = F.relu(model.conv2(F.max_pool2d(maps, 2)))
        maps = maps.detach().requires_grad_()  # the weights' own gradients are not wanted
        after = _after_pool1 if layer == "conv1" else _after_pool2
        logit = after(model, F.max_pool2d(maps, 2))[0, target]
        (gradient,) = torch.autograd.grad(logit, maps)
    maps, gradient = maps.detach()[0], gradient[0]  # (C, H, W)
    if method == "hires":
        return (gradient * maps).sum(0)
    return F.relu((gradient.mean((1, 2), keepdim=True) * maps).sum(0))


@dataclass(frozen=True)
class FilterEffects:
    """What the network says with each filter of a layer switched off, and with none."""

    target: int
    before: Tensor
    """Logits with every filter on, (10,)."""
    after: Tensor
    """Logits with one filter off, (C, 10): row c is without filter c."""

    @property
    def logit(self) -> Tensor:
        """Change of the target's logit, (C,); negative: the filter spoke for the target."""
        return self.after[:, self.target] - self.before[self.target]

    def probability(self, temperature: float = 1.0) -> Tensor:
        """Change of the target's probability, (C,), at the temperature of the calibration."""
        after = (self.after / temperature).softmax(1)[:, self.target]
        return after - (self.before / temperature).softmax(0)[self.target]

    @property
    def answers(self) -> Tensor:
        """The answer without each filter, int64 (C,)."""
        return self.after.argmax(1)

    @property
    def changed(self) -> Tensor:
        """Whether the answer becomes another one, bool (C,)."""
        return self.answers != self.before.argmax()


@torch.inference_mode()
def filter_effects(model: SimpleCNN, image: Tensor, layer: ConvLayer, target: int) -> FilterEffects:
    """Switch off each filter of a layer in turn: its feature map after the ReLU becomes zero.

    For a set of filters at once there is `core.vision.trace.trace(model, ink, off)`.

    Ablation of single units, as in Morcos et al., "On the importance of single directions for
    generalization" (2018).

    Args:
        model: in eval mode.
        image: (28, 28), normalised.
        layer: "conv1" (32 filters) or "conv2" (64).
        target: the class whose change is asked for, 0 to 9.

    Raises:
        ValueError: wrong shape, class or layer.
    """
    _check(image, target)
    _check_layer(layer)
    logits: Tensor = model.fc2(_units_without(model, image, layer))
    return FilterEffects(target, logits[0].clone(), logits[1:].clone())


@torch.inference_mode()
def units_without(model: SimpleCNN, image: Tensor, layer: ConvLayer) -> Tensor:
    """The units that the logits are read from, with each filter of a layer switched off in turn.

    Returns:
        (1 + C, 512), first with all of them on.
    """
    return _units_without(model, image, layer)


def _units_without(model: SimpleCNN, image: Tensor, layer: ConvLayer) -> Tensor:
    maps = F.relu(F.max_pool2d(model.conv1(image[None, None]), 2))
    if layer == "conv2":
        maps = F.relu(F.max_pool2d(model.conv2(maps), 2))
    off = 1.0 - torch.eye(MAPS[layer])[:, :, None, None]  # (C, C, 1, 1)
    batch = torch.cat([maps, maps * off])  # zeros pool to zeros: off after pooling is off before it
    return _units(model, batch if layer == "conv2" else _to_pool2(model, batch))


def logits_of(model: SimpleCNN, pictures: Tensor) -> Tensor:
    """(N, 28, 28) normalised -> (N, 10), in batches that fit the cache."""
    return torch.cat([_after_pool2(model, maps) for maps in _pooled(model, pictures)])


def _pooled(model: SimpleCNN, pictures: Tensor) -> Iterator[Tensor]:
    """(N, 28, 28) normalised -> batches of (B, 64, 7, 7)."""
    for batch in torch.split(pictures[:, None], BATCH):
        yield _to_pool2(model, F.relu(F.max_pool2d(model.conv1(_channels_last(batch)), 2)))


def _to_pool2(model: SimpleCNN, maps: Tensor) -> Tensor:
    """(N, 32, 14, 14) -> (N, 64, 7, 7). ReLU and pooling commute; pooled first is less to do."""
    return F.relu(F.max_pool2d(model.conv2(_channels_last(maps)), 2))


def _after_pool1(model: SimpleCNN, maps: Tensor) -> Tensor:
    """(N, 32, 14, 14) -> logits."""
    return _after_pool2(model, _to_pool2(model, maps))


def _after_pool2(model: SimpleCNN, maps: Tensor) -> Tensor:
    """(N, 64, 7, 7) -> logits."""
    logits: Tensor = model.fc2(_units(model, maps))
    return logits


def _units(model: SimpleCNN, maps: Tensor) -> Tensor:
    """(N, 64, 7, 7) -> (N, 512), what the logits are read from."""
    return F.relu(model.fc1(maps.flatten(1)))


def _channels_last(maps: Tensor) -> Tensor:
    """The memory layout in which the convolutions are three times as fast; same values."""
    return maps.contiguous(memory_format=torch.channels_last)


def _check(image: Tensor, target: int) -> None:
    if image.shape != (28, 28):
        raise ValueError(
            f"The picture must be 28 x 28 pixels, not {' x '.join(map(str, image.shape))}."
        )
    if type(target) is not int or not 0 <= target < CLASSES:
        raise ValueError("The class must be one of the digits 0 to 9.")


def _check_layer(layer: str) -> None:
    if layer not in MAPS:
        raise ValueError(f"Filters and their maps are in {' and '.join(MAPS)} only.")
