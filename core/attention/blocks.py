"""Attention and the layers around it, written out so that every tensor in between can be read.

`scaled_dot_product` is section 3.2.1 of "Attention is all you need" (Vaswani et al. 2017),
`Attention` section 3.2.2 with its projections. `PostNorm` is a layer as in that paper and in BERT
(Devlin et al. 2019), with the normalisation behind each residual connection; `PreNorm` has it in
front (Xiong et al. 2020). They compute what `nn.MultiheadAttention`, `nn.TransformerEncoderLayer`
and `nn.TransformerDecoderLayer` compute without dropout. A forward pass keeps all that it
computes: that costs nothing beside learning, where autograd keeps it anyway.

Axes: N sentences, T words that ask (queries), S words that are read (keys and values), D width, H
heads, E = D / H, F inner width of the feed-forward network.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

Activation = Callable[[Tensor], Tensor]
Hook = Callable[[str, Tensor], Tensor]
"""Is given each tensor with its name; what it returns stands in its place from there on."""


@dataclass(frozen=True)
class HeadsTrace:
    """Everything between queries, keys, values and what the heads give.

    Attributes:
        q: (..., H, T, E).
        k, v: (..., H, S, E).
        scores: (..., H, T, S) q . k.
        scaled: (..., H, T, S) scores / sqrt(E), or the scores where scaling is off.
        masked: (..., H, T, S) scaled, minus infinity where a word may not be read.
        weights: (..., H, T, S) softmax of masked over the last axis.
        heads: (..., H, T, E) weights times v.
    """

    q: Tensor
    k: Tensor
    v: Tensor
    scores: Tensor
    scaled: Tensor
    masked: Tensor
    weights: Tensor
    heads: Tensor


@dataclass(frozen=True)
class AttentionTrace(HeadsTrace):
    """Everything that one attention computed.

    Attributes:
        x: (N, T, D) what the queries are made of.
        memory: (N, S, D) what keys and values are made of; in self-attention x.
        output: (N, T, D) the heads side by side, through the output projection.
    """

    x: Tensor
    memory: Tensor
    output: Tensor


@dataclass(frozen=True)
class Attended:
    """Attention with what follows it.

    Attributes:
        attention: its trace.
        added: (N, T, D) the residual connection: what came in plus the attention's output.
        out: (N, T, D) added, normalised: what the next part of the layer reads.
    """

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
        added: (N, T, D) the residual connection: what came in plus the output.
        out: (N, T, D) added, normalised where the normalisation stands behind.
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


def split(x: Tensor, heads: int) -> Tensor:
    """(..., T, D) -> (..., H, T, E): head h takes the columns h E to (h + 1) E.

    >>> split(torch.arange(8.0).view(2, 4), 2)[1]  # two words, the second head
    tensor([[2., 3.],
            [6., 7.]])
    """
    return x.view(*x.shape[:-1], heads, -1).transpose(-3, -2)


def join(heads: Tensor) -> Tensor:
    """The heads side by side, the inverse of `split`: (..., H, T, E) -> (..., T, D)."""
    return heads.transpose(-3, -2).flatten(-2)


def softmax(masked: Tensor) -> Tensor:
    """Over the last axis."""
    return masked.softmax(-1)


def scaled_dot_product(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    keep: Tensor | None = None,
    scale: float | None = None,
    normalise: Activation = softmax,
    hook: Hook | None = None,
) -> HeadsTrace:
    """softmax(q k^T / sqrt(E), masked) v, with every tensor in between.

    Args:
        q: (..., H, T, E).
        k: (..., H, S, E).
        v: (..., H, S, E).
        keep: bool, fits (..., H, T, S); False where a word may not be read.
        scale: what the scores are divided by; sqrt(E) without it.
        normalise: makes weights of masked scores.
        hook: sees, and may replace, scores, scaled, masked, weights and heads.

    >>> one = torch.eye(2)[None]  # one head, two words, E = 2
    >>> scaled_dot_product(one, one, one, keep=causal(2)).weights
    tensor([[[1.0000, 0.0000],
             [0.3302, 0.6698]]])
    """
    hook = hook or _unchanged
    scores = hook("scores", q @ k.transpose(-1, -2))
    scaled = hook("scaled", scores / (math.sqrt(q.shape[-1]) if scale is None else scale))
    masked = hook("masked", scaled if keep is None else scaled.masked_fill(~keep, -math.inf))
    weights = hook("weights", normalise(masked))
    heads = hook("heads", weights @ v)
    return HeadsTrace(q, k, v, scores, scaled, masked, weights, heads)


class Attention(nn.Module):
    """Multi-head attention with a bias at each projection.

    Args:
        width: D.
        heads: H, a divisor of the width.
        scaling: whether scores are divided by sqrt(E).
        fused: whether the projections to q, k and v lie below each other in one matrix `inward`,
            as in `nn.MultiheadAttention`, or are three: `query`, `key` and `value`.

    Raises:
        ValueError: the heads cannot share the width.
    """

    def __init__(self, width: int, heads: int, scaling: bool = True, fused: bool = True) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"{heads} heads cannot share a width of {width} evenly.")
        self.width = width
        self.heads = heads
        self.scale = math.sqrt(width // heads) if scaling else 1.0
        self.fused = fused
        if fused:
            self.inward = nn.Linear(width, 3 * width)
        else:
            self.query = nn.Linear(width, width)
            self.key = nn.Linear(width, width)
            self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)

    def project(self, x: Tensor, memory: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Q of x; k and v of the memory: (N, T or S, D) -> (N, H, T or S, E)."""
        if not self.fused:
            q, k, v = self.query(x), self.key(memory), self.value(memory)
        elif memory is x:
            q, k, v = self.inward(x).chunk(3, -1)
        else:
            weight, bias, width = self.inward.weight, self.inward.bias, self.width
            q = nn.functional.linear(x, weight[:width], bias[:width])
            k, v = nn.functional.linear(memory, weight[width:], bias[width:]).chunk(2, -1)
        return split(q, self.heads), split(k, self.heads), split(v, self.heads)

    def forward(
        self,
        x: Tensor,
        memory: Tensor | None = None,
        keep: Tensor | None = None,
        normalise: Activation = softmax,
    ) -> AttentionTrace:
        """Everything, up to the (N, T, D) `output`.

        Args:
            x: (N, T, D), the words that ask.
            memory: (N, S, D), the words that are read; x itself without it.
            keep: bool, fits (N, H, T, S); False where a word may not be read. Every row keeps one.
            normalise: makes weights of masked scores.
        """
        read = x if memory is None else memory
        q, k, v = self.project(x, read)
        trace = scaled_dot_product(q, k, v, keep, self.scale, normalise)
        output = self.output(join(trace.heads))
        return AttentionTrace(**vars(trace), x=x, memory=read, output=output)


class PostNorm(nn.Module):
    """Attention, attention to a memory if it is a decoder's, and a feed-forward network.

    Each has a residual connection and a normalisation behind it.

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


class PreNorm(nn.Module):
    """Self-attention and a feed-forward network with ReLU, each behind a normalisation.

    The residual connections lead past both, as with `norm_first=True` in PyTorch.

    Args:
        width: D.
        heads: H, a divisor of the width.
        inner: F.
    """

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = Attention(width, heads, fused=False)
        self.norm2 = nn.LayerNorm(width)
        self.linear1 = nn.Linear(width, inner)
        self.linear2 = nn.Linear(inner, width)

    def forward(
        self, x: Tensor, keep: Tensor | None = None, normalise: Activation = softmax
    ) -> LayerTrace:
        """Everything, up to the (N, T, D) `out`.

        Args:
            x: (N, T, D).
            keep: which words may be read, see `Attention.forward`.
            normalise: makes weights of masked scores.
        """
        attention = self.attention(self.norm1(x), None, keep, normalise)
        attended = _attended(attention, x, self.norm2)
        before = self.linear1(attended.out)
        inner = torch.relu(before)
        output = self.linear2(inner)
        added = attended.added + output
        return LayerTrace(x, attended, None, Fed(before, inner, output, added, added))


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


def _attended(attention: AttentionTrace, x: Tensor, norm: nn.Module) -> Attended:
    added = x + attention.output
    return Attended(attention, added, norm(added))


def _unchanged(_name: str, tensor: Tensor) -> Tensor:
    return tensor
