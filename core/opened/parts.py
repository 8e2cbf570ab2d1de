"""A number that is opened: where it stands, what enters it, and what that adds up to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from core.schema import Refusal, mark

Trace = Mapping[str, Tensor]
"""Every array of a forward pass by name; a name such as "model.conv1.weight" is an expression."""
Box = tuple[range, ...]
"""A part of an array, a range for each of its axes."""
Index = tuple[int, ...]
Wire = dict[str, Any]
"""Plain values for JSON."""


@dataclass(frozen=True)
class Cell:
    """One number: of which array, and where in it."""

    array: str
    index: Index


@dataclass(frozen=True)
class Part:
    """What enters a number from one array.

    Attributes:
        role: what it is to the rule, and its name in a program: "left", "patch", "bias", "row".
        array: where it comes from.
        box: which part of that; what is outlined.
        values: the numbers, padding as zeros; nan where a window meets nothing.
        code: the same in PyTorch where a box alone does not say it.
    """

    role: str
    array: str
    box: Box
    values: Tensor
    code: str = ""

    @property
    def slices(self) -> str:
        """The part in PyTorch: "Q[3, 0:4]"."""
        if self.code or not self.box:
            return self.code or self.array
        return f"{self.array}[{', '.join(map(_slice, self.box))}]"


class Rule(ABC):
    """How each number of an array comes about."""

    array: str
    """What it makes."""

    @property
    @abstractmethod
    def reads(self) -> tuple[str, ...]:
        """The arrays that it is made from."""

    @abstractmethod
    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        """What enters the number at an index."""

    @abstractmethod
    def total(self, shown: Opened) -> float:
        """The number added up from its parts, in double precision."""

    @abstractmethod
    def statement(self, trace: Trace) -> str:
        """All numbers of the array in PyTorch, from the names of the arrays that it reads."""

    @abstractmethod
    def expression(self, shown: Opened) -> str:
        """The one number in PyTorch, from the roles of its parts."""

    @abstractmethod
    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """As JSON: the "kind" of the rule, and what that needs; see `core.opened.wire.wire`."""


@dataclass(frozen=True)
class OneSource(Rule):
    """A rule that makes an array from one other.

    Attributes:
        array: what it makes.
        source: what it is made from.
    """

    array: str
    source: str

    @property
    def reads(self) -> tuple[str, ...]:
        """That one."""
        return (self.source,)


class Pointwise(OneSource):
    """Each number is made from the one at its place, "x"."""

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        """The number at the same place."""
        return (one("x", self.source, trace, index),)


class OfRow(OneSource):
    """Each number is made from its row, "row"."""

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        """The whole row."""
        return (row("row", self.source, trace, index),)


@dataclass(frozen=True)
class Opened:
    """A number with all that it is made of.

    Attributes:
        rule: how it comes about.
        cell: where it stands.
        value: read off the array.
        parts: what enters it.
        symbols: how arrays are written in formulas; see `Rules`.
        inner: the number that a function is applied to, where that stands nowhere on the page.
        computed: what would stand there if it were not set by hand; None: it is not.
    """

    rule: Rule
    cell: Cell
    value: float
    parts: tuple[Part, ...]
    symbols: Mapping[str, str]
    inner: Opened | None = None
    computed: float | None = None

    @property
    def total(self) -> float:
        """The number added up from its parts, in double precision."""
        return self.rule.total(self)

    def __getitem__(self, role: str) -> Tensor:
        """The numbers of a part, in double precision."""
        return self.part(role).values.double()

    def __contains__(self, role: str) -> bool:
        return any(part.role == role for part in self.parts)

    def part(self, role: str) -> Part:
        """The part that plays a role."""
        return next(part for part in self.parts if part.role == role)

    def number(self, role: str) -> float:
        """A part that is one number."""
        return float(self.part(role).values)

    @property
    def last(self) -> int:
        """Where the number stands in its row."""
        return self.cell.index[-1]


def one(role: str, array: str, trace: Trace, index: Index) -> Part:
    """A part that is a single number."""
    return Part(role, array, tuple(range(i, i + 1) for i in index), trace[array][index])


def row(role: str, array: str, trace: Trace, index: Index) -> Part:
    """A part that is a whole row: all of the last axis."""
    values = trace[array][index[:-1]]
    box = (*(range(i, i + 1) for i in index[:-1]), range(len(values)))
    return Part(role, array, box, values)


@dataclass(frozen=True, init=False)
class Rules:
    """The rules of a trace, and how its arrays are written in formulas.

    Args:
        rules: one for each array that is computed; all others are given.
        symbols: name -> LaTeX, the name itself by default; of a symbol that ends with "^" the
            first index stands above, counted from 1: a head.
        hidden: arrays that stand nowhere on the page: a number that is a function of one of them
            is opened through to what that is made of.
    """

    by_name: Mapping[str, Rule] = field(repr=False)
    symbols: Mapping[str, str]
    hidden: frozenset[str]

    def __init__(
        self, *rules: Rule, symbols: Mapping[str, str] | None = None, hidden: Sequence[str] = ()
    ) -> None:
        object.__setattr__(self, "by_name", {rule.array: rule for rule in rules})
        object.__setattr__(self, "symbols", symbols or {})
        object.__setattr__(self, "hidden", frozenset(hidden))

    def __getitem__(self, array: str) -> Rule:
        """The rule of an array."""
        return self.by_name[array]

    @torch.no_grad()
    def open(self, trace: Trace, cell: Cell, computed: float | None = None) -> Opened:
        """The arithmetic of one number.

        Args:
            trace: all arrays.
            cell: which number.
            computed: what would stand there if it were not set by hand.

        Raises:
            Refusal: there is no such number.
        """
        rule = self.by_name.get(cell.array)
        known = cell.array in trace
        shape = trace[cell.array].shape if known else ()
        fits = known and len(shape) == len(cell.index)
        if rule is None or not fits or not all(map(_inside, cell.index, shape)):
            raise Refusal(
                mark("There is no number {place} here."),
                place=f"{cell.array}[{', '.join(map(str, cell.index))}]",
            )
        parts = rule.parts(trace, cell.index)
        inner = None
        if parts and parts[0].array in self.hidden:
            inner = self.open(trace, Cell(parts[0].array, tuple(r.start for r in parts[0].box)))
        value = float(trace[cell.array][cell.index])
        return Opened(rule, cell, value, parts, self.symbols, inner, computed)

    def order(self, array: str) -> list[str]:
        """Every array that one hangs on and itself, in the order of computing."""
        found: dict[str, None] = {}
        begun: set[str] = set()

        def visit(name: str) -> None:
            if name not in begun:
                begun.add(name)
                for before in self.by_name[name].reads if name in self.by_name else ():
                    visit(before)
                found[name] = None

        visit(array)
        return list(found)


def _inside(at: int, size: int) -> bool:
    return type(at) is int and 0 <= at < size


def _slice(part: range) -> str:
    if len(part) == 1:
        return str(part.start)
    step = "" if part.step == 1 else f":{part.step}"
    return f"{part.start}:{part.stop}{step}"
