"""Windows over a text, and what is counted in them. W words, N tokens, w the window."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from core.language.corpora.texts import DROPPED, Corpus

POWER = 0.75
"""Negatives are drawn by count to this power (Mikolov and others 2013b, section 2.2)."""
X_MAX, ALPHA = 100.0, 0.75
"""GloVe's weight of a cell (Pennington and others 2014, equation 9)."""


def offsets(window: int) -> Tensor:
    """(2w,) -w .. -1, 1 .. w."""
    return torch.cat((torch.arange(-window, 0), torch.arange(1, window + 1)))


def contexts(corpus: Corpus, window: int) -> Tensor:
    """(N, 2w) the words around every place; -1 where there is none in the same sentence.

    Around a place whose own word is not in the vocabulary there is nothing either.
    """
    empty = torch.full((window,), DROPPED)
    ids = torch.cat((empty, corpus.ids, empty))
    sentence = torch.cat((empty, corpus.sentence, empty))
    middle = torch.arange(len(corpus.ids))[:, None] + window
    beside = middle + offsets(window)
    gone = (sentence[beside] != sentence[middle]) | (ids[middle] < 0)
    return ids[beside].masked_fill_(gone, DROPPED)


def keep_chances(corpus: Corpus, threshold: float) -> Tensor:
    """(W,) float32 probability that subsampling keeps a word; 1 everywhere for threshold 0.

    sqrt(t / f) + t / f at most 1, f the word's share of the text: as word2vec's code does it; the
    paper has sqrt(t / f) alone.
    """
    if threshold == 0:
        return torch.ones(len(corpus.words))
    ratio = threshold * corpus.counts.sum() / corpus.counts
    return (ratio.sqrt() + ratio).clamp(max=1.0).float()


def noise(corpus: Corpus) -> Tensor:
    """(W,) float32 chances of the words to be drawn as negatives."""
    raised = corpus.counts.double() ** POWER
    return (raised / raised.sum()).float()


@lru_cache(8)
def cooccurrence(corpus: Corpus, window: int, by_distance: bool) -> Tensor:
    """(W, W) float32, symmetric: how often two words are at most `window` places apart.

    Args:
        corpus: of N tokens.
        window: the farthest distance.
        by_distance: a pair d places apart counts 1 / d, as in GloVe, instead of 1.

    >>> from core.language.corpora.texts import own
    >>> text = own("the cat sat. the dog sat.")
    >>> text.words
    ('sat', 'the', 'cat', 'dog')
    >>> cooccurrence(text, 1, False).int().tolist()  # neighbours in the same sentence
    [[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]]
    >>> cooccurrence(text, 2, True)[text.words.index("the")].tolist()
    [1.0, 0.0, 1.0, 1.0]
    """
    size = len(corpus.words)
    counts = torch.zeros(size * size)
    for distance in range(1, min(window, len(corpus.ids) - 1) + 1):
        left, right = corpus.ids[:-distance], corpus.ids[distance:]
        near = corpus.sentence[:-distance] == corpus.sentence[distance:]
        near &= (left >= 0) & (right >= 0)
        pairs = torch.bincount(left[near] * size + right[near], minlength=size * size)
        counts += pairs / distance if by_distance else pairs
    square = counts.view(size, size)
    return square + square.T


def pairs(corpus: Corpus, window: int, i: int, j: int) -> Tensor:
    """(w,) float32: how often two words stand 1, 2, ... w places apart, in either order."""
    counts = torch.zeros(window)
    for distance in range(1, min(window, len(corpus.ids) - 1) + 1):
        left, right = corpus.ids[:-distance], corpus.ids[distance:]
        near = corpus.sentence[:-distance] == corpus.sentence[distance:]
        either = ((left == i) & (right == j)).long() + ((left == j) & (right == i)).long()
        counts[distance - 1] = (either * near).sum()
    return counts


def weight(count: Tensor) -> Tensor:
    """GloVe's weight of a cell: (X / 100)^0.75, at most 1, and 0 for an empty one."""
    return (count / X_MAX).clamp(max=1.0) ** ALPHA


def ppmi(count: Tensor) -> Tensor:
    """(W, W) positive pointwise mutual information, in nats: max(0, log p(i, j) / (p(i) p(j))).

    >>> count = torch.tensor([[0.0, 1.0], [1.0, 2.0]])
    >>> (100 * ppmi(count)).round().tolist()  # what is rarer than by chance is 0
    [[0.0, 29.0], [29.0, 0.0]]
    """
    total = count.sum()
    by_chance = count.sum(1, keepdim=True) * count.sum(0, keepdim=True) / total
    return torch.where(count > 0, (count / by_chance).log(), 0.0).clamp(min=0.0)
