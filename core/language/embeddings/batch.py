"""One step of word2vec: which pairs it sees, drawn from the seed and the number of the step.

Nothing is remembered between steps, so a run may be cut anywhere. W words, B places.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from core.language.embeddings import counts
from core.language.embeddings.setting import BATCH, VectorsSetting

_TABLE = 1 << 17
"""Places of the table that negatives are drawn from, as in word2vec's code: a draw is a look-up."""


@dataclass(frozen=True)
class Batch:
    """The pairs of one step, counted.

    Attributes:
        mix: (R, W) what the hidden vectors are made of; None for skip-gram: the words themselves.
        wanted: (R, W) how often each word is to be found.
        drawn: (R, W) how often it is a negative; None for the full softmax.
        pairs: how many were to be found.
    """

    mix: Tensor | None
    wanted: Tensor
    drawn: Tensor | None
    pairs: int


class Batches:
    """All steps of a setting."""

    def __init__(self, setting: VectorsSetting) -> None:
        """Lay out the text, and make the table of negatives."""
        corpus = setting.corpus()
        self.setting = setting
        self.words = len(corpus.words)
        self.centre = corpus.ids
        self.context = counts.contexts(corpus, setting.window)
        self.distance = counts.offsets(setting.window).abs()
        self.length = len(corpus.ids)
        self.keep = counts.keep_chances(corpus, setting.subsampling)
        self.thin = setting.subsampling > 0 and bool((self.keep < 1).any())
        self.table = _table(counts.noise(corpus))
        self.order: tuple[int, Tensor] = (-1, torch.empty(0))

    def __call__(self, step: int) -> Batch:
        """The pairs of the step that follows `step` others.

        A window reaches from 1 to w places, evenly drawn, so that near words count more (Mikolov
        and others 2013a). Subsampling empties places; windows do not reach farther for it.
        """
        epoch, part = divmod(step, self.setting.epoch())
        order = self.order
        if order[0] != epoch:
            shuffled = torch.randperm(self.length, generator=self._generator(2 * epoch + 1))
            self.order = order = (epoch, shuffled)
        generator = self._generator(2 * step)
        at = order[1][part * BATCH : (part + 1) * BATCH]
        centre, context = self.centre[at], self.context[at]
        reach = torch.randint(1, self.setting.window + 1, (len(at), 1), generator=generator)
        there = (context >= 0) & (self.distance <= reach)
        if self.thin:
            chance = torch.cat((self.keep, torch.zeros(1)))  # an empty place, -1, is never kept
            there &= torch.rand(context.shape, generator=generator) < chance[context]
            there &= (torch.rand(len(at), generator=generator) < chance[centre])[:, None]
        if self.setting.method == "skip_gram":
            pairs = there.flatten().nonzero()[:, 0]
            rows = centre.index_select(0, pairs // context.shape[1])
            company = context.flatten().index_select(0, pairs)
            return self._batch(None, rows, company, self.words, generator)
        nonempty = there.any(1)
        rows = torch.arange(len(at))
        beside = (rows[:, None] * self.words + context)[there]
        around = self._count(beside, len(at))
        mix = around / around.sum(1, keepdim=True).clamp(min=1.0)
        return self._batch(mix, rows[nonempty], centre[nonempty], len(at), generator)

    def _batch(
        self, mix: Tensor | None, rows: Tensor, wanted: Tensor, count: int, g: torch.Generator
    ) -> Batch:
        """Pairs of a hidden vector (n,) and the word (n,) that it is to find."""
        first = rows * self.words
        drawn = None
        if self.setting.objective == "negative":
            draws = torch.randint(_TABLE, (len(rows) * self.setting.negatives,), generator=g)
            noise = self.table.index_select(0, draws).view(len(rows), -1)
            drawn = self._count((first[:, None] + noise).flatten(), count)
        return Batch(mix, self._count(first + wanted, count), drawn, len(rows))

    def _count(self, places: Tensor, rows: int) -> Tensor:
        """(rows, W) how often each place (n,) of the flattened matrix is named."""
        counts = torch.zeros(rows * self.words)
        return counts.index_add_(0, places, torch.ones(len(places))).view(rows, self.words)

    def _generator(self, number: int) -> torch.Generator:
        return torch.Generator().manual_seed(self.setting.seed + 1_000_003 * (number + 1))


@lru_cache(4)
def batches(setting: VectorsSetting) -> Batches:
    """The steps of a setting, laid out once for all chunks of a run."""
    return Batches(setting)


def _table(chances: Tensor) -> Tensor:
    """(2^17,) words, each as often as its chance."""
    ends = (chances.double().cumsum(0) * _TABLE).round().long().clamp(max=_TABLE)
    ends[-1] = _TABLE
    return torch.searchsorted(ends, torch.arange(_TABLE), right=True)
