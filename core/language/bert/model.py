"""A small BERT: an encoder that reads both sides, with the heads of its games, and its twin.

Devlin et al. 2019: embeddings of token, position and segment added and normalised, layers of
self-attention and feed-forward (GELU). Heads: hidden words (the embedding once more, transposed),
next sentence ([CLS] through a tanh), sentiment (the same [CLS]), answer (a start and an end for
each token). The twin is the same network with a causal mask: it reads to the left only, and names
the word that comes next. No dropout: the models are small, the stories many.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from core.attention.blocks import LayerTrace, PostNorm, causal, initialise, readable
from core.language.bert.pieces import MAX_TOKENS, PAD_ID

ENCODER = ("token.", "position.", "segment.", "norm.", "layers.")
"""How names of the encoder's parameters begin."""
_SMALL = 0.4


@dataclass(frozen=True)
class Read:
    """What the encoder made of a batch.

    Attributes:
        layers: everything in between.
        out: (N, T, D) a vector for each token that knows the others.
    """

    layers: tuple[LayerTrace, ...]
    out: Tensor

    @property
    def weights(self) -> Tensor:
        """(N, L, H, T, T) who attends to whom."""
        return torch.stack([layer.attended.attention.weights for layer in self.layers], 1)


class Bert(nn.Module):
    """Encoder and heads.

    Args:
        words: tokens of the vocabulary.
        layers, heads, width, inner: of the encoder.
        left: whether a token reads only itself and what is left of it: the twin.
    """

    def __init__(
        self,
        words: int,
        layers: int = 2,
        heads: int = 4,
        width: int = 64,
        inner: int = 128,
        left: bool = False,
    ) -> None:
        super().__init__()
        self.left = left
        self.shape = {
            "words": words,
            "layers": layers,
            "heads": heads,
            "width": width,
            "inner": inner,
            "left": left,
        }
        self.token = nn.Embedding(words, width)
        self.position = nn.Embedding(MAX_TOKENS, width)
        self.segment = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(
            PostNorm(width, heads, inner, activation=gelu) for _ in range(layers)
        )
        self.hidden = nn.Linear(width, width)
        self.hidden_norm = nn.LayerNorm(width)
        self.hidden_bias = nn.Parameter(torch.zeros(words))
        self.pool = nn.Linear(width, width)
        self.follows = nn.Linear(width, 2)
        self.sentiment = nn.Linear(width, 2)
        self.answer = nn.Linear(width, 2)

    def forward(self, ids: Tensor, segments: Tensor) -> Read:
        """The encoder.

        Args:
            ids: (N, T), padding behind the tokens.
            segments: (N, T), 0 or 1.
        """
        count = ids.shape[1]
        x = self.norm(self.token(ids) + self.position.weight[:count] + self.segment(segments))
        keep = readable(ids, PAD_ID)
        if self.left:
            keep = keep & causal(count)
        traces: list[LayerTrace] = []
        for layer in self.layers:
            traces.append(layer(x, keep))
            x = traces[-1].out
        return Read(tuple(traces), x)

    def words(self, out: Tensor) -> Tensor:
        """(..., D) vectors -> (..., V) scores of words."""
        x = self.hidden_norm(gelu(self.hidden(out)))
        scores: Tensor = x @ self.token.weight.T + self.hidden_bias
        return scores

    def pooled(self, out: Tensor) -> Tensor:
        """(N, D) what stands for the whole input: the vector of [CLS] through a tanh."""
        return torch.tanh(self.pool(out[:, 0]))

    def draw(self, generator: torch.Generator) -> None:
        """Fresh weights; embeddings are drawn small, as BERT's are: they learn sooner then."""
        initialise(self, generator)
        with torch.no_grad():
            for table in (self.token, self.position, self.segment):
                table.weight.mul_(_SMALL)

    def fresh_head(self, generator: torch.Generator) -> None:
        """Fresh weights of the heads that fine-tuning begins with."""
        for head in (self.sentiment, self.answer):
            initialise(head, generator)
