"""How every number of the way comes about, for `core.opened`."""

from __future__ import annotations

from dataclasses import replace

from core import opened
from core.attention.steps.question import Cell, StepsQuestion
from core.attention.steps.trace import Steps, allowed
from core.attention.steps.words import PAD, WIDTH, is_set_by_hand
from core.opened import (
    Dot,
    Exponential,
    Given,
    Mask,
    Opened,
    Position,
    Rule,
    Rules,
    Scale,
    Softmax,
    Sum,
    Trace,
)

SYMBOLS = {
    "EC": "E'",
    "PC": "P'",
    "Wq": "W_q",
    "Wk": "W_k",
    "Wv": "W_v",
    "Wo": "W_o",
    "S": "S^",
    "scaled": r"\tilde S^",
    "masked": "M^",
    "exp": r"\mathcal{E}^",
    "A": "A^",
}
"""How matrices are written in formulas, where not by their name."""


def rules(question: StepsQuestion) -> Rules:
    """The rules of the matrices of `Steps`."""
    made: list[Rule] = [
        Given(name, question.numbers) for name in ("E", "EC", "Wq", "Wk", "Wv", "Wo")
    ]
    for e, p, x in (("E", "P", "X"), ("EC", "PC", "C")):
        made.append(Position(p, WIDTH))
        made.append(Sum(x, (e, p) if question.positions else (e,)))
    source = "C" if question.kind == "cross" else "X"
    temperature = question.temperature
    made += [
        Dot("Q", "i k, k j -> i j", "X", "Wq"),
        Dot("K", "i k, k j -> i j", source, "Wk"),
        Dot("V", "i k, k j -> i j", source, "Wv"),
        Dot("S", "i (h k), j (h k) -> h i j", "Q", "K"),
        Scale("scaled", "S", root=WIDTH // question.heads if question.scaled else 1),
        Mask("masked", "scaled", "allowed"),
        Exponential("exp", "masked", temperature),
        Softmax("A", "masked", temperature, powers="exp"),
        Dot("Z", "h i j, j (h k) -> i (h k)", "A", "V"),
        Dot("O", "i k, k j -> i j", "Z", "Wo"),
    ]
    return Rules(*made, symbols=SYMBOLS)


def arrays(run: Steps) -> Trace:
    """The matrices of a run, and where a word may look."""
    return {**run.values, "allowed": allowed(run.question)}


def open_number(run: Steps, cell: Cell) -> Opened:
    """The arithmetic of a number of this run.

    Raises:
        ValueError: this run has no such number.
    """
    question = run.question
    place = opened.Cell(cell.matrix, run.index(cell))
    computed = float(run.computed(cell)) if run.holds(cell) and run.is_set(cell) else None
    number = rules(question).open(arrays(run), place, computed)
    if cell.matrix not in ("E", "EC"):
        return number
    word = (question.asking if cell.matrix == "E" else question.looked_at)[cell.row]
    by_hand = question.numbers == "hand" and is_set_by_hand(word)
    origin = "pad" if word == PAD else "hand" if by_hand else "random"
    return replace(number, rule=Given(cell.matrix, origin))


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
