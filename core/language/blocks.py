"""The blocks that transformers are made of, written out: every number in between can be read.

Attention with several heads, a feed-forward network, and a layer of them with a residual connection
and a normalisation behind each, as in "Attention is all you need" (Vaswani et al. 2017) and BERT
(Devlin et al. 2019): what `nn.TransformerEncoderLayer` and `nn.TransformerDecoderLayer` compute,
without dropout. A forward pass keeps all that it computes: it costs nothing beside learning, where
autograd keeps it anyway.

Axes: N sentences, T words that ask, S words that are read, D width, H heads, E = D / H, F inner
width.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

Activation = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class AttentionTrace:
    """Everything that one attention computed.

    Attributes:
        q: (N, H, T, E).
        k, v: (N, H, S, E).
        scores: (N, H, T, S) q . k.
        scaled: (N, H, T, S) scores / sqrt(E), or the scores where scaling is off.
        masked: (N, H, T, S) scaled, minus infinity where a word may not be read.
        weights: (N, H, T, S) softmax of masked over the last axis.
        heads: (N, H, T, E) weights times v.
        output: (N, T, D) the heads side by side, through the output projection.
    """

    q: Tensor
    k: Tensor
    v: Tensor
    scores: Tensor
    scaled: Tensor
    masked: Tensor
    weights: Tensor
    heads: Tensor
    output: Tensor


@dataclass(frozen=True)
class Attended:
    """Attention with what follows it: `added` (N, T, D) = x + output, `out` = added, normalised."""

    attention: AttentionTrace
    added: Tensor
    out: Tensor


@dataclass(frozen=True)
class Fed:
    """The feed-forward network with what follows it.

    Attributes:
        before: (N, T, F) of the first linear map.
        inner: (N, T, F) after the activation.
        output: (N, T, D) of the second linear map.
        added: (N, T, D) x + output.
        out: (N, T, D) added, normalised.
    """

    before: Tensor
    inner: Tensor
    output: Tensor
    added: Tensor
    out: Tensor


@dataclass(frozen=True)
class LayerTrace:
    """Everything that one layer computed; `crossed` is None in an encoder.

    `x` (N, T, D) came in, `out` (N, T, D) = fed.out went out.
    """

    x: Tensor
    attended: Attended
    crossed: Attended | None
    fed: Fed

    @property
    def out(self) -> Tensor:
        """(N, T, D) what the next layer gets."""
        return self.fed.out


class Attention(nn.Module):
    """Multi-head attention; `inward` holds the projections to q, k and v below each other.

    Args:
        width: D.
        heads: H, a divisor of the width.
        scaling: whether scores are divided by sqrt(E).

    Raises:
        ValueError: the heads cannot share the width.
    """

    def __init__(self, width: int, heads: int, scaling: bool = True) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"{heads} heads cannot share a width of {width} evenly.")
        self.width = width
        self.heads = heads
        self.scale = math.sqrt(width // heads) if scaling else 1.0
        self.inward = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        """(N, T, D) -> (N, H, T, E): head h takes the columns h E to (h + 1) E."""
        return x.view(*x.shape[:-1], self.heads, -1).transpose(1, 2)

    def project(self, x: Tensor, memory: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """Q of x; k and v of the memory, or of x itself."""
        if memory is None:
            q, k, v = self.inward(x).chunk(3, -1)
        else:
            weight, bias, width = self.inward.weight, self.inward.bias, self.width
            q = nn.functional.linear(x, weight[:width], bias[:width])
            k, v = nn.functional.linear(memory, weight[width:], bias[width:]).chunk(2, -1)
        return self.split(q), self.split(k), self.split(v)

    def forward(
        self, x: Tensor, memory: Tensor | None = None, keep: Tensor | None = None
    ) -> AttentionTrace:
        """Everything, up to the (N, T, D) `output`.

        Args:
            x: (N, T, D), the words that ask.
            memory: (N, S, D), the words that are read; x itself without it.
            keep: bool, fits (N, H, T, S); False where a word may not be read. Every row keeps one.
        """
        q, k, v = self.project(x, memory)
        scores = q @ k.transpose(-1, -2)
        scaled = scores / self.scale
        masked = scaled if keep is None else scaled.masked_fill(~keep, -math.inf)
        weights = masked.softmax(-1)
        heads = weights @ v
        output = self.output(heads.transpose(1, 2).flatten(2))
        return AttentionTrace(q, k, v, scores, scaled, masked, weights, heads, output)


class Layer(nn.Module):
    """Attention, attention to a memory if it is a decoder's, and a feed-forward network.

    Args:
        width: D.
        heads: H, a divisor of the width.
        inner: F.
        cross: whether it reads a memory too (a decoder's layer).
        scaling: whether scores are divided by sqrt(E).
        activation: of the feed-forward network: ReLU as in the paper; BERT has GELU.
    """

    def __init__(
        self,
        width: int,
        heads: int,
        inner: int,
        cross: bool = False,
        scaling: bool = True,
        activation: Activation = torch.relu,
    ) -> None:
        super().__init__()
        self.attention = Attention(width, heads, scaling)
        self.norm1 = nn.LayerNorm(width)
        self.cross = Attention(width, heads, scaling) if cross else None
        self.norm2 = nn.LayerNorm(width) if cross else None
        self.linear1 = nn.Linear(width, inner)
        self.linear2 = nn.Linear(inner, width)
        self.norm3 = nn.LayerNorm(width)
        self.activation = activation

    def forward(
        self,
        x: Tensor,
        keep: Tensor | None = None,
        memory: Tensor | None = None,
        read: Tensor | None = None,
    ) -> LayerTrace:
        """Everything, up to the (N, T, D) `out`.

        Args:
            x: (N, T, D).
            keep: which words of x may be read, see `Attention.forward`.
            memory: (N, S, D) for a decoder's layer.
            read: which words of the memory may be read.
        """
        attended = _attended(self.attention(x, None, keep), x, self.norm1)
        crossed = None
        middle = attended.out
        if self.cross is not None and self.norm2 is not None:
            crossed = _attended(self.cross(middle, memory, read), middle, self.norm2)
            middle = crossed.out
        before = self.linear1(middle)
        inner = self.activation(before)
        output = self.linear2(inner)
        added = middle + output
        return LayerTrace(
            x, attended, crossed, Fed(before, inner, output, added, self.norm3(added))
        )


def _attended(found: AttentionTrace, x: Tensor, norm: nn.Module) -> Attended:
    added = x + found.output
    return Attended(found, added, norm(added))


def positions(count: int, width: int) -> Tensor:
    """Sines and cosines of section 3.5 of Vaswani et al.: (count, width).

    Column 2 i of row p is sin(p / 10000^(2 i / width)), column 2 i + 1 its cosine.
    """
    at = torch.arange(count, dtype=torch.float32)[:, None]
    rate = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    return torch.stack([(at * rate).sin(), (at * rate).cos()], -1).flatten(1)[:, :width]


def causal(count: int) -> Tensor:
    """Bool (T, T): every word may read itself and those before it."""
    return torch.ones(count, count, dtype=torch.bool).tril()


def readable(ids: Tensor, pad: int) -> Tensor:
    """Bool (N, 1, 1, S) of ids (N, S): everything but padding may be read."""
    return (ids != pad)[:, None, None]


def initialise(model: nn.Module, generator: torch.Generator) -> None:
    """Fresh weights: embeddings of length about 1, matrices after Glorot, biases 0.

    Times sqrt(D), as the paper has it, an embedding then has numbers of about 1, like a position.
    Embeddings drawn with numbers of about 1 (torch's own way) would drown the positions in sqrt(D):
    such a network does not learn to copy. The projections to q, k and v count as three matrices.
    """
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, nn.Embedding):
                module.weight.normal_(0, module.embedding_dim**-0.5, generator=generator)
            elif isinstance(module, nn.Linear):
                module.bias.zero_()
                rows, columns = module.weight.shape
                parts = 3 if rows == 3 * columns else 1
                bound = math.sqrt(6 / (rows // parts + columns))
                module.weight.uniform_(-bound, bound, generator=generator)
            elif isinstance(module, nn.LayerNorm):
                module.weight.fill_(1.0)
                module.bias.zero_()
