"""Operators that slide a window: convolutions and poolings of one or two axes.

https://onnx.ai/onnx/operators/onnx__Conv.html and its neighbours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from core.networks.operators.call import Call, operator

_CONV = {1: F.conv1d, 2: F.conv2d}
_CONV_TRANSPOSE = {1: F.conv_transpose1d, 2: F.conv_transpose2d}
_MAX = {1: F.max_pool1d, 2: F.max_pool2d}
_MEAN: dict[int, Any] = {1: F.avg_pool1d, 2: F.avg_pool2d}


def pads(
    call: Call, sizes: Sequence[int], kernel: Sequence[int], stride: Sequence[int],
    dilation: Sequence[int],
) -> tuple[list[int], list[int]]:  # fmt: skip
    """What is put before and after each axis, as "pads" or "auto_pad" says."""
    rank = len(kernel)
    how = call.get("auto_pad", "NOTSET")
    if how in ("SAME_UPPER", "SAME_LOWER"):
        before, after = [], []
        for size, k, s, d in zip(sizes, kernel, stride, dilation, strict=True):
            whole = max(0, (math.ceil(size / s) - 1) * s + d * (k - 1) + 1 - size)
            less, more = whole // 2, whole - whole // 2
            before.append(less if how == "SAME_UPPER" else more)
            after.append(more if how == "SAME_UPPER" else less)
        return before, after
    given = call.get("pads", [0] * (2 * rank)) if how == "NOTSET" else [0] * (2 * rank)
    return list(given[:rank]), list(given[rank:])


def _padded(x: Tensor, before: Sequence[int], after: Sequence[int], value: float = 0.0) -> Tensor:
    """A margin around the last axes; torch counts them from the last one."""
    margin = [n for pair in zip(reversed(before), reversed(after), strict=True) for n in pair]
    return F.pad(x, margin, value=value)


def _axes(call: Call, x: Tensor) -> int:
    rank = x.dim() - 2
    if rank not in _CONV:
        raise call.refuse(f"{rank} axes")
    return rank


def _conv_products(call: Call, inputs: Sequence[Tensor | None], out: Sequence[Tensor]) -> int:
    weight = inputs[1]
    assert weight is not None
    return out[0].numel() * math.prod(weight.shape[1:])


@operator("Conv", products=_conv_products)
def conv(call: Call, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Of x (N, C, ...) with weight (O, C / groups, ...) -> (N, O, ...)."""
    rank = _axes(call, x)
    kernel = list(weight.shape[2:])
    stride, dilation = call.get("strides", [1] * rank), call.get("dilations", [1] * rank)
    before, after = pads(call, x.shape[2:], kernel, stride, dilation)
    if before != after:
        x, before = _padded(x, before, after), [0] * rank
    groups = call.get("group", 1)
    return _CONV[rank](x, weight, bias, stride, before, dilation, groups)


def _transposed_products(call: Call, inputs: Sequence[Tensor | None], out: Sequence[Tensor]) -> int:
    x, weight = inputs[:2]
    assert x is not None and weight is not None
    return x.numel() * math.prod(weight.shape[1:])


@operator("ConvTranspose", products=_transposed_products)
def conv_transpose(call: Call, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Of x (N, C, ...) with weight (C, O / groups, ...) -> (N, O, ...)."""
    rank = _axes(call, x)
    if call["output_shape"] or call.get("auto_pad", "NOTSET") != "NOTSET":
        raise call.refuse("output_shape")
    stride, dilation = call.get("strides", [1] * rank), call.get("dilations", [1] * rank)
    extra, given = call.get("output_padding", [0] * rank), call.get("pads", [0] * (2 * rank))
    if given[:rank] != given[rank:]:
        raise call.refuse("uneven pads")
    padding, groups = given[:rank], call.get("group", 1)
    return _CONV_TRANSPOSE[rank](x, weight, bias, stride, padding, extra, groups, dilation)


def _pool_products(call: Call, inputs: Sequence[Tensor | None], out: Sequence[Tensor]) -> int:
    return int(out[0].numel() * math.prod(call.get("kernel_shape", [1])))


@operator("MaxPool", products=_pool_products)
def max_pool(call: Call, x: Tensor) -> Tensor:
    """The largest of each window; the margin never wins."""
    rank = _axes(call, x)
    if len(call.node.outputs) > 1:
        raise call.refuse("Indices")
    kernel = call["kernel_shape"]
    stride, dilation = call.get("strides", [1] * rank), call.get("dilations", [1] * rank)
    before, after = pads(call, x.shape[2:], kernel, stride, dilation)
    even = before == after and all(2 * p <= k for p, k in zip(before, kernel, strict=True))
    if not even:
        x, before = _padded(x, before, after, -math.inf), [0] * rank
    ceil = bool(call.get("ceil_mode", 0))
    return _MAX[rank](x, kernel, stride, before, dilation, ceil)


@operator("AveragePool", products=_pool_products)
def average_pool(call: Call, x: Tensor) -> Tensor:
    """The mean of each window, of its margin too where "count_include_pad" is set."""
    rank = _axes(call, x)
    kernel = call["kernel_shape"]
    stride, dilation = call.get("strides", [1] * rank), call.get("dilations", [1] * rank)
    if any(step != 1 for step in dilation):
        raise call.refuse("dilations")
    before, after = pads(call, x.shape[2:], kernel, stride, dilation)
    ceil, whole = bool(call.get("ceil_mode", 0)), bool(call.get("count_include_pad", 0))
    if before == after and all(2 * p <= k for p, k in zip(before, kernel, strict=True)):
        return _MEAN[rank](x, kernel, stride, before, ceil, whole)  # type: ignore[no-any-return]
    sums = _MEAN[rank](_padded(x, before, after), kernel, stride, 0, ceil)
    inside = torch.ones_like(x[:1, :1])
    counted = _padded(inside, before, after, float(whole))
    return sums / _MEAN[rank](counted, kernel, stride, 0, ceil)  # type: ignore[no-any-return]


@operator("GlobalAveragePool")
def global_average_pool(call: Call, x: Tensor) -> Tensor:
    """The mean of each map."""
    return x.mean(tuple(range(2, x.dim())), keepdim=True)


@operator("GlobalMaxPool")
def global_max_pool(call: Call, x: Tensor) -> Tensor:
    """The largest of each map."""
    return x.amax(tuple(range(2, x.dim())), keepdim=True)
