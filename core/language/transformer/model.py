"""The encoder-decoder of "Attention is all you need" (Vaswani et al. 2017), small.

Axes: N pairs, S source tokens, T target tokens, D width, L layers, H heads, V vocabulary. The
normalisation stands behind each residual connection; source, target and the last linear map share
one embedding (section 3.4); there is no dropout, for the sentences never run out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

from torch import Tensor, nn

from core.attention.blocks import LayerTrace, PostNorm, causal, readable
from core.attention.positions import positions as sinusoids
from core.language.transformer.tasks import LONGEST, PAD


@dataclass(frozen=True)
class Embedded:
    """Tokens as vectors, each (N, T, D): embedding times sqrt(D), position, and their sum.

    `position` is (T, D), zeros where positions are off.
    """

    embedding: Tensor
    position: Tensor
    sum: Tensor


@dataclass(frozen=True)
class Encoded:
    """What the encoder computed; `readable` (N, 1, 1, S) is True where a source may be read."""

    embedded: Embedded
    layers: tuple[LayerTrace, ...]
    readable: Tensor

    @property
    def memory(self) -> Tensor:
        """(N, S, D) what the decoder reads."""
        return self.layers[-1].out


@dataclass(frozen=True)
class Decoded:
    """What the decoder computed; logits (N, T, V): at every token the scores of the next."""

    embedded: Embedded
    layers: tuple[LayerTrace, ...]
    logits: Tensor


class Answers(Protocol):
    """A network that answers a source token by token: see `Transformer`, `DecoderOnly`."""

    masked: bool

    def encode(self, source: Tensor) -> Any:
        """(N, S) ids -> what `decode` takes."""

    def decode(self, encoded: Any, target: Tensor) -> Decoded:
        """(N, T) ids from <start> on -> the scores of the next tokens."""

    def __call__(self, source: Tensor, target: Tensor) -> Any:
        """(N, S) and (N, T) ids -> logits (N, T, V)."""


class Transformer(nn.Module):
    """Tokens in, for every token of the target so far the scores of the next one out.

    Args:
        words: V.
        layers: L of the encoder, and as many of the decoder.
        heads: H, a divisor of the width.
        width: D.
        inner: of the feed-forward networks.
        positions: whether positions are added to embeddings.
        mask: whether a target token may read those before it only.
        scaling: whether scores are divided by sqrt(D / H).
    """

    def __init__(
        self,
        words: int,
        layers: int = 1,
        heads: int = 4,
        width: int = 64,
        inner: int = 128,
        positions: bool = True,
        mask: bool = True,
        scaling: bool = True,
    ) -> None:
        super().__init__()
        self.shape = {
            "words": words,
            "layers": layers,
            "heads": heads,
            "width": width,
            "inner": inner,
            "positions": positions,
            "mask": mask,
            "scaling": scaling,
        }
        self.masked = mask
        self.embedding = nn.Embedding(words, width)
        table = sinusoids(LONGEST + 1, width)
        self.register_buffer("positions", table if positions else table * 0, persistent=False)
        self.encoder = nn.ModuleList(
            PostNorm(width, heads, inner, scaling=scaling) for _ in range(layers)
        )
        self.decoder = nn.ModuleList(
            PostNorm(width, heads, inner, cross=True, scaling=scaling) for _ in range(layers)
        )

    def embed(self, ids: Tensor) -> Embedded:
        """(N, T) -> (N, T, D)."""
        table = self.positions
        assert isinstance(table, Tensor)
        embedding = self.embedding(ids) * math.sqrt(self.embedding.embedding_dim)
        position = table[: ids.shape[1]]
        return Embedded(embedding, position, embedding + position)

    def encode(self, source: Tensor) -> Encoded:
        """(N, S) ids -> everything up to the memory."""
        read = readable(source, PAD)
        embedded = self.embed(source)
        x, traces = embedded.sum, []
        for layer in self.encoder:
            traces.append(layer(x, read))
            x = traces[-1].out
        return Encoded(embedded, tuple(traces), read)

    def decode(self, encoded: Encoded, target: Tensor) -> Decoded:
        """(N, T) ids from <start> on -> everything up to the scores of the next tokens.

        Padding of the target is never read; without the mask all the rest is, also what comes
        later.
        """
        count = target.shape[1]
        keep = causal(count) if self.masked else readable(target, PAD)
        embedded = self.embed(target)
        x, traces = embedded.sum, []
        for layer in self.decoder:
            traces.append(layer(x, keep, encoded.memory, encoded.readable))
            x = traces[-1].out
        return Decoded(embedded, tuple(traces), x @ self.embedding.weight.T)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """(N, S) and (N, T) ids -> logits (N, T, V)."""
        return self.decode(self.encode(source), target).logits
