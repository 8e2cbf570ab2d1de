r"""The rule of whole numbers: how many weights a layer has, how large its output is.

>>> import torch
>>> from core.opened import Cell, Count, Rules, latex
>>> sizes = {"inputs": torch.tensor(784), "units": torch.tensor(10), "all": torch.tensor(7850)}
>>> shown = Rules(Count("all", "inputs * units + units")).open(sizes, Cell("all", ()))
>>> shown.total, shown.rule.fields(shown, 8, 0)["text"]
(7850.0, '784·10 + 10')
>>> print(latex(shown))
\text{all} = \text{inputs} \cdot \text{units} + \text{units} = 784 \cdot 10 + 10 = 7{,}850
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.opened.parts import Index, Opened, Part, Rule, Trace, Wire, one

Written = Mapping[type[ast.operator], str]
TEXT: Written = {
    ast.Add: "{} + {}",
    ast.Sub: "{} − {}",
    ast.Mult: "{}·{}",
    ast.FloorDiv: "⌊{} / {}⌋",
}
LATEX: Written = {
    ast.Add: "{} + {}",
    ast.Sub: "{} - {}",
    ast.Mult: r"{} \cdot {}",
    ast.FloorDiv: r"\left\lfloor \frac{{{}}}{{{}}} \right\rfloor",
}
_WIDE = 80
"""Letters of a formula on one line of a program."""
_VALUE: Mapping[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.FloorDiv: lambda a, b: a // b,
}


@dataclass(frozen=True)
class Count(Rule):
    """A whole number that follows from others, each array a single one, int64.

    Attributes:
        array: what it makes.
        formula: in Python, from the names of the arrays: +, -, *, // and constants.
    """

    array: str
    formula: str

    @property
    def tree(self) -> ast.expr:
        """The formula, read."""
        return _read(self.formula)

    @property
    def reads(self) -> tuple[str, ...]:
        found = [node for node in ast.walk(self.tree) if isinstance(node, ast.Name)]
        return tuple(dict.fromkeys(node.id for node in sorted(found, key=lambda n: n.col_offset)))

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        return tuple(one(name, name, trace, index) for name in self.reads)

    def total(self, shown: Opened) -> float:
        return float(_computed(self.tree, {name: int(shown.number(name)) for name in self.reads}))

    def statement(self, trace: Trace) -> str:
        return self.formula

    def expression(self, shown: Opened) -> str:
        if len(self.formula) <= _WIDE:
            return self.formula
        return f"(\n{textwrap.indent(textwrap.fill(self.formula, _WIDE), '    ')}\n)"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: "text", the formula with this state's numbers."""
        return {"kind": "count", "text": self.written(TEXT, lambda x: f"{int(shown.number(x)):,}")}

    def written(self, signs: Written, name: Callable[[str], str]) -> str:
        """The formula as a text; `name` writes what an array stands for."""
        return _written(self.tree, signs, name)


@lru_cache(maxsize=512)
def _read(formula: str) -> ast.expr:
    return ast.parse(formula, mode="eval").body


def _computed(node: ast.expr, values: Mapping[str, int]) -> int:
    match node:
        case ast.Name(id=name):
            return values[name]
        case ast.Constant(value=int(value)):
            return value
        case ast.BinOp(left=left, op=op, right=right):
            return _VALUE[type(op)](_computed(left, values), _computed(right, values))
    raise ValueError(f"A count has no {ast.unparse(node)}.")


def _written(node: ast.expr, signs: Written, name: Callable[[str], str]) -> str:
    match node:
        case ast.Name(id=array):
            return name(array)
        case ast.BinOp(left=left, op=op, right=right):
            sides = [_written(side, signs, name) for side in (left, right)]
            for at, side in enumerate((left, right)):
                if _bracketed(op, side, signs):
                    sides[at] = f"({sides[at]})"
            return signs[type(op)].format(*sides)
    return ast.unparse(node)


def _bracketed(op: ast.operator, side: ast.expr, signs: Written) -> bool:
    """Whether a sum stands in a product, or before the slash of a division on one line."""
    if not isinstance(side, ast.BinOp) or not isinstance(side.op, ast.Add | ast.Sub):
        return False
    return isinstance(op, ast.Mult) or (isinstance(op, ast.FloorDiv) and signs is TEXT)
