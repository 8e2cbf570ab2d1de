"""One forward pass of the encoder-decoder as named arrays, which `rules` explain.

Arrays are called after the blocks of the network and what they compute: "encoder_embedding",
"encoder_0_attention_q", "decoder_0_norm3_out", "logits"; see `core.attention.layer_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from core import sampling
from core.attention.blocks import LayerTrace, PostNorm, causal
from core.attention.layer_rules import arrays as layer_arrays
from core.language.transformer.decoding import Drawing
from core.language.transformer.model import Decoded, Embedded, Encoded, Transformer

STACKS = ("encoder", "decoder")


@dataclass(frozen=True)
class Pass:
    """One forward pass of one pair, and what its rows are called.

    Attributes:
        model: what computed it.
        encoded, decoded: its traces, batches of one.
        source: tokens that the encoder read.
        target: tokens that the decoder read, from <start> on.
        words: the vocabulary.
        following: the token that was chosen behind each of the target, if that is of interest.
        how: tokens were drawn.
    """

    model: Transformer
    encoded: Encoded
    decoded: Decoded
    source: Sequence[str]
    target: Sequence[str]
    words: Sequence[str]
    following: Sequence[int] = ()
    how: Drawing = field(default_factory=Drawing)

    def rows(self, stack: str) -> Sequence[str]:
        """What a stack's rows are called."""
        return self.source if stack == "encoder" else self.target

    def embedded(self, stack: str) -> Embedded:
        """A stack's input."""
        return self.encoded.embedded if stack == "encoder" else self.decoded.embedded

    def layers(self, stack: str) -> Iterator[tuple[str, PostNorm, LayerTrace]]:
        """Name, modules and trace of each layer of a stack, from below."""
        layers = self.model.encoder if stack == "encoder" else self.model.decoder
        traces = self.encoded.layers if stack == "encoder" else self.decoded.layers
        for index, (layer, trace) in enumerate(zip(layers, traces, strict=True)):
            assert isinstance(layer, PostNorm)
            yield f"{stack}_{index}", layer, trace

    def entering(self, stack: str, index: int) -> str:
        """The array that a layer gets; of the number of layers: what the last one makes."""
        last = "norm2" if stack == "encoder" else "norm3"
        return f"{stack}_{index - 1}_{last}_out" if index else f"{stack}_input"

    @property
    def memory(self) -> str:
        """The array that the decoder reads."""
        return self.entering("encoder", len(self.model.encoder))

    @property
    def uncut(self) -> str:
        """The array that tokens were chosen from, before any was cut."""
        return "probabilities" if self.how.temperature == 1 else "chances"

    @property
    def chances(self) -> str:
        """The array that tokens were chosen from."""
        return "shares" if self.how.cuts else self.uncut

    @property
    def last(self) -> str:
        """The array that the scores are made from."""
        return self.entering("decoder", len(self.model.decoder))


def arrays(seen: Pass) -> dict[str, Tensor]:
    """Every array of a pass by name, without the batch axis, and every weight."""
    logits = seen.decoded.logits[0]
    count, read = len(seen.target), len(seen.source)
    decoder = causal(count) if seen.model.masked else torch.ones(count, count, dtype=torch.bool)
    tensors = {
        "table": seen.model.embedding.weight,
        "encoder_allowed": torch.ones(read, read, dtype=torch.bool),
        "decoder_allowed": decoder,
        "memory_allowed": torch.ones(count, read, dtype=torch.bool),
        "logits": logits,
        "probabilities": logits.softmax(-1),
    }
    if seen.how.temperature != 1:
        tensors["chances"] = (logits / seen.how.temperature).softmax(-1)
    if seen.how.cuts:
        tensors |= sampling.arrays(tensors[seen.uncut], seen.how.top_k, seen.how.top_p)
    if seen.following:
        tensors |= _path(tensors[seen.chances], seen.following)
    for stack in STACKS:
        embedded = seen.embedded(stack)
        tensors[f"{stack}_ids"] = torch.tensor([seen.words.index(t) for t in seen.rows(stack)])
        tensors[f"{stack}_embedding"] = embedded.embedding[0]
        tensors[f"{stack}_positions"] = embedded.position
        tensors[f"{stack}_input"] = embedded.sum[0]
        for name, layer, trace in seen.layers(stack):
            tensors |= layer_arrays(name, layer, trace)
    return {name: value.detach() for name, value in tensors.items()}


def _path(chances: Tensor, following: Sequence[int]) -> dict[str, Tensor]:
    """What a beam search adds up along the tokens of one target; each (T,) but the first two.

    "taken" (T, V) picks out of each row the token that was chosen, "before" (T, T) a token and
    those before it; "length" is what the score is divided by the 0.6th power of.
    """
    count = len(following)
    taken = torch.eye(chances.shape[1])[list(following)]
    before = torch.ones(count, count).tril()
    chosen = (chances * taken).sum(1)
    log_chosen = chosen.log()
    so_far = before @ log_chosen
    length = (5 + torch.arange(1, count + 1)) / 6
    return {
        "taken": taken,
        "before": before,
        "length": length,
        "chosen": chosen,
        "log_chosen": log_chosen,
        "so_far": so_far,
        "score": so_far * length**-0.6,
    }
