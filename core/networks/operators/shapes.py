"""Operators that move numbers about, pick them, or say how many there are.

https://onnx.ai/onnx/operators/onnx__Reshape.html and its neighbours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from core.networks.operators.call import Call, operator

DTYPES: dict[int, torch.dtype] = {
    1: torch.float32,
    2: torch.uint8,
    3: torch.int8,
    5: torch.int16,
    6: torch.int32,
    7: torch.int64,
    9: torch.bool,
    10: torch.float16,
    11: torch.float64,
    16: torch.bfloat16,
}
"""TensorProto.DataType of what is computed with here."""


def _integers(values: Tensor) -> list[int]:
    return [int(value) for value in values.flatten().tolist()]


@operator("Flatten")
def flatten(call: Call, x: Tensor) -> Tensor:
    """A matrix: the axes before "axis" as rows, the others as columns."""
    axis = call.get("axis", 1)
    axis = axis + x.dim() if axis < 0 else axis
    return x.reshape(math.prod(x.shape[:axis]), math.prod(x.shape[axis:]))


@operator("Reshape", values=[1])
def reshape(call: Call, x: Tensor, shape: Tensor | None = None) -> Tensor:
    """The same numbers in another shape; 0 keeps an axis, -1 is what is left."""
    sizes = call.integers("shape", shape) or []
    if not call.get("allowzero", 0):
        sizes = [x.shape[axis] if size == 0 else size for axis, size in enumerate(sizes)]
    return x.reshape(sizes)


@operator("Transpose")
def transpose(call: Call, x: Tensor) -> Tensor:
    """The axes in another order, without one in reverse."""
    return x.permute(call.get("perm", list(range(x.dim()))[::-1]))


@operator("Squeeze", values=[1])
def squeeze(call: Call, x: Tensor, given: Tensor | None = None) -> Tensor:
    """Without axes of length one."""
    axes = call.integers("axes", given)
    if axes is None:
        return x.squeeze()
    if any(x.shape[axis] != 1 for axis in axes):
        raise ValueError("Only an axis of length one can be left out.")
    return x.squeeze(tuple(axes))


@operator("Unsqueeze", values=[1])
def unsqueeze(call: Call, x: Tensor, given: Tensor | None = None) -> Tensor:
    """With new axes of length one."""
    axes = call.integers("axes", given) or []
    rank = x.dim() + len(axes)
    for axis in sorted(axis % rank for axis in axes):
        x = x.unsqueeze(axis)
    return x


@operator("Concat")
def concat(call: Call, *parts: Tensor) -> Tensor:
    """One after the other along an axis."""
    return torch.cat(parts, call.get("axis", 1))


@operator("Slice", values=[1, 2, 3, 4])
def slice_(
    call: Call,
    x: Tensor,
    starts: Tensor | None = None,
    ends: Tensor | None = None,
    axes: Tensor | None = None,
    steps: Tensor | None = None,
) -> Tensor:
    """From start to end, every so many."""
    begin, end = call.integers("starts", starts) or [], call.integers("ends", ends) or []
    along = call.integers("axes", axes) or list(range(len(begin)))
    every = call.integers("steps", steps) or [1] * len(begin)
    for low, high, axis, step in zip(begin, end, along, every, strict=True):
        places = range(x.shape[axis])[slice(*_bounds(low, high, step, x.shape[axis]), step)]
        if step > 0:
            x = x.narrow(axis, places.start, max(0, places.stop - places.start))
            if step > 1:
                x = x[(slice(None),) * (axis % x.dim()) + (slice(None, None, step),)]
        else:
            at = torch.arange(places.start, places.stop, step, device=x.device)
            x = x.index_select(axis, at)
    return x


def _bounds(low: int, high: int, step: int, size: int) -> tuple[int, int | None]:
    """As Python's slices have them: ONNX says "before the first" by a very small end."""
    if step < 0 and high < -size:
        return low, None
    return low, high


@operator("Split", values=[1])
def split(call: Call, x: Tensor, given: Tensor | None = None) -> tuple[Tensor, ...]:
    """Parts along an axis, equal ones where no lengths are given."""
    lengths = call.integers("split", given)
    axis, count = call.get("axis", 0), len(call.node.outputs)
    if not lengths:
        size = math.ceil(x.shape[axis] / count)
        lengths = [size] * (count - 1) + [x.shape[axis] - size * (count - 1)]
    return torch.split(x, lengths, axis)


@operator("Gather")
def gather(call: Call, x: Tensor, at: Tensor) -> Tensor:
    """Of an axis the places that are asked for; below zero counted from the end."""
    axis = call.get("axis", 0) % max(1, x.dim())
    size = x.shape[axis]
    places = at.long().flatten()
    places = torch.where(places < 0, places + size, places)
    picked = x.index_select(axis, places)
    return picked.reshape((*x.shape[:axis], *at.shape, *x.shape[axis + 1 :]))


@operator("GatherElements")
def gather_elements(call: Call, x: Tensor, at: Tensor) -> Tensor:
    """At each place a number of the same line along an axis."""
    axis = call.get("axis", 0)
    places = at.long()
    return x.gather(axis, torch.where(places < 0, places + x.shape[axis], places))


@operator("Expand", values=[1])
def expand(call: Call, x: Tensor, shape: Tensor) -> Tensor:
    """Broadcast to a shape."""
    wanted = _integers(shape)
    rank = max(len(wanted), x.dim())
    theirs, ours = [1] * (rank - len(wanted)) + wanted, [1] * (rank - x.dim()) + list(x.shape)
    return x.expand([b if a == 1 else a for a, b in zip(theirs, ours, strict=True)])


@operator("Tile", values=[1])
def tile(call: Call, x: Tensor, repeats: Tensor) -> Tensor:
    """Each axis repeated."""
    return x.repeat(_integers(repeats))


@operator("Shape")
def shape_of(call: Call, x: Tensor) -> Tensor:
    """How long each axis is."""
    return torch.tensor(list(x.shape)[call.get("start", 0) : call["end"]], dtype=torch.int64)


@operator("Size")
def size_of(call: Call, x: Tensor) -> Tensor:
    """How many numbers there are."""
    return torch.tensor(x.numel())


@operator("Constant")
def constant(call: Call) -> Tensor:
    """A tensor that the node carries."""
    for name, dtype in (("float", torch.float32), ("int", torch.int64)):
        for each in (f"value_{name}", f"value_{name}s"):
            if call[each] is not None:
                return torch.tensor(call[each], dtype=dtype)
    if call["value"] is None:
        raise call.refuse(", ".join(call.node.attributes) or "nothing")
    value: Tensor = call["value"]
    return value


@operator("ConstantOfShape", values=[0])
def constant_of_shape(call: Call, shape: Tensor) -> Tensor:
    """The same number everywhere, 0 where none is given."""
    value: Tensor = call.get("value", torch.zeros(1))
    return torch.full(
        _integers(shape), value.flatten()[0].item(), dtype=value.dtype, device=call.device
    )


@operator("Cast")
def cast(call: Call, x: Tensor) -> Tensor:
    """Numbers of another type; half precision is computed with as float32."""
    kind = DTYPES.get(call["to"])
    if kind is None:
        raise call.refuse(f"type {call['to']}")
    return x.to(torch.float32 if kind in (torch.float16, torch.bfloat16) else kind)


@operator("CastLike")
def cast_like(call: Call, x: Tensor, like: Tensor) -> Tensor:
    """Numbers of the type of others."""
    return x.to(like.dtype)


@operator("Range", values=[0, 1, 2])
def range_(call: Call, start: Tensor, limit: Tensor, delta: Tensor) -> Tensor:
    """From start, below limit, by delta."""
    values = (start.item(), limit.item(), delta.item())
    return torch.arange(*values, dtype=start.dtype, device=call.device)


@operator("Trilu", values=[1])
def trilu(call: Call, x: Tensor, k: Tensor | None = None) -> Tensor:
    """What lies above or below a diagonal, zeros elsewhere."""
    at = 0 if k is None else int(k)
    return x.triu(at) if call.get("upper", 1) else x.tril(at)


@operator("Pad", values=[1, 2, 3])
def pad(
    call: Call,
    x: Tensor,
    given: Tensor | None = None,
    value: Tensor | None = None,
    axes: Tensor | None = None,
) -> Tensor:
    """A margin of a constant, of the edge, or of what is mirrored at it."""
    amounts = call.integers("pads", given) or []
    along = [axis % x.dim() for axis in _integers(axes)] if axes is not None else range(x.dim())
    half = len(amounts) // 2
    before, after = [0] * x.dim(), [0] * x.dim()
    for axis, low, high in zip(along, amounts[:half], amounts[half:], strict=True):
        before[axis], after[axis] = low, high
    mode = call.get("mode", "constant")
    fill = float(value) if value is not None else call.get("value", 0.0)
    if mode == "constant":
        return F.pad(x, _torch_pads(before, after), value=fill)
    if any(before[:2]) or any(after[:2]) or mode not in ("edge", "reflect"):
        raise call.refuse(f"mode {mode}")
    name = "replicate" if mode == "edge" else "reflect"
    return F.pad(x, _torch_pads(before[2:], after[2:]), mode=name)


def _torch_pads(before: Sequence[int], after: Sequence[int]) -> list[int]:
    return [n for pair in zip(reversed(before), reversed(after), strict=True) for n in pair]
