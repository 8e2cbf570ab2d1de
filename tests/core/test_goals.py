"""Every goal: a state of its page that reaches it, and that the page does not begin with one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core import goals
from core.goals import Goal
from core.vision.convolution import answer as convolution
from core.vision.convolution import goals as convolution_goals
from core.vision.convolution.question import ConvolutionQuestion

Asked = tuple[Any, Any]
"""A question, and the answer to it."""


def _convolution(**changes: Any) -> Asked:
    question = ConvolutionQuestion.read(changes)
    return question, convolution.answer(question)


def _row(row: int, *weights: float) -> list[list[float]]:
    return [[0, 0, row, column, weight] for column, weight in enumerate(weights)]


NOTHING = [edit for row in range(3) for edit in _row(row, 0, 0, 0)]
MATRIX = {"source": "matrix", "matrix": "1 2 1;2 4 2;1 2 1"}
PLAIN = {"edits": [*_row(0, -1, 0, 1), *_row(1, -1, 0, 1), *_row(2, -1, 0, 1)]}

CASES: tuple[tuple[Goal, tuple[Callable[[], Asked], ...]], ...] = (
    (
        convolution_goals.ZERO,
        (
            lambda: _convolution(**MATRIX),
            _convolution,
            lambda: _convolution(source="matrix", matrix="0 0 0;0 0 0;0 0 0"),
            lambda: _convolution(source="matrix", matrix="5 5 5;5 5 5;5 5 5"),
            lambda: _convolution(**MATRIX, edits=NOTHING),
            lambda: _convolution(source="matrix", matrix="3 2 1;3 2 1;3 2 1", after="relu"),
        ),
    ),
    (
        convolution_goals.VERTICAL,
        (
            lambda: _convolution(**PLAIN),
            _convolution,
            lambda: _convolution(edits=_row(1, -2, 0, 2)),  # as it was
            lambda: _convolution(filters=["sobel_y"], edits=_row(1, 0, 1, 0)),
            lambda: _convolution(edits=NOTHING),
        ),
    ),
)
"""Of each goal: what reaches it, then what does not, the first of it what its page begins with."""


@pytest.mark.parametrize(("goal", "states"), CASES, ids=lambda it: getattr(it, "name", ""))
def test_a_state_reaches_it_and_the_first_one_does_not(
    goal: Goal, states: tuple[Callable[[], Asked], ...]
) -> None:
    reaching, *others = states
    assert goals.reached([goal], *reaching()) == [goal.name]
    for other in others:
        assert goals.reached([goal], *other()) == []
