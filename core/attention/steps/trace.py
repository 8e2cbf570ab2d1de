"""Attention in steps, all of them stored: from embeddings to output, with anything overwritten.

Axes: n words that ask (queries), m words that are read (keys and values; the same words in
self-attention), H heads of d_h = 8 / H columns each. Source: Vaswani et al. 2017, section 3.2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor

from core.attention.blocks import causal, join, scaled_dot_product, split
from core.attention.steps.question import Cell, StepsQuestion
from core.attention.steps.words import PAD, WIDTH, embeddings, positions, projections

PER_HEAD = ("S", "scaled", "masked", "exp", "A", "heads")
"""Matrices of which each head has its own, with the head as the first axis."""
_NAMES = {"scores": "S", "weights": "A"}


@dataclass
class Steps:
    """Every matrix on the way, by name.

    E, P, X: embeddings, positions, their sum, of the words that ask (n, 8); EC, PC, C: of those
    that are read (m, 8). Wq, Wk, Wv, Wo: (8, 8). Q (n, 8), K and V (m, 8). For each head: S =
    Q K^T, scaled, masked, exp and A, the weights (H, n, m); heads = A V (H, n, d_h). Z: the heads
    beside each other (n, 8); O = Z Wo (n, 8).

    Attributes:
        question: what was asked.
        values: the matrices as they are used: with the numbers that were set by hand.
        unset: the matrices as they were computed, before those were written into them.
    """

    question: StepsQuestion
    values: dict[str, Tensor] = field(default_factory=dict)
    unset: dict[str, Tensor] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Tensor:
        """The matrix of that name."""
        return self.values[name]

    def at(self, cell: Cell) -> Tensor:
        """The number in a cell, a tensor without axes."""
        return self._of(self.values, cell)

    def computed(self, cell: Cell) -> Tensor:
        """What stood there before it was set by hand."""
        return self._of(self.unset, cell)

    def holds(self, cell: Cell) -> bool:
        """Whether there is such a cell."""
        if cell.matrix not in self.values:
            return False
        shape = self.values[cell.matrix].shape
        index = self.index(cell)
        return len(index) == len(shape) and all(
            i < size for i, size in zip(index, shape, strict=True)
        )

    def is_set(self, cell: Cell) -> bool:
        """Whether the number was set by hand on the page."""
        return any(self.index(edit) == self.index(cell) for edit in self.question.edits_of(cell))

    @staticmethod
    def index(cell: Cell) -> tuple[int, ...]:
        """Where a cell lies in its matrix."""
        place = (cell.row, cell.column)
        return (cell.head, *place) if cell.matrix in PER_HEAD else place

    def _of(self, values: Mapping[str, Tensor], cell: Cell) -> Tensor:
        return values[cell.matrix][self.index(cell)]

    def hook(self, name: str, value: Tensor) -> Tensor:
        """Keep a tensor of `scaled_dot_product` by the name that it has on the page."""
        return self.put(_NAMES.get(name, name), value)

    def put(self, name: str, value: Tensor) -> Tensor:
        """Keep a matrix, with the numbers that were set by hand in it.

        A number set in a row or column that is not there now waits until it is.
        """
        self.unset[name] = self.values[name] = value
        edits = [(cell, number) for cell, number in self.question.edits if cell.matrix == name]
        if edits:
            self.values[name] = value.clone()
            for cell, number in edits:
                if self.holds(cell):
                    self.values[name][self.index(cell)] = number
        return self.values[name]


def steps(question: StepsQuestion) -> Steps:
    """Compute every matrix on the way from the words to the output."""
    with torch.no_grad():
        run = Steps(question)
        by_hand, heads = question.numbers == "hand", question.heads
        x = _inputs(run, question.asking, "E", "P", "X")
        context = x
        if question.kind == "cross":
            context = _inputs(run, question.looked_at, "EC", "PC", "C")
        for name, weight in projections(by_hand=by_hand, seed=question.seed).items():
            run.put(name, weight)
        q = run.put("Q", x @ run["Wq"])  # (n, 8)
        k = run.put("K", context @ run["Wk"])  # (m, 8)
        v = run.put("V", context @ run["Wv"])  # (m, 8)
        q, k, v = (split(matrix, heads) for matrix in (q, k, v))  # (H, n or m, d_h)

        def softmax(masked: Tensor) -> Tensor:
            # The largest of a row is taken off first: e^x of anything else could overflow.
            below = masked - masked.amax(2, keepdim=True)  # (H, n, m)
            powers = run.put("exp", (below / question.temperature).exp())  # (H, n, m)
            return powers / powers.sum(2, keepdim=True)

        inner = scaled_dot_product(q, k, v, allowed(question), divisor(question), softmax, run.hook)
        z = run.put("Z", join(inner.heads))  # (n, 8)
        run.put("O", z @ run["Wo"])  # (n, 8)
    return run


def allowed(question: StepsQuestion) -> Tensor:
    """Where a word may look: bool (n, m), the mask of `F.scaled_dot_product_attention`."""
    n, m = len(question.asking), len(question.looked_at)
    if question.mask == "causal":
        return causal(n)
    if question.mask == "padding":
        return torch.tensor([word != PAD for word in question.looked_at]).expand(n, m)
    return torch.ones(n, m, dtype=torch.bool)


def divisor(question: StepsQuestion) -> float:
    """What the scores are divided by: the square root of d_h, or 1 where that is switched off."""
    return math.sqrt(WIDTH // question.heads) if question.scaled else 1.0


def _inputs(run: Steps, words: tuple[str, ...], e: str, p: str, x: str) -> Tensor:
    question = run.question
    rows = run.put(
        e, embeddings(words, by_hand=question.numbers == "hand", seed=question.seed)
    )  # (T, 8)
    if question.positions:
        rows = rows + run.put(p, positions(len(words)))
    return run.put(x, rows)
