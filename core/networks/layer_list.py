"""Safetensors with a list of layers become a `Graph`.

The list is JSON, in a file of its own or in the metadata of the weights under "layers":

    {"input": [1, 28, 28],
     "layers": [{"kind": "conv", "name": "conv1", "padding": 2}, "relu",
                {"kind": "max_pool", "window": 2}, "flatten", {"kind": "linear", "name": "fc"}]}

"input" is the shape of one example, without a batch. A layer is its kind alone, or an object:
"name" is what its tensors begin with, as in a state_dict of PyTorch ("conv1.weight", "conv1.bias";
of a batch_norm "running_mean" and "running_var" too). `KINDS` are all that there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from core.networks import limits
from core.networks.graph import Graph, Input, Node, brief, refuse_nan
from core.schema import Refusal, mark

DAMAGED = mark("This safetensors file is damaged: it cannot be read to its end.")
NO_LIST = mark(
    "Safetensors hold weights and do not say how they are used. Choose a list of layers (a .json) "
    "together with the file; the page shows what one looks like."
)
NO_JSON = mark("The list of layers is not valid JSON.")
FORM = mark('The list of layers is an object with "input", a list of sizes, and "layers", a list.')
LAYER = mark("Layer {at} is neither a kind nor an object with a kind.")
KIND = mark("Layer {at} is of the kind {kind}; known are {kinds}.")
MISSING = mark("Layer {at} needs the tensor {name}, which the file does not hold.")
VALUE = mark("Layer {at} says {value} for {field}; that is {wanted}.")
WANTED_WHOLE = mark("a whole number from {low} to {high}")
WANTED_NUMBER = mark("a number")
FIELD = mark("Layer {at} has a field {field} that its kind does not have; it has {fields}.")
SHAPE = mark("The tensor {name} of layer {at} has {count} axes; {wanted} are needed.")
TOO_LONG = mark("The list of layers has more than {most:large} bytes.")
MANY_LAYERS = mark("The list has {count} layers; at most {most} are run here.")

_FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


@dataclass
class _Layer:
    """One of the list as it is read."""

    at: int
    given: Mapping[str, Any]
    tensors: Mapping[str, Tensor]

    def whole(self, field: str, default: int, low: int, high: int = 4096) -> int:
        value = self.given.get(field, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            wanted = Refusal(WANTED_WHOLE, low=low, high=high)
            raise Refusal(VALUE, at=self.at, value=brief(repr(value)), field=field, wanted=wanted)
        return value

    def number(self, field: str, default: float) -> float:
        value = self.given.get(field, default)
        if not isinstance(value, int | float) or isinstance(value, bool):
            wanted = WANTED_NUMBER
            raise Refusal(VALUE, at=self.at, value=brief(repr(value)), field=field, wanted=wanted)
        return float(value)

    def tensor(self, part: str, axes: tuple[int, ...]) -> str:
        name = f"{self.given.get('name', '')}.{part}"
        if name not in self.tensors:
            raise Refusal(MISSING, at=self.at, name=brief(name))
        count = self.tensors[name].dim()
        if count not in axes:
            wanted = " / ".join(map(str, axes))
            raise Refusal(SHAPE, name=brief(name), at=self.at, count=count, wanted=wanted)
        return name

    def perhaps(self, part: str) -> str:
        name = f"{self.given.get('name', '')}.{part}"
        return name if name in self.tensors else ""


Made = tuple[str, tuple[str, ...], dict[str, Any]]
"""An operator, the weights that it reads, and its attributes."""


def _conv(layer: _Layer) -> Made:
    weight = layer.tensor("weight", (3, 4))
    rank = layer.tensors[weight].dim() - 2
    padding = layer.whole("padding", 0, 0)
    attributes = {
        "strides": [layer.whole("stride", 1, 1)] * rank,
        "pads": [padding] * 2 * rank,
        "dilations": [layer.whole("dilation", 1, 1)] * rank,
        "group": layer.whole("groups", 1, 1),
        "kernel_shape": list(layer.tensors[weight].shape[2:]),
    }
    return "Conv", (weight, layer.perhaps("bias")), attributes


def _linear(layer: _Layer) -> Made:
    return "Gemm", (layer.tensor("weight", (2,)), layer.perhaps("bias")), {"transB": 1}


def _batch_norm(layer: _Layer) -> Made:
    parts = ("weight", "bias", "running_mean", "running_var")
    names = tuple(layer.tensor(part, (1,)) for part in parts)
    return "BatchNormalization", names, {"epsilon": layer.number("eps", 1e-5)}


def _layer_norm(layer: _Layer) -> Made:
    names = (layer.tensor("weight", (1,)), layer.tensor("bias", (1,)))
    return "LayerNormalization", names, {"epsilon": layer.number("eps", 1e-5), "axis": -1}


def _pool(op: str) -> Callable[[_Layer], Made]:
    def made(layer: _Layer) -> Made:
        window = layer.whole("window", 2, 1)
        attributes = {
            "kernel_shape": [window] * 2,
            "strides": [layer.whole("stride", window, 1)] * 2,
            "pads": [layer.whole("padding", 0, 0)] * 4,
        }
        return op, (), attributes

    return made


def _function(op: str, **attributes: Any) -> Callable[[_Layer], Made]:
    return lambda layer: (op, (), dict(attributes))


def _leaky(layer: _Layer) -> Made:
    return "LeakyRelu", (), {"alpha": layer.number("slope", 0.01)}


KINDS: dict[str, tuple[Callable[[_Layer], Made], tuple[str, ...]]] = {
    "conv": (_conv, ("name", "stride", "padding", "dilation", "groups")),
    "linear": (_linear, ("name",)),
    "batch_norm": (_batch_norm, ("name", "eps")),
    "layer_norm": (_layer_norm, ("name", "eps")),
    "max_pool": (_pool("MaxPool"), ("window", "stride", "padding")),
    "average_pool": (_pool("AveragePool"), ("window", "stride", "padding")),
    "global_average_pool": (_function("GlobalAveragePool"), ()),
    "flatten": (_function("Flatten", axis=1), ()),
    "dropout": (_function("Identity"), ()),
    "relu": (_function("Relu"), ()),
    "leaky_relu": (_leaky, ("slope",)),
    "sigmoid": (_function("Sigmoid"), ()),
    "tanh": (_function("Tanh"), ()),
    "gelu": (_function("Gelu"), ()),
    "softmax": (_function("Softmax", axis=-1), ()),
    "log_softmax": (_function("LogSoftmax", axis=-1), ()),
}
"""Every kind of layer: what makes a node of it, and the fields that it has beside its kind."""


def read(content: bytes, beside: bytes | None = None) -> Graph:
    """The network of a file of weights.

    Args:
        content: a safetensors file.
        beside: the list of layers; without it the metadata of the weights must hold one.

    Raises:
        Refusal: the weights are damaged, or the list is not one for them.
    """
    tensors = _tensors(content)
    text = beside if beside is not None else _metadata(content)
    if text is None:
        raise Refusal(NO_LIST)
    if len(text) > limits.LAYERS:
        raise Refusal(TOO_LONG, most=limits.LAYERS)
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal(NO_JSON) from None
    return _graph(listed, tensors)


def _tensors(content: bytes) -> dict[str, Tensor]:
    try:
        found = load(content)
    except (SafetensorError, ValueError, RuntimeError, KeyError, TypeError):
        raise Refusal(DAMAGED) from None
    tensors = {
        name: tensor.float() if tensor.dtype in _FLOATS else tensor
        for name, tensor in found.items()
    }
    for name, tensor in tensors.items():
        refuse_nan(name, tensor)
    return tensors


def _metadata(content: bytes) -> bytes | None:
    """What the file says of its layers."""
    length = int.from_bytes(content[:8], "little")
    head = json.loads(content[8 : 8 + length])
    said = head.get("__metadata__", {}).get("layers")
    return said.encode() if isinstance(said, str) else None


def _graph(listed: Any, tensors: Mapping[str, Tensor]) -> Graph:
    if not isinstance(listed, Mapping):
        raise Refusal(FORM)
    shape, layers = listed.get("input"), listed.get("layers")
    if not isinstance(shape, list) or not 0 < len(shape) < limits.RANK:
        raise Refusal(FORM)
    if not all(type(n) is int and 0 < n <= limits.INPUT for n in shape):
        raise Refusal(FORM)
    if not isinstance(layers, list) or not layers:
        raise Refusal(FORM)
    if len(layers) > limits.NODES:
        raise Refusal(MANY_LAYERS, count=len(layers), most=limits.NODES)
    nodes, before = [], "input"
    for at, given in enumerate(layers, 1):
        node = _node(_Layer(at, _object(at, given), tensors), before)
        nodes.append(node)
        before = node.outputs[0]
    used = {name for node in nodes for name in node.inputs}
    weights = {name: tensor for name, tensor in tensors.items() if name in used}
    return Graph((Input("input", (1, *shape)),), (before,), tuple(nodes), weights)


def _object(at: int, given: Any) -> Mapping[str, Any]:
    if isinstance(given, str):
        return {"kind": given}
    if not isinstance(given, Mapping) or not isinstance(given.get("kind"), str):
        raise Refusal(LAYER, at=at)
    if not isinstance(given.get("name", ""), str):
        raise Refusal(LAYER, at=at)
    return given


def _node(layer: _Layer, before: str) -> Node:
    kind = layer.given["kind"]
    if kind not in KINDS:
        raise Refusal(KIND, at=layer.at, kind=brief(kind), kinds=tuple(KINDS))
    make, fields = KINDS[kind]
    for field in layer.given:
        if field not in ("kind", *fields):
            known = ("kind", *fields)
            raise Refusal(FIELD, at=layer.at, field=brief(str(field)), fields=known)
    op, weights, attributes = make(layer)
    name = layer.given.get("name") or f"{kind}_{layer.at}"
    output = f"out.{layer.at}"
    return Node(op, (before, *filter(None, weights)), (output,), attributes, name, opset=20)
