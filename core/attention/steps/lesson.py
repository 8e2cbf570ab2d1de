"""What the questions on the page ask about: other settings of the same sentence, computed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.attention.steps.answer import shown_head
from core.attention.steps.question import Cell, StepsQuestion, write_edits
from core.attention.steps.rules import fitting
from core.attention.steps.trace import Steps, steps
from core.attention.steps.words import WIDTH

_ROWS = ("E", "X", "Q", "S", "scaled", "masked", "exp", "A", "Z", "O")
_COLUMNS = ("S", "scaled", "masked", "exp", "A")


@dataclass(frozen=True)
class Facts:
    """Answers to the questions, for the word that asks.

    Attributes:
        word: the word that asks.
        largest: its largest weight.
        largest_other_scale: the same with the division by the root of d switched over.
        other_scale: "more", "less" or "same": how that one compares.
        order_gap: how far a weight of this word moves when all words stand in reverse order.
        order_free: whether that is nothing.
        products: products in one score.
    """

    word: str
    largest: float
    largest_other_scale: float
    other_scale: str
    order_gap: float
    order_free: bool
    products: int


def weight_place(run: Steps, place: Cell) -> tuple[int, int]:
    """Row and column of the weights that belong to a number: who asks, and the best answer."""
    row = place.row if place.matrix in _ROWS else 0
    best = int(run["A"][shown_head(run.question), row].argmax())
    return row, place.column if place.matrix in _COLUMNS else best


def about(question: StepsQuestion) -> str:
    """The state that the questions ask about, as a text."""
    plain = replace(question, edits=())
    return f"{plain} {write_edits(question.edits)}"


def facts(question: StepsQuestion) -> Facts:
    """Compute the answers; numbers set by hand are left out, since other words stand there."""
    plain = replace(question, edits=())
    run = steps(plain)
    place = fitting(run, question.place)
    row, head = weight_place(run, place)[0], shown_head(plain)
    weights = run["A"][head, row]
    largest = float(weights.max())
    other = float(steps(replace(plain, scaled=not plain.scaled))["A"][head, row].max())
    turned = replace(plain, words=plain.words[::-1], context=plain.context[::-1])
    n = len(plain.words)
    there = steps(turned)["A"][head, n - 1 - row if row < n else row]
    m = len(plain.words if plain.kind == "self" else plain.context)
    gap = float((there[:m].flip(0) - weights[:m]).abs().max())
    return Facts(
        plain.asking[row],
        largest,
        other,
        "same" if abs(other - largest) < 1e-6 else "more" if other > largest else "less",
        gap,
        gap < 1e-5,
        WIDTH // plain.heads,
    )
