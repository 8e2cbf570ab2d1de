"""The networks that ship, with their cards, and sentences to begin with."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from core import weights
from core.attention.trained.model import ItModel
from core.attention.trained.sentences.grammar import VOCABULARIES
from core.attention.trained.sentences.vocabulary import Language

MODELS = ("2x4", "1x1", "mlm")

EXAMPLES = {language: words.examples for language, words in VOCABULARIES.items()}
MASKED_EXAMPLES = {language: words.masked for language, words in VOCABULARIES.items()}
"""For the model that guesses hidden words."""


@dataclass(frozen=True)
class Network:
    """A shipped model with its card."""

    model: ItModel
    card: dict[str, Any]

    @property
    def best_head(self) -> tuple[int, int]:
        """Layer and head that most often rank the referent first, counted from 0."""
        best = self.card["scores"]["best_head"]
        return best["layer"], best["head"]


def file(name: str, language: Language = "en") -> str:
    """What the weights of a model are called.

    >>> file("2x4"), file("2x4", "ko")
    ('it_2x4', 'it_2x4_ko')
    """
    return f"it_{name}" if language == "en" else f"it_{name}_{language}"


@functools.cache
def network(name: str, language: Language = "en") -> Network:
    """The shipped model "2x4", "1x1" or "mlm" of a language, loaded once.

    Raises:
        WeightsError: its weights are missing or damaged; the next call tries again.
    """
    model, card = weights.load(file(name, language))
    assert isinstance(model, ItModel)
    return Network(model, card)
