"""How a number of a network that somebody brought comes about, as far as its operators are opened.

Every layer is an array under the name that its row of the table has, without a batch of one. What
only moves numbers about (Reshape, Transpose, Slice, ...) is `Moved`: the operator itself is asked
where each number comes from. What is not opened is given, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from core.networks.graph import Node
from core.networks.layers import Layer, arrays, bare, layers
from core.networks.opening import Network
from core.networks.operators import OPERATORS, Call
from core.networks.operators.windows import pads
from core.networks.unrolled import CELLS, LAST, Unrolled
from core.opened import (
    Activation,
    BatchNorm,
    Cell,
    Combination,
    Conv,
    Dot,
    Given,
    LayerNorm,
    Logarithm,
    Monomial,
    Moved,
    Opened,
    Pool,
    Rule,
    Rules,
    Softmax,
    Sum,
    Total,
)

FUNCTIONS = {"Relu": "relu", "Tanh": "tanh", "Sigmoid": "sigmoid", "Sqrt": "sqrt", "Erf": "erf",
             "Exp": "exp", "HardSwish": "hard_swish", "Softplus": "softplus"}  # fmt: skip
"""Operators of one number, each with its name in `core.opened.functions`."""
MOVING = frozenset(
    "Flatten Gather Reshape Transpose Squeeze Unsqueeze Identity Dropout Slice Expand Tile".split()
)
_LETTERS = "abcdefg"


@dataclass
class _Making:
    """One layer whose rule is sought, and the arrays that the rule reads."""

    network: Network
    layer: Layer
    known: Mapping[str, Tensor]
    names: Mapping[str, str]
    trace: dict[str, Tensor]
    cell: Cell

    @property
    def node(self) -> Node:
        return self.layer.node

    @property
    def out(self) -> Tensor:
        """What the layer makes, without its batch."""
        return bare(self.known[self.node.outputs[0]])

    def tensor(self, at: int) -> Tensor | None:
        """An input as the operator gets it."""
        name = self.node.inputs[at] if at < len(self.node.inputs) else ""
        return self.known[name] if name else None

    def array(self, at: int, role: str, shape: torch.Size | None = None) -> str:
        """The name of an input in the trace, broadcast to a shape where one is given."""
        name = self.node.inputs[at]
        tensor = self.known[name]
        weight = name in self.network.graph.weights
        value = tensor if weight else bare(tensor)
        if shape is not None and value.shape != shape:
            value = _broadcast(tensor, shape)
        elif name in self.names:
            self.trace[self.names[name]] = value
            return self.names[name]
        own = f"{self.layer.array}.{role}"
        self.trace[own] = value
        return own

    def source(self) -> str:
        """The name of its first input."""
        return self.array(0, "x")


def _broadcast(tensor: Tensor, shape: torch.Size) -> Tensor:
    """As operators broadcast; a batch of one in front is not counted."""
    while tensor.dim() > len(shape) and len(tensor) == 1:
        tensor = tensor[0]
    return tensor.expand(shape)


def opened(network: Network, known: Mapping[str, Tensor], cell: Cell) -> Opened:
    """The arithmetic of one number.

    Args:
        network: of which.
        known: everything that a pass computed, see `running.run`.
        cell: which layer, by its name in the table, and where in what it makes.

    Raises:
        Refusal: there is no such number.
    """
    names = arrays(network)
    by_tensor = {tensor: name for name, tensor in names.items()} | _last_states(network)
    rules: list[Rule] = [Given("input", "network_input")]
    trace, symbols = {"input": bare(known[names["input"]])}, {}
    for layer in layers(network):
        if not f"{cell.array}_".startswith(f"{layer.array}_"):
            continue
        making = _Making(network, layer, known, by_tensor, trace, cell)
        trace[layer.array] = making.out
        if layer.node.op in CELLS:
            unrolled = Unrolled(layer.array, layer.node, known)
            rules += _recurrent(making, unrolled)
            symbols = unrolled.symbols()
        else:
            made = _rule(making) or Given(layer.array, "operator")
            rules += [made] if isinstance(made, Rule) else made
    return Rules(*rules, symbols=symbols).open(trace, cell)


def _last_states(network: Network) -> dict[str, str]:
    """What recurrent layers give beside their outputs, by tensor."""
    return {
        tensor: f"{layer.array}_{name}"
        for layer in layers(network)
        if layer.node.op in CELLS
        for tensor, name in zip(layer.node.outputs[1:], LAST, strict=False)
        if tensor
    }


def _recurrent(making: _Making, unrolled: Unrolled) -> list[Rule]:
    """Of a recurrent layer; what it gives is taken from the states of a direction."""
    trace, array = making.trace, making.layer.array
    names = (array, *(f"{array}_{name}" for name in LAST))
    given = dict(zip(names, making.node.outputs, strict=False))
    if making.cell.array in given:
        trace[making.cell.array] = bare(making.known[given[making.cell.array]])
    if not unrolled.opens():
        return [Given(name, "operator") for name in given]
    trace |= unrolled.arrays()
    rules = unrolled.rules()
    for direction in unrolled.directions:
        own = unrolled.named(direction, "x")
        rules.append(_taken(making, own, [(making.source(), unrolled.enters(direction))]))
    for at, (name, tensor) in enumerate(given.items()):
        if name == making.cell.array:
            numbered = _numbered(making.known[tensor])
            rules.append(_taken(making, name, unrolled.places(at, numbered)))
    return rules


def _numbered(tensor: Tensor) -> Tensor:
    """The place of each number, counted along all axes."""
    return torch.arange(tensor.numel()).reshape(tensor.shape)


def _taken(making: _Making, array: str, sources: Iterable[tuple[str, Tensor]]) -> Rule:
    """Numbers that stood elsewhere before, in one of several arrays.

    Args:
        making: of the layer.
        array: that holds them.
        sources: each array that they come from, and the place there of each number, -1 where it
            comes from another one.
    """
    for source, places in sources:
        at = bare(places)
        making.trace[f"{array}.at"] = at
        rule = Moved(array, source, f"{array}.at")
        if array == making.cell.array and _is_there(at, making.cell.index):
            return rule
    return rule


def _is_there(at: Tensor, index: tuple[int, ...]) -> bool:
    inside = len(index) == at.dim() and all(
        0 <= place < size for place, size in zip(index, at.shape, strict=True)
    )
    return inside and int(at[index]) >= 0


def _rule(making: _Making) -> Rule | list[Rule] | None:
    """How the layer's numbers come about, or None where that is not opened."""
    node, array = making.node, making.layer.array
    first = making.tensor(0)
    if first is None or not making.out.dim():
        return None
    if node.op in FUNCTIONS:
        return Activation(array, making.source(), FUNCTIONS[node.op])
    if node.op in MOVING:
        return _moved(making)
    make = _MAKERS.get(node.op)
    return make(making) if make else None


def _moved(making: _Making) -> Rule:
    """Where each number comes from: the operator is given the places instead of the numbers."""
    node, x = making.node, making.tensor(0)
    assert x is not None
    rest = [making.tensor(at) for at in range(1, len(node.inputs))]
    made = OPERATORS[node.op].compute(Call(node, torch.device("cpu")), _numbered(x), *rest)
    at = made[0] if isinstance(made, tuple) else made
    return _taken(making, making.layer.array, [(making.source(), at)])


def _concat(making: _Making) -> Rule:
    parts = [making.known[name] for name in making.node.inputs]
    axis = making.node.attributes.get("axis", 1)

    def of(place: int) -> Tensor:
        own = [torch.full(x.shape, -1) for x in parts]
        own[place] = _numbered(parts[place])
        return torch.cat(own, axis)

    sources = ((making.array(at, f"part_{at + 1}"), of(at)) for at in range(len(parts)))
    return _taken(making, making.layer.array, sources)


def _where(making: _Making) -> Rule:
    condition, *both = (making.known[name] for name in making.node.inputs)
    shape = making.known[making.node.outputs[0]].shape
    holds = condition.bool().expand(shape)
    sources = (
        (making.array(at, role), torch.where(chosen, _numbered(x).expand(shape), -1))
        for at, role, x, chosen in zip((1, 2), "ab", both, (holds, ~holds), strict=True)
    )
    return _taken(making, making.layer.array, sources)


def _conv(making: _Making) -> Rule | None:
    x, weight, node = making.tensor(0), making.tensor(1), making.node
    assert x is not None and weight is not None
    call = Call(node, torch.device("cpu"))
    stride, dilation = call.get("strides", [1, 1]), call.get("dilations", [1, 1])
    if x.dim() != 4 or len(x) != 1 or len({*stride}) > 1 or len({*dilation}) > 1:
        return None
    before, after = pads(call, x.shape[2:], weight.shape[2:], stride, dilation)
    return Conv(
        making.layer.array,
        making.source(),
        making.array(1, "weight"),
        making.array(2, "bias") if making.tensor(2) is not None else "",
        stride=stride[0],
        padding=((before[0], after[0]), (before[1], after[1])),
        dilation=dilation[0],
        groups=call.get("group", 1),
    )


def _gemm(making: _Making) -> Rule | None:
    x, node = making.tensor(0), making.node
    usual = {"alpha": 1.0, "beta": 1.0, "transA": 0}
    assert x is not None
    if any(node.attributes.get(key, value) != value for key, value in usual.items()):
        return None
    row = "" if len(x) == 1 else "m "
    weight = "n k" if node.attributes.get("transB", 0) else "k n"
    left, right = making.source(), making.array(1, "weight")
    if making.tensor(2) is None:
        return Dot(making.layer.array, f"{row}k, {weight} -> {row}n", left, right)
    bias = making.array(2, "bias", making.out.shape[-1:])
    return Dot(making.layer.array, f"{row}k, {weight}, n -> {row}n", left, right, bias)


def _matmul(making: _Making) -> Rule | None:
    left, right = making.array(0, "x"), making.array(1, "weight")
    a, b, out = making.trace[left], making.trace[right], making.out
    if a.dim() != out.dim() or b.dim() < 2 or b.dim() > out.dim():
        return None
    letters = _LETTERS[: out.dim()]
    before, after = [*letters[:-1], "k"], [*letters[out.dim() - b.dim() : -2], "k", letters[-1]]
    sizes = dict(zip(letters, out.shape, strict=True)) | {"k": a.shape[-1]}
    if [sizes[x] for x in before] != list(a.shape) or [sizes[x] for x in after] != list(b.shape):
        return None
    pattern = f"{' '.join(before)}, {' '.join(after)} -> {' '.join(letters)}"
    return Dot(making.layer.array, pattern, left, right)


def _pair(making: _Making) -> tuple[str, str]:
    shape = making.out.shape
    return making.array(0, "a", shape), making.array(1, "b", shape)


def _sum(making: _Making) -> Rule:
    return Sum(making.layer.array, _pair(making))


def _difference(making: _Making) -> Rule:
    return Combination(making.layer.array, _pair(making), (1.0, -1.0))


def _product(making: _Making) -> Rule:
    return Monomial(making.layer.array, _pair(making), (1, 1))


def _quotient(making: _Making) -> Rule | None:
    return Monomial(making.layer.array, _pair(making), (1, -1)) if _is_float(making) else None


def _is_float(making: _Making) -> bool:
    return making.out.is_floating_point()


def _batch_norm(making: _Making) -> Rule:
    scale, bias, mean, variance = (
        making.array(at, role)
        for at, role in enumerate(("weight", "bias", "mean", "variance"), start=1)
    )
    epsilon = making.node.attributes.get("epsilon", 1e-5)
    return BatchNorm(making.layer.array, making.source(), mean, variance, scale, bias, epsilon)


def _layer_norm(making: _Making) -> Rule | None:
    node, x = making.node, making.tensor(0)
    assert x is not None
    if node.attributes.get("axis", -1) not in (-1, x.dim() - 1) or making.tensor(2) is None:
        return None
    weight, bias = making.array(1, "weight"), making.array(2, "bias")
    epsilon = node.attributes.get("epsilon", 1e-5)
    return LayerNorm(making.layer.array, making.source(), weight, bias, epsilon)


def _softmax(making: _Making) -> Softmax | None:
    x, node = making.tensor(0), making.node
    assert x is not None
    axis = node.attributes.get("axis", -1 if node.opset >= 13 else 1)
    if axis not in (-1, x.dim() - 1):
        return None
    return Softmax(making.layer.array, making.source())


def _log_softmax(making: _Making) -> list[Rule] | None:
    """The logarithm of a softmax, which is an array of its own."""
    array, share = making.layer.array, f"{making.layer.array}_share"
    made = _softmax(making)
    if made is None:
        return None
    making.trace[share] = making.out.exp()
    return [replace(made, array=share), Logarithm(array, share)]


def _clip(making: _Making) -> Rule | None:
    low, high = making.tensor(1), making.tensor(2)
    given = making.node.attributes
    least = given.get("min") if low is None else float(low)
    most = given.get("max") if high is None else float(high)
    if least != 0 or most not in (6, None):
        return None
    return Activation(making.layer.array, making.source(), "relu6" if most else "relu")


def _gelu(making: _Making) -> Rule | None:
    if making.node.attributes.get("approximate", "none") != "none":
        return None
    return Activation(making.layer.array, making.source(), "gelu")


def _mean(making: _Making) -> Rule | None:
    """Of the last axes, which are then gone."""
    x = making.tensor(0)
    assert x is not None
    left = making.known[making.node.outputs[0]].dim()
    axes = Call(making.node, torch.device("cpu")).integers("axes", making.tensor(1)) or []
    last = sorted(axis % x.dim() for axis in axes) == list(range(left, x.dim()))
    if not last or not left or bare(x).dim() - making.out.dim() != len(axes):
        return None
    return Total(making.layer.array, making.source(), making.node.op == "ReduceMean")


def _leaky(making: _Making) -> Rule | None:
    alpha = round(making.node.attributes.get("alpha", 0.01), 6)
    name = {0.1: "leaky", 0.01: "leaky_01"}.get(alpha)
    return Activation(making.layer.array, making.source(), name) if name else None


def _pool(making: _Making) -> Rule | None:
    x, node = making.tensor(0), making.node
    assert x is not None
    if x.dim() != 4 or len(x) != 1:
        return None
    call = Call(node, torch.device("cpu"))
    window, stride = call["kernel_shape"], call.get("strides", [1, 1])
    before, after = pads(call, x.shape[2:], window, stride, [1, 1])
    even = len({*window}) == len({*stride}) == len({*before, *after}) == 1
    plain = not any(step != 1 for step in call.get("dilations", [1]))
    counted = node.op == "MaxPool" or not any(before) or bool(call.get("count_include_pad", 0))
    if not (even and plain and counted):
        return None
    kind = "max" if node.op == "MaxPool" else "average"
    ceil = bool(call.get("ceil_mode", 0))
    source = making.source()
    return Pool(making.layer.array, source, kind, window[0], stride[0], before[0], ceil)  # type: ignore[arg-type]


def _global(making: _Making) -> Rule | None:
    x = making.tensor(0)
    assert x is not None
    if x.dim() != 4 or len(x) != 1 or x.shape[2] != x.shape[3]:
        return None
    side = x.shape[-1]
    return Pool(making.layer.array, making.source(), "average", side, side)


_MAKERS: dict[str, Callable[[_Making], Rule | list[Rule] | None]] = {
    "Add": _sum,
    "AveragePool": _pool,
    "BatchNormalization": _batch_norm,
    "Clip": _clip,
    "Concat": _concat,
    "Conv": _conv,
    "Div": _quotient,
    "Gelu": _gelu,
    "Gemm": _gemm,
    "GlobalAveragePool": _global,
    "LayerNormalization": _layer_norm,
    "LeakyRelu": _leaky,
    "LogSoftmax": _log_softmax,
    "MatMul": _matmul,
    "MaxPool": _pool,
    "Mul": _product,
    "ReduceMean": _mean,
    "ReduceSum": _mean,
    "Softmax": _softmax,
    "Sub": _difference,
    "Where": _where,
}
