"""How each number of a pass is computed, declared from the steps of the network."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from core.opened import (
    Activation,
    BatchNorm,
    Cell,
    Conv,
    Dot,
    Given,
    Opened,
    Pool,
    Rule,
    Rules,
    Softmax,
    Standard,
    Sum,
)
from core.vision.imagenet.networks import Network
from core.vision.imagenet.prepare import Prepared
from core.vision.imagenet.steps import INPUT, LOGITS, Mean, Step, pads, window

PIXELS, PROBABILITIES = "pixels", "probabilities"


def rules(network: Network) -> Rules:
    """From the pixels of the square that is cut out to the probabilities."""
    known = network.known
    made: list[Rule] = [
        Given(PIXELS, "picture"),
        Standard(INPUT, PIXELS, known.mean, known.std),
    ]
    symbols = {PROBABILITIES: "p"}
    for step in network.steps:
        made += _rules(step, network)
        symbols |= {f"{step.name}_weight": "w", f"{step.name}_bias": "b"}
        symbols |= {f"{step.name}_mean": r"\mu", f"{step.name}_variance": r"\sigma^2"}
    return Rules(*made, Softmax(PROBABILITIES, LOGITS), symbols=symbols)


def _rules(step: Step, network: Network) -> list[Rule]:
    name, read, layer = step.name, step.reads[0], step.layer
    weight, bias = f"{name}_weight", f"{name}_bias"
    given: list[Rule] = [Given(each, "weight") for each in _weights(step)]
    match layer:
        case None:
            return [Sum(name, step.reads)]
        case nn.Conv2d() if layer.kernel_size == (1, 1):
            return [*given, Dot(name, "c h w, o c -> o h w", read, weight)]
        case nn.Conv2d():
            low, high = pads(layer)
            return [
                *given,
                Conv(
                    name,
                    read,
                    weight,
                    bias if layer.bias is not None else "",
                    stride=layer.stride[0],
                    padding=low if low == high else ((low, high), (low, high)),
                    groups=layer.groups,
                ),
            ]
        case nn.BatchNorm2d():
            arrays = (f"{name}_mean", f"{name}_variance", weight, bias)
            return [*given, BatchNorm(name, read, *arrays, eps=layer.eps)]
        case nn.MaxPool2d():
            kernel, stride, _, _ = window(layer)
            return [Pool(name, read, "max", kernel, stride)]
        case Mean():
            side = network.costs[read].shape[-1]
            return [Pool(name, read, "average", side, side)]
        case nn.Linear():
            maps = len(network.costs[read].shape) == 3
            pattern = "c h w, n (c h w), n -> n" if maps else "k, n k, n -> n"
            return [*given, Dot(name, pattern, read, weight, bias)]
        case nn.ReLU6():
            return [Activation(name, read, "relu6")]
        case nn.ReLU():
            return [Activation(name, read, "relu")]
    raise TypeError(f"There is no rule for {type(layer).__name__}.")


def _weights(step: Step) -> dict[str, Tensor]:
    """What a step has learned, by the names of its arrays."""
    layer = step.layer
    if layer is None:
        return {}
    found = {f"{step.name}_{name}": value.detach() for name, value in layer.named_parameters()}
    if isinstance(layer, nn.BatchNorm2d):
        assert layer.running_mean is not None and layer.running_var is not None
        found |= {
            f"{step.name}_mean": layer.running_mean,
            f"{step.name}_variance": layer.running_var,
        }
    if isinstance(layer, nn.Conv2d) and layer.kernel_size == (1, 1):
        found[f"{step.name}_weight"] = layer.weight.detach()[:, :, 0, 0]
    return found


def trace(network: Network, prepared: Prepared, arrays: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Every array that the rules speak of.

    Args:
        network: which.
        prepared: the picture.
        arrays: of its pass, as `steps.run` gives them.
    """
    found = {PIXELS: prepared.cropped, **arrays}
    found[PROBABILITIES] = torch.softmax(arrays[LOGITS].double(), 0)
    for step in network.steps:
        found |= _weights(step)
    return found


def opened(network: Network, found: Mapping[str, Tensor], cell: Cell) -> Opened:
    """The arithmetic of one number of a trace.

    Raises:
        Refusal: there is no such number.
    """
    return rules(network).open(found, cell)
