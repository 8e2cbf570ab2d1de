"""What can be chosen about a training of word vectors, and its limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from core.language.corpora import texts
from core.language.corpora.texts import Corpus

Method = Literal["skip_gram", "cbow", "glove", "ppmi_svd"]
Objective = Literal["softmax", "negative"]
METHODS: tuple[str, ...] = get_args(Method)
OBJECTIVES: tuple[str, ...] = get_args(Objective)
LANGUAGES = texts.LANGUAGES

BATCH = 1_024
"""Places of the text in one step of word2vec."""
MAX_STEPS = 20_000
LIMITS: dict[str, tuple[float, float]] = {
    "dimension": (2, 100),
    "window": (1, 10),
    "negatives": (1, 20),
    "learning_rate": (1e-4, 1.0),
    "epochs": (1, 2_000),
    "subsampling": (0.0, 1.0),
    "min_count": (1, 50),
    "seed": (0, 999_999),
}
EPOCHS: dict[str, int] = {"skip_gram": 200, "cbow": 120, "glove": 400, "ppmi_svd": 1}
"""Where each method has come to rest on the generated corpora."""
RATES: dict[str, float] = {"skip_gram": 0.004, "cbow": 0.01, "glove": 0.01, "ppmi_svd": 0.01}

_NAMES = {"learning_rate": "learning rate", "min_count": "least count"}
_BROKEN = ("learning_rate", "subsampling")


@dataclass(frozen=True)
class Setting:
    """The config of the job "vectors".

    Attributes:
        method: how vectors are found.
        objective: of skip-gram and CBOW: the full softmax or negative sampling.
        dimension: numbers of a vector.
        window: places to each side that are company.
        negatives: words drawn for each pair by negative sampling.
        learning_rate: of Adam.
        epochs: times that every place of the text is a centre; for GloVe, times that the whole
            matrix is gone through, one step each; PPMI + SVD is computed in one step.
        subsampling: the threshold t above which frequent words are left out now and then; 0: never.
        min_count: words that are rarer are dropped.
        language: of the generated corpus.
        text: a person's own text instead; "" for the generated one.
        seed: of first vectors, order, windows and negatives.
    """

    method: Method = "skip_gram"
    objective: Objective = "negative"
    dimension: int = 24
    window: int = 4
    negatives: int = 5
    learning_rate: float = RATES["skip_gram"]
    epochs: int = EPOCHS["skip_gram"]
    subsampling: float = 0.0
    min_count: int = 1
    language: texts.Language = "en"
    text: str = ""
    seed: int = 1

    def __post_init__(self) -> None:
        """Hold every value to its limits, and read the text.

        Raises:
            ValueError: with a sentence.
        """
        for name, choices in (
            ("method", METHODS),
            ("objective", OBJECTIVES),
            ("language", LANGUAGES),
        ):
            if getattr(self, name) not in choices:
                raise ValueError(f"The {name} is one of {', '.join(choices)}.")
        for name, (low, high) in LIMITS.items():
            _check(name, getattr(self, name), low, high)
        if not isinstance(self.text, str):
            raise ValueError("The text is text.")
        self.corpus()
        if self.steps() > MAX_STEPS:
            raise ValueError(
                f"That would be {self.steps():,} steps; at most {MAX_STEPS:,} are taken: choose "
                f"fewer epochs."
            )

    def corpus(self) -> Corpus:
        """The text as numbers."""
        if self.text:
            return texts.own(self.text, self.min_count)
        return texts.generated(self.language, self.min_count)

    def epoch(self) -> int:
        """Steps of one epoch."""
        if self.method in ("glove", "ppmi_svd"):
            return 1
        return math.ceil(len(self.corpus().ids) / BATCH)

    def steps(self) -> int:
        """Steps of the whole run."""
        return 1 if self.method == "ppmi_svd" else self.epochs * self.epoch()


def read(raw: Mapping[str, Any]) -> Setting:
    """What a browser sent; what is missing takes its default.

    Raises:
        ValueError: a name that is not known, or a value beyond its limits.
    """
    known = {field.name for field in fields(Setting)}
    if not isinstance(raw, Mapping) or not set(raw) <= known:
        raise ValueError(f"A training has {', '.join(sorted(known))}.")
    return Setting(**raw)


def write(setting: Setting) -> dict[str, Any]:
    """The setting as plain JSON values."""
    return asdict(setting)


def _check(name: str, value: object, low: float, high: float) -> None:
    whole = name not in _BROKEN
    allowed = int if whole else (int, float)
    if (
        isinstance(value, bool)
        or not isinstance(value, allowed)
        or not math.isfinite(value)
        or not low <= value <= high
    ):
        kind = "whole number" if whole else "number"
        said = _NAMES.get(name, name)
        raise ValueError(f"The {said} is a {kind} from {low:g} to {high:g}.")
