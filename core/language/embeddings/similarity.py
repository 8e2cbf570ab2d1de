"""Which words are similar: neighbours, analogies, scores. W words, D numbers a word.

Only directions count: vectors are brought to length 1 first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from core.language.corpora.texts import Corpus
from core.language.embeddings.projection import unit


@dataclass(frozen=True)
class Scores:
    """How many analogies are answered right.

    Attributes:
        kinds: kind -> (questions, right excluding, right including).
    """

    kinds: dict[str, tuple[int, int, int]]

    @property
    def of(self) -> int:
        """How many questions there are."""
        return sum(row[0] for row in self.kinds.values())

    @property
    def excluding(self) -> float:
        """Share right when a, b and c themselves cannot be the answer."""
        return sum(row[1] for row in self.kinds.values()) / self.of

    @property
    def including(self) -> float:
        """Share right when they can: a - b + c has to land nearer to the answer than to them."""
        return sum(row[2] for row in self.kinds.values()) / self.of


def near(vectors: Tensor, word: int, count: int) -> list[tuple[int, float]]:
    """The words of the largest cosine with a word, itself left out."""
    points = unit(vectors)
    cosines = points @ points[word]
    return best(cosines, count, (word,))


def analogy(vectors: Tensor, a: int, b: int, c: int) -> Tensor:
    """(W,) cosines of every word with a - b + c, each of length 1 before it is added."""
    points = unit(vectors)
    return points @ unit(points[a] - points[b] + points[c])


def best(cosines: Tensor, count: int, without: Sequence[int] = ()) -> list[tuple[int, float]]:
    """The places of the largest of (W,) values, with the values, largest first.

    >>> best(torch.tensor([0.5, 1.0, 0.25]), 2, without=[1])
    [(0, 0.5), (2, 0.25)]
    """
    allowed = cosines.clone()
    allowed[list(without)] = -torch.inf
    values, places = allowed.topk(min(count, len(allowed) - len(set(without))))
    return list(zip(places.tolist(), values.tolist(), strict=True))


def scores(corpus: Corpus, vectors: Tensor) -> Scores | None:
    """All analogies of a corpus; None if it has none."""
    if not corpus.questions:
        return None
    answers = right(corpus, vectors)
    excluding, including = answers["excluding"].tolist(), answers["including"].tolist()
    kinds: dict[str, tuple[int, int, int]] = {}
    for (kind, _), first, second in zip(corpus.questions, excluding, including, strict=True):
        of, out, within = kinds.get(kind, (0, 0, 0))
        kinds[kind] = (of + 1, out + first, within + second)
    return Scores(kinds)


def right(corpus: Corpus, vectors: Tensor) -> dict[str, Tensor]:
    """Which analogies are answered right, bool (questions,): "excluding" and "including"."""
    words = _questions(corpus)
    points = unit(vectors)
    cosines = (points[words[:, 0]] - points[words[:, 1]] + points[words[:, 2]]) @ points.T
    answer = words[:, 3]
    return {
        "excluding": cosines.scatter(1, words[:, :3], -torch.inf).argmax(1) == answer,
        "including": cosines.argmax(1) == answer,
    }


@lru_cache(8)
def _questions(corpus: Corpus) -> Tensor:
    """(questions, 4) places of a, b, c and the answer."""
    index = corpus.index
    return torch.tensor([[index[word] for word in q] for _, q in corpus.questions])
