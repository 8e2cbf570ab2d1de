"""A number as PyTorch that prints it: from what enters it alone, or all the way from the input."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from core.opened.functions import Activation, Scale, Standard, Sum
from core.opened.parts import Index, Opened, Rules, Trace
from core.opened.rules import Given

_HEAD = ["", "import torch"]
_FUNCTIONAL = "from torch.nn import functional as F"
_PLAIN = (Given, Sum, Scale, Standard, Activation)
"""Rules whose arithmetic is the statement itself: by hand they would be written twice."""
_WIDE = 100


def program(shown: Opened, note: str = "") -> str:
    """A program that computes the number from what enters it; it needs nothing but PyTorch.

    Args:
        shown: the number.
        note: said in the first line beside its place.
    """
    expression = shown.rule.expression(shown)
    lines = [_title(shown, note), *_HEAD]
    if "F." in expression or (shown.inner and "F." in shown.inner.rule.expression(shown.inner)):
        lines.append(_FUNCTIONAL)
    lines.append("")
    if shown.computed is not None:
        return "\n".join([*lines, f"print({digits(shown.value)})  # set by hand", ""])
    if shown.inner is not None:
        lines += [*_bound(shown.inner), f"x = {shown.inner.rule.expression(shown.inner)}"]
    else:
        lines += _bound(shown)
    lines += ["", f"value = {expression}", f"print(value.item())  # {shown.value:.6f}"]
    return "\n".join(lines) + "\n"


def whole_program(
    rules: Rules,
    trace: Trace,
    shown: Opened,
    *,
    imports: Sequence[str] = (),
    given: Mapping[str, Sequence[str]] | None = None,
    edits: Mapping[str, Sequence[tuple[Index, float]]] | None = None,
    note: str = "",
    through: str = "",
    closing: Sequence[str] = (),
) -> str:
    """A program that computes every array on the way and prints the number.

    Args:
        rules: of the trace.
        trace: all arrays.
        shown: the number.
        imports: lines below `import torch`.
        given: lines that make an array that no rule makes; the array is written out without them.
            An array whose name is an expression, such as "model.fc.weight", is taken as it stands.
        edits: numbers that are set by hand, by array.
        note: said in the first line beside its place.
        through: an array that is computed too, with all on the way to it.
        closing: lines at the end.
    """
    body: list[str] = []
    way = [*(rules.order(through) if through else ()), *rules.order(shown.cell.array)]
    for name in dict.fromkeys(way):
        if name in (given or {}):
            body += (given or {})[name]
        elif name in rules.by_name and not isinstance(rules[name], Given):
            shape = tuple(trace[name].shape)
            made = rules[name].statement(trace)
            # what is set by hand in a copy is not set in what was copied
            copy = ".clone()" if made.isidentifier() and name in (edits or {}) else ""
            body.append(f"{name} = {made}{copy}  # {shape}")
        elif "." not in name:
            body += literal(name, trace[name])
        body += [
            f"{name}[{', '.join(map(str, index))}] = {value!r}  # set by hand"
            for index, value in (edits or {}).get(name, ())
        ]
    body += [f"print({_place(shown)}.item())  # {shown.value:.6f}"]
    hand = shown.inner or shown
    if not isinstance(hand.rule, _PLAIN) and shown.computed is None and _sliced(hand):
        body += ["# the same by hand, from what enters this one number"]
        body += [f"{part.role} = {part.slices}" for part in hand.parts if part.array]
        value = hand.rule.expression(hand)
        if shown.inner is not None:
            body.append(f"x = {value}")
            value = shown.rule.expression(shown)
        body.append(f"print(({value}).item())")
    body += closing
    torch_imports = [_FUNCTIONAL] if any("F." in line for line in body) else []
    lines = [_title(shown, note), *_HEAD, *torch_imports, *imports, ""]
    indented = [f"    {line}" if line else "" for line in body]
    return "\n".join([*lines, "with torch.no_grad():", *indented]) + "\n"


def digits(value: float, double: bool = False) -> str:
    """The shortest digits that give the same float32, or the same double."""
    if math.isinf(value):
        return "torch.inf" if value > 0 else "-torch.inf"
    text = repr(value) if double else str(float(np.format_float_scientific(np.float32(value))))
    return "torch.nan" if text == "nan" else text


def _title(shown: Opened, note: str) -> str:
    return f'"""{_place(shown)}{f". {note}" if note else ""}"""'


def _place(shown: Opened) -> str:
    """The number in PyTorch: "Q[3, 1]"; of an array that is one number its name."""
    at = ", ".join(map(str, shown.cell.index))
    return f"{shown.cell.array}[{at}]" if at else shown.cell.array


def _bound(shown: Opened) -> list[str]:
    """The parts as tensors with their numbers."""
    found: list[str] = []
    for part in shown.parts:
        if part.array:
            # what is computed on the way is double here, and single in the model
            values = part.values.float() if part.code else part.values
            found += literal(part.role, values, part.slices if part.box else part.array)
    return found


def _sliced(shown: Opened) -> bool:
    """Whether each part can be cut out of its array as it enters."""
    return all(
        part.code or part.values.numel() == math.prod(map(len, part.box))
        for part in shown.parts
        if part.array
    )


def literal(name: str, values: Tensor, note: str = "") -> list[str]:
    """A tensor with its numbers in the digits of float32, in lines of at most a hundred columns.

    >>> literal("bias", torch.tensor([0.5, -1.0]), "of each filter")
    ['bias = torch.tensor([0.5, -1.0])  # of each filter']
    """
    comment = f"  # {note}" if note else ""
    if values.dtype in (torch.bool, torch.int64):
        return [f"{name} = torch.tensor({values.tolist()}){comment}"]
    double = values.dtype == torch.float64
    of_type = ", dtype=torch.float64" if double else ""
    if values.dim() < 2:
        text = digits(float(values), double) if values.dim() == 0 else f"[{_row(values)}]"
        line = f"{name} = torch.tensor({text}{of_type}){comment}"
        if len(line) <= _WIDE or values.dim() == 0:
            return [line]
        return [f"{name} = torch.tensor([{comment}", *_folded(values, "    "), f"]{of_type})"]
    return [f"{name} = torch.tensor([{comment}", *_nested(values, "    "), f"]{of_type})"]


def _nested(values: Tensor, indent: str) -> list[str]:
    found: list[str] = []
    for part in values:
        line = f"{indent}[{_row(part)}]," if part.dim() == 1 else ""
        if line and len(line) <= _WIDE:
            found.append(line)
        else:
            inner = indent + "    "
            rows = _folded(part, inner) if part.dim() == 1 else _nested(part, inner)
            found += [f"{indent}[", *rows, f"{indent}],"]
    return found


def _row(values: Tensor) -> str:
    return ", ".join(digits(value, values.dtype == torch.float64) for value in values.tolist())


def _folded(values: Tensor, indent: str) -> list[str]:
    found, line = [], indent
    for value in values.tolist():
        text = f"{digits(value, values.dtype == torch.float64)}, "
        if len(line) + len(text) > _WIDE and line.strip():
            found.append(line.rstrip())
            line = indent
        line += text
    return [*found, line.rstrip()]
