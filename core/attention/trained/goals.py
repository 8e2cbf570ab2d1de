"""Goals of the page that cuts connections of a trained network."""

from __future__ import annotations

from typing import Any

from core.attention.trained.question import ReferentQuestion
from core.goals import Goal
from core.schema import mark

HEADS = 4
"""Heads that are switched off, at least."""
KEPT = 0.9
"""What the answer then still has, at least."""


def _before(answer: Any) -> Any:
    return max(answer["words"], key=lambda word: word["before"])


def one_cut(question: ReferentQuestion, answer: Any) -> bool:
    """One connection between two words is cut, and the answer is another."""
    said = answer["answer"]
    if said is None or len(question.cuts) != 1:
        return False
    (cut,) = question.cuts
    between = cut.source is not None and cut.target is not None
    return between and bool(said["top"] != _before(said)["word"])


def without_heads(question: ReferentQuestion, answer: Any) -> bool:
    """Whole heads are switched off, and the answer stays what it was."""
    said = answer["answer"]
    heads = {
        (cut.layer, cut.head)
        for cut in question.cuts
        if None not in (cut.layer, cut.head) and cut.source is None and cut.target is None
    }
    if said is None or len(heads) < HEADS:
        return False
    before = _before(said)
    return bool(before["before"] >= KEPT and before["after"] >= KEPT)


ONE_CUT = Goal(
    "one-cut",
    mark("Another answer, after one single connection between two words is cut."),
    mark("A connection in one head alone is not enough: what it carries comes by other heads as "
         "well. Cut it in all of them."),
    one_cut,
)  # fmt: skip
WITHOUT_HEADS = Goal(
    "without-heads",
    mark("At least {heads} heads switched off, and an answer that keeps at least {share:.0%}."),
    mark("Switch off one head at a time, and watch how far the answer falls. Most of them are not "
         "missed."),
    without_heads,
    {"heads": HEADS, "share": KEPT},
)  # fmt: skip
GOALS = (ONE_CUT, WITHOUT_HEADS)
