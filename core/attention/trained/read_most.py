"""Which word a head reads most at the word that is asked about."""

from __future__ import annotations

from dataclasses import dataclass

from core.attention.trained.answer import reply
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.shipped import network


@dataclass(frozen=True)
class ReadMost:
    """What a head reads.

    Attributes:
        layer, head: which one, counted from one.
        at: the number of the word that asks.
        weights: of each word of the sentence, with nothing cut.
    """

    layer: int
    head: int
    at: int
    weights: tuple[float, ...]


def read_most(question: ReferentQuestion) -> ReadMost | None:
    """The head on show, or else the network's best one; None where no word is asked about.

    >>> found = read_most(ReferentQuestion("the cat sat on the mat because it was tired"))
    >>> found.at, found.weights.index(max(found.weights))
    (7, 1)
    """
    if question.referring is None:
        return None
    net = network(question.model, question.language)
    layer, head = question.head or net.best_head
    _, maps = reply(net.model, question, (layer, head))
    weights = maps["before"][layer, head, question.referring]
    return ReadMost(layer + 1, head + 1, question.referring, tuple(weights.tolist()))
