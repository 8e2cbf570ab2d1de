"""The job "words": a next-word model whose last word depends on one read long before.

An embedding, a recurrent network and a linear layer guess each next word of `sentences`; the score
that matters is the last guess, which needs the name.

Names of what a run tells, for each CELL that takes part ("rnn", "gru", "lstm"):
    series   "CELL.loss"      cross-entropy of each step's batch over all words, nats
             "CELL.answer"    the same for the last word alone
             "CELL.accuracy"  share of the batch's last words that are right
    marks    "CELL.accuracy"  the same on 192 fixed sentences, "chance" without the name
    pictures "CELL.answers" (professions,): probabilities of the professions for the first name
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from core.recurrent.sine.race import CELLS, Cell, Race, kinds
from core.recurrent.words import reading
from core.recurrent.words.program import source
from core.recurrent.words.sentences import (
    FARTHEST,
    GRAMMARS,
    LANGUAGES,
    NEAREST,
    Language,
    batch,
    check_distance,
    encode,
    sentence,
    vocabulary,
)
from core.recurrent.words.speaker import Speaker
from core.schema import Record, choice, mark, number, whole
from core.training.job import Failure, Job, Log, State

BATCH = 64
TEST = 192
TEST_SEED = 314_159
ANSWER = 4.0
"""Weight of the last word's loss beside the mean over all words, most of which is small talk: at 1
the same networks need two to five times the steps."""


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


def _race(config: Words) -> Race:
    size = len(vocabulary(config.language))
    return Race(
        lambda kind: Speaker(kind, size, config.hidden, config.forget_bias),
        kinds(config.cell),
        config.seed,
    )


def _look(config: Words, race: Race) -> tuple[dict[str, float], dict[str, Any]]:
    grammar = GRAMMARS[config.language]
    test = batch(TEST, config.distance, config.language, torch.Generator().manual_seed(TEST_SEED))
    first = encode(sentence(grammar.names[0], config.distance, config.language), config.language)
    answers = encode(list(grammar.answers), config.language)
    marks = {"chance": 1 / len(answers)}
    pictures: dict[str, Any] = {}
    with torch.no_grad():
        for kind, model in race.models.items():
            said = model(test[:, :-1])[:, -1].argmax(1)
            marks[f"{kind}.accuracy"] = float((said == test[:, -1]).float().mean())
            shares = model(first[None, :-1])[0, -1].softmax(0)
            pictures[f"{kind}.answers"] = shares[answers].numpy()
    return marks, pictures


def start(config: Words) -> tuple[State, Log]:
    """The state before the first step; see `core.training.job.Job`."""
    race = _race(config)
    return race.pack(), Log({}, *_look(config, race))


def _loss(told: dict[int, tuple[float, float]], words: Tensor, model: nn.Module) -> Tensor:
    logits = model(words[:, :-1])  # (B, T, V)
    every = F.cross_entropy(logits.flatten(0, 1), words[:, 1:].flatten())
    last = F.cross_entropy(logits[:, -1], words[:, -1])
    right = (logits[:, -1].argmax(1) == words[:, -1]).float().mean()
    told[id(model)] = (float(last.detach()), float(right))
    return every + ANSWER * last


def advance(config: Words, state: State, budget: int, learning_rate: float) -> tuple[State, Log]:
    """Go on; see `core.training.job.Job`."""
    race = _race(config)
    race.unpack(state)
    draw = partial(batch, BATCH, config.distance, config.language)
    names = [f"{kind}.{what}" for kind in race.models for what in ("loss", "answer", "accuracy")]
    series: dict[str, list[float]] = {name: [] for name in names}
    failure: Failure | None = None
    for _ in range(min(budget, config.steps - state.step)):
        told: dict[int, tuple[float, float]] = {}
        found = race.step(draw, partial(_loss, told), learning_rate, config.clip)
        if found is None:
            failure = "diverged"
            break
        for kind, model in race.models.items():
            answer, right = told[id(model)]
            series[f"{kind}.loss"].append(found[kind] - ANSWER * answer)
            series[f"{kind}.answer"].append(answer)
            series[f"{kind}.accuracy"].append(right)
    arrays = {name: np.array(values, np.float32) for name, values in series.items()}
    return race.pack(), Log(arrays, *_look(config, race), failure=failure)


def program(config: Words, rates: tuple[tuple[int, float], ...]) -> str:
    """A runnable program that repeats the run."""
    return source(config, rates, ANSWER)


def _looks(name: str) -> Any:
    def look(config: Words, state: State, query: Mapping[str, str]) -> Any:
        models = _race(config).models
        return getattr(reading, name)(models, state, config.language, config.distance, query)

    return look


JOB = Job(
    name="words",
    read=Words.read,
    write=Words.write,
    steps=lambda config: config.steps,
    learning_rate=lambda config: config.learning_rate,
    start=start,
    advance=advance,
    looks={name: _looks(name) for name in ("reading", "gates", "number")},
    program=program,
)
