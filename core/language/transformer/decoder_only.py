"""A decoder alone (Radford et al. 2018): the text, then the answer, in one row of tokens.

It learns what the encoder-decoder learns, by the same steps: the loss is that of the answer. Each
token reads itself and those before it, in the text too; so nothing of the text can read what stands
to its right, and there is no attention between two rows of tokens. It has as many layers as the
encoder and the decoder have together.

Axes: N pairs, S source tokens, T target tokens, D width, L layers, H heads, V vocabulary.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.attention.blocks import PostNorm, causal, readable
from core.attention.layer_rules import Rows, last_norm
from core.attention.layer_rules import arrays as layer_arrays
from core.attention.layer_rules import rules as layer_rules
from core.attention.layer_rules import symbols as layer_symbols
from core.attention.layer_rules import weights as layer_weights
from core.attention.positions import positions as sinusoids
from core.language.transformer.model import Decoded, Embedded
from core.language.transformer.tasks import LONGEST, PAD
from core.opened import Dot, Given, Lookup, Position, Rule, Rules, Softmax, Sum

STACK = "decoder"
"""What the names of its arrays begin with."""


@dataclass(frozen=True)
class Prefix:
    """The source as it is, (N, S) ids, padded on the right: nothing is computed beforehand."""

    source: Tensor


class DecoderOnly(nn.Module):
    """Source and target so far in, for every token of the target the scores of the next one out.

    Args:
        words: V.
        layers: of an encoder and of a decoder; this network has as many as both.
        heads, width, inner, positions, mask, scaling: as in `model.Transformer`.
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
        self.masked = mask
        self.embedding = nn.Embedding(words, width)
        table = sinusoids(2 * LONGEST + 1, width)
        self.register_buffer("positions", table if positions else table * 0, persistent=False)
        self.layers = nn.ModuleList(
            PostNorm(width, heads, inner, scaling=scaling) for _ in range(2 * layers)
        )

    def encode(self, source: Tensor) -> Prefix:
        """(N, S) ids: what the answer follows."""
        return Prefix(source)

    def decode(self, prefix: Prefix, target: Tensor) -> Decoded:
        """(N, T) ids from <start> on -> everything, and the scores behind each of them.

        Traces are of source and target, (N, S + T, ...); the logits are of the target, (N, T, V).
        Padding is never read, and takes no place: a target stands right behind its source.
        """
        ids = torch.cat([prefix.source, target], 1)
        count = ids.shape[1]
        keep = readable(ids, PAD)
        if self.masked:
            keep = keep & causal(count)
        embedded = self._embed(ids)
        x, traces = embedded.sum, []
        for layer in self.layers:
            traces.append(layer(x, keep))
            x = traces[-1].out
        answered = x[:, prefix.source.shape[1] :]
        return Decoded(embedded, tuple(traces), answered @ self.embedding.weight.T)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """(N, S) and (N, T) ids -> logits (N, T, V)."""
        return self.decode(self.encode(source), target).logits

    def _embed(self, ids: Tensor) -> Embedded:
        table = self.positions
        assert isinstance(table, Tensor)
        embedding = self.embedding(ids) * math.sqrt(self.embedding.embedding_dim)
        place = ((ids != PAD).long().cumsum(1) - 1).clamp(min=0, max=len(table) - 1)
        position = table[place]
        return Embedded(embedding, position, embedding + position)


def read_of_source(decoded: Decoded, read: int) -> list[Tensor]:
    """Of each layer what the target reads of so many source tokens, (H, T, S): the first pair's."""
    return [layer.attended.attention.weights[0, :, read:, :read] for layer in decoded.layers]


def numbers(model: DecoderOnly, source: Tensor, target: Tensor) -> tuple[Rules, dict[str, Tensor]]:
    """Rules and arrays of a pass over one pair, both (1, ...) without padding.

    Rows of all arrays but the logits are source and target, S + T; of those the target alone.
    """
    decoded = model.decode(model.encode(source), target)
    ids = torch.cat([source, target], 1)[0]
    count, begin = len(ids), source.shape[1]
    width = model.embedding.embedding_dim
    on = bool(decoded.embedded.position.any())
    embedding, positions, x = (f"{STACK}_{part}" for part in ("embedding", "positions", "input"))
    trace = {
        "table": model.embedding.weight,
        f"{STACK}_ids": ids,
        embedding: decoded.embedded.embedding[0],
        positions: decoded.embedded.position[0],
        x: decoded.embedded.sum[0],
        f"{STACK}_allowed": causal(count)
        if model.masked
        else torch.ones(count, count, dtype=torch.bool),
        "picked": torch.eye(count)[begin:],
        "logits": decoded.logits[0],
        "probabilities": decoded.logits[0].softmax(-1),
    }
    made: list[Rule] = [
        Lookup(embedding, "table", f"{STACK}_ids", width),
        Position(positions, width) if on else Given(positions, "off"),
        Sum(x, (embedding, positions)),
    ]
    names: list[str] = []
    for index, (layer, seen) in enumerate(zip(model.layers, decoded.layers, strict=True)):
        assert isinstance(layer, PostNorm)
        name = f"{STACK}_{index}"
        made += layer_rules(name, layer, Rows(x, f"{STACK}_allowed"))
        names += layer_weights(name, layer)
        trace |= layer_arrays(name, layer, seen)
        x = f"{last_norm(name, layer)}_out"
    trace["answered"] = trace[x][begin:]
    made += [
        Dot("answered", "t i, i d -> t d", "picked", x),
        Given("picked", "picked"),
        Dot("logits", "t d, v d -> t v", "answered", "table"),
        Softmax("probabilities", "logits"),
    ]
    names += [rule.array for rule in made]
    symbols = layer_symbols(names) | {"answered": "A", "picked": "P", "logits": "L", "table": "W"}
    made_of = Rules(*made, symbols=symbols | {"probabilities": "p", x: "X"})
    return made_of, {name: value.detach() for name, value in trace.items()}
