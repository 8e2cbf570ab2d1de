"""The numbers inside one block of the network, as matrices to be shown.

Blocks are named after the figure of the paper: "encoder.embedding", "encoder.positions",
"encoder.input" (their sum), "encoder.0.attention", "encoder.0.norm1", "encoder.0.feed",
"encoder.0.norm2"; the decoder likewise, with "decoder.0.cross" after the first normalisation and
three of those; "linear" and "softmax".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor, nn

from core.attention.blocks import Attended, Attention, Fed, LayerTrace, PostNorm
from core.language.transformer.model import Decoded, Embedded, Encoded, Transformer

STACKS = ("encoder", "decoder")
_FRONT = ("embedding", "positions", "input")
_PARTS = {
    "encoder": ("attention", "norm1", "feed", "norm2"),
    "decoder": ("attention", "norm1", "cross", "norm2", "feed", "norm3"),
}


@dataclass(frozen=True)
class Pass:
    """One forward pass of one pair, and what its rows are called.

    Attributes:
        model: what computed it.
        encoded, decoded: its traces, batches of one.
        source: tokens that the encoder read.
        target: tokens that the decoder read, from <start> on.
        words: the vocabulary.
    """

    model: Transformer
    encoded: Encoded
    decoded: Decoded
    source: Sequence[str]
    target: Sequence[str]
    words: Sequence[str]

    def rows(self, stack: str) -> Sequence[str]:
        """What a stack's rows are called."""
        return self.source if stack == "encoder" else self.target

    def embedded(self, stack: str) -> Embedded:
        """A stack's input."""
        return self.encoded.embedded if stack == "encoder" else self.decoded.embedded

    def layer(self, stack: str, index: int) -> tuple[PostNorm, LayerTrace]:
        """One layer, and what it computed."""
        layers = self.model.encoder if stack == "encoder" else self.model.decoder
        traces = self.encoded.layers if stack == "encoder" else self.decoded.layers
        layer = layers[index]
        assert isinstance(layer, PostNorm)
        return layer, traces[index]


@dataclass(frozen=True)
class Matrix:
    """A matrix with the names of its rows and, where they have some, of its columns."""

    name: str
    values: Tensor
    rows: Sequence[str]
    columns: Sequence[str] | None = None


@dataclass(frozen=True)
class Address:
    """Where a block is: the stack, the layer, the part. The end of the network has no stack."""

    stack: str
    layer: int
    part: str

    @classmethod
    def of(cls, name: str, layers: int) -> Address:
        """Read a name.

        Raises:
            ValueError: there is no such block.
        """
        if name in ("linear", "softmax"):
            return cls("", 0, name)
        stack, _, rest = name.partition(".")
        if stack in STACKS:
            if rest in _FRONT:
                return cls(stack, 0, rest)
            number, _, part = rest.partition(".")
            if number in map(str, range(layers)) and part in _PARTS[stack]:
                return cls(stack, int(number), part)
        raise ValueError("There is no such block in this network.")


def names(layers: int) -> list[str]:
    """Every block of a network, from below."""
    found = []
    for stack in STACKS:
        found += [f"{stack}.{part}" for part in _FRONT]
        found += [f"{stack}.{i}.{part}" for i in range(layers) for part in _PARTS[stack]]
    return [*found, "linear", "softmax"]


def matrices(seen: Pass, at: Address, head: int) -> list[Matrix]:
    """What the block got, and everything that it made of it."""
    if at.part in ("linear", "softmax"):
        logits = Matrix("logits", seen.decoded.logits[0], seen.target, seen.words)
        if at.part == "linear":
            x = seen.decoded.layers[-1].out[0]
            return [Matrix("x", x, seen.target), logits]
        chances = logits.values.softmax(-1)
        return [logits, Matrix("probabilities", chances, seen.target, seen.words)]
    rows = seen.rows(at.stack)
    if at.part in _FRONT:
        embedded = seen.embedded(at.stack)
        embedding = Matrix("embedding", embedded.embedding[0], rows)
        position = Matrix("positions", embedded.position, rows)
        total = Matrix("sum", embedded.sum[0], rows)
        return {
            "embedding": [embedding],
            "positions": [position],
            "input": [embedding, position, total],
        }[at.part]
    _, trace = seen.layer(at.stack, at.layer)
    if at.part == "attention":
        return _attention(trace.attended, trace.x, None, rows, rows, head)
    if at.part == "cross":
        assert trace.crossed is not None
        memory = seen.encoded.memory
        return _attention(trace.crossed, trace.attended.out, memory, rows, seen.source, head)
    if at.part == "feed":
        return [
            Matrix("x", entering(trace)[0], rows),
            *(Matrix(name, getattr(trace.fed, name)[0], rows) for name in _FED),
        ]
    x, output, found = added(trace, at.part)
    return [
        Matrix("x", x[0], rows),
        Matrix("output", output[0], rows),
        Matrix("added", found.added[0], rows),
        Matrix("out", found.out[0], rows),
    ]


_FED = ("before", "inner", "output")


def entering(trace: LayerTrace) -> Tensor:
    """(1, T, D) what a layer's feed-forward network gets."""
    return trace.attended.out if trace.crossed is None else trace.crossed.out


def added(trace: LayerTrace, part: str) -> tuple[Tensor, Tensor, Attended | Fed]:
    """What meets at a normalisation: the residual connection, what is added, and the result."""
    if part == "norm1":
        return trace.x, trace.attended.attention.output, trace.attended
    if part == "norm2" and trace.crossed is not None:
        return trace.attended.out, trace.crossed.attention.output, trace.crossed
    return entering(trace), trace.fed.output, trace.fed


def normalisation(layer: PostNorm, part: str) -> nn.LayerNorm:
    """The module of a normalisation; an encoder's second one is called norm3 in `PostNorm`."""
    if part == "norm1":
        return layer.norm1
    return layer.norm2 if part == "norm2" and layer.norm2 is not None else layer.norm3


def attention(layer: PostNorm, part: str) -> Attention:
    """The module of an attention."""
    found = layer.attention if part == "attention" else layer.cross
    assert isinstance(found, Attention)
    return found


def _attention(
    found: Attended,
    x: Tensor,
    memory: Tensor | None,
    rows: Sequence[str],
    read: Sequence[str],
    head: int,
) -> list[Matrix]:
    trace = found.attention
    result = [Matrix("x", x[0], rows)]
    if memory is not None:
        result.append(Matrix("memory", memory[0], read))
    result.append(Matrix("q", trace.q[0, head], rows))
    result += [Matrix(name, getattr(trace, name)[0, head], read) for name in ("k", "v")]
    result += [
        Matrix(name, getattr(trace, name)[0, head], rows, read)
        for name in ("scores", "scaled", "masked", "weights")
    ]
    result.append(Matrix("mixed", trace.heads[0, head], rows))
    result.append(Matrix("output", trace.output[0], rows))
    return result
