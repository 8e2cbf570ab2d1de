"""What can be chosen about a training of word vectors, and its limits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from core.language.corpora import texts
from core.language.corpora.texts import Corpus
from core.schema import Record, Refusal, choice, mark, number, text, whole

Method = Literal["skip_gram", "cbow", "glove", "ppmi_svd"]
Objective = Literal["softmax", "negative"]
METHODS: tuple[str, ...] = get_args(Method)
OBJECTIVES: tuple[str, ...] = get_args(Objective)
LANGUAGES = texts.LANGUAGES

BATCH = 1_024
"""Places of the text in one step of word2vec."""
MAX_STEPS = 20_000
EPOCHS: dict[str, int] = {"skip_gram": 200, "cbow": 120, "glove": 400, "ppmi_svd": 1}
"""Where each method has come to rest on the generated corpora."""
RATES: dict[str, float] = {"skip_gram": 0.004, "cbow": 0.01, "glove": 0.01, "ppmi_svd": 0.01}


@dataclass(frozen=True)
class VectorsSetting(Record):
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

    method: Method = choice(METHODS)
    objective: Objective = choice(OBJECTIVES, "negative")
    dimension: int = whole(24, 2, 100)
    window: int = whole(4, 1, 10)
    negatives: int = whole(5, 1, 20)
    learning_rate: float = number(RATES["skip_gram"], 1e-4, 1.0)
    epochs: int = whole(EPOCHS["skip_gram"], 1, 2_000)
    subsampling: float = number(0.0, 0.0, 1.0)
    min_count: int = whole(1, 1, 50, label=mark("least count"))
    language: texts.Language = choice(LANGUAGES)
    text: str = text("", texts.MAX_CHARACTERS, lines=True)
    seed: int = whole(1)

    def check_together(self) -> None:
        """Read the text; refuse a text that nothing can be learnt from, and too many steps."""
        self.corpus()
        if self.steps() > MAX_STEPS:
            raise Refusal(
                mark("That would be {steps} steps; at most {most} are taken: choose fewer epochs."),
                steps=self.steps(),
                most=MAX_STEPS,
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
