"""What can be chosen about a run that learns a text, and its limits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from core.recurrent.cells import BLOCKS, KINDS, Kind
from core.recurrent.text import texts
from core.recurrent.text.pieces import Pieces
from core.recurrent.text.texts import LANGUAGES, UNITS, Language, Text, Unit, text_of
from core.schema import Record, Refusal, choice, mark, number, text, whole

EMBEDDING = 32
"""Numbers that stand for a letter, or for a piece."""
BATCH = 16
"""Places of the text that are read side by side."""
MAX_STEP_COST = 4.0e9
"""Multiplications of one step: about a second, so that pausing is felt at once."""


@dataclass(frozen=True)
class TextSetting(Record):
    """Everything that makes a run.

    Attributes:
        cell: of the network.
        hidden: size of its hidden state.
        context: letters that a gradient goes back over; the state is carried farther.
        glance: letters that are read at once: beside a letter the pair that ends there, the
            triple, ...; see `core.recurrent.text.pieces`.
        dropout: share of what the cell passes on, and of the pieces, that is left out while it
            learns.
        learning_rate: Adam's at the start; half a cosine takes it down to a hundredth.
        steps: of BATCH x context letters each.
        clip: largest norm of a gradient; 0 for no bound.
        seed: of weights and dropout.
        language: of the shipped text.
        unit: what a letter is; see `core.recurrent.text.texts.text_of`.
        text: a person's own instead; "" for the shipped one.
    """

    cell: Kind = choice(KINDS, "lstm")
    hidden: int = whole(192, 8, 384, label=mark("hidden size"))
    context: int = whole(64, 1, 128)
    glance: int = whole(1, 1, 8, label=mark("letters at a glance"))
    dropout: float = number(0.2, 0.0, 0.7, step=0.05)
    learning_rate: float = number(0.005, 1e-5, 1.0)
    steps: int = whole(2000, 1, 6000)
    clip: float = number(1.0, 0.0, 10.0, label=mark("largest gradient norm"))
    seed: int = whole(0)
    language: Language = choice(LANGUAGES)
    unit: Unit = choice(UNITS)
    text: str = text("", texts.MAX_CHARACTERS, lines=True)

    def check_together(self) -> None:
        """Read the text; refuse one that nothing can be learned from, and too large a step."""
        kinds = len(self.read_text().kinds)
        inputs = self.hidden * len(BLOCKS[self.cell]) * (EMBEDDING * self.glance + self.hidden)
        cost = 3.0 * BATCH * self.context * (inputs + self.hidden * kinds)
        if cost > MAX_STEP_COST:
            raise Refusal(
                mark(
                    "One step would take {cost:large} multiplications, at most {most:large} are "
                    "possible: take a shorter context or a smaller hidden size."
                ),
                cost=cost,
                most=MAX_STEP_COST,
            )

    def read_text(self) -> Text:
        """The text as numbers."""
        return text_of(self.language, self.text, self.unit)

    def pieces(self) -> Pieces:
        """What is read at a glance."""
        return _pieces(self.language, self.text, self.unit, self.glance)


@lru_cache(8)
def _pieces(language: str, own: str, unit: str, glance: int) -> Pieces:
    known = text_of(language, own, unit)
    return Pieces.of(known.train, len(known.kinds), glance)
