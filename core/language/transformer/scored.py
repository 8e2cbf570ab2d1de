"""How right a network is on held-out pairs, opened down to single tokens.

N pairs, T tokens behind <start>, M tokens of all pairs that are no padding, V words
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import pad

from core.language.transformer.measure import greedy
from core.language.transformer.model import Answers
from core.language.transformer.networks import network
from core.language.transformer.tasks import PAD, SPECIAL, TASKS, Batch, Name, Task, task
from core.opened.linked import NUMBER_FIELD
from core.opened.parts import Cell
from core.opened.scored import Scored, answers, whole_answers
from core.schema import REQUIRED, Record, choice

PARTS = ("tokens", "texts")


@dataclass(frozen=True)
class ScoreQuestion(Record):
    """A number behind the scores of a shipped network.

    Attributes:
        task: of the network.
        part: tokens that it names when it is fed the truth, or whole answers that it writes.
        number: see `core.opened.scored`; the share that is right without one.
    """

    task: Name = choice(TASKS, REQUIRED)
    part: str = choice(PARTS)
    number: Cell | None = NUMBER_FIELD


def parts(
    model: Answers, about: Task, held: Batch, smoothing: float = 0.0
) -> dict[str, Callable[[], Scored]]:
    """What makes the answers of each part.

    Args:
        model: any of the task.
        about: the task.
        held: pairs that it has not learnt from.
        smoothing: of the loss that it learns by.
    """
    return {
        "tokens": lambda: tokens(model, about, held, smoothing),
        "texts": lambda: whole(model, about, held),
    }


@torch.no_grad()
def tokens(model: Answers, about: Task, held: Batch, smoothing: float = 0.0) -> Scored:
    """Every token that is named when the truth is fed: M answers."""
    wanted = held.target[:, 1:]
    logits = model(held.source, held.target[:, :-1])
    pair, at = (wanted != PAD).nonzero(as_tuple=True)
    sources = _texts(about, held.source)
    named = [
        f"{sources[n]} → {about.words[i]}"
        for n, i in zip(pair.tolist(), wanted[pair, at].tolist(), strict=True)
    ]
    return answers(logits[pair, at], wanted[pair, at], smoothing, named, about.words)


@torch.no_grad()
def whole(model: Answers, about: Task, held: Batch) -> Scored:
    """Whole answers that the model writes, going on from its own tokens: N of them."""
    limit = held.target.shape[1] - 1
    written = greedy(model, held.source, limit)
    written = pad(written, (0, limit + 1 - written.shape[1]), value=PAD)
    return whole_answers((written != held.target)[:, 1:], _texts(about, held.source))


def score(question: ScoreQuestion) -> dict[str, Any]:
    """The arithmetic of a number of a shipped network: see `Scored.reply`.

    Raises:
        Refusal: there is no such number.
        WeightsError: the network cannot be loaded.
    """
    return _scored(question.task, question.part).reply(question.number)


@cache
def _scored(name: Name, part: str) -> Scored:
    about = task(name)
    return parts(network(name).model, about, about.pools[1])[part]()


def _texts(about: Task, source: Tensor) -> list[str]:
    special = len(SPECIAL)
    return [" ".join(about.words[i] for i in row if i >= special) for row in source.tolist()]
