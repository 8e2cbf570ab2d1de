"""A network as a list of steps, each of which makes one array: what is shown, counted and opened.

Stages are what the overview shows one block for: a convolution with what follows it, or a block of
EfficientNet. Arrays are named STAGE_PART, such as "block3_expand_conv" or "conv1_relu".
Axes: C channels, H rows, W columns, N units, of one picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.vision.architectures.table import Field
from core.vision.imagenet.lite import Block, EfficientNetLite0, SameConv, Unit

INPUT = "input"
"""The prepared picture, which the first step reads."""
LOGITS = "logits"


class Mean(nn.Module):
    """The mean of each map."""

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, C, 1, 1)."""
        return x.mean((2, 3), keepdim=True)


@dataclass(frozen=True, eq=False)
class Step:
    """One array.

    Attributes:
        name: of it.
        stage: that it is part of.
        reads: arrays that it is made from; the first one is the way of the picture.
        layer: what makes it of that one; None: all are added up.
    """

    name: str
    stage: str
    reads: tuple[str, ...]
    layer: nn.Module | None

    @property
    def part(self) -> str:
        """Its name within the stage; "" where the stage is this array alone."""
        return self.name.removeprefix(self.stage).removeprefix("_")

    def __call__(self, arrays: Mapping[str, Tensor]) -> Tensor:
        """Make it, of arrays (1, ...)."""
        found = [arrays[name] for name in self.reads]
        if self.layer is None:
            return torch.stack(found).sum(0)
        x = found[0].flatten(1) if isinstance(self.layer, nn.Linear) else found[0]
        made: Tensor = self.layer(x)
        return made


def steps(net: nn.Module) -> tuple[Step, ...]:
    """Of EfficientNet-Lite0, or of torchvision's AlexNet or VGG."""
    found = _lite(net) if isinstance(net, EfficientNetLite0) else _sequential(net)
    return tuple(found)


def _lite(net: EfficientNetLite0) -> Iterator[Step]:
    yield from _unit("stem", "", INPUT, net.stem)
    before = "stem_relu"
    for number, block in enumerate(net.blocks, 1):
        assert isinstance(block, Block)
        stage, entering = f"block{number}", before
        for part in ("expand", "depthwise", "project"):
            unit = getattr(block, part)
            if unit is not None:
                made = list(_unit(stage, f"{part}_", before, unit))
                yield from made
                before = made[-1].name
        if block.adds:
            yield Step(f"{stage}_sum", stage, (before, entering), None)
            before = f"{stage}_sum"
    yield from _unit("head", "", before, net.head)
    yield Step("mean", "mean", ("head_relu",), Mean())
    yield Step(LOGITS, LOGITS, ("mean",), net.fc)


def _unit(stage: str, part: str, before: str, unit: Unit) -> Iterator[Step]:
    for name, layer in unit.named_children():
        made = f"{stage}_{part}{name}"
        yield Step(made, stage, (before,), layer)
        before = made


def _sequential(net: nn.Module) -> Iterator[Step]:
    features, classifier = net.get_submodule("features"), net.get_submodule("classifier")
    convs = [layer for layer in features.children() if isinstance(layer, nn.Conv2d)]
    dense = [layer for layer in classifier.children() if isinstance(layer, nn.Linear)]
    before = INPUT
    stage = ""
    for layer in (*features.children(), *classifier.children()):
        match layer:
            case nn.Conv2d():
                stage = f"conv{convs.index(layer) + 1}"
                step = Step(f"{stage}_conv", stage, (before,), layer)
            case nn.Linear():
                number = len(convs) + dense.index(layer) + 1
                stage = LOGITS if layer is dense[-1] else f"fc{number}"
                step = Step(stage if stage == LOGITS else f"{stage}_sum", stage, (before,), layer)
            case nn.ReLU():
                step = Step(f"{stage}_relu", stage, (before,), nn.ReLU())  # theirs overwrites
            case nn.MaxPool2d():
                step = Step(f"{stage}_pool", stage, (before,), layer)
            case _:  # dropout does nothing here
                continue
        yield step
        before = step.name


@torch.inference_mode()
def run(made: tuple[Step, ...], x: Tensor) -> dict[str, Tensor]:
    """Every array of a forward pass of one picture, without the batch axis.

    Args:
        made: the steps.
        x: (3, H, W), normalised.
    """
    arrays = {INPUT: x[None]}
    for step in made:
        arrays[step.name] = step(arrays)
    return {name: value[0] for name, value in arrays.items()}


def after(made: tuple[Step, ...], name: str, maps: Tensor) -> Tensor:
    """The logits (N, 1000) of a batch of one array (N, ...) on which alone all later ones hang."""
    arrays = {name: maps}
    for step in made[[step.name for step in made].index(name) + 1 :]:
        arrays[step.name] = step(arrays)
    return arrays[LOGITS]


def logits(made: tuple[Step, ...], pictures: Tensor) -> Tensor:
    """(N, 3, H, W), normalised -> (N, 1000); an array is let go as soon as nothing reads it."""
    needed = {name: at for at, step in enumerate(made) for name in step.reads}
    arrays = {INPUT: pictures}
    for at, step in enumerate(made):
        arrays[step.name] = step(arrays)
        for name in step.reads:
            if needed[name] == at:
                del arrays[name]
    return arrays[LOGITS]


@dataclass(frozen=True)
class Cost:
    """What a step holds and does.

    Attributes:
        shape: (C, H, W), or (N,), of what it makes.
        parameters: numbers that were trained.
        multiply_adds: for one picture; of convolutions and linear layers.
        sees: of the picture, for one number; None: all of it.
    """

    shape: tuple[int, ...]
    parameters: int
    multiply_adds: int
    sees: Field | None

    @property
    def has_places(self) -> bool:
        """Whether it makes maps with rows and columns."""
        return len(self.shape) == 3 and self.shape[-1] > 1


def costs(made: tuple[Step, ...], side: int) -> dict[str, Cost]:
    """Of each step, read off its layer; shapes come from a pass without numbers."""
    found = {INPUT: Cost((3, side, side), 0, 0, Field())}
    for step in made:
        before = found[step.reads[0]]
        layer, sees = step.layer, before.sees
        shape, work = before.shape, 0
        if isinstance(layer, nn.Conv2d | nn.MaxPool2d):
            kernel, stride, low, high = window(layer)
            out = (before.shape[1] + low + high - kernel) // stride + 1
            channels = layer.out_channels if isinstance(layer, nn.Conv2d) else shape[0]
            shape = (channels, out, out)
            sees = sees.through(kernel, stride, low) if sees else None
            if isinstance(layer, nn.Conv2d):
                work = layer.weight[0].numel() * math.prod(shape)
        elif isinstance(layer, Mean):
            shape, sees = (shape[0], 1, 1), None
        elif isinstance(layer, nn.Linear):
            shape, sees, work = (layer.out_features,), None, layer.weight.numel()
        weights = sum(weight.numel() for weight in layer.parameters()) if layer else 0
        found[step.name] = Cost(shape, weights, work, sees)
    return found


def window(layer: nn.Conv2d | nn.MaxPool2d) -> tuple[int, int, int, int]:
    """Kernel, stride, and the rows of padding before and behind."""
    kernel, stride = (v if isinstance(v, int) else v[0] for v in (layer.kernel_size, layer.stride))
    low, high = pads(layer)
    return int(kernel), int(stride), low, high


def pads(layer: nn.Conv2d | nn.MaxPool2d) -> tuple[int, int]:
    """Rows of padding before and behind; columns likewise."""
    if isinstance(layer, SameConv):
        return layer.pads
    both = layer.padding if isinstance(layer.padding, int) else layer.padding[0]
    return int(both), int(both)
