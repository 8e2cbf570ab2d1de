"""What the page asks while a number is dragged, and the answer as JSON.

Matrices come row by row in full float32, so that what is read on the page is what is computed with;
minus infinity comes as null.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson
from torch import Tensor

from core.attention.steps import words as steps_words
from core.attention.steps.question import FIXED, StepsQuestion, example, read_words
from core.attention.steps.rules import fitting, open_number
from core.attention.steps.trace import PER_HEAD, steps
from core.opened import wire

MAX_BYTES = 256 * 1024
"""Longest question in bytes. Ten thousand words fit in, so that they get a sentence back."""

WHOLE = 12
"""Products of the longest sum on this page: all of them are shown."""


def answer(question: StepsQuestion) -> bytes:
    """Everything that the picture paints: all matrices, and the arithmetic of one number.

    Of the matrices that each head has one of, only those of the selected head are sent, and the
    weights of all.
    """
    run = steps(question)
    place = fitting(run, question.place)
    head_shown = shown_head(question.with_place(place))
    head: dict[str, Any] = {
        "words": question.asking,
        "looked_at": question.looked_at,
        "heads": question.heads,
        "shown": head_shown,
        "unknown": unknown(question),
        "matrices": {
            name: plain(value[head_shown] if name in PER_HEAD and name != "A" else value)
            for name, value in run.values.items()
            if name != "heads"
        },
        "set": [
            [cell.matrix, cell.head, cell.row, cell.column]
            for cell, _ in question.edits
            if run.holds(cell)
        ],
        "fixed": FIXED,
        "place": vars(place),
        "opened": wire(open_number(run, place), whole=WHOLE),
    }
    return orjson.dumps(head, option=orjson.OPT_SERIALIZE_NUMPY)


def shown_head(question: StepsQuestion) -> int:
    """The head that the selected number belongs to."""
    place, width = question.place, steps_words.WIDTH // question.heads
    if place.matrix in ("Q", "K", "V", "Z"):
        return min(place.column // width, question.heads - 1)
    return min(place.head, question.heads - 1)


def unknown(question: StepsQuestion) -> list[str]:
    """Words whose embeddings were drawn although all others were set by hand."""
    if question.numbers == "random":
        return []
    words = dict.fromkeys(question.asking + question.looked_at)
    return [word for word in words if not steps_words.is_set_by_hand(word)]


def plain(values: Tensor) -> Any:
    """A tensor for orjson: lists of rows, float32 in its own digits, null for infinity."""
    return np.ascontiguousarray(values.numpy())


def warm() -> None:
    """Run once: first calls are slow."""
    answer(StepsQuestion(read_words(example("en")[0])))
