"""The first sum of words that the shipped run of each language answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from core.language.embeddings.job import JOB
from core.training import shipped


@dataclass(frozen=True)
class Sum:
    """a − b + c.

    Attributes:
        words: the three of them.
        hoped: the word that one hopes for.
        nearest: the nearest word of all, none left out, and its cosine.
    """

    words: tuple[str, str, str]
    hoped: str
    nearest: tuple[str, float]


@cache
def first_sum(language: str) -> Sum:
    """At the end of the run.

    >>> first_sum("en").words, first_sum("en").nearest[0]
    (('king', 'man', 'woman'), 'queen')
    """
    run = shipped.load(f"vectors_skip_gram_{language}")
    setting, state = JOB.read(run.config), run.saved[-1].state
    a, b, c = JOB.inspections["words"](setting, state, {})["examples"][0]
    found = JOB.inspections["analogy"](setting, state, {"a": a, "b": b, "c": c})
    word, cosine = found["including"][0]
    return Sum((a, b, c), found["answer"], (word, cosine))
