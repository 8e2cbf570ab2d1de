"""The networks that ship, with their cards, and sentences to begin with."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from core import weights
from core.attention.trained.model import ItModel

MODELS = {"2x4": "it_2x4", "1x1": "it_1x1", "mlm": "it_mlm"}

EXAMPLES = (
    "the cat sat on the mat because it was tired",
    "the cat sat on the mat because it was soft",
    "the cat sat on the mat because it was dirty",
    "the mat was used by the cat because it was tired",
    "because it was hungry the monkey ate the banana",
    "the banana was eaten by the monkey because it was ripe",
    "the teacher took the ball from the dog because it was angry",
    "the king gave the penguin the pie because it looked tasty",
)

MASKED_EXAMPLES = (
    "the [MASK] sat on the mat because it was tired",
    "the cat sat on the [MASK] because it was soft",
    "the king gave the [MASK] the pie because it was hungry",
)
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


@functools.cache
def network(name: str) -> Network:
    """The shipped model "2x4", "1x1" or "mlm", loaded once.

    Raises:
        WeightsError: its weights are missing or damaged; the next call tries again.
    """
    model, card = weights.load(MODELS[name])
    assert isinstance(model, ItModel)
    return Network(model, card)
