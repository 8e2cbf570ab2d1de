"""Fine-tuning: losses and scores of sentiment and answers."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.language.bert import tasks
from core.language.bert.model import Bert
from core.language.bert.pieces import PAD_ID
from core.language.bert.setting import BertSetting
from core.language.bert.tasks import Batch

TEST = 1_000_000
"""Seed of the test examples: no run has it, so they are nobody's labels."""
HEADS = ("sentiment.", "answer.")


def labelled(setting: BertSetting) -> Batch:
    """The labelled examples of a run, the first `labels` of the most that its seed draws."""
    if setting.objective == "sentiment":
        full = tasks.sentiment_batch(setting.language, True, setting.seed, tasks.MOST)
    else:
        full = tasks.answer_batch(setting.language, setting.seed, tasks.MOST)
    n = setting.labels
    return Batch(full.ids[:n], full.segments[:n], full.targets[:n])


def places(model: Bert, ids: Tensor, segments: Tensor) -> Tensor:
    """(N, T, 2) scores of start and end at every token; minus infinity at the question and pads.

    [CLS] stays: it stands for "the passage does not say".
    """
    scores: Tensor = model.answer(model(ids, segments).out)
    allowed = (segments == 1) & (ids != PAD_ID)
    allowed[:, 0] = True
    return scores.masked_fill(~allowed[..., None], -torch.inf)


def loss(model: Bert, setting: BertSetting, batch: Batch) -> Tensor:
    """Mean cross-entropy; of answers the mean of start and end."""
    if setting.objective == "sentiment":
        out = model(batch.ids, batch.segments).out
        return cross_entropy(model.sentiment(model.pooled(out)), batch.targets)
    scores = places(model, batch.ids, batch.segments)
    start = cross_entropy(scores[..., 0], batch.targets[:, 0])
    return (start + cross_entropy(scores[..., 1], batch.targets[:, 1])) / 2


@dataclass(frozen=True)
class Scores:
    """Shares right.

    Attributes:
        first: unseen adjectives, or questions that the passage answers.
        second: seen adjectives, or questions that it does not answer.
        every: both together.
    """

    first: float
    second: float
    every: float


@torch.no_grad()
def judged(
    model: Bert, setting: BertSetting, known: bool, count: int = tasks.TESTED
) -> tuple[Tensor, Tensor]:
    """(N, 2) scores of test sentences, and (N,) what is right; known: adjectives with labels."""
    batch = tasks.sentiment_batch(setting.language, known, TEST, count)
    out = model(batch.ids, batch.segments).out
    return model.sentiment(model.pooled(out)), batch.targets


@torch.no_grad()
def answered(model: Bert, setting: BertSetting, count: int = tasks.TESTED) -> tuple[Tensor, Tensor]:
    """(N, T, T) log-probabilities of the spans of test questions, and (N, 2) what is right."""
    batch = tasks.answer_batch(setting.language, TEST, count)
    return spans(places(model, batch.ids, batch.segments)), batch.targets


@torch.no_grad()
def measured(model: Bert, setting: BertSetting, count: int = tasks.TESTED) -> Scores:
    """Scores on test examples."""
    if setting.objective == "sentiment":
        shares = []
        for known in (False, True):
            logits, targets = judged(model, setting, known, count)
            shares.append(float((logits.argmax(-1) == targets).double().mean()))
        return Scores(shares[0], shares[1], sum(shares) / 2)
    logs, targets = answered(model, setting, count)
    right = (logs.flatten(1).argmax(-1) == flat(targets, logs.shape[1])).double()
    none = targets[:, 0] == 0
    return Scores(float(right[~none].mean()), float(right[none].mean()), float(right.mean()))


def flat(targets: Tensor, count: int) -> Tensor:
    """(N,) which of all spans of `count` tokens each target is, row by row."""
    return targets[:, 0] * count + targets[:, 1]


LONGEST = 4
"""Tokens of the longest answer that is looked for."""


def spans(scores: Tensor) -> Tensor:
    """(N, T, T) log-probability of every span over all that are allowed.

    Allowed: [CLS] to [CLS], and at most `LONGEST` tokens of the passage, its end not before its
    start.
    """
    both = scores[..., 0, None] + scores[:, None, :, 1]
    count = scores.shape[1]
    allowed = torch.ones(count, count, dtype=torch.bool).triu().tril(LONGEST - 1)
    allowed[0, 1:] = False
    both = both.masked_fill(~allowed, -torch.inf)
    return both.flatten(1).log_softmax(-1).view_as(both)
