"""Rules of sums: each says what enters a number, what it adds up to, and the same in PyTorch.

Rules of functions are in `functions`, formulas in `latex`, what the picture gets in `wire`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor

from core.opened.parts import Box, Index, Opened, Part, Rule, Trace, Wire, one
from core.opened.pattern import entering, pattern, span
from core.opened.window import Axis, Mode
from core.opened.wire import largest, plain

CHANNELS = 64
"""Input channels of a convolution that travel: those with the largest sums."""


@dataclass(frozen=True)
class Given(Rule):
    """A number that is not computed: an input, a weight, set by hand, drawn by chance."""

    array: str
    origin: str = "given"

    @property
    def reads(self) -> tuple[str, ...]:
        return ()

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return (one("value", self.array, trace, index),)

    def total(self, shown: Opened) -> float:
        return shown.number("value")

    def statement(self, trace: Trace) -> str:
        return self.array

    def expression(self, shown: Opened) -> str:
        return "value"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "origin"."""
        return {"kind": "given", "origin": self.origin}


@dataclass(frozen=True)
class Dot(Rule):
    """A sum of products, plus a bias; where nothing is summed a product.

    Attributes:
        array: what it makes.
        pattern: which numbers meet, such as "i k, j k, j -> i j": left, right and perhaps bias.
        left, right, bias: the arrays.
    """

    array: str
    pattern: str
    left: str
    right: str
    bias: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.left, self.right, self.bias) if self.bias else (self.left, self.right)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        read = pattern(self.pattern)
        sizes = read.sizes([trace[name] for name in (*self.reads, self.array)])
        fixed = read.fixed(index, sizes)
        found = []
        roles = ("left", "right", "bias")
        for role, name, axes in zip(roles, self.reads, read.operands, strict=False):
            order = () if role == "bias" else read.summed
            values = entering(trace[name], axes, fixed, sizes, order)
            box = tuple(span(axis, fixed, sizes) for axis in axes)
            part = Part(role, name, box, values[0] if role == "bias" else values)
            if sum(len(at) > 1 for at in box) > 1:
                whole = name if values.numel() == trace[name].numel() else part.slices
                part = replace(part, code=f"{whole}.flatten()")
            found.append(part)
        return tuple(found)

    def total(self, shown: Opened) -> float:
        bias = shown.number("bias") if self.bias else 0.0
        return float((shown["left"] * shown["right"]).sum()) + bias

    def expression(self, shown: Opened) -> str:
        return "(left * right).sum()" + (" + bias" if self.bias else "")

    def statement(self, trace: Trace) -> str:
        read = pattern(self.pattern)
        sizes = read.sizes([trace[name] for name in (*self.reads, self.array)])
        left, right = read.operands[:2]
        if all(letter in read.summed for axis in left for letter in axis) and len(right) == 2:
            flat = f"{self.left}.flatten()" if len(left) > 1 else self.left
            bias = f", {self.bias}" if self.bias else ""
            if right[1] == tuple(letter for axis in left for letter in axis):
                return f"F.linear({flat}, {self.right}{bias})"
        plain = all(len(axis) == 1 for axes in (*read.operands, read.output) for axis in axes)
        a, b = ("".join(axis[0] for axis in axes) for axes in (left, right))
        out = "".join(axis[0] for axis in read.output)
        if (
            plain
            and out
            and len(read.summed) == 1
            and out == a[:-1] + out[-1]
            and a[-1] in read.summed
        ):
            if b == out[-1] + a[-1] and self.bias:
                return f"F.linear({self.left}, {self.right}, {self.bias})"
            turned = {a[:-2] + out[-1] + a[-1]: ".mT", out[-1] + a[-1]: ".mT"}
            turned |= {a[:-2] + a[-1] + out[-1]: "", a[-1] + out[-1]: ""}
            if b in turned:
                bias = f" + {self.bias}" if self.bias else ""
                return f"{self.left} @ {self.right}{turned[b]}{bias}"
        return self._einsum(sizes)

    def _einsum(self, sizes: dict[str, int]) -> str:
        read = pattern(self.pattern)
        texts, letters = [], []
        for name, axes in zip(self.reads, read.operands, strict=True):
            text = name
            for at in reversed(range(len(axes))):
                if len(axes[at]) > 1:
                    text += f".unflatten({at}, ({', '.join(str(sizes[x]) for x in axes[at])}))"
            texts.append(text)
            letters.append("".join(x for axis in axes for x in axis))
        out = [x for axis in read.output for x in axis]
        found = f'torch.einsum("{letters[0]},{letters[1]}->{"".join(out)}", {texts[0]}, {texts[1]})'
        if self.bias:
            places = ", ".join(":" if x in letters[2] else "None" for x in out)
            found += f" + {texts[2]}[{places}]"
        if any(len(axis) > 1 for axis in read.output):
            found = f"({found})" if self.bias else found
            at = 0
            for axis in read.output:
                found += f".flatten({at}, {at + len(axis) - 1})" if len(axis) > 1 else ""
                at += 1
        return found

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: see `largest`; "bias" or null. Of a single product as `Monomial` writes it."""
        bias = shown.number("bias") if "bias" in shown else None
        if not pattern(self.pattern).summed:
            terms = [shown.number("left"), shown.number("right")]
            return {"kind": "product", "terms": terms, "powers": [1, 1], "factor": 1.0}
        return (
            {"kind": "dot"}
            | largest(shown.part("left"), shown.part("right"), top, whole)
            | {"bias": bias}
        )


@dataclass(frozen=True)
class Conv(Rule):
    """A patch of the input times a kernel, added up over the channels of a group, plus a bias.

    Attributes:
        array: (O, H', W').
        source: (C, H, W).
        weight: (O, C / groups, kh, kw) as it lies on the input, also where transposed.
        bias: (O,), or none.
        stride, dilation, groups: as in torch.
        padding: on all sides, or (low, high) of rows and of columns.
        mode: what stands in the padding.
        transposed: conv_transpose2d instead of conv2d.
        output_padding: of a transposed one.
        turned: whether the weights were turned by 180 degrees beforehand; only formulas say so.
    """

    array: str
    source: str
    weight: str
    bias: str = ""
    stride: int = 1
    padding: int | tuple[tuple[int, int], tuple[int, int]] = 0
    mode: Mode = "zeros"
    dilation: int = 1
    groups: int = 1
    transposed: bool = False
    output_padding: int = 0
    turned: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source, self.weight, self.bias) if self.bias else (self.source, self.weight)

    @property
    def pads(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Low and high of rows and of columns."""
        p = self.padding
        return ((p, p), (p, p)) if isinstance(p, int) else p

    def axes(self, trace: Trace) -> tuple[Axis, Axis]:
        """Rows and columns."""
        sizes, kernel = trace[self.source].shape[1:], trace[self.weight].shape[2:]
        rows, columns = (
            Axis(
                size, side, self.stride, self.dilation, *pads, self.output_padding, self.transposed
            )
            for size, side, pads in zip(sizes, kernel, self.pads, strict=True)
        )
        return rows, columns

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        o, r, c = index
        vertical, horizontal = self.axes(trace)
        rows, columns = vertical.seen(r, self.mode), horizontal.seen(c, self.mode)
        source, weight = trace[self.source], trace[self.weight]
        inputs = weight.shape[1]
        first = o // (len(weight) // self.groups) * inputs
        channels = range(first, first + inputs)
        patch = self._under(source[first : first + inputs], rows, columns)
        box = (channels, _hull(rows), _hull(columns))
        found = [
            Part("patch", self.source, box, patch, self._patch(channels, r, c, weight)),
            Part("kernel", self.weight, _all(weight, o), weight[o]),
            Part("rows", "", (), torch.tensor([-1 if at is None else at for at in rows])),
            Part("columns", "", (), torch.tensor([-1 if at is None else at for at in columns])),
        ]
        if self.bias:
            found.append(one("bias", self.bias, trace, (o,)))
        return tuple(found)

    def _under(self, maps: Tensor, rows: list[int | None], columns: list[int | None]) -> Tensor:
        """What lies under the kernel: zeros in the padding, nan where a stamp meets nothing."""
        inside = None not in rows and None not in columns
        if inside and self.mode == "zeros" and not self.transposed:
            down, across = _hull(rows), _hull(columns)
            step = self.dilation
            return maps[:, down.start : down.stop : step, across.start : across.stop : step]
        found = maps[:, [[at or 0] for at in rows], [at or 0 for at in columns]]
        nothing = math.nan if self.transposed else 0.0
        for seen, turned in ((rows, True), (columns, False)):
            if None in seen:
                out = torch.tensor([at is None for at in seen])
                found.masked_fill_(out[:, None] if turned else out, nothing)
        return found

    def _patch(self, channels: range, r: int, c: int, weight: Tensor) -> str:
        """The patch in PyTorch; a transposed one has none of its own."""
        if self.transposed:
            return ""
        padded = self._padded()
        cut = [f"{channels.start}:{channels.stop}"]
        for at, kernel in zip((r, c), weight.shape[2:], strict=True):
            begin = at * self.stride
            step = f":{self.dilation}" if self.dilation > 1 else ""
            cut.append(f"{begin}:{begin + self.dilation * (kernel - 1) + 1}{step}")
        return f"{padded}[{', '.join(cut)}]"

    def _padded(self) -> str:
        (top, bottom), (left, right) = self.pads
        if not any((top, bottom, left, right)):
            return self.source
        mode = "" if self.mode == "zeros" else f', mode="{self.mode}"'
        return f"F.pad({self.source}, ({left}, {right}, {top}, {bottom}){mode})"

    def sums(self, shown: Opened) -> Tensor:
        """(C / groups,), the sum of patch times kernel for each input channel."""
        patch = shown["patch"].nan_to_num(0.0) if self.transposed else shown["patch"]
        return (patch * shown["kernel"]).sum((1, 2))

    def total(self, shown: Opened) -> float:
        bias = shown.number("bias") if self.bias else 0.0
        return float(self.sums(shown).sum()) + bias

    def expression(self, shown: Opened) -> str:
        patch = "patch.nan_to_num()" if self.transposed else "patch"
        return f"({patch} * kernel).sum()" + (" + bias" if self.bias else "")

    def statement(self, trace: Trace) -> str:
        (top, bottom), (left, right) = self.pads
        weight = self.weight
        options = [f"stride={self.stride}"] if self.stride > 1 else []
        if self.transposed or (self.mode == "zeros" and top == bottom and left == right):
            source = self.source
            even = str(top) if top == left else f"({top}, {left})"
            options += [f"padding={even}"] if (top, left) != (0, 0) else []
        else:
            source = self._padded()
        if self.output_padding:
            options.append(f"output_padding={self.output_padding}")
        options += [f"dilation={self.dilation}"] if self.dilation > 1 else []
        options += [f"groups={self.groups}"] if self.groups > 1 else []
        if self.transposed:
            # torch keeps the weights of a transposed convolution as (C, O / groups, kh, kw)
            weight += (
                f".unflatten(0, ({self.groups}, -1)).transpose(1, 2).flatten(0, 1)"
                if self.groups > 1
                else ".transpose(0, 1)"
            )
        name = "F.conv_transpose2d" if self.transposed else "F.conv2d"
        return f"{name}({', '.join([source, weight, self.bias or 'None', *options])})"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "channels" of the input, for each "patch", "kernel" and "sums"; "bias" or null.

        "rows" and "columns" say where those of the patch come from; null: from nowhere. Where there
        are very many channels: their "count", and what those that are left out add up to, "rest".
        """
        sums = self.sums(shown)
        at, more = torch.arange(len(sums)), {}
        if len(sums) > CHANNELS:
            at = sums.abs().topk(CHANNELS).indices.sort().values
            more = {"count": len(sums), "rest": float(sums.sum() - sums[at].sum())}
        return {
            "kind": "conv",
            "channels": (at + shown.part("patch").box[0].start).tolist(),
            "patch": plain(shown.part("patch").values[at]),
            "kernel": plain(shown.part("kernel").values[at]),
            "sums": plain(sums[at]),
            **more,
            **{
                name: [None if at < 0 else at for at in shown.part(name).values.tolist()]
                for name in ("rows", "columns")
            },
            "bias": shown.number("bias") if "bias" in shown else None,
        }


@dataclass(frozen=True)
class Pool(Rule):
    """The largest number of a window, or the mean of it with its padding as zeros.

    Attributes:
        array, source: (..., H', W') and (..., H, W).
        kind: "max" or "average".
        window, stride, padding, ceil: as in torch.
    """

    array: str
    source: str
    kind: Literal["max", "average"] = "max"
    window: int = 2
    stride: int = 2
    padding: int = 0
    ceil: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source,)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        *before, r, c = index
        size = trace[self.source].shape[-2:]
        rows, columns = (self._inside(at, side) for at, side in zip((r, c), size, strict=True))
        box = (*(range(at, at + 1) for at in before), rows, columns)
        plane = trace[self.source][tuple(before)]
        values = plane[rows.start : rows.stop, columns.start : columns.stop]
        lengths = (
            min(at * self.stride + self.window, side + 2 * self.padding) - at * self.stride
            for at, side in zip((r, c), size, strict=True)
        )
        count = torch.tensor(math.prod(lengths))
        return (Part("window", self.source, box, values), Part("count", "", (), count))

    def _inside(self, at: int, size: int) -> range:
        """The rows or columns of the input itself that a window covers."""
        begin = at * self.stride - self.padding
        return range(max(begin, 0), min(begin + self.window, size))

    def total(self, shown: Opened) -> float:
        window = shown["window"]
        if self.kind == "max":
            return float(window.max())
        return float(window.sum()) / shown.number("count")

    def winner(self, shown: Opened) -> tuple[int, int]:
        """Row and column in the window of its largest number; the first of equals."""
        row, column = divmod(int(shown["window"].argmax()), shown["window"].shape[1])
        return row, column

    def expression(self, shown: Opened) -> str:
        mean = f"window.sum() / {int(shown.number('count'))}"
        return "window.max()" if self.kind == "max" else mean

    def statement(self, trace: Trace) -> str:
        name = "F.max_pool2d" if self.kind == "max" else "F.avg_pool2d"
        options = [f"{self.window}"]
        options += [f"stride={self.stride}"] if self.stride != self.window else []
        options += [f"padding={self.padding}"] if self.padding else []
        options += ["ceil_mode=True"] if self.ceil else []
        flat = trace[self.source].dim() == 2
        source = f"{self.source}[None]" if flat else self.source
        return f"{name}({source}, {', '.join(options)})" + ("[0]" if flat else "")

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "window" without padding, "winner" [row, column] or null, "count" of the mean."""
        return {
            "kind": "pool",
            "window": plain(shown.part("window").values),
            "winner": list(self.winner(shown)) if self.kind == "max" else None,
            "count": int(shown.number("count")),
        }


def _hull(seen: list[int | None]) -> range:
    """The rows or columns of the input that are outlined; an empty one is padding alone."""
    inside = [at for at in seen if at is not None]
    return range(min(inside), max(inside) + 1) if inside else range(0)


def _all(values: Tensor, first: int) -> Box:
    return (range(first, first + 1), *(range(size) for size in values.shape[1:]))
