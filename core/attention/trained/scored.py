"""How often a network names the noun that *it* is, opened down to single sentences.

N sentences, V words
"""

from __future__ import annotations

from functools import lru_cache

import torch

from core.attention.trained.model import ItModel
from core.attention.trained.sentences.grammar import Kind
from core.attention.trained.training.measure import at_it, held_out
from core.opened.scored import Scored, answers


@lru_cache(8)
@torch.no_grad()
def sentences(model: ItModel, kind: Kind, count: int) -> Scored:
    """What the network answers at *it* in so many held-out sentences of a kind: N answers."""
    batch = held_out(kind, count, model.language)
    known = model.vocabulary.words
    return answers(
        at_it(model, batch), batch.words(batch.referent), texts=batch.texts(), names=known
    )
