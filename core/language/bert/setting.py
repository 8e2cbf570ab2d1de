"""What can be chosen about a training of a small BERT, and its limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from core.language.bert.model import Bert
from core.language.bert.pieces import vocabulary
from core.language.bert.topics import LANGUAGES, Language

Objective = Literal["pretrain", "sentiment", "answer"]
Start = Literal["pretrained", "frozen", "scratch"]
Direction = Literal["both", "left"]
Negatives = Literal["random", "swapped"]
OBJECTIVES: tuple[Objective, ...] = get_args(Objective)
STARTS: tuple[Start, ...] = get_args(Start)

LIMITS: dict[str, tuple[float, float]] = {
    "labels": (8, 512),
    "share": (0.05, 0.5),
    "layers": (1, 3),
    "batch": (8, 128),
    "steps": (1, 5_000),
    "learning_rate": (1e-5, 0.1),
    "seed": (0, 999_999),
}
CHOICES: dict[str, tuple[object, ...]] = {
    "objective": OBJECTIVES,
    "language": LANGUAGES,
    "start": STARTS,
    "direction": get_args(Direction),
    "negatives": get_args(Negatives),
    "heads": (1, 2, 4),
    "width": (32, 64),
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "pretrain": {"steps": 2_000, "batch": 64, "learning_rate": 2e-3},
    "sentiment": {"steps": 100, "batch": 16, "learning_rate": 5e-4},
    "answer": {"steps": 400, "batch": 16, "learning_rate": 1e-3, "labels": 512},
}
"""Where an objective begins; the rest begins as `Setting` does."""
FROZEN_RATE = 1e-2
"""Learning rate where only a classifier learns."""


@dataclass(frozen=True)
class Setting:
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

    objective: Objective = "pretrain"
    language: Language = "en"
    start: Start = "pretrained"
    labels: int = 32
    direction: Direction = "both"
    negatives: Negatives = "random"
    share: float = 0.2
    layers: int = 2
    heads: int = 4
    width: int = 64
    batch: int = 64
    steps: int = 2_000
    learning_rate: float = 2e-3
    seed: int = 1

    def __post_init__(self) -> None:
        """Hold every value to its limits.

        Raises:
            ValueError: with a sentence.
        """
        for name, choices in CHOICES.items():
            value = getattr(self, name)
            if isinstance(value, bool) or value not in choices:
                raise ValueError(f"The {name} is one of {', '.join(map(str, choices))}.")
        for name, (low, high) in LIMITS.items():
            value = getattr(self, name)
            whole = isinstance(low, int)
            kind = int if whole else int | float
            if (
                isinstance(value, bool)
                or not isinstance(value, kind)
                or not math.isfinite(value)
                or not low <= value <= high
            ):
                what = "whole number" if whole else "number"
                plain = name.replace("_", " ")
                raise ValueError(f"The {plain} is a {what} from {low:g} to {high:g}.")
        if self.tuned and (self.layers, self.heads, self.width) != (2, 4, 64):
            raise ValueError("The shipped weights have 2 layers, 4 heads and a width of 64.")

    @property
    def tuned(self) -> bool:
        """Whether it goes on from shipped weights."""
        return self.objective != "pretrain" and self.start != "scratch"

    def model(self) -> Bert:
        """A network of this shape, its weights not yet drawn."""
        left = self.objective == "pretrain" and self.direction == "left"
        words = len(vocabulary(self.language))
        return Bert(words, self.layers, self.heads, self.width, 2 * self.width, left)


def read(raw: Mapping[str, Any]) -> Setting:
    """What a browser sent; what is missing takes the default of its objective.

    Raises:
        ValueError: a name that is not known, or a value beyond its limits.
    """
    known = {field.name for field in fields(Setting)}
    if not isinstance(raw, Mapping) or not set(raw) <= known:
        raise ValueError(f"A training has {', '.join(sorted(known))}.")
    objective = raw.get("objective", "pretrain")
    begun = DEFAULTS.get(objective, {}) if isinstance(objective, str) else {}
    if objective != "pretrain" and raw.get("start") == "frozen":
        begun = begun | {"learning_rate": FROZEN_RATE}
    return Setting(**(begun | dict(raw)))


def write(setting: Setting) -> dict[str, Any]:
    """The setting as plain JSON values."""
    return asdict(setting)
