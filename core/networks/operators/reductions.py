"""Operators that make one number of many along some axes.

https://onnx.ai/onnx/operators/onnx__ReduceMean.html and its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from core.networks.operators.call import Call, operator

Reduce = Callable[[Tensor, tuple[int, ...], bool], Tensor]


def _product(x: Tensor, axes: tuple[int, ...], keep: bool) -> Tensor:
    for axis in sorted((axis % x.dim() for axis in axes), reverse=True):
        x = x.prod(axis, keepdim=keep)
    return x


REDUCTIONS: dict[str, Reduce] = {
    "ReduceL1": lambda x, axes, keep: x.abs().sum(axes, keep),
    "ReduceL2": lambda x, axes, keep: x.square().sum(axes, keep).sqrt(),
    "ReduceLogSumExp": torch.logsumexp,
    "ReduceMax": torch.amax,
    "ReduceMean": lambda x, axes, keep: x.mean(axes, keep),
    "ReduceMin": torch.amin,
    "ReduceProd": _product,
    "ReduceSum": lambda x, axes, keep: x.sum(axes, keep).to(x.dtype),
    "ReduceSumSquare": lambda x, axes, keep: x.square().sum(axes, keep),
}


def _reduced(call: Call, reduce: Reduce, x: Tensor, given: Tensor | None) -> Tensor:
    axes = call.integers("axes", given)
    if not axes:
        if call.get("noop_with_empty_axes", 0):
            return x
        axes = list(range(x.dim()))
    return reduce(x, tuple(axes), bool(call.get("keepdims", 1))) if axes else x


def _declare() -> None:
    for name, reduce in REDUCTIONS.items():
        operator(name, values=[1])(
            lambda call, x, axes=None, reduce=reduce: _reduced(call, reduce, x, axes)
        )


_declare()


def _place(call: Call, x: Tensor, largest: bool) -> Tensor:
    if call.get("select_last_index", 0):
        raise call.refuse("select_last_index")
    axis, keep = call.get("axis", 0), bool(call.get("keepdims", 1))
    return x.argmax(axis, keep) if largest else x.argmin(axis, keep)


@operator("ArgMax")
def arg_max(call: Call, x: Tensor) -> Tensor:
    """Where the largest number stands along an axis; the first of equals."""
    return _place(call, x, largest=True)


@operator("ArgMin")
def arg_min(call: Call, x: Tensor) -> Tensor:
    """Where the smallest number stands along an axis; the first of equals."""
    return _place(call, x, largest=False)
