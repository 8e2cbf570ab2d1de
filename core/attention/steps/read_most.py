"""Which word is read most by the word that asks."""

from __future__ import annotations

from core.attention.steps.answer import shown_head
from core.attention.steps.lesson import weight_place
from core.attention.steps.question import StepsQuestion
from core.attention.steps.rules import fitting
from core.attention.steps.trace import steps


def read_most(question: StepsQuestion) -> tuple[str, list[float]]:
    """The word that asks, and the weight of each word that it looks at.

    >>> place = {"matrix": "A", "row": 4}
    >>> found = read_most(
    ...     StepsQuestion.read({"words": "the cat sat because it was tired", "place": place})
    ... )
    >>> found[0], found[1].index(max(found[1]))
    ('it', 1)
    """
    run = steps(question)
    row = weight_place(run, fitting(run, question.place))[0]
    return question.asking[row], run["A"][shown_head(question), row].tolist()
