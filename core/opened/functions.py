"""Rules of functions: of one number, of a row, of a few numbers at the same place."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from core.opened.parts import Index, OneSource, Opened, Part, Pointwise, Rule, Trace, Wire, one, row
from core.opened.wire import finite, plain

FUNCTIONS: dict[str, tuple[Callable[[Tensor], Tensor], str]] = {
    "relu": (torch.relu, "torch.relu({})"),
    "relu6": (F.relu6, "F.relu6({})"),
    "tanh": (torch.tanh, "torch.tanh({})"),
    "sigmoid": (torch.sigmoid, "torch.sigmoid({})"),
    "gelu": (F.gelu, "F.gelu({})"),
    "leaky": (lambda x: F.leaky_relu(x, 0.1), "F.leaky_relu({}, 0.1)"),
    "sqrt": (torch.sqrt, "torch.sqrt({})"),
    "exp": (torch.exp, "torch.exp({})"),
    "half_cosine": (
        lambda x: (1 + torch.cos(math.pi * x)) / 2,
        f"(1 + torch.cos({math.pi!r} * {{}})) / 2",
    ),
    "erf": (torch.erf, "torch.erf({})"),
    "hard_swish": (F.hardswish, "F.hardswish({})"),
    "leaky_01": (lambda x: F.leaky_relu(x, 0.01), "F.leaky_relu({}, 0.01)"),
    "softplus": (F.softplus, "F.softplus({})"),
    "step": (lambda x: x.sign().clamp(min=0), "{}.sign().clamp(min=0)"),
}
"""Activations: the function, and how it is written in PyTorch."""


@dataclass(frozen=True)
class Sum(Rule):
    """The numbers of several arrays at the same place, added up; of one array: the same."""

    array: str
    sources: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        return self.sources

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return tuple(one(f"term_{i}", name, trace, index) for i, name in enumerate(self.sources))

    def total(self, shown: Opened) -> float:
        return sum(float(part.values) for part in shown.parts)

    def statement(self, trace: Trace) -> str:
        return " + ".join(self.sources)

    def expression(self, shown: Opened) -> str:
        return " + ".join(part.role for part in shown.parts)

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "terms", a number for each source."""
        return {"kind": "sum", "terms": [finite(float(part.values)) for part in shown.parts]}


@dataclass(frozen=True)
class Scale(Pointwise):
    """A number, less another one, over a number or its square root.

    Attributes:
        array, source: of the same shape.
        root: what the square root is taken of to divide by; 1: the number is left as it is.
        minus: what is taken away first.
        by: divides instead of a root.
    """

    root: int = 1
    minus: float = 0.0
    by: float = 1.0

    @property
    def divisor(self) -> float:
        """What is divided by."""
        return math.sqrt(self.root) * self.by

    def total(self, shown: Opened) -> float:
        return (shown.number("x") - self.minus) / self.divisor

    def statement(self, trace: Trace) -> str:
        return self._written(self.source)

    def expression(self, shown: Opened) -> str:
        return self._written("x")

    def _written(self, x: str) -> str:
        x = f"({x} - {self.minus!r})" if self.minus else x
        return f"{x} / {self.root} ** 0.5" if self.root != 1 else f"{x} / {self.by!r}"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "x", what is taken away first, "divisor", and what that is the "root" of, or 1."""
        return {
            "kind": "scale",
            "x": finite(shown.number("x")),
            "minus": self.minus,
            "divisor": self.divisor,
            "root": self.root,
        }


@dataclass(frozen=True)
class Standard(Pointwise):
    """A number of a channel, less what is usual there, over how far numbers usually are from that.

    Attributes:
        array, source: (C, H, W).
        minus, by: a number for each channel.
    """

    minus: tuple[float, ...]
    by: tuple[float, ...]

    def of(self, shown: Opened) -> Scale:
        """The same for the channel of a number alone."""
        channel = shown.cell.index[0]
        return Scale(self.array, self.source, minus=self.minus[channel], by=self.by[channel])

    def total(self, shown: Opened) -> float:
        return self.of(shown).total(shown)

    def statement(self, trace: Trace) -> str:
        minus, by = (f"torch.tensor({list(each)})[:, None, None]" for each in (self.minus, self.by))
        return f"({self.source} - {minus}) / {by}"

    def expression(self, shown: Opened) -> str:
        return self.of(shown).expression(shown)

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: as of `Scale`."""
        return self.of(shown).fields(shown, top, whole)


@dataclass(frozen=True)
class Mask(Rule):
    """A number, or minus infinity where a mask, bool of the last axes, is False."""

    array: str
    source: str
    allowed: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source, self.allowed)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        axes = trace[self.allowed].dim()
        return (
            one("x", self.source, trace, index),
            one("allowed", self.allowed, trace, index[len(index) - axes :]),
        )

    def total(self, shown: Opened) -> float:
        return shown.number("x") if shown.number("allowed") else -math.inf

    def statement(self, trace: Trace) -> str:
        return f"{self.source}.masked_fill(~{self.allowed}, -torch.inf)"

    def expression(self, shown: Opened) -> str:
        return "x.masked_fill(~allowed, -torch.inf)"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "x", and whether it is "open"."""
        return {
            "kind": "mask",
            "x": finite(shown.number("x")),
            "open": bool(shown.number("allowed")),
        }


@dataclass(frozen=True)
class Activation(Pointwise):
    """A function of one number, one of `FUNCTIONS`.

    Attributes:
        array, source: of the same shape.
        function: its name.
        off: places along the first axis that are switched off: 0 there.
    """

    function: str
    off: tuple[int, ...] = ()

    def silent(self, shown: Opened) -> bool:
        """Whether the number is 0 because it was switched off."""
        return bool(self.off) and shown.cell.index[0] in self.off

    def total(self, shown: Opened) -> float:
        x = torch.tensor(shown.inner.total) if shown.inner else shown["x"]
        return 0.0 if self.silent(shown) else float(FUNCTIONS[self.function][0](x.double()))

    def statement(self, trace: Trace) -> str:
        found = FUNCTIONS[self.function][1].format(self.source)
        off = ", ".join(map(str, self.off))
        return f"{found}.index_fill(0, torch.tensor([{off}]), 0.0)" if off else found

    def expression(self, shown: Opened) -> str:
        return "x * 0.0" if self.silent(shown) else FUNCTIONS[self.function][1].format("x")

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "function", its argument "x", "silent" where it is switched off."""
        silent = self.silent(shown)
        return {
            "kind": "activation",
            "function": self.function,
            "x": finite(shown.number("x")),
            "silent": silent,
        }


@dataclass(frozen=True)
class Ramp(Pointwise):
    """What is left of a constant after a number is taken away: at least 0, and at most so much.

    Attributes:
        array, source: of the same shape.
        top: the constant.
        most: the upper bound.
    """

    top: float
    most: float = 1.0

    def total(self, shown: Opened) -> float:
        return min(self.most, max(0.0, self.top - shown.number("x")))

    def statement(self, trace: Trace) -> str:
        return self._written(self.source)

    def expression(self, shown: Opened) -> str:
        return self._written("x")

    def _written(self, x: str) -> str:
        return f"({self.top!r} - {x}).clamp(0.0, {self.most!r})"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "x", the constant "top", the bound "most"."""
        return {"kind": "ramp", "x": finite(shown.number("x")), "top": self.top, "most": self.most}


@dataclass(frozen=True)
class Exponential(OneSource):
    """The numerator of a softmax: e to the power of a number minus the largest of its row."""

    temperature: float = 1.0

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        values = row("row", self.source, trace, index).values
        most = one("largest", self.source, trace, (*index[:-1], int(values.argmax())))
        return (one("x", self.source, trace, index), most)

    def total(self, shown: Opened) -> float:
        away = shown.number("x") - shown.number("largest")
        return math.exp(away / self.temperature)

    def statement(self, trace: Trace) -> str:
        return f"(({self.source} - {self.source}.amax(-1, True)) / {self.temperature!r}).exp()"

    def expression(self, shown: Opened) -> str:
        return f"((x - largest) / {self.temperature!r}).exp()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "x", "largest" of the row, "temperature"."""
        largest_ = finite(shown.number("largest"))
        return {
            "kind": "exponential",
            "x": finite(shown.number("x")),
            "largest": largest_,
            "temperature": self.temperature,
        }


@dataclass(frozen=True)
class Softmax(Rule):
    """A share of a row: e^(x / T) over the sum of that of the row.

    Attributes:
        array, source: of the same shape; the last axis is the row.
        temperature: T.
        powers: the array that holds the numerators, where the page shows it.
        allowed: bool of the last axes; where it is False the share is 0 though the row is not
            minus infinity: a cut that is not made up for.
    """

    array: str
    source: str
    temperature: float = 1.0
    powers: str = ""
    allowed: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        return tuple(name for name in (self.source, self.powers, self.allowed) if name)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        found = [row("row", self.source, trace, index)]
        if self.powers:
            found.insert(0, row("powers", self.powers, trace, index))
        if self.allowed:
            axes = trace[self.allowed].dim()
            found.append(one("allowed", self.allowed, trace, index[len(index) - axes :]))
        return tuple(found)

    def exponentials(self, shown: Opened) -> Tensor:
        """e^((x - largest) / T) of the row, in double precision; of a row of nothing: zeros."""
        if "powers" in shown:
            return shown["powers"]
        values = shown["row"]
        largest = values.max()
        return ((values - (largest if largest > -math.inf else 0.0)) / self.temperature).exp()

    def total(self, shown: Opened) -> float:
        found = self.exponentials(shown)
        if "allowed" in shown and not shown.number("allowed"):
            return 0.0
        whole = float(found.sum())
        return float(found[shown.last]) / whole if whole else 0.0

    def statement(self, trace: Trace) -> str:
        divided = f" / {self.temperature!r}" if self.temperature != 1.0 else ""
        found = f"torch.softmax({self.source}{divided}, -1)"
        return f"{found}.masked_fill(~{self.allowed}, 0.0)" if self.allowed else found

    def expression(self, shown: Opened) -> str:
        if "allowed" in shown and not shown.number("allowed"):
            return "allowed * 0.0"
        if "powers" in shown:
            return f"powers[{shown.last}] / powers.sum()"
        divided = f" / {self.temperature!r}" if self.temperature != 1.0 else ""
        return f"torch.softmax(row{divided}, -1)[{shown.last}]"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: the "row", "powers" of it, their "sum", "largest", "temperature", "column", "cut".

        "cut" is true where the share is 0 because it was cut and not made up for.
        """
        powers = self.exponentials(shown)
        row = shown.part("row").values
        return {
            "kind": "softmax",
            "row": plain(row),
            "powers": plain(powers),
            "sum": float(powers.sum()),
            "largest": finite(float(row.max())),
            "temperature": self.temperature,
            "column": shown.last,
            "cut": "allowed" in shown and not shown.number("allowed"),
        }


@dataclass(frozen=True)
class Hit(Rule):
    """1 where the largest number of a row stands where it should, else 0: an answer is right.

    Attributes:
        array: (N,).
        source: (N, V).
        target: (N,) places in each row.
    """

    array: str
    source: str
    target: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source, self.target)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return (
            row("row", self.source, trace, (*index, 0)),
            one("target", self.target, trace, index),
        )

    def largest(self, shown: Opened) -> int:
        """Where the largest number stands; the first of equals."""
        return int(shown["row"].argmax())

    def total(self, shown: Opened) -> float:
        return float(self.largest(shown) == shown.number("target"))

    def statement(self, trace: Trace) -> str:
        return f"({self.source}.argmax(-1) == {self.target}).float()"

    def expression(self, shown: Opened) -> str:
        return "(row.argmax() == target).float()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "column" of the "largest" number, the "target" and the number "x" there."""
        column, target = self.largest(shown), int(shown.number("target"))
        return {
            "kind": "hit",
            "column": column,
            "largest": finite(float(shown["row"][column])),
            "target": target,
            "x": finite(float(shown["row"][target])),
        }


@dataclass(frozen=True)
class LayerNorm(Rule):
    """A row with mean 0 and variance 1, times a weight, plus a bias."""

    array: str
    source: str
    weight: str
    bias: str
    eps: float = 1e-5

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source, self.weight, self.bias)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return (
            row("row", self.source, trace, index),
            one("weight", self.weight, trace, index[-1:]),
            one("bias", self.bias, trace, index[-1:]),
        )

    def total(self, shown: Opened) -> float:
        values = shown["row"]
        deviation = (values.var(correction=0) + self.eps).sqrt()
        whole = (values[shown.last] - values.mean()) / deviation
        return float(whole * shown["weight"] + shown["bias"])

    def statement(self, trace: Trace) -> str:
        size = trace[self.weight].shape[0]
        options = f"({size},), {self.weight}, {self.bias}, {self.eps!r}"
        return f"F.layer_norm({self.source}, {options})"

    def expression(self, shown: Opened) -> str:
        deviation = f"(row.var(correction=0) + {self.eps!r}).sqrt()"
        return f"(row[{shown.last}] - row.mean()) / {deviation} * weight + bias"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "x", "mean", "variance", "eps", "weight", "bias"."""
        row = shown["row"]
        return {
            "kind": "norm",
            "x": float(row[shown.last]),
            "mean": float(row.mean()),
            "variance": float(row.var(correction=0)),
            "eps": self.eps,
            "weight": shown.number("weight"),
            "bias": shown.number("bias"),
        }


@dataclass(frozen=True)
class BatchNorm(Rule):
    """A channel with the mean and variance of what was learnt from, as in evaluation."""

    array: str
    source: str
    mean: str
    variance: str
    weight: str
    bias: str
    eps: float = 1e-5

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source, self.mean, self.variance, self.weight, self.bias)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        x = one("x", self.source, trace, index)
        names = ("mean", "variance", "weight", "bias")
        return (x, *(one(name, getattr(self, name), trace, index[:1]) for name in names))

    def total(self, shown: Opened) -> float:
        whole = (shown["x"] - shown["mean"]) / (shown["variance"] + self.eps).sqrt()
        return float(whole * shown["weight"] + shown["bias"])

    def statement(self, trace: Trace) -> str:
        options = f"{self.mean}, {self.variance}, {self.weight}, {self.bias}, eps={self.eps!r}"
        return f"F.batch_norm({self.source}[None], {options})[0]"

    def expression(self, shown: Opened) -> str:
        return f"(x - mean) / (variance + {self.eps!r}).sqrt() * weight + bias"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: the same of a channel."""
        names = ("x", "mean", "variance", "weight", "bias")
        return {"kind": "norm"} | {name: shown.number(name) for name in names} | {"eps": self.eps}


@dataclass(frozen=True)
class Lookup(Rule):
    """A row of a table, times the square root of `scale`.

    Attributes:
        array: (T, D).
        table: (V, D).
        ids: (T,), which row.
        scale: what the root is taken of; 1: the row as it is.
    """

    array: str
    table: str
    ids: str
    scale: int = 1

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.table, self.ids)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        at = int(trace[self.ids][index[0]])
        return (one("weight", self.table, trace, (at, index[1])),)

    def total(self, shown: Opened) -> float:
        return shown.number("weight") * math.sqrt(self.scale)

    def statement(self, trace: Trace) -> str:
        times = f" * {self.scale} ** 0.5" if self.scale != 1 else ""
        return f"{self.table}[{self.ids}]{times}"

    def expression(self, shown: Opened) -> str:
        return "weight" + (f" * {self.scale} ** 0.5" if self.scale != 1 else "")

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "weight" of the table, and the "factor" that it is multiplied by."""
        return {
            "kind": "lookup",
            "weight": shown.number("weight"),
            "factor": math.sqrt(self.scale),
            "scale": self.scale,
        }


@dataclass(frozen=True)
class Gather(Rule):
    """A number of another array, taken as it is: a row of it, or one number for each pair.

    Attributes:
        array: (N, ...).
        source: what is taken from.
        at: of each of its first axes the places, an array (N,).
    """

    array: str
    source: str
    at: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source, *self.at)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        first = (int(trace[name][index[0]]) for name in self.at)
        return (one("x", self.source, trace, (*first, *index[1:])),)

    def total(self, shown: Opened) -> float:
        return shown.number("x")

    def statement(self, trace: Trace) -> str:
        return f"{self.source}[{', '.join(self.at)}]"

    def expression(self, shown: Opened) -> str:
        return "x"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: a sum of one term."""
        return {"kind": "sum", "terms": [finite(shown.number("x"))]}


@dataclass(frozen=True)
class Moved(Rule):
    """A number that stood elsewhere before: reshaped, transposed, cut out, repeated.

    Attributes:
        array: of any shape.
        source: what is taken from.
        at: of the shape of the array, the place in the source, counted along all its axes.
    """

    array: str
    source: str
    at: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source, self.at)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        place = torch.unravel_index(trace[self.at][index], trace[self.source].shape)
        return (one("x", self.source, trace, tuple(int(axis) for axis in place)),)

    def total(self, shown: Opened) -> float:
        return shown.number("x")

    def statement(self, trace: Trace) -> str:
        return f"{self.source}.flatten()[{self.at}]"

    def expression(self, shown: Opened) -> str:
        return "x"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: a sum of one term."""
        return {"kind": "sum", "terms": [finite(shown.number("x"))]}


@dataclass(frozen=True)
class Position(Rule):
    """Sines and cosines of a place, section 3.5 of Vaswani et al. 2017: (T, width)."""

    array: str
    width: int

    @property
    def reads(self) -> tuple[str, ...]:
        return ()

    def exponent(self, shown: Opened) -> int:
        """2 i, of the columns 2 i and 2 i + 1."""
        return shown.last // 2 * 2

    def angle(self, shown: Opened) -> float:
        """What the sine or cosine is taken of."""
        return float(shown.cell.index[0] / 10_000 ** (self.exponent(shown) / self.width))

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return ()

    def total(self, shown: Opened) -> float:
        angle = self.angle(shown)
        return math.cos(angle) if shown.last % 2 else math.sin(angle)

    def statement(self, trace: Trace) -> str:
        rows = len(trace[self.array])
        rate = f"10_000 ** (torch.arange(0, {self.width}, 2) / {self.width})"
        angle = f"torch.arange({rows})[:, None] / {rate}"
        return f"(lambda at: torch.stack([at.sin(), at.cos()], -1).flatten(1))({angle})"

    def expression(self, shown: Opened) -> str:
        wave = "cos" if shown.last % 2 else "sin"
        angle = f"{shown.cell.index[0]} / 10_000 ** ({self.exponent(shown)} / {self.width})"
        return f"torch.tensor({angle}).{wave}()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "place", "exponent" of 10000 over "width", "angle", "function" "sin" or "cos"."""
        return {
            "kind": "position",
            "place": shown.cell.index[0],
            "exponent": self.exponent(shown),
            "width": self.width,
            "angle": self.angle(shown),
            "function": "cos" if shown.last % 2 else "sin",
        }
