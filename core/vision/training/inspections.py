"""Further views of a run's network: its layers, its maps of somebody's drawing, its kernels.

A picture travels as 784 bytes of ink in base64url without padding, in questions and answers alike.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from core.schema import Refusal, mark, short
from core.training.job import State
from core.vision.codes import codes
from core.vision.ink import as_image, as_ink, as_text
from core.vision.mnist import SHAPE
from core.vision.models import normalise
from core.vision.nets import DigitNet
from core.vision.training.changes import changed
from core.vision.training.edits import Edited, Edits, edited
from core.vision.training.layers import layers, multiply_adds, parameters
from core.vision.training.program import loop, pieces
from core.vision.training.setting import CnnSetting
from core.vision.training.trainer import saved_network

Inspection = Callable[[CnnSetting, State, Mapping[str, str]], Any]
SHOWN = 6
"""Changed versions of a picture."""
_HIDDEN = ("norm", "drop", "flatten", "stretched")


@lru_cache(maxsize=4)
def net_of(setting: CnnSetting, state: State) -> DigitNet:
    """The network of a state; the last few stay at hand."""
    return saved_network(setting, state)


def image_of(query: Mapping[str, str]) -> Tensor:
    """The picture in a question, uint8 (28, 28).

    Raises:
        ValueError: there is none, or it is something else.
    """
    return as_image(as_ink(query.get("image")))


def ink_of(query: Mapping[str, str]) -> Tensor:
    """The same as ink in [0, 1], float32 (28, 28)."""
    return image_of(query).float() / 255


def edited_net(setting: CnnSetting, state: State, query: Mapping[str, str]) -> Edited:
    """The network of a state after the edits in "edits", if there are any.

    Raises:
        Refusal: they cannot be read, or leave nothing of the maps.
    """
    net = net_of(setting, state)
    return edited(net, Edits.of(query.get("edits", ""), net))


def texts(images: Tensor) -> list[str]:
    """uint8 (N, 28, 28) as texts."""
    return [as_text(image.numpy().tobytes()) for image in images]


def shape(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The layers in order, what they give, learn and compute, and the notes' program for them."""
    layers_ = []
    for layer in layers(setting.plan):
        about: dict[str, Any] = {
            "name": layer.name,
            "kind": layer.kind,
            "shape": layer.shape,
            "parameters": layer.parameters,
            "multiply_adds": layer.multiply_adds,
        }
        if layer.kind == "conv":
            about |= {"kernel": layer.kernel, "stride": layer.stride, "padding": layer.padding}
        layers_.append(about)
    plan = setting.plan
    return {
        "layers": layers_,
        "parameters": parameters(plan),
        "multiply_adds": multiply_adds(plan),
        "program": pieces(setting),
        "loop": loop(setting),
    }


def maps(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """What every layer makes of a picture, after the edits in "edits" if there are any.

    A layer's "codes" are int8 in base64, value = code * scale / 127 with one of "scales" for each
    map, or one in all for a layer without maps.
    """
    outputs = edited_net(setting, state, query).maps(normalise(ink_of(query))[None, None])
    tensors = {
        name: output[0].contiguous()
        for name, output in outputs.items()
        if not name.startswith(_HIDDEN)
    }
    signed = {name for name, tensor in tensors.items() if bool((tensor < 0).any())}
    heads, code = codes(tensors, signed)
    layers_ = []
    for head in heads:
        start = head.pop("at")
        part = code[start : start + tensors[head["name"]].numel()]
        layers_.append(head | {"codes": base64.b64encode(part).decode()})
    return {"layers": layers_, "probabilities": tensors["logits"].softmax(0).tolist()}


def augmented(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """Some ways in which training would change a picture; "seed" (0) decides which."""
    text = query.get("seed", "0")
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise Refusal(mark("A seed is a whole number from 0 to 999999999."))
    image = image_of(query)
    generator = torch.Generator().manual_seed(int(text))
    ink = changed(image.expand(SHOWN, *SHAPE), setting.augment, generator)
    return {"images": texts((ink[:, 0] * 255).round().to(torch.uint8))}


def kernel(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """All kernels of a convolution that read one of its input maps ("layer", "in"), (out, k, k)."""
    convolutions = {each.name: each for each in layers(setting.plan) if each.kind == "conv"}
    layer, text = query.get("layer", ""), query.get("in", "0")
    if layer not in convolutions:
        known = ", ".join(convolutions)
        raise Refusal(
            mark("There is no convolution {given}; there are {known}."),
            given=short(layer),
            known=known,
        )
    weight = net_of(setting, state).get_submodule(layer).weight
    assert isinstance(weight, Tensor)
    if not (text.isascii() and text.isdecimal()) or len(text) > 4 or int(text) >= weight.shape[1]:
        raise Refusal(
            mark("{layer} has the input maps 0 to {last}."), layer=layer, last=weight.shape[1] - 1
        )
    return {"values": weight[:, int(text)].tolist(), "kernel": convolutions[layer].kernel}


INSPECTIONS: dict[str, Inspection] = {
    "shape": shape,
    "maps": maps,
    "augmented": augmented,
    "kernel": kernel,
}
