"""What is measured of an "it" model: is it right, where do its heads look, what does it need.

A head *ranks the referent ahead* when the word *it* gives more weight to the noun that it stands
for than to the other noun that it could be: by chance half of the time. It *ranks it first* when no
noun of the sentence, people too, gets more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch import Tensor

from core.attention.trained.cuts import edges
from core.attention.trained.model import Cuts, ItModel
from core.attention.trained.sentences.grammar import Batch, Kind, sample
from core.attention.trained.sentences.vocabulary import MASK, PAD, Language
from core.intervals import interval

MEASURED = 2_048
"""Held-out sentences of each kind that shipped networks are measured on."""
_SEED = 1914  # of the held-out sentences; learning never uses it


@cache
def held_out(kind: Kind, count: int, language: Language = "en") -> Batch:
    """Held-out sentences, always the same ones."""
    return sample(count, torch.Generator().manual_seed(_SEED), kind, language)


@dataclass(frozen=True)
class HeadShares:
    """What the heads read at *it*, and how often the answer is right, in one forward pass.

    Attributes:
        right: share of the sentences where of all words the referent gets the highest score.
        ahead: (L, H) share of the sentences where a head ranks the referent ahead of the other.
        first: (L, H) share where it ranks the referent first of all nouns.
        weight: (L, H) mean weight of the referent.
    """

    right: float
    ahead: Tensor
    first: Tensor
    weight: Tensor

    @property
    def best(self) -> tuple[int, int]:
        """Layer and head that most often rank the referent first, counted from 0."""
        return divmod(int(self.first.flatten().argmax()), self.first.shape[1])


@torch.no_grad()
def accuracy(model: ItModel, batch: Batch) -> float:
    """Share of the sentences where of all words the referent gets the highest score."""
    logits = at_it(model, batch)
    return float((logits.argmax(-1) == batch.words(batch.referent)).double().mean())


@torch.no_grad()
def head_shares(model: ItModel, batch: Batch) -> HeadShares:
    """What the heads read at *it*."""
    n = torch.arange(len(batch))
    trace = model(batch.ids)
    rows = trace.weights[n, :, :, batch.it]  # (N, L, H, T)
    right = trace.logits[n, batch.it].argmax(-1) == batch.words(batch.referent)
    referent, other = rows[n, :, :, batch.referent], rows[n, :, :, batch.other]
    words = model.vocabulary
    nouns = torch.isin(batch.ids, torch.tensor([words.index[noun] for noun in sorted(words.nouns)]))
    best = rows.masked_fill(~nouns[:, None, None], -1.0).argmax(-1)  # (N, L, H)
    first = best == batch.referent[:, None, None]
    return HeadShares(
        float(right.double().mean()),
        (referent > other).float().mean(0),
        first.float().mean(0),
        referent.mean(0),
    )


@dataclass(frozen=True)
class Knockout:
    """Medians over sentences of the probability of the right answer.

    Attributes:
        before: with nothing cut.
        after: with *it* -> referent cut in every head.
        after_other: with *it* -> the other noun cut instead: a control.
        gap: median of before minus after, sentence by sentence.
    """

    before: float
    after: float
    after_other: float
    gap: float


@torch.no_grad()
def knockout(model: ItModel, batch: Batch) -> Knockout:
    """Cut what *it* reads from the referent, and from the other noun, in every layer and head."""
    right = batch.words(batch.referent)
    n = torch.arange(len(batch))

    def probability(cuts: Cuts | None) -> Tensor:
        return at_it(model, batch, cuts).softmax(-1)[n, right]

    layers, words = len(model.layers), batch.ids.shape[1]
    before = probability(None)
    after = probability(edges(batch.it, batch.referent, layers, words))
    other = probability(edges(batch.it, batch.other, layers, words))
    return Knockout(
        float(before.median()),
        float(after.median()),
        float(other.median()),
        float((before - after).median()),
    )


@torch.no_grad()
def scopes(model: ItModel, batch: Batch, layer: int, head: int) -> dict[str, dict[str, Any]]:
    """*it* -> referent cut in one head, in its layer, and everywhere: what becomes of the answer.

    Args:
        model: the network.
        batch: N sentences.
        layer: of the head, from 0.
        head: from 0.

    Returns:
        For "head", "layer" and "everywhere" "after", the median probability of the right answer,
        "changed", the share of the N sentences whose answer is another one, and its 95% interval.
    """
    right = batch.words(batch.referent)
    n = torch.arange(len(batch))
    shape = model.shape
    before = at_it(model, batch).argmax(-1)
    cut = torch.zeros(len(batch), batch.ids.shape[1], batch.ids.shape[1], dtype=torch.bool)
    cut[n, batch.it, batch.referent] = True
    measured = {}
    for name, layers, heads in (
        ("head", slice(layer, layer + 1), slice(head, head + 1)),
        ("layer", slice(layer, layer + 1), slice(None)),
        ("everywhere", slice(None), slice(None)),
    ):
        mask = torch.ones(shape["layers"], len(batch), shape["heads"], *cut.shape[1:]).bool()
        mask[layers, :, heads] &= ~cut[:, None]
        logits = at_it(model, batch, Cuts(mask))
        changed = int((logits.argmax(-1) != before).sum())
        measured[name] = {
            "after": float(logits.softmax(-1)[n, right].median()),
            "changed": changed / len(batch),
            "interval": interval(changed, len(batch)),
        }
    return measured


def hidden_words(model: ItModel, batch: Batch) -> float:
    """Share of hidden words that are guessed; see `hidden`."""
    logits, truth = hidden(model, batch)
    return float((logits.argmax(-1) == truth).double().mean())


@torch.no_grad()
def hidden(model: ItModel, batch: Batch) -> tuple[Tensor, Tensor]:
    """(N, V) scores at hidden words, and (N,) what they were: in every sentence one, in its turn.

    The words of the sentence that say nothing new ("the", "it") count too.
    """
    n = torch.arange(len(batch))
    index = model.vocabulary.index
    place = n % (batch.ids != index[PAD]).sum(1)
    ids = batch.ids.clone()
    ids[n, place] = index[MASK]
    return model(ids).logits[n, place], batch.ids[n, place]


def at_it(model: ItModel, batch: Batch, cuts: Cuts | None = None) -> Tensor:
    """(N, V) the scores at the word *it*."""
    logits: Tensor = model(batch.ids, cuts).logits
    return logits[torch.arange(len(batch)), batch.it]
