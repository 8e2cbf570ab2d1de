"""The job "it": a small transformer learns what *it* stands for, or to guess hidden words.

Config: `ReferentSetting` of `setting`. One step is one batch of 64 sentences.

Series, one value a step:
    loss        before the step: cross-entropy, in nats
    accuracy    on held-out pairs of nouns, after every 20th step and the last; nan between
Marks, at the end of a chunk, on held-out sentences:
    accuracy, adjectives    share right: held-out pairs, held-out adjectives
    best_head               largest of "ahead"
Pictures, float32:
    weights (L, H, T, T)    who attends to whom in the example sentence
    ahead (L, H)            how often each head ranks the referent ahead of the other noun
    probabilities (2,)      of the example: that *it* is the animal, and the thing
Looks:
    answer                  query "q": a question as JSON text -> `answer.answer_of`
    number                  query "number": of the example or of the held-out sentences of a
                            measurement, as in a link -> its arithmetic
    score                   query "part" and "number": of held-out sentences, as
                            `core.opened.scored` counts them
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.attention.blocks import initialise
from core.attention.trained.answer import TERMS, WHOLE, answer_of
from core.attention.trained.model import ItModel
from core.attention.trained.numbers import numbers
from core.attention.trained.program import run
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.scored import sentences
from core.attention.trained.sentences.grammar import VOCABULARIES, Batch, Kind, sample
from core.attention.trained.sentences.reading import read
from core.attention.trained.sentences.vocabulary import MASK, PAD, Language
from core.attention.trained.training.measure import accuracy, head_shares, held_out
from core.attention.trained.training.setting import ReferentSetting
from core.opened import Cell, latex, program, wire
from core.opened.linked import NUMBER_FIELD
from core.opened.scored import score
from core.training.carried import Carried
from core.training.job import State
from core.training.learner import Learner, Parts, job, loaded
from core.training.optimiser import ADAMW, Optimiser, Options

BATCH = 64
WARM_UP = 50
HIDDEN = 0.15
"""Share of the words that are hidden when hidden words are guessed."""
EVERY = 20
"""Steps between two measurements on held-out sentences."""
JUDGED = 128
"""Held-out sentences of one measurement."""


@dataclass(frozen=True)
class Example:
    """The example sentence of a language: its words, where *it* stands, animal and thing."""

    words: tuple[str, ...]
    it: int
    nouns: tuple[str, str]


@cache
def example(language: Language) -> Example:
    """The first example of a language: a cat on a mat."""
    vocabulary = VOCABULARIES[language]
    words = tuple(read(vocabulary.examples[0], language))
    animal, thing = (word for word in words if word in vocabulary.candidates)
    return Example(words, words.index(vocabulary.it), (animal, thing))


class Training(Learner):
    """A network with its optimiser, and where its sentences come from."""

    series = ("loss", "accuracy")

    def __init__(self, setting: ReferentSetting) -> None:
        """Weights are not drawn yet."""
        self.setting = setting
        self.model = setting.model()
        self.generator = torch.Generator().manual_seed(setting.seed)
        self.optimiser = Optimiser(
            ADAMW, list(self.model.parameters()), Options(decay=setting.decay)
        )

    def parts(self) -> Parts:
        """See `Learner`."""
        return [("it", self.model), ("it", self.optimiser), ("sentences", self.generator)]

    def begin(self) -> None:
        """Draw the weights."""
        initialise(self.model, self.generator)

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take the step that follows `count` others."""
        batch = sample(BATCH, self.generator, language=self.setting.language)
        value = loss(self.model, batch, self.setting, self.generator)
        if not math.isfinite(value.item()):
            return None
        self.optimiser.descend(value, count, rate * min(1.0, (count + 1) / WARM_UP))
        return {"loss": value.item()}

    def due(self, step: int) -> bool:
        """Every so many steps, and at the end."""
        return step % EVERY == 0 or step == self.setting.steps

    def measure(self) -> dict[str, float]:
        """On held-out pairs."""
        return {"accuracy": accuracy(self.model, self._held_out("pairs"))}

    @torch.no_grad()
    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """What the network does with held-out sentences, and with the example."""
        found = head_shares(self.model, self._held_out("pairs"))
        shown, index = example(self.setting.language), self.model.vocabulary.index
        trace = self.model(torch.tensor([[index[word] for word in shown.words]]))
        marks = {
            "accuracy": found.right,
            "adjectives": accuracy(self.model, self._held_out("adjectives", JUDGED // 2)),
            "best_head": float(found.ahead.max()),
        }
        pictures = {
            "weights": trace.weights[0].numpy(),
            "ahead": found.ahead.numpy(),
            "probabilities": trace.logits[0, shown.it]
            .softmax(-1)[[index[noun] for noun in shown.nouns]]
            .numpy(),
        }
        return marks, pictures

    def _held_out(self, kind: Kind, count: int = JUDGED) -> Batch:
        return held_out(kind, count, self.setting.language)


def loss(
    model: ItModel, batch: Batch, setting: ReferentSetting, generator: torch.Generator
) -> Tensor:
    """Mean cross-entropy of a batch, in nats.

    "referent": at *it*, against the noun that it stands for; half and half where the sentence does
    not tell. "masked": at hidden words, against what they were.
    """
    if setting.objective == "referent":
        n = torch.arange(len(batch))
        scores = model(batch.ids).logits[n, batch.it].log_softmax(-1)
        nouns = torch.stack([batch.words(batch.animal), batch.words(batch.thing)], 1)
        right: Tensor = scores.gather(1, nouns) * batch.share
        return -right.sum(1).mean()
    hidden = torch.rand(batch.ids.shape, generator=generator) < HIDDEN
    index = model.vocabulary.index
    hidden &= batch.ids != index[PAD]
    logits = model(batch.ids.masked_fill(hidden, index[MASK])).logits
    return cross_entropy(logits[hidden], batch.ids[hidden])


def model_of(setting: ReferentSetting, state: State) -> ItModel:
    """The network of a state, for inference."""
    model = setting.model().eval().requires_grad_(False)
    loaded(state, {"it": model})
    return model


def _answer(setting: ReferentSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    return answer_of(model_of(setting, state), query)


def _number(setting: ReferentSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    cell = NUMBER_FIELD.parse(query.get("number", "")) or Cell("ahead", (0, 0))
    sentence = " ".join(example(setting.language).words)
    question = ReferentQuestion(sentence, number=cell, language=setting.language)
    found = numbers(model_of(setting, state), question, JUDGED)
    shown = found.open(cell)
    return {
        "number": query.get("number", ""),
        "labels": found.words(shown.cell),
        "opened": wire(shown, top=TERMS, whole=WHOLE),
        "latex": latex(shown),
        "program": program(shown, f"Of a network after {state.step} steps"),
    }


def _score(setting: ReferentSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    model = model_of(setting, state)
    counts: dict[Kind, int] = {"pairs": JUDGED, "adjectives": JUDGED // 2}
    return score(
        query, {str(kind): partial(sentences, model, kind, count) for kind, count in counts.items()}
    )


def _program(setting: ReferentSetting, rates: tuple[tuple[int, float], ...]) -> str:
    return run(setting.write(), rates)


def _carried(setting: ReferentSetting, state: State) -> Carried:
    words = example(setting.language).words
    model = model_of(setting, state)
    ids = torch.tensor([[model.vocabulary.index[word] for word in words]])
    return Carried(model, {"ids": ids}, ("logits",), lambda it, at: it(at).logits)


JOB = job(
    "it",
    Training,
    read=ReferentSetting.read,
    write=ReferentSetting.write,
    inspections={"answer": _answer, "number": _number, "score": _score},
    program=_program,
    carried=_carried,
)
