"""The arithmetic of one number on the way: what it is made of, and where that stands.

Axes: k runs over what is added up, columns or words.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import torch
from torch import Tensor

from core.attention.steps.question import Cell
from core.attention.steps.trace import Steps, allowed, divisor
from core.attention.steps.words import PAD, WIDTH, is_set_by_hand

Kind = Literal[
    "embedding", "position", "weight", "same", "sum", "dot", "scale", "mask", "exp", "softmax"
]

PRODUCTS = {
    "Q": ("X", "Wq"),
    "K": ("C", "Wk"),
    "V": ("C", "Wv"),
    "S": ("Q", "K"),
    "Z": ("A", "V"),
    "O": ("Z", "Wo"),
}
"""What is multiplied with what; in self-attention C is X."""


@dataclass(frozen=True)
class Box:
    """A part of a matrix: rows from top to before bottom, columns from left to before right."""

    matrix: str
    head: int
    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Working:
    """How one number comes about.

    Attributes:
        cell: which number.
        value: the number as it is used; minus infinity where it is masked.
        kind: which arithmetic.
        origin: "hand" or "random" for an embedding or a weight, "pad" for padding.
        terms: of a sum: (left, right, product) for each k; for "softmax" (masked score, e to the
            power, 0) for each word; for others the numbers that enter, as the first one.
        total: for "softmax" the sum of the powers; for "scale" the divisor; for "exp" the largest
            of the row; for "position" the angle.
        computed: what would stand there if it were not set by hand on the page, else None.
        sources: what it is made of.
    """

    cell: Cell
    value: float
    kind: Kind
    origin: str = ""
    terms: tuple[tuple[float, float, float], ...] = ()
    total: float = 0.0
    computed: float | None = None
    sources: tuple[Box, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same in plain lists and numbers."""
        return asdict(self)


def fitting(run: Steps, cell: Cell) -> Cell:
    """The cell, or the nearest one that this run has: another sentence has fewer words."""
    name = cell.matrix
    if name not in run.values:
        name = {"EC": "E", "PC": "E", "C": "X", "P": "X"}[name]
    *_, rows, columns = run[name].shape
    heads = run.question.heads
    return Cell(
        name,
        min(cell.head, heads - 1),
        min(cell.row, rows - 1),
        min(cell.column, columns - 1),
    )


def working(run: Steps, cell: Cell) -> Working:
    """The arithmetic of a number of this run.

    Raises:
        ValueError: this run has no such number.
    """
    if not run.holds(cell):
        raise ValueError("This sentence has no such number.")
    found = _product(run, cell) if cell.matrix in PRODUCTS else _other(run, cell)
    return Working(
        cell,
        float(run.at(cell)),
        computed=float(run.computed(cell)) if run.is_set(cell) else None,
        **found,
    )


def _product(run: Steps, cell: Cell) -> dict[str, Any]:
    left, right = PRODUCTS[cell.matrix]
    if run.question.kind == "self":
        left = "X" if left == "C" else left
    width = WIDTH // run.question.heads
    row, column = cell.row, cell.column
    if cell.matrix == "S":
        first, last = cell.head * width, (cell.head + 1) * width
        a, b = run[left][row, first:last], run[right][column, first:last]
        boxes = (
            Box(left, 0, row, row + 1, first, last),
            Box(right, 0, column, column + 1, first, last),
        )
    elif cell.matrix == "Z":
        head = column // width
        a, b = run["A"][head, row], run["V"][:, column]
        boxes = (
            Box("A", head, row, row + 1, 0, len(a)),
            Box("V", 0, 0, len(b), column, column + 1),
        )
    else:
        a, b = run[left][row], run[right][:, column]
        boxes = (
            Box(left, 0, row, row + 1, 0, len(a)),
            Box(right, 0, 0, len(b), column, column + 1),
        )
    return {"kind": "dot", "terms": _terms(a, b, a * b), "sources": boxes}


def _other(run: Steps, cell: Cell) -> dict[str, Any]:
    question, name, head = run.question, cell.matrix, cell.head
    row, column = cell.row, cell.column

    def here(matrix: str) -> Box:
        return Box(matrix, head, row, row + 1, column, column + 1)

    if name in ("E", "EC"):
        word = (question.asking if name == "E" else question.looked_at)[row]
        hand = question.numbers == "hand" and is_set_by_hand(word)
        return {
            "kind": "embedding",
            "origin": "pad" if word == PAD else "hand" if hand else "random",
        }
    if name in ("P", "PC"):
        return {"kind": "position", "total": row / 10_000 ** (column // 2 * 2 / WIDTH)}
    if name in ("X", "C"):
        e, p = ("E", "P") if name == "X" else ("EC", "PC")
        if not question.positions:
            return {"kind": "same", "terms": _terms(run[e][row, column]), "sources": (here(e),)}
        return {
            "kind": "sum",
            "terms": _terms(torch.stack((run[e][row, column], run[p][row, column]))),
            "sources": (here(e), here(p)),
        }
    if name == "scaled":
        return {
            "kind": "scale",
            "terms": _terms(run["S"][head, row, column]),
            "total": divisor(question),
            "sources": (here("S"),),
        }
    if name == "masked":
        return {
            "kind": "mask",
            "terms": _terms(run["scaled"][head, row, column]),
            "total": float(allowed(question)[row, column]),
            "sources": (here("scaled"),),
        }
    if name == "exp":
        return {
            "kind": "exp",
            "terms": _terms(run["masked"][head, row, column]),
            "total": float(run["masked"][head, row].max()),
            "sources": (here("masked"),),
        }
    if name == "A":
        powers = run["exp"][head, row]
        return {
            "kind": "softmax",
            "terms": _terms(run["masked"][head, row], powers),
            "total": float(powers.sum()),
            "sources": (
                Box("exp", head, row, row + 1, 0, len(powers)),
                Box("masked", head, row, row + 1, 0, len(powers)),
            ),
        }
    return {"kind": "weight", "origin": question.numbers}


def _terms(*columns: Tensor) -> tuple[tuple[float, float, float], ...]:
    """Up to three tensors of one length side by side, with zeros for those that are not given."""
    rows = [column.reshape(-1).tolist() for column in columns]
    rows += [[0.0] * len(rows[0])] * (3 - len(rows))
    return tuple((a, b, c) for a, b, c in zip(*rows, strict=True))
