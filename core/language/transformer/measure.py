"""How good a model is, decoding greedily and with teacher forcing."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import pad

from core.language.transformer.model import Answers
from core.language.transformer.tasks import END, LONGEST, PAD, START, Batch


@torch.no_grad()
def greedy(model: Answers, source: Tensor, limit: int = LONGEST) -> Tensor:
    """The likeliest next token, again and again: (N, S) ids -> (N, T), padded behind <end>.

    Args:
        model: any.
        source: of a batch.
        limit: tokens behind <start> at most; decoding ends as soon as all sentences have ended.
    """
    encoded = model.encode(source)
    target = torch.full((len(source), 1), START)
    ended = torch.zeros(len(source), dtype=torch.bool)
    for _ in range(limit):
        following = model.decode(encoded, target).logits[:, -1].argmax(-1)
        following = following.masked_fill(ended, PAD)
        target = torch.cat([target, following[:, None]], 1)
        ended |= following == END
        if bool(ended.all()):
            break
    return target


@dataclass(frozen=True)
class Scores:
    """Shares from 0 to 1.

    Attributes:
        exact: sentences that come out whole and right when the model goes on from its own tokens.
        tokens: tokens that are right when the model is fed the truth before them.
    """

    exact: float
    tokens: float


@torch.no_grad()
def exact(model: Answers, batch: Batch) -> float:
    """Share of sentences that greedy decoding gets right, <end> included."""
    limit = batch.target.shape[1] - 1
    decoded = greedy(model, batch.source, limit)
    decoded = pad(decoded, (0, limit + 1 - decoded.shape[1]), value=PAD)
    return float((decoded == batch.target).all(1).double().mean())


@torch.no_grad()
def scores(model: Answers, batch: Batch) -> Scores:
    """Greedily, and fed the truth.

    With the mask one pass tells both: as long as greedy decoding is right, what it reads *is* the
    truth, so that a sentence comes out right exactly if each of its tokens is right when the truth
    is fed. Without the mask a token that is fed the truth reads what comes later, itself included,
    and says nothing about decoding, which is then done.
    """
    wanted = batch.target[:, 1:]
    right = model(batch.source, batch.target[:, :-1]).argmax(-1) == wanted
    real = wanted != PAD
    whole = float((right | ~real).all(1).double().mean()) if model.masked else exact(model, batch)
    return Scores(whole, float(right[real].double().mean()))
