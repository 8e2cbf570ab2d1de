"""A small transformer encoder that says what "it" stands for; its connections can be cut.

Each layer is a `core.attention.blocks.PreNorm`. Positions are sines and cosines, so that any length
up to 64 has them.

Axes: N sentences, T words, D width, L layers, H heads, F inner width, V vocabulary.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from core.attention.blocks import Activation, LayerTrace, PreNorm, readable, softmax
from core.attention.positions import positions
from core.attention.trained.sentences.grammar import VOCABULARIES
from core.attention.trained.sentences.vocabulary import PAD, Language
from core.schema import TooLong, mark

MAX_WORDS = 64


@dataclass(frozen=True)
class Cuts:
    """Connections that are cut.

    Attributes:
        keep: bool (L, H, T, T), or (L, N, 1, T, T) for each sentence its own; False where the word
            of the row may not read that of the column.
        renormalise: True: the scores of cut connections are minus infinity, so that the weights
            that stay sum to 1. False: their weights become 0 and the others stay as they are. A
            row that is cut altogether is 0 either way.
    """

    keep: Tensor
    renormalise: bool = True


@dataclass(frozen=True)
class Trace:
    """Everything that a forward pass computed.

    Attributes:
        embedded: (N, T, D) embeddings times sqrt(D), plus positions.
        layers: one for each layer.
        logits: (N, T, V) for every word of the sentence the score of every word it may stand for.
    """

    embedded: Tensor
    layers: tuple[LayerTrace, ...]
    logits: Tensor

    @property
    def weights(self) -> Tensor:
        """(N, L, H, T, T) who attends to whom."""
        return torch.stack([layer.attended.attention.weights for layer in self.layers], 1)


class ItModel(nn.Module):
    """Words in, for each of them the word that it stands for out.

    Args:
        layers: L.
        heads: H, a divisor of the width.
        width: D.
        inner: F, width of the feed-forward networks.
        language: of the words.
    """

    def __init__(
        self,
        layers: int = 2,
        heads: int = 4,
        width: int = 64,
        inner: int = 128,
        language: Language = "en",
    ) -> None:
        super().__init__()
        self.width = width
        self.language = language
        self.vocabulary = VOCABULARIES[language]
        self.embedding = nn.Embedding(len(self.vocabulary.words), width)
        self.layers = nn.ModuleList(PreNorm(width, heads, inner) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.register_buffer("positions", positions(MAX_WORDS, width), persistent=False)

    @property
    def shape(self) -> dict[str, Any]:
        """What makes a model of the same shape: `ItModel(**shape)`."""
        first = self.layers[0]
        assert isinstance(first, PreNorm)
        return {
            "layers": len(self.layers),
            "heads": first.attention.heads,
            "width": self.width,
            "inner": first.linear1.out_features,
            "language": self.language,
        }

    def embed(self, ids: Tensor) -> Tensor:
        """(N, T) -> (N, T, D)."""
        table = self.positions
        assert isinstance(table, Tensor)
        scaled: Tensor = self.embedding(ids) * math.sqrt(self.width)
        return scaled + table[: ids.shape[1]]

    def forward(self, ids: Tensor, cuts: Cuts | None = None) -> Trace:
        """(N, T) words, padded with 0 -> everything.

        Raises:
            ValueError: more than 64 words.
        """
        if ids.shape[1] > MAX_WORDS:
            raise TooLong(mark("A sentence has at most {most} words."), most=MAX_WORDS)
        pad = self.vocabulary.index[PAD]
        real = readable(ids, pad) if bool((ids == pad).any()) else None
        x = embedded = self.embed(ids)
        traces: list[LayerTrace] = []
        for index, layer in enumerate(self.layers):
            traces.append(layer(x, *_cut(real, cuts, index)))
            x = traces[-1].out
        return Trace(embedded, tuple(traces), self.norm(x) @ self.embedding.weight.T)


def _cut(real: Tensor | None, cuts: Cuts | None, layer: int) -> tuple[Tensor | None, Activation]:
    """Which words a layer may read, and how its masked scores become weights."""
    if cuts is None:
        return real, softmax
    keep = cuts.keep[layer]

    def weights(masked: Tensor) -> Tensor:
        # A row with nothing left to read is nan after the softmax: it reads nothing.
        return masked.softmax(-1).masked_fill(~keep, 0.0)

    if not cuts.renormalise:
        return real, weights
    return keep if real is None else keep & real, weights
