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
from dataclasses import asdict, dataclass, fields
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from core.checked import number, one_of, whole
from core.recurrent.sine.race import CELLS, Cell, Race, kinds
from core.recurrent.words import reading
from core.recurrent.words.program import source
from core.recurrent.words.sentences import (
    GRAMMARS,
    LANGUAGES,
    Language,
    batch,
    check_distance,
    encode,
    sentence,
    vocabulary,
)
from core.recurrent.words.speaker import Speaker
from core.training.job import Failure, Job, Log, State

BATCH = 64
TEST = 192
TEST_SEED = 314_159
ANSWER = 4.0
"""Weight of the last word's loss beside the mean over all words, most of which is small talk: at 1
the same networks need two to five times the steps."""


@dataclass(frozen=True)
class Words:
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

    Raises:
        ValueError: a value is out of bounds, in a sentence.
    """

    cell: Cell = "race"
    hidden: int = 24
    distance: int = 8
    learning_rate: float = 0.01
    steps: int = 400
    forget_bias: float = 0.0
    clip: float = 1.0
    seed: int = 0
    language: Language = "en"

    def __post_init__(self) -> None:
        """Hold the limits."""
        one_of("cell", self.cell, CELLS)
        one_of("language", self.language, LANGUAGES)
        whole("hidden", self.hidden, 1, 128)
        check_distance(self.distance, self.language)
        number("learning_rate", self.learning_rate, 1e-5, 1.0)
        whole("steps", self.steps, 1, 3000)
        number("forget_bias", self.forget_bias, -2.0, 5.0)
        number("clip", self.clip, 0.0, 10.0)
        whole("seed", self.seed, 0, 999_999)


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


def read(asked: Mapping[str, Any]) -> Words:
    """Make the config from what a browser sent.

    Raises:
        ValueError: an unknown field, or a value out of bounds.
    """
    unknown = set(asked) - {field.name for field in fields(Words)}
    if unknown:
        raise ValueError(f"The next-word model has no {sorted(unknown)[0]!r}.")
    return Words(**asked)


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
    read=read,
    write=asdict,
    steps=lambda config: config.steps,
    learning_rate=lambda config: config.learning_rate,
    start=start,
    advance=advance,
    looks={name: _looks(name) for name in ("reading", "gates", "number")},
    program=program,
)
