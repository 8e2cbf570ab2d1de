"""What can be chosen about a training of an "it" model, and its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from core.attention.trained.model import ItModel
from core.attention.trained.sentences.vocabulary import LANGUAGES, Language
from core.schema import Record, Refusal, choice, mark, number, whole

Objective = Literal["referent", "masked"]
SHARED = mark("{heads} heads cannot share a width of {width} evenly.")


@dataclass(frozen=True)
class ReferentSetting(Record):
    """The config of the job "it".

    Attributes:
        layers: 1 to 3.
        heads: 1 to 8, a divisor of the width.
        width: of the embeddings.
        inner: of the feed-forward networks; with a wide one the answer needs no head that reads
            the referent.
        objective: "referent": name at *it* the noun that it stands for. "masked": guess words that
            are hidden, the referent is never given.
        steps: of 64 sentences each.
        learning_rate: of AdamW, after a rise over the first 50 steps.
        decay: of the weights, decoupled from the gradient (Loshchilov and Hutter 2019).
        seed: of weights and sentences.
        language: of the sentences.
    """

    layers: int = whole(2, 1, 3)
    heads: int = whole(4, 1, 8)
    width: int = choice((16, 32, 64), 64)
    inner: int = choice((16, 64, 128), label=mark("inner width"))
    objective: Objective = choice(get_args(Objective))
    steps: int = whole(800, 1, 5_000)
    learning_rate: float = number(3e-3, 1e-5, 1.0)
    decay: float = number(0.3, 0.0, 10.0, step=0.1, label=mark("weight decay"))
    seed: int = whole(1)
    language: Language = choice(LANGUAGES)

    def check_together(self) -> None:
        """Refuse heads that cannot share the width."""
        if self.width % self.heads:
            raise Refusal(SHARED, heads=self.heads, width=self.width)

    def model(self) -> ItModel:
        """A network of this shape, its weights not yet drawn."""
        return ItModel(self.layers, self.heads, self.width, self.inner, self.language)
