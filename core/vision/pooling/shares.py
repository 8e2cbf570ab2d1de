"""How a window shares out the gradient of its output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch

from core.vision.pooling.layer import pool, routed
from core.vision.pooling.question import PoolingQuestion, fitting, inputs

Way = Literal["one", "equal"]


@dataclass(frozen=True)
class Shares:
    """What becomes of a gradient of 1 at the open output.

    Attributes:
        way: one number gets all of it, or each gets the same.
        window: how many numbers of the input the window covers.
        reached: how many of them get some.
        most: the most that one of them gets.
    """

    way: Way
    window: int
    reached: int
    most: float


def shares(question: PoolingQuestion) -> Shares | None:
    """About the open output; None where its window covers a single number, which gets all.

    >>> shares(PoolingQuestion(source="matrix"))
    Shares(way='one', window=4, reached=1, most=1.0)
    """
    question = fitting(question)
    x = inputs(question, [(0, 0)])[0]
    setting, row, column = question.setting, question.row, question.column
    one = torch.zeros_like(pool(x, setting))
    one[row, column] = 1
    given = routed(x, setting, one)
    window = _covered(setting.spans(len(x))[row], setting.padding, len(x)) * _covered(
        setting.spans(x.shape[1])[column], setting.padding, x.shape[1]
    )
    if window < 2:
        return None
    way: Way = "one" if setting.kind == "max" else "equal"
    return Shares(way, window, int((given != 0).sum()), float(given.max()))


def _covered(span: tuple[int, int], padding: int, size: int) -> int:
    """How many rows or columns of the input itself lie in a span of the padded one."""
    first, behind = (min(max(place - padding, 0), size) for place in span)
    return behind - first
