"""One number on the way as a formula, and the whole way as PyTorch that runs on its own."""

from __future__ import annotations

import math

import numpy as np
from torch import Tensor

from core.attention.steps.question import Cell, Question
from core.attention.steps.trace import PER_HEAD, Steps, allowed
from core.attention.steps.working import Working

SHOWN = 3
"""Terms of a sum that are written out; the others are dots."""

WHOLE = (
    r"\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\left("
    r"\frac{Q K^\top}{\sqrt{d_h}} + \mathrm{mask}\right) V, \quad "
    r"Q = X W_q,\ K = C W_k,\ V = C W_v, \quad "
    r"O = [\,\mathrm{head}_1 \cdots \mathrm{head}_H\,]\, W_o"
)
"""The way in one formula; in self-attention C is X."""

SYMBOLS = {
    "E": "E",
    "P": "P",
    "X": "X",
    "EC": "E'",
    "PC": "P'",
    "C": "C",
    "Wq": "W_q",
    "Wk": "W_k",
    "Wv": "W_v",
    "Wo": "W_o",
    "Q": "Q",
    "K": "K",
    "V": "V",
    "S": "S",
    "scaled": r"\tilde S",
    "masked": "M",
    "exp": r"\mathcal{E}",
    "A": "A",
    "Z": "Z",
    "O": "O",
}


def latex(shown: Working, question: Question) -> str:
    """The formula of one number, with the numbers of this state."""
    cell, result = shown.cell, _number(shown.value)
    i, j = cell.row, cell.column
    name = _entry(cell)
    if shown.computed is not None:
        return rf"{name} := {result} \quad (\text{{computed: }} {_number(shown.computed)})"
    first = shown.terms[0][0] if shown.terms else 0.0
    match shown.kind:
        case "dot":
            return _dot(shown, name, result)
        case "sum":
            p = shown.terms[1][0]
            return rf"{name} = {_number(first)} {_signed(p)} = {result}"
        case "scale":
            root = rf"\sqrt{{d_h}} = \sqrt{{{8 // question.heads}}}"
            below = root if question.scaled else "1"
            return (
                rf"{name} = \frac{{{_entry(shown.cell, 'S')}}}{{{below}}} = "
                rf"\frac{{{_number(first)}}}{{{_number(shown.total)}}} = {result}"
            )
        case "mask":
            mask = "0" if shown.total else r"(-\infty)"
            return rf"{name} = {_number(first)} + {mask} = {result}"
        case "exp":
            return (
                rf"{name} = e^{{({_entry(cell, 'masked')} - \max_k M_{{{i},k}})/T}} = "
                rf"e^{{({_number(first)} - {_wrapped(shown.total)})/{question.temperature:g}}} "
                rf"= {result}"
            )
        case "softmax":
            power = shown.terms[j][1]
            return (
                rf"{name} = \frac{{e^{{M_{{{i},{j}}}/T}}}}{{\sum_k e^{{M_{{{i},k}}/T}}}} = "
                rf"\frac{{{_number(power)}}}{{{_number(shown.total)}}} = {result}"
            )
        case "position":
            wave = r"\cos" if j % 2 else r"\sin"
            return (
                rf"{name} = {wave}\left(\frac{{{i}}}{{10000^{{{j // 2 * 2}/8}}}}\right) = "
                rf"{wave}({_number(shown.total)}) = {result}"
            )
        case _:
            return rf"{name} = {result}"


def _dot(shown: Working, name: str, result: str) -> str:
    cell = shown.cell
    i, j = cell.row, cell.column
    left, right = shown.sources
    a = SYMBOLS[left.matrix] + (rf"^{{({left.head + 1})}}" if left.matrix == "A" else "")
    b = SYMBOLS[right.matrix]
    second = rf"{b}_{{{j},k}}" if cell.matrix == "S" else rf"{b}_{{k,{j}}}"
    first, last = left.left, left.right - 1
    written = [rf"{_number(x)} \cdot {_wrapped(y)}" for x, y, _ in shown.terms[:SHOWN]]
    if len(shown.terms) > SHOWN:
        x, y, _ = shown.terms[-1]
        written += [r"\cdots"] * (len(shown.terms) > SHOWN + 1)
        written += [rf"{_number(x)} \cdot {_wrapped(y)}"]
    total = " + ".join(written)
    return rf"{name} = \sum_{{k={first}}}^{{{last}}} {a}_{{{i},k}}\, {second} = {total} = {result}"


def program(question: Question, run: Steps, cell: Cell) -> str:
    """A program that computes the same matrices from the same numbers, and prints one of them.

    It needs nothing but PyTorch, and checks itself against PyTorch's own attention.
    """
    d, heads = 8, question.heads
    cross = question.kind == "cross"
    masked = question.mask != "none"
    root = f"{d // heads} ** 0.5" if question.scaled else "1.0"
    lines = [
        f'"""{cell.matrix}, row {cell.row}, column {cell.column}: scaled dot-product attention."""',
        "",
        "import torch",
        "from torch.nn import functional as F",
        "",
        f"words = {list(question.asking)!r}",
        *([f"looked_at = {list(question.looked_at)!r}"] if cross else []),
        f"heads, temperature = {heads}, {question.temperature!r}",
        "",
        *_given("X", run["X"], "words"),
        *(_given("C", run["C"], "words that are looked at") if cross else ["C = X"]),
    ]
    for name in ("Wq", "Wk", "Wv", "Wo"):
        lines += _given(name, run[name])
    lines += ["", "", "def split(matrix):  # (T, 8) -> (H, T, d_h)"]
    lines += ["    return matrix.unflatten(1, (heads, -1)).transpose(0, 1)", "", ""]
    edits = _Edits(question, run)
    for name, source in (("Q", "X"), ("K", "C"), ("V", "C")):
        lines += [f"{name} = {source} @ W{name.lower()}  # (T, 8)", *edits.of(name)]
    lines += ["S = split(Q) @ split(K).mT  # (H, n, m)", *edits.of("S")]
    lines += [f"scaled = S / {root}", *edits.of("scaled")]
    if masked:
        lines += [f"allowed = torch.tensor({_allowed(question)})  # (n, m)"]
        lines += ['masked = scaled.masked_fill(~allowed, float("-inf"))', *edits.of("masked")]
    else:
        lines += ["masked = scaled  # no mask", *edits.of("masked", copied=True)]
    lines += ["A = torch.softmax(masked / temperature, 2)  # rows sum to 1", *edits.of("A")]
    lines += ["Z = (A @ split(V)).transpose(0, 1).flatten(1)  # heads beside each other, (n, 8)"]
    lines += [*edits.of("Z"), "O = Z @ Wo  # (n, 8)", *edits.of("O"), ""]
    lines += _shown(cell, run)
    if not edits.between:
        scale = f"1 / (({root}) * temperature)"
        mask = ", attn_mask=allowed" if masked else ""
        lines += [
            "",
            "# the same in one call of PyTorch",
            "both = F.scaled_dot_product_attention(",
            f"    split(Q), split(K), split(V){mask}, scale={scale}",
            ")",
            "torch.testing.assert_close(both.transpose(0, 1).flatten(1), Z)",
        ]
    return "\n".join(lines) + "\n"


class _Edits:
    """Lines for the numbers that were set by hand on the way; those of X and W are in them."""

    def __init__(self, question: Question, run: Steps) -> None:
        self._edits = [edit for edit in question.edits if run.holds(edit[0])]

    @property
    def between(self) -> bool:
        """Whether the way is another one than PyTorch's own from queries to Z."""
        inside = ("S", "scaled", "masked", "A", "Z")
        return any(cell.matrix in inside for cell, _ in self._edits)

    def of(self, name: str, *, copied: bool = False) -> list[str]:
        lines = []
        for cell, number in self._edits:
            if cell.matrix == name:
                place = ", ".join(map(str, Steps.index(cell)))
                lines.append(f"{name}[{place}] = {number!r}  # set by hand")
        return [f"{name} = {name}.clone()", *lines] if lines and copied else lines


def _given(name: str, values: Tensor, rows: str = "8") -> list[str]:
    written = [f"    [{', '.join(map(_digits, row))}]," for row in values.numpy()]
    return [f"{name} = torch.tensor([  # ({rows}, 8)", *written, "])"]


def _allowed(question: Question) -> str:
    return str(allowed(question).tolist())


def _shown(cell: Cell, run: Steps) -> list[str]:
    name = cell.matrix
    value = float(run.at(cell))
    if name in ("E", "P", "EC", "PC"):  # the sum of both is what the program begins with
        name = "X" if name in ("E", "P") else "C"
        value = float(run[name][cell.row, cell.column])
    place = f"{cell.row}, {cell.column}"
    if name in PER_HEAD:
        place = f"{cell.head}, {place}"
    if name == "exp":
        row = f"masked[{cell.head}, {cell.row}]"
        return [
            f"powers = (({row} - {row}.max()) / temperature).exp()",
            f"print(powers[{cell.column}].item())  # {value:.6f}",
        ]
    return [f"print({name}[{place}].item())  # {value:.6f}"]


def _entry(cell: Cell, matrix: str = "") -> str:
    name = matrix or cell.matrix
    head = rf"^{{({cell.head + 1})}}" if name in PER_HEAD else ""
    return rf"{SYMBOLS[name]}{head}_{{{cell.row},{cell.column}}}"


def _digits(value: np.float32) -> str:
    """A float32 in as many digits as it needs."""
    return str(value)


def _number(value: float) -> str:
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    return f"{value + 0.0:.3f}"


def _wrapped(value: float) -> str:
    return f"({_number(value)})" if value < 0 else _number(value)


def _signed(value: float) -> str:
    return ("" if value < 0 else "+ ") + _number(value)
