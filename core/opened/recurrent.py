"""Rules of recurrent cells: a gate's sum, and a state that is put together from gates.

Arrays have a row for each time step, (T, H); what was there before the first step is zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from core.opened.functions import FUNCTIONS
from core.opened.parts import Index, Opened, Part, Rule, Trace, Wire, one, row
from core.opened.wire import largest


@dataclass(frozen=True)
class Recurrence(Rule):
    """A gate: f(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh), in torch's layout of weights.

    Attributes:
        array: (T, H).
        x: (T, I), what the cell reads.
        h: (T, H), what it gave; the step before counts.
        w_ih, w_hh, b_ih, b_hh: with the blocks of all gates below each other.
        block: which of these blocks is the gate's.
        function: one of `FUNCTIONS`.
        reset: a gate that multiplies what comes from h, as in the GRU's candidate.
    """

    array: str
    x: str
    h: str
    w_ih: str
    w_hh: str
    b_ih: str
    b_hh: str
    block: int
    function: str
    reset: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        reset = (self.reset,) if self.reset else ()
        return (self.x, self.h, self.w_ih, self.w_hh, self.b_ih, self.b_hh, *reset)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        time, unit = index
        line = self.block * trace[self.h].shape[1] + unit
        found = [
            row("x", self.x, trace, (time, 0)),
            _before_row("h", self.h, trace, time),
            row("w_ih", self.w_ih, trace, (line, 0)),
            row("w_hh", self.w_hh, trace, (line, 0)),
            one("b_ih", self.b_ih, trace, (line,)),
            one("b_hh", self.b_hh, trace, (line,)),
        ]
        if self.reset:
            found.append(one("reset", self.reset, trace, index))
        return tuple(found)

    def before(self, shown: Opened) -> float:
        """The sum, before the function."""
        past = float(shown["h"] @ shown["w_hh"]) + shown.number("b_hh")
        past *= shown.number("reset") if self.reset else 1.0
        return float(shown["x"] @ shown["w_ih"]) + shown.number("b_ih") + past

    def total(self, shown: Opened) -> float:
        before = torch.tensor(self.before(shown), dtype=torch.float64)
        return float(FUNCTIONS[self.function][0](before))

    def statement(self, trace: Trace) -> str:
        size = trace[self.h].shape[1]
        rows = f"[{self.block * size}:{(self.block + 1) * size}]"
        past = f"F.linear(F.pad({self.h}[:-1], (0, 0, 1, 0)), {self.w_hh}{rows}, {self.b_hh}{rows})"
        past = f"{self.reset} * {past}" if self.reset else past
        now = f"F.linear({self.x}, {self.w_ih}{rows}, {self.b_ih}{rows})"
        return FUNCTIONS[self.function][1].format(f"{now} + {past}")

    def expression(self, shown: Opened) -> str:
        past = "reset * (h @ w_hh + b_hh)" if self.reset else "h @ w_hh + b_hh"
        return FUNCTIONS[self.function][1].format(f"x @ w_ih + b_ih + {past}")

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: sums "x" and "h" as in `largest`; "b_ih", "b_hh", "reset", "before", "function".

        "reset" is null where no reset gate stands before what comes from h; "before" is the sum
        that goes through the function.
        """
        return {
            "kind": "recurrence",
            "x": largest(shown.part("x"), shown.part("w_ih"), top, whole),
            "h": largest(shown.part("h"), shown.part("w_hh"), top, whole),
            "b_ih": shown.number("b_ih"),
            "b_hh": shown.number("b_hh"),
            "reset": shown.number("reset") if self.reset else None,
            "before": self.before(shown),
            "function": self.function,
        }


@dataclass(frozen=True)
class Factor:
    """A number that is multiplied.

    Attributes:
        array: where it comes from.
        function: "", "tanh" or "one minus".
        before: whether the step before counts; 0 before the first one.
    """

    array: str
    function: str = ""
    before: bool = False

    @property
    def role(self) -> str:
        """Its name in a program."""
        name = {"tanh": "tanh_", "one minus": "one_minus_"}.get(self.function, "") + self.array
        return name + ("_before" if self.before else "")


@dataclass(frozen=True)
class Gate(Rule):
    """Products of numbers at the same place, added up: a cell state, a hidden state, a gradient."""

    array: str
    products: tuple[tuple[Factor, ...], ...]

    @property
    def reads(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f.array for product in self.products for f in product))

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        found: dict[str, Part] = {}
        for product in self.products:
            for factor in product:
                found[factor.role] = _factor(factor, trace, index)
        return tuple(found.values())

    def product(self, shown: Opened, factors: tuple[Factor, ...]) -> float:
        """One of the products, in double precision."""
        return math.prod(shown.number(factor.role) for factor in factors)

    def total(self, shown: Opened) -> float:
        return sum(self.product(shown, factors) for factors in self.products)

    def statement(self, trace: Trace) -> str:
        return " + ".join(
            " * ".join(_written(factor) for factor in factors) for factors in self.products
        )

    def expression(self, shown: Opened) -> str:
        return " + ".join(" * ".join(f.role for f in factors) for factors in self.products)

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "products" [{"factors": [{"array", "function", "before", "value"}], "value"}]."""
        return {
            "kind": "gate",
            "products": [
                {
                    "factors": [{**vars(f), "value": shown.number(f.role)} for f in factors],
                    "value": self.product(shown, factors),
                }
                for factors in self.products
            ],
        }


def _factor(factor: Factor, trace: Trace, index: Index) -> Part:
    time, *rest = index
    if factor.before:
        if not time:
            box = (range(0), *(range(at, at + 1) for at in rest))
            return Part(factor.role, factor.array, box, torch.zeros(()), "torch.zeros(())")
        index = (time - 1, *rest)
    part = one(factor.role, factor.array, trace, index)
    if not factor.function:
        return part
    values = 1.0 - part.values if factor.function == "one minus" else part.values.double().tanh()
    code = f"1 - {part.slices}" if factor.function == "one minus" else f"{part.slices}.tanh()"
    return Part(part.role, part.array, part.box, values, code)


def _written(factor: Factor) -> str:
    text = factor.array
    if factor.before:
        text = f"F.pad({text}[:-1], (0, 0, 1, 0))"
    return {"tanh": f"{text}.tanh()", "one minus": f"(1 - {text})"}.get(factor.function, text)


def _before_row(role: str, array: str, trace: Trace, time: int) -> Part:
    if time:
        return row(role, array, trace, (time - 1, 0))
    size = trace[array].shape[1]
    return Part(role, array, (range(0), range(size)), torch.zeros(size), f"torch.zeros({size})")
