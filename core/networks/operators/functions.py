"""Operators of numbers at one place, of a row, and products of matrices.

https://onnx.ai/onnx/operators/onnx__Relu.html and its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import torch
from torch import Tensor
from torch.nn import functional as F

from core.networks.operators.call import Call, operator

UNARY: dict[str, Callable[[Tensor], Tensor]] = {
    "Abs": torch.abs,
    "Acos": torch.acos,
    "Asin": torch.asin,
    "Atan": torch.atan,
    "Ceil": torch.ceil,
    "Cos": torch.cos,
    "Cosh": torch.cosh,
    "Erf": torch.erf,
    "Exp": torch.exp,
    "Floor": torch.floor,
    "HardSwish": F.hardswish,
    "Identity": lambda x: x,
    "IsNaN": torch.isnan,
    "Log": torch.log,
    "Mish": F.mish,
    "Neg": torch.neg,
    "Not": torch.logical_not,
    "Reciprocal": torch.reciprocal,
    "Relu": torch.relu,
    "Round": torch.round,
    "Sigmoid": torch.sigmoid,
    "Sign": torch.sign,
    "Sin": torch.sin,
    "Sinh": torch.sinh,
    "Softplus": lambda x: torch.logaddexp(x, torch.zeros_like(x)),
    "Softsign": F.softsign,
    "Sqrt": torch.sqrt,
    "Tan": torch.tan,
    "Tanh": torch.tanh,
}
"""Functions of one number, without attributes."""


def _divided(x: Tensor, y: Tensor) -> Tensor:
    return x / y if x.is_floating_point() else torch.div(x, y, rounding_mode="trunc")


def _power(x: Tensor, y: Tensor) -> Tensor:
    return torch.pow(x, y).to(x.dtype)


BINARY: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "Add": torch.add,
    "And": torch.logical_and,
    "Div": _divided,
    "Equal": torch.eq,
    "Greater": torch.gt,
    "GreaterOrEqual": torch.ge,
    "Less": torch.lt,
    "LessOrEqual": torch.le,
    "Mul": torch.mul,
    "Or": torch.logical_or,
    "Pow": _power,
    "Sub": torch.sub,
    "Xor": torch.logical_xor,
}
"""Functions of two numbers, broadcast as numpy does."""

SEVERAL: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "Max": torch.maximum,
    "Min": torch.minimum,
    "Sum": torch.add,
}
"""Functions of any number of them, one after the other."""


def _declare() -> None:
    for name, one in UNARY.items():
        operator(name)(lambda call, x, one=one: one(x))
    for name, two in BINARY.items():
        operator(name)(lambda call, x, y, two=two: two(x, y))
    for name, two in SEVERAL.items():
        operator(name)(lambda call, *terms, two=two: reduce(two, terms))


_declare()


@operator("Mean")
def mean(call: Call, *terms: Tensor) -> Tensor:
    """The mean of several tensors."""
    return reduce(torch.add, terms) / len(terms)


@operator("Mod")
def mod(call: Call, x: Tensor, y: Tensor) -> Tensor:
    """What is left of a division, with the sign of the divisor, or of the dividend ("fmod")."""
    return torch.fmod(x, y) if call.get("fmod", 0) else torch.remainder(x, y)


@operator("LeakyRelu")
def leaky_relu(call: Call, x: Tensor) -> Tensor:
    """x, or alpha x below zero."""
    alpha: float = call.get("alpha", 0.01)
    return F.leaky_relu(x, alpha)


@operator("PRelu")
def p_relu(call: Call, x: Tensor, slope: Tensor) -> Tensor:
    """x, or slope x below zero; the slope is broadcast."""
    return torch.where(x < 0, x * slope, x)


@operator("Elu")
def elu(call: Call, x: Tensor) -> Tensor:
    """x, or alpha (e^x - 1) below zero."""
    alpha: float = call.get("alpha", 1.0)
    return F.elu(x, alpha)


@operator("Selu")
def selu(call: Call, x: Tensor) -> Tensor:
    """Gamma times ELU."""
    alpha: float = call.get("alpha", 1.67326319217681884765625)
    gamma: float = call.get("gamma", 1.05070102214813)
    return gamma * torch.where(x > 0, x, alpha * torch.expm1(x))


@operator("HardSigmoid")
def hard_sigmoid(call: Call, x: Tensor) -> Tensor:
    """A line between 0 and 1."""
    alpha: float = call.get("alpha", 0.2)
    beta: float = call.get("beta", 0.5)
    return (alpha * x + beta).clamp(0, 1)


@operator("Gelu")
def gelu(call: Call, x: Tensor) -> Tensor:
    """A number times the share of a normal distribution below it."""
    return F.gelu(x, approximate=call.get("approximate", "none"))


@operator("Swish")
def swish(call: Call, x: Tensor) -> Tensor:
    """A number times sigmoid of alpha times it."""
    return x * torch.sigmoid(call.get("alpha", 1.0) * x)


@operator("Clip")
def clip(call: Call, x: Tensor, low: Tensor | None = None, high: Tensor | None = None) -> Tensor:
    """At least low and at most high; attributes in versions before 11."""
    least = call["min"] if low is None else low
    most = call["max"] if high is None else high
    x = x if least is None else x.clamp(min=least)
    return x if most is None else x.clamp(max=most)


def _row(call: Call, x: Tensor, function: Callable[[Tensor, int], Tensor]) -> Tensor:
    """Of one axis; before version 13 of all axes from that one on, as one row."""
    if call.opset >= 13:
        return function(x, call.get("axis", -1))
    axis = call.get("axis", 1) % x.dim()
    return function(x.flatten(axis), -1).reshape(x.shape)


@operator("Softmax")
def softmax(call: Call, x: Tensor) -> Tensor:
    """Shares of a row that add up to one."""
    return _row(call, x, torch.softmax)


@operator("LogSoftmax")
def log_softmax(call: Call, x: Tensor) -> Tensor:
    """Their logarithms."""
    return _row(call, x, torch.log_softmax)


@operator("Dropout")
def dropout(
    call: Call, x: Tensor, ratio: Tensor | None = None, training: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Nothing, outside of training; the mask that is all true."""
    if training is not None and training.device.type != "meta" and bool(training):
        raise call.refuse("training_mode")
    return x, torch.ones_like(x, dtype=torch.bool)


@operator("BatchNormalization")
def batch_norm(
    call: Call, x: Tensor, scale: Tensor, bias: Tensor, mean: Tensor, variance: Tensor
) -> Tensor:
    """Of x (N, C, ...), each channel by the mean and the variance that were learned."""
    if call.get("training_mode", 0) or call.get("is_test", 1) == 0:
        raise call.refuse("training_mode")
    return F.batch_norm(x, mean, variance, scale, bias, eps=call.get("epsilon", 1e-5))


@operator("InstanceNormalization")
def instance_norm(call: Call, x: Tensor, scale: Tensor, bias: Tensor) -> Tensor:
    """Of x (N, C, ...), each map by its own mean and variance."""
    axes = tuple(range(2, x.dim()))
    middle, spread = x.mean(axes, True), x.var(axes, correction=0, keepdim=True)
    shape = (1, -1, *(1 for _ in axes))
    normal = (x - middle) / torch.sqrt(spread + call.get("epsilon", 1e-5))
    return normal * scale.reshape(shape) + bias.reshape(shape)


@operator("LayerNormalization")
def layer_norm(call: Call, x: Tensor, scale: Tensor, bias: Tensor | None = None) -> Tensor:
    """All axes from "axis" on, by their own mean and variance."""
    if len(call.node.outputs) > 1 and any(call.node.outputs[1:]):
        raise call.refuse("Mean")
    axis = call.get("axis", -1) % x.dim()
    shape = list(x.shape[axis:])
    weight = scale.expand(shape) if list(scale.shape) != shape else scale
    shift = bias.expand(shape) if bias is not None and list(bias.shape) != shape else bias
    return F.layer_norm(x, shape, weight, shift, call.get("epsilon", 1e-5))


def _product_count(call: Call, inputs: Sequence[Tensor | None], out: Sequence[Tensor]) -> int:
    x = inputs[0]
    assert x is not None
    summed = x.shape[-2] if call.get("transA", 0) else (x.shape[-1] if x.dim() else 1)
    return out[0].numel() * summed


@operator("MatMul", products=_product_count)
def matmul(call: Call, x: Tensor, y: Tensor) -> Tensor:
    """The product of matrices, the axes before them broadcast."""
    return x @ y


@operator("Gemm", products=_product_count)
def gemm(call: Call, a: Tensor, b: Tensor, c: Tensor | None = None) -> Tensor:
    """Alpha A B + beta C, A and B turned where "transA" and "transB" say so."""
    if a.dim() != 2 or b.dim() != 2:
        raise call.refuse(f"{a.dim()} axes")
    a, b = (a.mT if call.get("transA", 0) else a), (b.mT if call.get("transB", 0) else b)
    alpha, beta = call.get("alpha", 1.0), call.get("beta", 1.0)
    product = a @ b
    product = product if alpha == 1.0 else alpha * product
    if c is None:
        return product
    return product + (c if beta == 1.0 else beta * c)


@operator("Where")
def where(call: Call, condition: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Either x where the condition holds, else y."""
    return torch.where(condition.bool(), x, y)
