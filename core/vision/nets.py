"""Networks for 28x28 digits, built from a plan: LeNet-5, AlexNet and VGG in small, and a tiny one.

A plan is plain data, so that a card or a link can hold it. LeNet-5: LeCun et al., "Gradient-based
learning applied to document recognition" (1998); AlexNet: Krizhevsky et al. (2012); VGG: Simonyan
and Zisserman (2014). What had to change for 28x28 pixels is said at each plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from core.vision.models import CLASSES, SimpleCNN

Activation = Literal["relu", "tanh", "sigmoid", "gelu", "leaky"]
ACTIVATIONS: dict[Activation, Callable[[], nn.Module]] = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
    "leaky": lambda: nn.LeakyReLU(0.1),
}
SIDE = 28


@dataclass(frozen=True)
class Plan:
    """What a network is made of.

    Attributes:
        layers: one word each, in order: "conv CHANNELS KERNEL PADDING", "max WINDOW STRIDE",
            "average WINDOW STRIDE", "mean" (each map to its mean), "fc UNITS"; the last layer, to
            the ten logits, is not named.
        activation: after each convolution and each fully connected layer but the last.
        norm: batch normalisation between each convolution and its activation.
        dropout: share of a fully connected layer's inputs that is left out while training.
    """

    layers: tuple[str, ...]
    activation: Activation = "relu"
    norm: bool = False
    dropout: float = 0.0


def lenet5() -> Plan:
    """LeNet-5 with 61,706 parameters: 28x28 padded by 2 is the 32x32 of the paper.

    As usual today, every map of the second convolution sees all six maps before it, subsampling is
    the plain average, and the output is linear rather than radial.
    """
    return Plan(
        ("conv 6 5 2", "average 2 2", "conv 16 5 0", "average 2 2", "fc 120", "fc 84"), "tanh"
    )


def alexnet() -> Plan:
    """AlexNet in small: five convolutions, overlapping max-pooling, ReLU, dropout.

    Batch normalisation, while it is trained, stands where the paper normalises over channels.
    """
    return Plan(
        (
            *("conv 32 5 2", "max 3 2", "conv 64 5 2", "max 3 2"),
            *("conv 96 3 1", "conv 96 3 1", "conv 64 3 1", "max 3 2"),
            *("fc 256", "fc 128"),
        ),
        norm=True,
        dropout=0.5,
    )


def vgg() -> Plan:
    """VGG in small: pairs of 3x3 convolutions, twice the maps after each halving."""
    return Plan(
        (
            *("conv 32 3 1", "conv 32 3 1", "max 2 2"),
            *("conv 64 3 1", "conv 64 3 1", "max 2 2"),
            *("conv 128 3 1", "conv 128 3 1", "max 2 2"),
            "fc 256",
        ),
        norm=True,
        dropout=0.5,
    )


def vgg_wide() -> Plan:
    """The VGG with half as many maps again where they are small: 1,063,594 parameters when bare."""
    return replace(
        vgg(),
        layers=(
            *("conv 32 3 1", "conv 32 3 1", "max 2 2"),
            *("conv 96 3 1", "conv 96 3 1", "max 2 2"),
            *("conv 192 3 1", "conv 192 3 1", "max 2 2"),
            "fc 256",
        ),
    )


def tiny() -> Plan:
    """Six 3x3 convolutions and a mean: under 10,000 parameters."""
    return Plan(
        (
            *("conv 10 3 1", "conv 10 3 1", "max 2 2", "conv 16 3 1", "conv 16 3 1", "max 2 2"),
            *("conv 16 3 1", "conv 16 3 1", "mean"),
        ),
        norm=True,
    )


def simple() -> Plan:
    """The notes' SimpleCNN, with the same parameters in the same order."""
    return Plan(("conv 32 3 1", "max 2 2", "conv 64 3 1", "max 2 2", "fc 512"))


PLANS: dict[str, Callable[[], Plan]] = {
    "simple": simple,
    "lenet5": lenet5,
    "alexnet": alexnet,
    "vgg": vgg,
    "tiny": tiny,
}


class DigitNet(nn.Sequential):
    """A plan as a chain of named layers: conv1, norm1, act1, pool1, ..., flatten, fc1, ..., logits.

    (N, 1, 28, 28), normalised by `models.normalise`, to logits (N, 10).

    Args:
        layers, activation, norm, dropout: a `Plan`'s.

    Raises:
        ValueError: a layer cannot be read, or nothing is left of the picture before it.
    """

    def __init__(
        self,
        layers: Sequence[str],
        activation: Activation = "relu",
        norm: bool = False,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        if activation not in ACTIVATIONS:
            raise ValueError(
                f"There is no activation {activation!r}; there are {', '.join(ACTIVATIONS)}."
            )
        self.plan = Plan(tuple(layers), activation, norm, dropout)
        channels, side, flat = 1, SIDE, 0
        counts: dict[str, int] = {}

        def add(name: str, layer: nn.Module) -> None:
            counts[name] = counts.get(name, 0) + 1
            self.add_module(f"{name}{counts[name]}", layer)

        for layer in layers:
            kind, *sizes = _read(layer)
            if flat and kind != "fc":
                raise ValueError(f'"{layer}" comes after "fc": no maps are left.')
            if kind == "conv":
                out, kernel, padding = sizes
                side = _side(layer, side, kernel, 1, padding)
                add("conv", nn.Conv2d(channels, out, kernel, padding=padding, bias=not norm))
                if norm:
                    add("norm", nn.BatchNorm2d(out))
                add("act", ACTIVATIONS[activation]())
                channels = out
            elif kind in ("max", "average"):
                window, stride = sizes
                side = _side(layer, side, window, stride, 0)
                pool = nn.MaxPool2d if kind == "max" else nn.AvgPool2d
                add("pool", pool(window, stride))
            elif kind == "mean":
                add("pool", nn.AdaptiveAvgPool2d(1))
                side = 1
            else:
                flat = self._flatten(flat, channels * side * side)
                if dropout:
                    add("drop", nn.Dropout(dropout))
                add("fc", nn.Linear(flat, sizes[0]))
                add("act", ACTIVATIONS[activation]())
                flat = sizes[0]
        flat = self._flatten(flat, channels * side * side)
        if dropout and "fc" in counts:
            add("drop", nn.Dropout(dropout))
        self.add_module("logits", nn.Linear(flat, CLASSES))

    def _flatten(self, flat: int, size: int) -> int:
        if flat:
            return flat
        self.add_module("flatten", nn.Flatten())
        return size

    def maps(self, x: Tensor) -> dict[str, Tensor]:
        """(N, 1, 28, 28) -> the output of every layer by name, in order; "logits" is the last."""
        result: dict[str, Tensor] = {}
        for name, layer in self.named_children():
            x = result[name] = layer(x)
        return result

    def bare(self) -> DigitNet:
        """The same function without batch normalisation and dropout, in evaluation mode.

        The running statistics go into the kernels and biases of the convolutions.
        """
        layers = dict(self.named_children())
        net = DigitNet(**vars(replace(self.plan, norm=False, dropout=0.0)))
        for name, layer in net.named_children():
            old = layers[name]
            if isinstance(old, nn.Conv2d) and self.plan.norm:
                norm = layers[name.replace("conv", "norm")]
                assert isinstance(norm, nn.BatchNorm2d)
                old = fuse_conv_bn_eval(old.eval(), norm.eval())
            layer.load_state_dict({k: t.contiguous() for k, t in old.state_dict().items()})
        return net.eval()


def build(plan: Plan) -> DigitNet:
    """The network of a plan, with torch's default first weights.

    >>> import torch
    >>> net = build(tiny())
    >>> net(torch.zeros(5, 1, 28, 28)).shape
    torch.Size([5, 10])
    >>> [name for name, _ in net.named_children()][:4]
    ['conv1', 'norm1', 'act1', 'conv2']
    >>> sum(parameter.numel() for parameter in net.bare().parameters())
    9596
    """
    return DigitNet(**vars(plan))


def from_simple(model: SimpleCNN) -> DigitNet:
    """A SimpleCNN's function as a `DigitNet`, sharing its parameters."""
    net = build(simple())
    pairs = {"conv1": "conv1", "conv2": "conv2", "fc1": "fc1", "fc2": "logits"}
    for theirs, ours in pairs.items():
        setattr(net, ours, getattr(model, theirs))
    return net.train(model.training)


_SIZES = {"conv": 3, "max": 2, "average": 2, "mean": 0, "fc": 1}


def _read(layer: str) -> tuple[str, *tuple[int, ...]]:
    kind, *sizes = layer.split()
    numbers = [int(size) for size in sizes if size.isdigit()]
    if _SIZES.get(kind) != len(sizes) or len(numbers) != len(sizes):
        raise ValueError(f"A layer cannot be read: {layer!r}.")
    if any(size < 1 for size in (numbers[:2] if kind == "conv" else numbers)):
        raise ValueError(f"Sizes in a layer begin at 1: {layer!r}.")
    return kind, *numbers


def _side(layer: str, side: int, kernel: int, stride: int, padding: int) -> int:
    if kernel > side + 2 * padding:
        raise ValueError(
            f'"{layer}" does not fit: {kernel}x{kernel} on maps of '
            f"{side + 2 * padding}x{side + 2 * padding}, padding included."
        )
    return (side + 2 * padding - kernel) // stride + 1
