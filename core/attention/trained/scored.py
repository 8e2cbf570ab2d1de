"""How often a network names what *it* is, or a hidden word, opened down to single sentences.

N sentences, V words
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch

from core.attention.trained.model import ItModel
from core.attention.trained.sentences.grammar import VOCABULARIES, Kind
from core.attention.trained.sentences.vocabulary import Language
from core.attention.trained.shipped import MODELS, network
from core.attention.trained.training.measure import MEASURED, at_it, held_out, hidden
from core.opened import Cell
from core.opened.linked import NUMBER_FIELD
from core.opened.scored import Scored, answers
from core.schema import Record, choice


@dataclass(frozen=True)
class ScoreQuestion(Record):
    """A number behind the scores of a shipped network.

    Attributes:
        model: one of the networks.
        language: of its sentences.
        part: what it answers at *it* in pairs of nouns that it has not met, or at hidden words.
        number: see `core.opened.scored`; the share that is right without one.
    """

    model: str = choice(MODELS)
    language: Language = choice(tuple(VOCABULARIES))
    part: str = choice(("pairs", "hidden"))
    number: Cell | None = NUMBER_FIELD


def score(question: ScoreQuestion) -> dict[str, Any]:
    """The arithmetic of a number of a shipped network: see `Scored.reply`.

    Raises:
        Refusal: there is no such number.
        WeightsError: the network cannot be loaded.
    """
    model = network(question.model, question.language).model
    found = sentences(model, "pairs", MEASURED) if question.part == "pairs" else words(model)
    return found.reply(question.number)


@lru_cache(8)
@torch.no_grad()
def sentences(model: ItModel, kind: Kind, count: int) -> Scored:
    """What the network answers at *it* in so many held-out sentences of a kind: N answers."""
    batch = held_out(kind, count, model.language)
    logits, truth = at_it(model, batch), batch.words(batch.referent)
    return answers(logits, truth, texts=batch.texts(), names=model.vocabulary.words)


@lru_cache(4)
def words(model: ItModel) -> Scored:
    """What the network guesses at a hidden word of each held-out sentence: N answers."""
    batch = held_out("pairs", MEASURED, model.language)
    logits, truth = hidden(model, batch)
    known = model.vocabulary.words
    texts = [f"{text} [{known[i]}]" for text, i in zip(batch.texts(), truth.tolist(), strict=True)]
    return answers(logits, truth, texts=texts, names=known)
