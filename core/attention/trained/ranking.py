"""How often a head ranks the referent ahead of the other noun, opened down to single sentences.

A share is the mean over held-out sentences; a sentence counts 1 where *it* gives the noun that is
meant more weight than the other one.

    L layers, H heads, N sentences
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from core.attention.trained.model import ItModel
from core.attention.trained.sentences.grammar import VOCABULARIES, Batch
from core.attention.trained.sentences.vocabulary import PAD
from core.attention.trained.training.measure import held_out
from core.opened import Activation, Cell, Combination, Rule, Total
from core.schema import Refusal, mark

ARRAYS = ("ahead", "ranked", "lead", "referent", "other")
NO_SENTENCE = mark("There are {count} sentences; there is no sentence {number}.")


@dataclass(frozen=True, eq=False)
class Ranking:
    """What every head reads of both nouns in held-out sentences.

    Attributes:
        batch: the sentences.
        referent, other: (L, H, N) the weights that *it* gives to the noun that is meant, and to
            the other one.
    """

    batch: Batch
    referent: Tensor
    other: Tensor

    def words(self, sentence: int) -> tuple[str, ...]:
        """The words of a sentence.

        Raises:
            Refusal: there is no such sentence.
        """
        if not 0 <= sentence < len(self.batch):
            raise Refusal(NO_SENTENCE, count=len(self.batch), number=sentence + 1)
        known = VOCABULARIES[self.batch.language].words
        words = [known[i] for i in self.batch.ids[sentence].tolist()]
        return tuple(word for word in words if word != PAD)

    def weight(self, cell: Cell) -> Cell:
        """A number of "referent" or "other" where it stands: among the weights of its sentence."""
        layer, head, sentence = cell.index
        self.words(sentence)
        noun = self.batch.referent if cell.array == "referent" else self.batch.other
        array = f"{prefix(sentence)}layer_{layer}_attention_weights"
        return Cell(array, (head, int(self.batch.it[sentence]), int(noun[sentence])))

    def arrays(self) -> dict[str, Tensor]:
        """Every array of `rules`: "ahead" (L, H), the others (L, H, N)."""
        lead = self.referent - self.other
        ranked = lead.sign().clamp(min=0)
        return {
            "ahead": ranked.mean(-1),
            "ranked": ranked,
            "lead": lead,
            "referent": self.referent,
            "other": self.other,
        }


@lru_cache(4)
@torch.no_grad()
def ranking(model: ItModel, count: int) -> Ranking:
    """What the heads of a network read in so many held-out sentences."""
    batch = held_out("pairs", count, model.language)
    n = torch.arange(count)
    rows = model(batch.ids).weights[n, :, :, batch.it]  # (N, L, H, T)
    referent, other = (rows[n, :, :, at].permute(1, 2, 0) for at in (batch.referent, batch.other))
    return Ranking(batch, referent.contiguous(), other.contiguous())


def rules() -> list[Rule]:
    """How the share of a head comes about."""
    return [
        Total("ahead", "ranked", mean=True),
        Activation("ranked", "lead", "step"),
        Combination("lead", ("referent", "other"), (1.0, -1.0)),
    ]


def prefix(sentence: int) -> str:
    """What stands before the arrays of the forward pass of a sentence."""
    return f"sentence_{sentence}_"
