"""The job "words": a next-word model whose last word depends on one read long before.

An embedding, a recurrent network and a linear layer guess each next word of `sentences`; the score
that matters is the last guess, which needs the name.

Names of what a run reports, for each CELL that takes part ("rnn", "gru", "lstm"):
    series   "CELL.loss"      cross-entropy of each step's batch over all words, nats
             "CELL.answer"    the same for the last word alone
             "CELL.accuracy"  share of the batch's last words that are right
    marks    "CELL.accuracy"  the same on 192 fixed sentences, "chance" without the name
    pictures "CELL.answers" (professions,): probabilities of the professions for the first name
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from core.opened.scored import Scored, answers, score
from core.recurrent.cells import Kind
from core.recurrent.race import Race, kinds, seeded
from core.recurrent.words import reading
from core.recurrent.words.goals import GOALS
from core.recurrent.words.program import source
from core.recurrent.words.sentences import (
    GRAMMARS,
    batch,
    encode,
    sentence,
    vocabulary,
)
from core.recurrent.words.setting import Words
from core.recurrent.words.speaker import Speaker
from core.training import carried
from core.training.carried import Carried
from core.training.job import State
from core.training.learner import job, loaded

BATCH = 64
TEST = 192
TEST_SEED = 314_159
ANSWER = 4.0
"""Weight of the last word's loss beside the mean over all words, most of which is small talk: at 1
the same networks need two to five times the steps."""


def networks(config: Words) -> dict[Kind, nn.Module]:
    """The networks of a run, as the seed makes them."""
    size = len(vocabulary(config.language))

    def build(kind: Kind) -> Speaker:
        return Speaker(kind, size, config.hidden, config.forget_bias)

    return seeded(build, kinds(config.cell), config.seed)


class Speakers(Race):
    """The members of a run."""

    def __init__(self, config: Words) -> None:
        """Stand at the start."""
        self.config = config
        models = networks(config)
        generator = torch.Generator().manual_seed(config.seed)
        super().__init__(models, "adam", config.clip, generator)
        whats = ("loss", "answer", "accuracy")
        self.series = tuple(f"{kind}.{what}" for kind in models for what in whats)
        self.last: dict[str, float] = {}

    def batch(self, count: int) -> Tensor:
        """Sentences, (B, T)."""
        assert self.batches
        return batch(BATCH, self.config.distance, self.config.language, self.batches)

    def loss(self, batch: Tensor, kind: Kind, count: int) -> Tensor:
        """Mean over all words, with the last one's beside it, which is stored in `last`."""
        logits = self.models[kind](batch[:, :-1])  # (B, T, V)
        every = F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten())
        answer = F.cross_entropy(logits[:, -1], batch[:, -1])
        right = (logits[:, -1].argmax(1) == batch[:, -1]).float().mean()
        self.last[f"{kind}.answer"] = float(answer.detach())
        self.last[f"{kind}.accuracy"] = float(right)
        return every + ANSWER * answer

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take one step with each member; "KIND.loss" is the mean over all words."""
        losses = super().step(count, rate)
        if losses is None:
            return None
        means = {
            f"{kind}.loss": losses[f"{kind}.loss"] - ANSWER * self.last[f"{kind}.answer"]
            for kind in self.members
        }
        return means | self.last

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """How often the answer is right, and what is answered to the first name."""
        config = self.config
        grammar = GRAMMARS[config.language]
        test = tested(config)
        first = encode(
            sentence(grammar.names[0], config.distance, config.language), config.language
        )
        answers = encode(list(grammar.answers), config.language)
        marks = {"chance": 1 / len(answers)}
        pictures: dict[str, Any] = {}
        with torch.no_grad():
            for kind, model in self.models.items():
                guess = model(test[:, :-1])[:, -1].argmax(1)
                marks[f"{kind}.accuracy"] = float((guess == test[:, -1]).float().mean())
                shares = model(first[None, :-1])[0, -1].softmax(0)
                pictures[f"{kind}.answers"] = shares[answers].numpy()
        return marks, pictures


def tested(config: Words) -> Tensor:
    """The fixed sentences that a run is tested on, (N, T)."""
    chance = torch.Generator().manual_seed(TEST_SEED)
    return batch(TEST, config.distance, config.language, chance)


def _score(config: Words, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The last word of the fixed sentences as each member guesses it: "part" is the member."""
    models = {str(kind): model for kind, model in networks(config).items()}
    loaded(state, models)
    return score(query, {kind: partial(_guessed, models[kind], config) for kind in models})


@torch.no_grad()
def _guessed(model: nn.Module, config: Words) -> Scored:
    test, known = tested(config), list(vocabulary(config.language))
    texts = [" ".join(known[i] for i in row) for row in test.tolist()]
    return answers(model(test[:, :-1])[:, -1], test[:, -1], texts=texts, names=known)


def program(config: Words, rates: tuple[tuple[int, float], ...]) -> str:
    """A runnable program that repeats the run."""
    return source(config, rates, ANSWER)


def _inspection(name: str) -> Any:
    def inspect(config: Words, state: State, query: Mapping[str, str]) -> Any:
        return getattr(reading, name)(
            networks(config), state, config.language, config.distance, query
        )

    return inspect


def _carried(config: Words, state: State) -> Carried:
    models = {str(kind): model for kind, model in networks(config).items()}
    loaded(state, models)
    return carried.members(models, tested(config)[:1, :-1])


JOB = job(
    "words",
    Speakers,
    read=Words.read,
    write=Words.write,
    inspections={
        name: _inspection(name) for name in ("reading", "alone", "gates", "number", "spoken")
    }
    | {"score": _score},
    looked={"reading": GOALS},
    program=program,
    carried=_carried,
)
