"""What can be chosen about a training of a small BERT, and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, get_args

from core.language.bert.model import Bert
from core.language.bert.pieces import vocabulary
from core.language.bert.topics import LANGUAGES, Language
from core.schema import Record, Refusal, choice, mark, number, whole

Objective = Literal["pretrain", "sentiment", "answer"]
Start = Literal["pretrained", "frozen", "scratch"]
Direction = Literal["both", "left"]
Negatives = Literal["random", "swapped"]
OBJECTIVES: tuple[Objective, ...] = get_args(Objective)
STARTS: tuple[Start, ...] = get_args(Start)

DEFAULTS: dict[str, dict[str, Any]] = {
    "pretrain": {"steps": 2_000, "batch": 64, "learning_rate": 2e-3},
    "sentiment": {"steps": 100, "batch": 16, "learning_rate": 5e-4},
    "answer": {"steps": 400, "batch": 16, "learning_rate": 1e-3, "labels": 512},
}
"""Where an objective begins; the rest begins as `BertSetting` does."""
FROZEN_RATE = 1e-2
"""Learning rate where only a classifier learns."""


@dataclass(frozen=True)
class BertSetting(Record):
    """The config of the job "bert".

    Attributes:
        objective: "pretrain": hidden words and next sentences; "sentiment" and "answer":
            fine-tuning.
        language: "en" or "ko".
        start: of fine-tuning: the shipped weights, the same but frozen (only the classifier
            learns), or none.
        labels: labelled examples of fine-tuning.
        direction: of pre-training: "both" sides, or "left": the twin that names the next word.
        negatives: what is no next sentence: a "random" one, or the two "swapped".
        share: of the tokens that are hidden.
        layers, heads, width: of the network; with the shipped weights they are theirs.
        batch: examples of a step.
        steps: of the run.
        learning_rate: of AdamW; it rises over the first steps and sinks over the last third.
        seed: of weights, stories and labels.
    """

    objective: Objective = choice(OBJECTIVES)
    language: Language = choice(LANGUAGES)
    start: Start = choice(STARTS)
    labels: int = whole(32, 8, 512)
    direction: Direction = choice(get_args(Direction))
    negatives: Negatives = choice(get_args(Negatives))
    share: float = number(0.2, 0.05, 0.5)
    layers: int = whole(2, 1, 3)
    heads: int = choice((1, 2, 4), 4)
    width: int = choice((32, 64), 64)
    batch: int = whole(64, 8, 128)
    steps: int = whole(2_000, 1, 5_000)
    learning_rate: float = number(2e-3, 1e-5, 0.1)
    seed: int = whole(1)

    @classmethod
    def read(cls, raw: object) -> Self:
        """Make it from plain JSON; what is not given has the default of its objective."""
        if not isinstance(raw, Mapping):
            return super().read(raw)
        objective = raw.get("objective", "pretrain")
        begun = DEFAULTS.get(objective, {}) if isinstance(objective, str) else {}
        if objective != "pretrain" and raw.get("start") == "frozen":
            begun = begun | {"learning_rate": FROZEN_RATE}
        return super().read(begun | dict(raw))

    def check_together(self) -> None:
        """Refuse another shape than that of the shipped weights where a run goes on from them."""
        if self.tuned and (self.layers, self.heads, self.width) != (2, 4, 64):
            raise Refusal(mark("The included weights have 2 layers, 4 heads and a width of 64."))

    @property
    def tuned(self) -> bool:
        """Whether it goes on from shipped weights."""
        return self.objective != "pretrain" and self.start != "scratch"

    def model(self) -> Bert:
        """A network of this shape, its weights not yet drawn."""
        left = self.objective == "pretrain" and self.direction == "left"
        words = len(vocabulary(self.language))
        return Bert(words, self.layers, self.heads, self.width, 2 * self.width, left)
