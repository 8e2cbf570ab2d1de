"""One step of word2vec: which pairs it sees, drawn from the seed and the number of the step.

Nothing is remembered between steps, so a run may be cut anywhere. W words, B places.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from core.language.embeddings import counts
from core.language.embeddings.setting import BATCH, Setting

_TABLE = 1 << 20
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

    def __init__(self, setting: Setting) -> None:
        """Lay out the text, and make the table of negatives."""
        corpus = setting.corpus()
        self.setting = setting
        self.words = len(corpus.words)
        self.text = counts.places(corpus, setting.window)
        self.length = len(corpus.ids)
        self.kept = counts.kept(corpus, setting.subsampling)
        self.thin = setting.subsampling > 0 and bool((self.kept < 1).any())
        self.table = _table(counts.noise(corpus))
        self.order: tuple[int, Tensor] = (-1, torch.empty(0))

    def __call__(self, step: int) -> Batch:
        """The pairs of the step that follows `step` others.

        A window reaches from 1 to w places, evenly drawn, so that near words count more (Mikolov
        and others 2013a). Subsampling empties places; windows do not reach farther for it.
        """
        epoch, part = divmod(step, self.setting.epoch())
        if self.order[0] != epoch:
            shuffled = torch.randperm(self.length, generator=self._generator(2 * epoch + 1))
            self.order = (epoch, shuffled)
        generator = self._generator(2 * step)
        at = self.order[1][part * BATCH : (part + 1) * BATCH]
        reach = torch.randint(1, self.setting.window + 1, (len(at),), generator=generator)
        centre, context = self.text.around(at, reach)
        there = (context >= 0) & (centre >= 0)[:, None]
        if self.thin:
            chance = torch.cat((self.kept, torch.zeros(1)))  # an empty place, -1, is never kept
            there &= torch.rand(context.shape, generator=generator) < chance[context]
            there &= (torch.rand(len(at), generator=generator) < chance[centre])[:, None]
        if self.setting.method == "skip_gram":
            found = there.nonzero()[:, 0]
            return self._batch(None, centre[found], context[there], self.words, generator)
        found = there.any(1)
        rows = torch.arange(len(at))
        beside = (rows[:, None] * self.words + context)[there]
        company = self._count(beside, len(at))
        mix = company / company.sum(1, keepdim=True).clamp(min=1.0)
        return self._batch(mix, rows[found], centre[found], len(at), generator)

    def _batch(
        self, mix: Tensor | None, rows: Tensor, wanted: Tensor, count: int, g: torch.Generator
    ) -> Batch:
        """Pairs of a hidden vector (n,) and the word (n,) that it is to find."""
        first = rows * self.words
        drawn = None
        if self.setting.objective == "negative":
            draws = torch.randint(_TABLE, (len(rows), self.setting.negatives), generator=g)
            drawn = self._count((first[:, None] + self.table[draws]).flatten(), count)
        return Batch(mix, self._count(first + wanted, count), drawn, len(rows))

    def _count(self, places: Tensor, rows: int) -> Tensor:
        """(rows, W) how often each place (n,) of the flattened matrix is named."""
        found = torch.bincount(places, minlength=rows * self.words)
        return found.view(rows, self.words).float()

    def _generator(self, number: int) -> torch.Generator:
        return torch.Generator().manual_seed(self.setting.seed + 1_000_003 * (number + 1))


def _table(chances: Tensor) -> Tensor:
    """(about 2^20,) words, each as often as its chance."""
    ends = (chances.double().cumsum(0) * _TABLE).round().long().clamp(max=_TABLE)
    ends[-1] = _TABLE
    return torch.searchsorted(ends, torch.arange(_TABLE), right=True)
