"""What is left of an answer when one head alone no longer reads the word that it points at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.attention.trained.lesson import seen
from core.attention.trained.question import ReferentQuestion

Left = Literal["most", "half", "little"]

MOST, LITTLE = 0.8, 0.2
"""Shares of the probability before, above and below which most and little of it is left."""


@dataclass(frozen=True)
class OneHead:
    """Probabilities of the answer.

    Attributes:
        word: that asks.
        noun: that the head reads most.
        layer, head: which one, counted from one.
        answer: of the network.
        before: with nothing cut.
        here: with word -> noun cut in this head.
        everywhere: with it cut in all heads.
        left: what of `before` is left here.
    """

    word: str
    noun: str
    layer: int
    head: int
    answer: str
    before: float
    here: float
    everywhere: float
    left: Left


def one_head(question: ReferentQuestion) -> OneHead | None:
    """Cut it, in the network as it was trained; None where no word is asked for.

    >>> found = one_head(ReferentQuestion("the cat sat on the mat because it was tired"))
    >>> found.noun, found.left
    ('cat', 'most')
    """
    found = seen(question)
    says, at = found.head["says"], found.question.referring
    if says is None or at is None:
        return None
    read = says["map"]["to"]
    cut = next(each for each in says["cuts"] if each["to"] == read)
    share = says["in_head"] / cut["before"]
    left: Left = "most" if share >= MOST else "little" if share <= LITTLE else "half"
    words = found.question.words
    return OneHead(
        words[at],
        words[read],
        says["map"]["layer"] + 1,
        says["map"]["head"] + 1,
        says["answer"],
        cut["before"],
        says["in_head"],
        cut["after"],
        left,
    )
