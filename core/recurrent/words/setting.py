"""What can be chosen about a run of the next-word model, and its limits."""

from __future__ import annotations

from dataclasses import dataclass

from core.recurrent.race import CELLS, Cell
from core.recurrent.words.sentences import FARTHEST, LANGUAGES, NEAREST, Language, check_distance
from core.schema import Record, choice, mark, number, whole


@dataclass(frozen=True)
class Words(Record):
    """What a run of the next-word model is made of.

    Attributes:
        cell: who takes part.
        hidden: size of the hidden state.
        distance: steps from the name to the answer.
        learning_rate: Adam's.
        steps: batches of 64 sentences.
        forget_bias: added to the LSTM's forget gate at the start.
        clip: largest norm of a gradient; 0 for no bound.
        seed: of weights and batches.
        language: of the sentences.
    """

    cell: Cell = choice(CELLS, "race")
    hidden: int = whole(24, 1, 128, label=mark("hidden size"))
    distance: int = whole(8, NEAREST, FARTHEST)
    learning_rate: float = number(0.01, 1e-5, 1.0)
    steps: int = whole(400, 1, 3000)
    forget_bias: float = number(0.0, -2.0, 5.0)
    clip: float = number(1.0, 0.0, 10.0, label=mark("largest gradient norm"))
    seed: int = whole(0)
    language: Language = choice(LANGUAGES)

    def check_together(self) -> None:
        """A language begins where its shortest sentence does."""
        check_distance(self.distance, self.language)
