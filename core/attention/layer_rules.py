"""How every number of a `blocks.PostNorm` comes about: rules for `core.opened`, and its arrays.

Arrays of a layer "encoder_0" are called "encoder_0_attention_q" and so on: the layer, its part
("attention", "cross", "feed", "norm1" ...) and what it computes; "wq", "bq" ... are weights.
Axes as in `blocks`, without the first one: T words that ask, S words that are read, D width,
H heads, E = D / H, F inner width.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from torch import Tensor, nn

from core.attention.blocks import (
    Attended,
    Attention,
    AttentionTrace,
    Fed,
    LayerTrace,
    PostNorm,
)
from core.opened import Activation, Dot, LayerNorm, Mask, Rule, Scale, Softmax, Sum

Arrays = dict[str, Tensor]

SYMBOLS = {
    **{name: f"{name.upper()}^" for name in "qkv"},
    "scores": "S^",
    "scaled": r"\tilde S^",
    "masked": "M^",
    "weights": "A^",
    "mixed": "Z^",
    "output": "O",
    "added": "R",
    "out": "N",
    "before": "F",
    "inner": "G",
    **{f"w{name}": f"W_{name}" for name in "qkvo12"},
    **{f"b{name}": f"b_{name}" for name in "qkvo12"},
    "weight": r"\gamma",
    "bias": r"\beta",
}
"""How what a part computes, and its weights, are written in formulas; "^": a head stands above."""
_HEADS = ("q", "k", "v", "scores", "scaled", "masked", "weights")


@dataclass(frozen=True)
class Rows:
    """The arrays that a layer begins with.

    Attributes:
        x: (T, D) what it gets.
        allowed: bool (T, T), who may read whom.
        memory: (S, D) what a decoder's layer reads too; "" for none.
        readable: bool (T, S), which of that may be read.
    """

    x: str
    allowed: str
    memory: str = ""
    readable: str = ""


@dataclass(frozen=True)
class Weight:
    """A weight of a layer, and where it lies.

    Attributes:
        values: the numbers.
        key: of the layer's state, such as "attention.inward.weight".
        rows: which rows of that; None: all.
    """

    values: Tensor
    key: str
    rows: range | None = None

    def read(self, before: str) -> str:
        """The weight in PyTorch, `before` standing before its key in a state named w."""
        rows = "" if self.rows is None else f"[{self.rows.start}:{self.rows.stop}]"
        return f'w["{before}{self.key}"]{rows}'


def rules(name: str, layer: PostNorm, rows: Rows, activation: str = "relu") -> list[Rule]:
    """The rules of a layer.

    Args:
        name: of the layer.
        layer: its modules.
        rows: what it begins with.
        activation: of the feed-forward network, one of `core.opened.functions.FUNCTIONS`.
    """
    declared = attention(f"{name}_attention", layer.attention, rows.x, rows.x, rows.allowed)
    declared += _norm(f"{name}_norm1", rows.x, f"{name}_attention_output", layer.norm1)
    x = f"{name}_norm1_out"
    if layer.cross is not None and layer.norm2 is not None:
        declared += attention(f"{name}_cross", layer.cross, x, rows.memory, rows.readable)
        declared += _norm(f"{name}_norm2", x, f"{name}_cross_output", layer.norm2)
        x = f"{name}_norm2_out"
    feed = f"{name}_feed"
    declared += [
        Dot(f"{feed}_before", "i d, f d, f -> i f", x, f"{feed}_w1", f"{feed}_b1"),
        Activation(f"{feed}_inner", f"{feed}_before", activation),
        Dot(f"{feed}_output", "i f, d f, d -> i d", f"{feed}_inner", f"{feed}_w2", f"{feed}_b2"),
    ]
    return declared + _norm(last_norm(name, layer), x, f"{feed}_output", layer.norm3)


def last_norm(name: str, layer: PostNorm) -> str:
    """The normalisation behind the feed-forward network: the second one of an encoder."""
    return f"{name}_norm{2 if layer.cross is None else 3}"


def arrays(name: str, layer: PostNorm, trace: LayerTrace) -> Arrays:
    """Everything that a layer computed of the first sentence of a batch, and its weights."""
    tensors = attended(f"{name}_attention", f"{name}_norm1", trace.attended)
    if trace.crossed is not None:
        tensors |= attended(f"{name}_cross", f"{name}_norm2", trace.crossed)
    feed: Fed = trace.fed
    for part in ("before", "inner", "output"):
        tensors[f"{name}_feed_{part}"] = getattr(feed, part)[0]
    last = last_norm(name, layer)
    tensors |= {f"{last}_added": feed.added[0], f"{last}_out": feed.out[0]}
    return tensors | {array: weight.values for array, weight in weights(name, layer).items()}


def weights(name: str, layer: PostNorm) -> dict[str, Weight]:
    """The weights of a layer, by the names of their arrays."""
    by_array: dict[str, Weight] = {}
    for part, module in (("attention", layer.attention), ("cross", layer.cross)):
        if module is not None:
            assert isinstance(module, Attention)
            by_array |= projections(f"{name}_{part}", part, module)
    norms = {"norm1": layer.norm1, "norm2": layer.norm2, "norm3": layer.norm3}
    for part, norm in norms.items():
        if norm is not None:
            array = last_norm(name, layer) if part == "norm3" else f"{name}_{part}"
            by_array[f"{array}_weight"] = Weight(norm.weight, f"{part}.weight")
            by_array[f"{array}_bias"] = Weight(norm.bias, f"{part}.bias")
    for number, linear in (("1", layer.linear1), ("2", layer.linear2)):
        by_array[f"{name}_feed_w{number}"] = Weight(linear.weight, f"linear{number}.weight")
        by_array[f"{name}_feed_b{number}"] = Weight(linear.bias, f"linear{number}.bias")
    return by_array


def symbols(names: Iterable[str]) -> dict[str, str]:
    """How arrays of layers are written: by their last word."""
    last = {name: name.rpartition("_")[2] for name in names}
    return {name: SYMBOLS[word] for name, word in last.items() if word in SYMBOLS}


def attention(
    name: str, module: nn.Module, x: str, memory: str, allowed: str, cut: str = ""
) -> list[Rule]:
    """The rules of an attention.

    Args:
        name: of it.
        module: its weights.
        x: (T, D) what the queries are made of.
        memory: (S, D) what keys and values are made of.
        allowed: bool (T, S) or (H, T, S), who may read whom.
        cut: bool of the same, False where a weight is 0 whatever the softmax says; "": nowhere.
    """
    assert isinstance(module, Attention)
    size = module.width // module.heads
    projected: list[Rule] = [
        Dot(
            f"{name}_{part}",
            "i d, (h e) d, (h e) -> h i e",
            x if part == "q" else memory,
            f"{name}_w{part}",
            f"{name}_b{part}",
        )
        for part in "qkv"
    ]
    scaling = size if module.scale != 1.0 else 1
    return [
        *projected,
        Dot(f"{name}_scores", "h i e, h j e -> h i j", f"{name}_q", f"{name}_k"),
        Scale(f"{name}_scaled", f"{name}_scores", scaling),
        Mask(f"{name}_masked", f"{name}_scaled", allowed),
        Softmax(f"{name}_weights", f"{name}_masked", allowed=cut),
        Dot(f"{name}_mixed", "h i j, h j e -> h i e", f"{name}_weights", f"{name}_v"),
        Dot(
            f"{name}_output",
            "h i e, d (h e), d -> i d",
            f"{name}_mixed",
            f"{name}_wo",
            f"{name}_bo",
        ),
    ]


def _norm(name: str, x: str, output: str, module: nn.LayerNorm) -> list[Rule]:
    added = f"{name}_added"
    return [
        Sum(added, (x, output)),
        LayerNorm(f"{name}_out", added, f"{name}_weight", f"{name}_bias", module.eps),
    ]


def attended(name: str, norm: str, part: Attended) -> Arrays:
    """Everything that an attention computed, with its residual connection and normalisation."""
    trace: AttentionTrace = part.attention
    tensors = {f"{name}_{each}": getattr(trace, each)[0] for each in _HEADS}
    tensors |= {f"{name}_mixed": trace.heads[0], f"{name}_output": trace.output[0]}
    return tensors | {f"{norm}_added": part.added[0], f"{norm}_out": part.out[0]}


def projections(name: str, part: str, module: Attention) -> dict[str, Weight]:
    """The weights of an attention, by the names of their arrays; `part` begins their keys."""
    width = module.width
    by_array: dict[str, Weight] = {}
    for place, letter in enumerate("qkv"):
        if not module.fused:
            which = ("query", "key", "value")[place]
            linear = getattr(module, which)
            by_array[f"{name}_w{letter}"] = Weight(linear.weight, f"{part}.{which}.weight")
            by_array[f"{name}_b{letter}"] = Weight(linear.bias, f"{part}.{which}.bias")
            continue
        rows = range(place * width, (place + 1) * width)
        for short, kind in (("w", "weight"), ("b", "bias")):
            values = getattr(module.inward, kind)[rows.start : rows.stop]
            by_array[f"{name}_{short}{letter}"] = Weight(values, f"{part}.inward.{kind}", rows)
    by_array[f"{name}_wo"] = Weight(module.output.weight, f"{part}.output.weight")
    by_array[f"{name}_bo"] = Weight(module.output.bias, f"{part}.output.bias")
    return by_array
