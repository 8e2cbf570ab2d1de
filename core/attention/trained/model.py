"""A small transformer encoder, written out: every number between a word and the answer can be read.

Each layer is that of "Attention is all you need" (Vaswani et al. 2017) with the normalisation in
front ("pre-norm", Xiong et al. 2020): what `nn.TransformerEncoderLayer(norm_first=True)` computes,
without dropout. Positions are sines and cosines, so that any length up to 64 has them.

Axes: N sentences, T words, D width, L layers, H heads, E = D / H, F inner width, V vocabulary.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.attention.trained.words import INDEX, PAD, VOCABULARY

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
class LayerTrace:
    """Everything that one layer computed.

    Attributes:
        x: (N, T, D) what came in.
        normed: (N, T, D) normalised, what is attended from and to.
        q, k, v: (N, H, T, E).
        scores: (N, H, T, T) q . k.
        scaled: (N, H, T, T) scores / sqrt(E), minus infinity where padding or a cut hides a word.
        weights: (N, H, T, T) softmax over the last axis.
        mixed: (N, H, T, E) weights times v.
        attended: (N, T, D) the heads side by side, through the output projection.
        middle: (N, T, D) x + attended.
        inner: (N, T, F) the feed-forward network after its ReLU.
        out: (N, T, D) middle + feed-forward.
    """

    x: Tensor
    normed: Tensor
    q: Tensor
    k: Tensor
    v: Tensor
    scores: Tensor
    scaled: Tensor
    weights: Tensor
    mixed: Tensor
    attended: Tensor
    middle: Tensor
    inner: Tensor
    out: Tensor


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
        return torch.stack([layer.weights for layer in self.layers], 1)


class Attention(nn.Module):
    """Multi-head self-attention."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        """(N, T, D) -> (N, H, T, E): head h takes the columns h E to (h + 1) E."""
        return x.view(*x.shape[:-1], self.heads, -1).transpose(1, 2)

    def forward(
        self, x: Tensor, hidden: Tensor | None, keep: Tensor | None, renormalise: bool
    ) -> tuple[Tensor, ...]:
        """q, k, v, scores, scaled, weights, mixed, attended, as in `LayerTrace`.

        Args:
            x: (N, T, D), normalised.
            hidden: bool (N, T), True where a word is padding that nobody may read.
            keep: bool, of one layer, see `Cuts`.
            renormalise: see `Cuts`.
        """
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        scores = q @ k.transpose(-1, -2)
        scaled = scores / math.sqrt(q.shape[-1])
        if hidden is not None:
            scaled = scaled.masked_fill(hidden[:, None, None], -math.inf)
        if keep is not None and renormalise:
            scaled = scaled.masked_fill(~keep, -math.inf)
        weights = scaled.softmax(-1)
        if keep is not None:  # a row with nothing left to read is nan after softmax: it reads 0
            weights = weights.masked_fill(~keep, 0.0)
        mixed = weights @ v
        attended = self.output(mixed.transpose(1, 2).flatten(2))
        return q, k, v, scores, scaled, weights, mixed, attended


class Layer(nn.Module):
    """Attention and a feed-forward network, each beside a residual connection."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.linear1 = nn.Linear(width, inner)
        self.linear2 = nn.Linear(inner, width)

    def forward(
        self, x: Tensor, hidden: Tensor | None, keep: Tensor | None, renormalise: bool
    ) -> LayerTrace:
        """(N, T, D) -> everything up to the (N, T, D) that leaves."""
        normed = self.norm1(x)
        q, k, v, scores, scaled, weights, mixed, attended = self.attention(
            normed, hidden, keep, renormalise
        )
        middle = x + attended
        inner = torch.relu(self.linear1(self.norm2(middle)))
        out = middle + self.linear2(inner)
        return LayerTrace(
            x, normed, q, k, v, scores, scaled, weights, mixed, attended, middle, inner, out
        )


class ItModel(nn.Module):
    """Words in, for each of them the word that it stands for out.

    Args:
        layers: L.
        heads: H, a divisor of the width.
        width: D.
        inner: F, width of the feed-forward networks.
    """

    def __init__(self, layers: int = 2, heads: int = 4, width: int = 64, inner: int = 128) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"{heads} heads cannot share a width of {width} evenly.")
        self.width = width
        self.embedding = nn.Embedding(len(VOCABULARY), width)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.register_buffer("positions", positions(MAX_WORDS, width), persistent=False)

    @property
    def shape(self) -> dict[str, int]:
        """What makes a model of the same shape: `ItModel(**shape)`."""
        first = self.layers[0]
        assert isinstance(first, Layer)
        return {
            "layers": len(self.layers),
            "heads": first.attention.heads,
            "width": self.width,
            "inner": first.linear1.out_features,
        }

    def embed(self, ids: Tensor) -> Tensor:
        """(N, T) -> (N, T, D)."""
        table = self.positions
        assert isinstance(table, Tensor)
        found: Tensor = self.embedding(ids) * math.sqrt(self.width) + table[: ids.shape[1]]
        return found

    def forward(self, ids: Tensor, cuts: Cuts | None = None) -> Trace:
        """(N, T) words, padded with 0 -> everything.

        Raises:
            ValueError: more than 64 words.
        """
        if ids.shape[1] > MAX_WORDS:
            raise ValueError(f"A sentence has at most {MAX_WORDS} words.")
        hidden = ids == INDEX[PAD]
        padded = hidden if bool(hidden.any()) else None
        x = embedded = self.embed(ids)
        traces: list[LayerTrace] = []
        for index, layer in enumerate(self.layers):
            keep = None if cuts is None else cuts.keep[index]
            traces.append(layer(x, padded, keep, cuts is None or cuts.renormalise))
            x = traces[-1].out
        return Trace(embedded, tuple(traces), self.norm(x) @ self.embedding.weight.T)


def positions(count: int, width: int) -> Tensor:
    """Sines and cosines of section 3.5 of Vaswani et al.: (count, width)."""
    at = torch.arange(count, dtype=torch.float32)[:, None]
    rate = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    return torch.stack([(at * rate).sin(), (at * rate).cos()], -1).flatten(1)[:, :width]


def initialise(model: ItModel, generator: torch.Generator) -> None:
    """Fresh weights: embeddings of length about 1, matrices after Glorot, biases 0."""

    def glorot(weight: Tensor) -> None:
        bound = math.sqrt(6 / sum(weight.shape))
        weight.uniform_(-bound, bound, generator=generator)

    with torch.no_grad():
        model.embedding.weight.normal_(0, model.width**-0.5, generator=generator)
        for module in model.modules():
            if isinstance(module, nn.Linear):
                glorot(module.weight)
                module.bias.zero_()
            elif isinstance(module, nn.LayerNorm):
                module.weight.fill_(1.0)
                module.bias.zero_()
