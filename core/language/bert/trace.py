"""One forward pass of a small BERT as named arrays, which `rules` explain.

Arrays are called after the parts of the network and what they compute: "token_embedding", "input",
"layer_0_attention_q" (see `core.attention.layer_rules`), "words_out", "logits". Axes, without that
of the batch: T tokens, D width, V words, S spans. What only [CLS] answers has one row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from core.attention.blocks import LayerTrace, PostNorm, causal
from core.attention.layer_rules import Weight
from core.attention.layer_rules import arrays as layer_arrays
from core.attention.layer_rules import weights as layer_weights
from core.language.bert import tuning
from core.language.bert.model import Bert, Read
from core.language.bert.pieces import SPECIAL

Head = Literal["words", "follows", "sentiment", "answer"]


@dataclass(frozen=True)
class Pass:
    """A forward pass of one text, and the head that it ends in.

    Attributes:
        model: what computes it.
        ids, segments: (1, T) what is read, no padding.
        head: of the network.
        barred: whether special tokens are never named: in writing.
        temperature: of the probabilities of words.
        truth: (N,) rows and (N,) ids, the words whose surprise makes a loss; None: no loss.
        mean: whether the loss is the mean of those surprises; else their sum.
    """

    model: Bert
    ids: Tensor
    segments: Tensor
    head: Head = "words"
    barred: bool = False
    temperature: float = 1.0
    truth: tuple[Tensor, Tensor] | None = None
    mean: bool = False

    @cached_property
    def read(self) -> Read:
        """What the encoder makes of it."""
        with torch.inference_mode():
            read: Read = self.model(self.ids, self.segments)
            return read

    def layers(self) -> Iterator[tuple[str, PostNorm, LayerTrace]]:
        """Name, modules and trace of each layer, from below."""
        pairs = zip(self.model.layers, self.read.layers, strict=True)
        for index, (layer, trace) in enumerate(pairs):
            assert isinstance(layer, PostNorm)
            yield f"layer_{index}", layer, trace

    @property
    def last(self) -> str:
        """The array that the encoder ends with."""
        return f"layer_{len(self.model.layers) - 1}_norm2_out"

    @property
    def choosing(self) -> str:
        """The array that the probabilities of words are made from."""
        return "allowed_logits" if self.barred else "logits"


@torch.inference_mode()
def arrays(seen: Pass) -> dict[str, Tensor]:
    """Every array of a pass by name, and every weight."""
    model, ids, segments = seen.model, seen.ids[0], seen.segments[0]
    count = len(ids)
    out = seen.read.out[0]
    tensors = {name: weight.values for name, weight in weights(seen).items()}
    tensors |= {"ids": ids, "segments": segments, "places": torch.arange(count)}
    tensors["allowed"] = causal(count) if model.left else torch.ones(count, count, dtype=torch.bool)
    tensors["token_embedding"] = model.token(ids)
    tensors["position_embedding"] = model.position.weight[:count]
    tensors["segment_embedding"] = model.segment(segments)
    tensors["summed"] = (
        tensors["token_embedding"] + tensors["position_embedding"] + tensors["segment_embedding"]
    )
    tensors["input"] = seen.read.layers[0].x[0]
    for name, layer, trace in seen.layers():
        tensors |= layer_arrays(name, layer, trace)
    tensors |= _words(seen, out) if seen.head == "words" else {}
    tensors |= _answer(seen, out) if seen.head == "answer" else {}
    tensors |= _of_cls(seen, out) if seen.head in ("follows", "sentiment") else {}
    return {name: value.detach().clone() for name, value in tensors.items()}


def _words(seen: Pass, out: Tensor) -> dict[str, Tensor]:
    model = seen.model
    before = model.hidden(out)
    inner = gelu(before)
    logits = model.words(out)
    tensors = {"words_before": before, "words_inner": inner, "words_out": model.hidden_norm(inner)}
    tensors["logits"] = logits
    if seen.barred:
        tensors["nameable"] = torch.arange(logits.shape[-1]) >= len(SPECIAL)
        tensors["allowed_logits"] = logits.masked_fill(~tensors["nameable"], -torch.inf)
    chances = (tensors[seen.choosing] / seen.temperature).softmax(-1)
    tensors["probabilities"] = chances
    if seen.truth is not None:
        rows, words = seen.truth
        targets = chances[rows, words]
        tensors |= {"target_rows": rows, "target_ids": words, "targets": targets}
        tensors["counted"] = torch.ones(len(rows))
        tensors["surprise"] = -targets.log().sum()
        if seen.mean:
            tensors["loss"] = tensors["surprise"] / len(rows)
    return tensors


def _of_cls(seen: Pass, out: Tensor) -> dict[str, Tensor]:
    model, head = seen.model, seen.model.get_submodule(seen.head)
    before = model.pool(out[:1])
    pooled = before.tanh()
    logits = head(pooled)
    return {
        "first": torch.tensor([0]),
        "cls": out[:1],
        "pooled_before": before,
        "pooled": pooled,
        f"{seen.head}_logits": logits,
        f"{seen.head}_probabilities": logits.softmax(-1),
    }


def _answer(seen: Pass, out: Tensor) -> dict[str, Tensor]:
    model = seen.model
    masked = tuning.places(model, seen.ids, seen.segments)
    allowed = tuning.spans(masked)[0] > -torch.inf
    first, last = allowed.nonzero(as_tuple=True)
    ends = masked[0].T
    rows = {"start_row": torch.zeros_like(first), "end_row": torch.ones_like(first)}
    starts, stops = ends[0, first], ends[1, last]
    return rows | {
        "readable": ends[0] > -torch.inf,
        "ends_logits": model.answer(out).T,
        "ends_masked": ends,
        "ends_probabilities": ends.softmax(-1),
        "span_first": first,
        "span_last": last,
        "span_start": starts,
        "span_end": stops,
        "span_logits": starts + stops,
        "span_probabilities": (starts + stops).softmax(-1),
    }


def weights(seen: Pass) -> dict[str, Weight]:
    """The weights of a pass by the names of their arrays, their keys those of the whole network."""
    model = seen.model
    by_array = {
        "token_table": Weight(model.token.weight, "token.weight"),
        "position_table": Weight(model.position.weight, "position.weight"),
        "segment_table": Weight(model.segment.weight, "segment.weight"),
        "input_weight": Weight(model.norm.weight, "norm.weight"),
        "input_bias": Weight(model.norm.bias, "norm.bias"),
    }
    for index, layer in enumerate(model.layers):
        assert isinstance(layer, PostNorm)
        for name, weight in layer_weights(f"layer_{index}", layer).items():
            by_array[name] = Weight(weight.values, f"layers.{index}.{weight.key}", weight.rows)
    if seen.head == "words":
        linear, norm = model.hidden, model.hidden_norm
        return by_array | {
            "words_w1": Weight(linear.weight, "hidden.weight"),
            "words_b1": Weight(linear.bias, "hidden.bias"),
            "words_weight": Weight(norm.weight, "hidden_norm.weight"),
            "words_bias": Weight(norm.bias, "hidden_norm.bias"),
            "words_b2": Weight(model.hidden_bias, "hidden_bias"),
        }
    for name in (seen.head,) if seen.head == "answer" else ("pool", seen.head):
        classifier = model.get_submodule(name)
        assert isinstance(classifier, nn.Linear)
        by_array[f"{name}_w"] = Weight(classifier.weight, f"{name}.weight")
        by_array[f"{name}_b"] = Weight(classifier.bias, f"{name}.bias")
    return by_array
