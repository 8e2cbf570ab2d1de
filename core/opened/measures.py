"""Rules of losses, updates, counts and lengths: what a step of learning does to a number."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.opened.parts import (
    Index,
    OfRow,
    OneSource,
    Opened,
    Part,
    Pointwise,
    Rule,
    Trace,
    Wire,
    one,
    row,
)
from core.opened.wire import finite, largest, plain


@dataclass(frozen=True)
class Combination(Rule):
    """Numbers at the same place, each times a factor, added up: a - b, or w - rate * gradient.

    Attributes:
        array: of the shape of its sources.
        sources: what is added up.
        factors: one for each.
    """

    array: str
    sources: tuple[str, ...]
    factors: tuple[float, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        return self.sources

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return tuple(one(f"term_{i}", name, trace, index) for i, name in enumerate(self.sources))

    def total(self, shown: Opened) -> float:
        terms = zip(self.factors, shown.parts, strict=True)
        return sum(factor * float(part.values) for factor, part in terms)

    def statement(self, trace: Trace) -> str:
        return _combined(self.factors, self.sources)

    def expression(self, shown: Opened) -> str:
        return _combined(self.factors, tuple(part.role for part in shown.parts))

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "terms", a number for each source, and the "factors" that they are taken by."""
        return {
            "kind": "combination",
            "terms": [finite(float(part.values)) for part in shown.parts],
            "factors": list(self.factors),
        }


@dataclass(frozen=True)
class Monomial(Rule):
    """Numbers at the same place, each to a power, multiplied: factor * a^p * b^q.

    Attributes:
        array: of the shape of its sources.
        sources: what is multiplied.
        powers: one for each.
        factor: a constant.
    """

    array: str
    sources: tuple[str, ...]
    powers: tuple[float, ...]
    factor: float = 1.0

    @property
    def reads(self) -> tuple[str, ...]:
        return self.sources

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return tuple(one(f"x_{i}", name, trace, index) for i, name in enumerate(self.sources))

    def total(self, shown: Opened) -> float:
        parts = zip(shown.parts, self.powers, strict=True)
        return self.factor * math.prod(math.pow(float(part.values), p) for part, p in parts)

    def statement(self, trace: Trace) -> str:
        return self._multiplied(self.sources)

    def expression(self, shown: Opened) -> str:
        return self._multiplied(tuple(part.role for part in shown.parts))

    def _multiplied(self, names: tuple[str, ...]) -> str:
        raised = [
            name if power == 1 else f"{name} ** {power}"
            for name, power in zip(names, self.powers, strict=True)
        ]
        return " * ".join(([f"{self.factor!r}"] if self.factor != 1.0 else []) + raised)

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "terms", a number for each source, the "powers" of them, a constant "factor"."""
        terms = [finite(float(part.values)) for part in shown.parts]
        return {
            "kind": "product",
            "terms": terms,
            "powers": list(self.powers),
            "factor": self.factor,
        }


@dataclass(frozen=True)
class Outer(Rule):
    """Each number of one array times each of another: a gradient of a matrix.

    Attributes:
        array: the axes of left, then those of right.
        left, right: either may be a single number.
    """

    array: str
    left: str
    right: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.left, self.right)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        first = trace[self.left].dim()
        return (
            one("left", self.left, trace, index[:first]),
            one("right", self.right, trace, index[first:]),
        )

    def total(self, shown: Opened) -> float:
        return shown.number("left") * shown.number("right")

    def statement(self, trace: Trace) -> str:
        apart = ", None" * trace[self.right].dim()
        left = f"{self.left}[...{apart}]" if apart else self.left
        return f"{left} * {self.right}"

    def expression(self, shown: Opened) -> str:
        return "left * right"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: of two numbers, each to the power of 1."""
        terms = [shown.number("left"), shown.number("right")]
        return {"kind": "product", "terms": terms, "powers": [1, 1], "factor": 1.0}


@dataclass(frozen=True)
class CrossEntropy(Rule):
    """How unlikely what is true was said to be, in nats: one number of a row.

    Attributes:
        array: a single number.
        source: (R,) probabilities.
        target: (R,) what is true, 0 or 1.
        binary: each number is a question of its own, and what is not true counts as well.
    """

    array: str
    source: str
    target: str
    binary: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source, self.target)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return (row("p", self.source, trace, (0,)), row("target", self.target, trace, (0,)))

    def surprises(self, shown: Opened) -> list[tuple[int, float]]:
        """The probabilities that count, each with its place: of what is true, of what is not."""
        pairs = zip(shown["p"].tolist(), shown["target"].tolist(), strict=True)
        return [
            (at, p if true else 1.0 - p)
            for at, (p, true) in enumerate(pairs)
            if true or self.binary
        ]

    def total(self, shown: Opened) -> float:
        found = [-math.log(p) if p > 0 else math.inf for _, p in self.surprises(shown)]
        return sum(found)

    def statement(self, trace: Trace) -> str:
        return self._loss(self.source, self.target)

    def expression(self, shown: Opened) -> str:
        return self._loss("p", "target")

    def _loss(self, p: str, target: str) -> str:
        if self.binary:
            return f"F.binary_cross_entropy({p}, {target}, reduction='sum')"
        return f"-({target} * {p}.log()).sum()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "terms" [{"at", "p"}], the probabilities whose logarithms are added up."""
        return {"kind": "loss", "terms": [{"at": at, "p": p} for at, p in self.surprises(shown)]}


@dataclass(frozen=True)
class Logarithm(Rule):
    """The natural logarithm of a number, or of its ratio to another one.

    Attributes:
        array: of the shape of its sources.
        source: what stands above.
        over: what stands below, if anything.
    """

    array: str
    source: str
    over: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.source, self.over) if self.over else (self.source,)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        roles = zip(("x", "over"), self.reads, strict=False)
        return tuple(one(role, name, trace, index) for role, name in roles)

    def total(self, shown: Opened) -> float:
        x = shown.number("x") / (shown.number("over") if self.over else 1.0)
        return math.log(x) if x > 0 else -math.inf

    def statement(self, trace: Trace) -> str:
        return f"({self.source} / {self.over}).log()" if self.over else f"{self.source}.log()"

    def expression(self, shown: Opened) -> str:
        return "(x / over).log()" if self.over else "x.log()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "x", and what that is "over", else null."""
        over = shown.number("over") if "over" in shown else None
        return {"kind": "log", "x": shown.number("x"), "over": over}


@dataclass(frozen=True)
class Capped(Pointwise):
    """The weight of a count in GloVe: (x / most)^power, at most 1."""

    most: float
    power: float

    def total(self, shown: Opened) -> float:
        return float(min(1.0, (shown.number("x") / self.most) ** self.power))

    def statement(self, trace: Trace) -> str:
        return f"({self.source} / {self.most!r}).clamp(max=1.0) ** {self.power!r}"

    def expression(self, shown: Opened) -> str:
        return f"(x / {self.most!r}).clamp(max=1.0) ** {self.power!r}"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "x", the "most" that it is divided by, the "power"."""
        return {"kind": "capped", "x": shown.number("x"), "most": self.most, "power": self.power}


@dataclass(frozen=True)
class Unit(OfRow):
    """A row divided by its length."""

    def length(self, shown: Opened) -> float:
        """Of the row."""
        return float(shown["row"].norm())

    def total(self, shown: Opened) -> float:
        return float(shown["row"][shown.last]) / max(self.length(shown), 1e-12)

    def statement(self, trace: Trace) -> str:
        return f"F.normalize({self.source}, dim=-1)"

    def expression(self, shown: Opened) -> str:
        return f"row[{shown.last}] / row.norm()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "x", and the "length" of its row."""
        return {"kind": "unit", "x": float(shown["row"][shown.last]), "length": self.length(shown)}


@dataclass(frozen=True)
class Share(OfRow):
    """A number over the sum of its row."""

    def total(self, shown: Opened) -> float:
        return float(shown["row"][shown.last] / shown["row"].sum())

    def statement(self, trace: Trace) -> str:
        return f"{self.source} / {self.source}.sum(-1, keepdim=True)"

    def expression(self, shown: Opened) -> str:
        return f"row[{shown.last}] / row.sum()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "x", and the "sum" of its row."""
        x, whole_row = float(shown["row"][shown.last]), float(shown["row"].sum())
        return {"kind": "share", "x": x, "sum": whole_row}


@dataclass(frozen=True)
class Chain(OneSource):
    """Factors multiplied from a place to the end of their row: what is left of a gradient.

    Attributes:
        array: (T,).
        source: (T,), the factors.
    """

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        (at,) = index
        factors = trace[self.source][at:]
        return (Part("factors", self.source, (range(at, at + len(factors)),), factors),)

    def total(self, shown: Opened) -> float:
        return float(shown["factors"].prod())

    def statement(self, trace: Trace) -> str:
        return f"{self.source}.flip(0).cumprod(0).flip(0)"

    def expression(self, shown: Opened) -> str:
        return "factors.prod()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "factors", all of them."""
        return {"kind": "chain", "factors": plain(shown["factors"])}


@dataclass(frozen=True)
class Length(OneSource):
    """The Euclidean length of a row, or of all numbers of a matrix.

    Attributes:
        array: (...).
        source: (..., D), or (..., D, E) with two axes.
        axes: how many of the last axes are measured.
    """

    axes: int = 1

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return (_rest("x", self.source, trace, index),)

    def total(self, shown: Opened) -> float:
        return float(shown["x"].square().sum().sqrt())

    def statement(self, trace: Trace) -> str:
        flat = f".flatten({-self.axes})" if self.axes > 1 else ""
        return f"{self.source}{flat}.norm(dim=-1)"

    def expression(self, shown: Opened) -> str:
        return "x.norm()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: squares as in `largest`, whose "left" and "right" are the number itself."""
        x = shown.part("x")
        return {"kind": "length"} | largest(x, x, top, whole)


@dataclass(frozen=True)
class Total(OneSource):
    """All numbers that stand at a place, added up, or their mean.

    Attributes:
        array: (...).
        source: (..., any axes).
        mean: whether the sum is divided by how many they are.
    """

    mean: bool = False

    @property
    def function(self) -> str:
        """What it is called in PyTorch."""
        return "mean" if self.mean else "sum"

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return (_rest("x", self.source, trace, index),)

    def total(self, shown: Opened) -> float:
        return float(shown["x"].mean() if self.mean else shown["x"].sum())

    def statement(self, trace: Trace) -> str:
        axes = trace[self.source].dim() - trace[self.array].dim()
        return f"{self.source}{f'.flatten({-axes})' if axes > 1 else ''}.{self.function}(-1)"

    def expression(self, shown: Opened) -> str:
        return f"x.{self.function}()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: numbers as in `largest`, each as "left", "right" and "product"."""
        x = shown.part("x")
        kind = "mean" if self.mean else "total"
        return {"kind": kind} | largest(x, x, top, whole, lambda a, b: a)


@dataclass(frozen=True)
class MeanSquare(Rule):
    """The mean of the squared differences of two rows: the mean squared error.

    Attributes:
        array: (...).
        output, target: (..., N).
    """

    array: str
    output: str
    target: str

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.output, self.target)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return (
            _rest("output", self.output, trace, index),
            _rest("target", self.target, trace, index),
        )

    def total(self, shown: Opened) -> float:
        return float((shown["output"] - shown["target"]).square().mean())

    def statement(self, trace: Trace) -> str:
        return f"({self.output} - {self.target}).square().mean(-1)"

    def expression(self, shown: Opened) -> str:
        return "(output - target).square().mean()"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: squares as in `largest`, the output as "left" and the target as "right"."""
        parts = shown.part("output"), shown.part("target")
        return {"kind": "squares"} | largest(*parts, top, whole, lambda a, b: (a - b).square())


def _rest(role: str, array: str, trace: Trace, index: Index) -> Part:
    """A part that is all that stands at an index."""
    values = trace[array][index]
    box = (*(range(at, at + 1) for at in index), *map(range, values.shape))
    return Part(role, array, box, values)


def _combined(factors: tuple[float, ...], names: tuple[str, ...]) -> str:
    """Terms with their signs: "a - 0.5 * b"."""
    found = ""
    for factor, name in zip(factors, names, strict=True):
        term = name if abs(factor) == 1.0 else f"{abs(factor)!r} * {name}"
        if not found:
            found = term if factor >= 0 else f"-{term}"
        else:
            found += f" {'+' if factor >= 0 else '-'} {term}"
    return found
