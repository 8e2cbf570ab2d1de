"""How every number of an `ItModel` comes about, for `core.opened`.

Arrays are called after their layer and part: "layer_0_attention_weights" (H, T, T), as in
`core.attention.layer_rules`; one sentence, without its first axis. Several forward passes can stand
in one trace: each then has a prefix of its own, before the names of all its arrays but "ids".
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from core.attention import layer_rules, view_rules
from core.attention.blocks import PreNorm
from core.attention.layer_rules import Weight
from core.attention.trained.model import Cuts, ItModel, Trace
from core.opened import (
    Activation,
    Dot,
    Given,
    LayerNorm,
    Lookup,
    Position,
    Rule,
    Rules,
    Softmax,
    Sum,
)

_SYMBOLS = {
    "embedding": "E",
    "positions": "P",
    "input": "X",
    "logits": "Y",
    "probabilities": r"\pi",
    "ahead": "a",
    "ranked": "r",
    "lead": r"\Delta",
    "referent": r"\alpha",
    "other": r"\alpha'",
}
"""How arrays are written in formulas, by the last word of their names."""


def rules(model: ItModel, cuts: Cuts | None, prefix: str = "", ids: str = "ids") -> list[Rule]:
    """The rules of the arrays of a forward pass.

    Args:
        model: any.
        cuts: what was cut in it.
        prefix: of the names of its arrays.
        ids: what its words are called.
    """
    made: list[Rule] = [
        Lookup(f"{prefix}embedding", f"{prefix}table", ids, model.width),
        Position(f"{prefix}positions", model.width),
        Sum(f"{prefix}input", (f"{prefix}embedding", f"{prefix}positions")),
    ]
    x = f"{prefix}input"
    for name, layer in _layers(model, prefix):
        made += _layer(name, layer, x, f"{name}_kept" if cuts else "")
        x = f"{name}_out"
    made += [
        _norm(f"{prefix}norm", x, model.norm.eps),
        Dot(f"{prefix}logits", "i d, v d -> i v", f"{prefix}norm_out", f"{prefix}table"),
        Softmax(f"{prefix}probabilities", f"{prefix}logits"),
    ]
    made += view_rules.rules([name for name, _ in _layers(model, prefix)], prefix)
    return made + [Given(name, "weight") for name in weights(model, prefix)]


def declared(made: Iterable[Rule]) -> Rules:
    """Rules of one or several passes, with the symbols of their arrays."""
    return view_rules.declared(made, _SYMBOLS)


def _layer(name: str, layer: PreNorm, x: str, cut: str) -> list[Rule]:
    attention, norm1, norm2, feed = (
        f"{name}_{part}" for part in ("attention", "norm1", "norm2", "feed")
    )
    read = f"{norm1}_out"
    return [
        _norm(norm1, x, layer.norm1.eps),
        *layer_rules.attention(attention, layer.attention, read, read, f"{name}_allowed", cut),
        Sum(f"{norm2}_added", (x, f"{attention}_output")),
        _norm(norm2, f"{norm2}_added", layer.norm2.eps),
        Dot(f"{feed}_before", "i d, f d, f -> i f", f"{norm2}_out", f"{feed}_w1", f"{feed}_b1"),
        Activation(f"{feed}_inner", f"{feed}_before", "relu"),
        Dot(f"{feed}_output", "i f, d f, d -> i d", f"{feed}_inner", f"{feed}_w2", f"{feed}_b2"),
        Sum(f"{name}_out", (f"{norm2}_added", f"{feed}_output")),
    ]


def arrays(
    model: ItModel,
    ids: Tensor,
    trace: Trace,
    cuts: Cuts | None,
    prefix: str = "",
    words: str = "ids",
) -> dict[str, Tensor]:
    """Every array of a forward pass of one sentence, (1, T) ids without padding, called `words`."""
    count = ids.shape[1]
    table = model.positions
    assert isinstance(table, Tensor)
    heads = model.shape["heads"]
    found = {
        "embedding": trace.embedded[0] - table[:count],
        "positions": table[:count],
        "input": trace.embedded[0],
        "logits": trace.logits[0],
        "probabilities": trace.logits[0].softmax(-1),
        "norm_out": model.norm(trace.layers[-1].out)[0],
    }
    found = {f"{prefix}{name}": values for name, values in found.items()}
    layers = _layers(model, prefix)
    for index, (name, _) in enumerate(layers):
        every = torch.ones(count, count, dtype=torch.bool)
        if cuts is not None:
            found[f"{name}_kept"] = cuts.keep[index].expand(heads, count, count)
        hides = cuts is not None and cuts.renormalise
        found[f"{name}_allowed"] = found[f"{name}_kept"] if hides else every
        seen = trace.layers[index]
        found |= layer_rules.attended(f"{name}_attention", f"{name}_norm2", seen.attended)
        found[f"{name}_norm1_out"] = seen.attended.attention.x[0]
        for part in ("before", "inner", "output"):
            found[f"{name}_feed_{part}"] = getattr(seen.fed, part)[0]
        found[f"{name}_out"] = seen.out[0]
    traced = zip(layers, trace.layers, strict=True)
    attended = {name: (layer.attention, seen.attended.attention) for (name, layer), seen in traced}
    found |= view_rules.arrays(attended, prefix)
    found |= {name: weight.values for name, weight in weights(model, prefix).items()}
    return {words: ids[0]} | {name: values.detach() for name, values in found.items()}


def weights(model: ItModel, prefix: str = "") -> dict[str, Weight]:
    """The weights, by the names of their arrays; keys as in the model's state."""
    found = {f"{prefix}table": Weight(model.embedding.weight, "embedding.weight")}
    norms = {f"{prefix}norm": ("norm", model.norm)}
    for index, (name, layer) in enumerate(_layers(model, prefix)):
        at = f"layers.{index}"
        found |= layer_rules.projections(f"{name}_attention", f"{at}.attention", layer.attention)
        norms[f"{name}_norm1"] = (f"{at}.norm1", layer.norm1)
        norms[f"{name}_norm2"] = (f"{at}.norm2", layer.norm2)
        for number, linear in (("1", layer.linear1), ("2", layer.linear2)):
            found[f"{name}_feed_w{number}"] = Weight(linear.weight, f"{at}.linear{number}.weight")
            found[f"{name}_feed_b{number}"] = Weight(linear.bias, f"{at}.linear{number}.bias")
    for array, (key, module) in norms.items():
        found[f"{array}_weight"] = Weight(module.weight, f"{key}.weight")
        found[f"{array}_bias"] = Weight(module.bias, f"{key}.bias")
    return found


def _layers(model: ItModel, prefix: str) -> list[tuple[str, PreNorm]]:
    found = []
    for index, layer in enumerate(model.layers):
        assert isinstance(layer, PreNorm)
        found.append((f"{prefix}layer_{index}", layer))
    return found


def _norm(name: str, x: str, eps: float) -> LayerNorm:
    return LayerNorm(f"{name}_out", x, f"{name}_weight", f"{name}_bias", eps)
