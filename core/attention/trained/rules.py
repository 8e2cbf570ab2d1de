"""How every number of an `ItModel` comes about, for `core.opened`.

Arrays are called after their layer and part: "layer_0_attention_weights" (H, T, T), as in
`core.attention.layer_rules`; one sentence, without its first axis.
"""

from __future__ import annotations

import torch
from torch import Tensor

from core.attention import layer_rules
from core.attention.blocks import PreNorm
from core.attention.layer_rules import Weight
from core.attention.trained.model import Cuts, ItModel, Trace
from core.opened import Activation, Dot, LayerNorm, Lookup, Position, Rule, Rules, Sum


def rules(model: ItModel, cuts: Cuts | None) -> Rules:
    """The rules of the arrays of a forward pass.

    Args:
        model: any.
        cuts: what was cut in it.
    """
    made: list[Rule] = [
        Lookup("embedding", "table", "ids", model.width),
        Position("positions", model.width),
        Sum("input", ("embedding", "positions")),
    ]
    x = "input"
    for name, layer in _layers(model):
        attention, norm1, norm2, feed = (
            f"{name}_{part}" for part in ("attention", "norm1", "norm2", "feed")
        )
        made.append(_norm(norm1, x, layer.norm1.eps))
        cut = f"{name}_kept" if cuts else ""
        made += layer_rules.attention(
            attention, layer.attention, f"{norm1}_out", f"{norm1}_out", f"{name}_allowed", cut
        )
        made += [
            Sum(f"{norm2}_added", (x, f"{attention}_output")),
            _norm(norm2, f"{norm2}_added", layer.norm2.eps),
            Dot(f"{feed}_before", "i d, f d, f -> i f", f"{norm2}_out", f"{feed}_w1", f"{feed}_b1"),
            Activation(f"{feed}_inner", f"{feed}_before", "relu"),
            Dot(
                f"{feed}_output", "i f, d f, d -> i d", f"{feed}_inner", f"{feed}_w2", f"{feed}_b2"
            ),
            Sum(f"{name}_out", (f"{norm2}_added", f"{feed}_output")),
        ]
        x = f"{name}_out"
    made += [
        _norm("norm", x, model.norm.eps),
        Dot("logits", "i d, v d -> i v", "norm_out", "table"),
    ]
    names = [rule.array for rule in made] + list(weights(model))
    symbols = layer_rules.symbols(names)
    symbols |= {name: r"\alpha^" for name in names if name.endswith("_attention_weights")}
    return Rules(*made, symbols=symbols | {"embedding": "E", "positions": "P", "input": "X"})


def arrays(model: ItModel, ids: Tensor, trace: Trace, cuts: Cuts | None) -> dict[str, Tensor]:
    """Every array of a forward pass of one sentence, (1, T) ids without padding."""
    count = ids.shape[1]
    table = model.positions
    assert isinstance(table, Tensor)
    found = {
        "ids": ids[0],
        "embedding": trace.embedded[0] - table[:count],
        "positions": table[:count],
        "input": trace.embedded[0],
        "logits": trace.logits[0],
        "norm_out": model.norm(trace.layers[-1].out)[0],
    }
    for index, (name, _) in enumerate(_layers(model)):
        layer = trace.layers[index]
        every = torch.ones(count, count, dtype=torch.bool)
        if cuts is not None:
            found[f"{name}_kept"] = cuts.keep[index]
        hides = cuts is not None and cuts.renormalise
        found[f"{name}_allowed"] = found[f"{name}_kept"] if hides else every
        found |= layer_rules.attended(f"{name}_attention", f"{name}_norm2", layer.attended)
        found[f"{name}_norm1_out"] = layer.attended.attention.x[0]
        for part in ("before", "inner", "output"):
            found[f"{name}_feed_{part}"] = getattr(layer.fed, part)[0]
        found[f"{name}_out"] = layer.out[0]
    found |= {name: weight.values for name, weight in weights(model).items()}
    return {name: values.detach() for name, values in found.items()}


def weights(model: ItModel) -> dict[str, Weight]:
    """The weights, by the names of their arrays; keys as in the model's state."""
    found = {"table": Weight(model.embedding.weight, "embedding.weight")}
    norms = {"norm": ("norm", model.norm)}
    for index, (name, layer) in enumerate(_layers(model)):
        at = f"layers.{index}"
        found |= layer_rules.projections(f"{name}_attention", f"{at}.attention", layer.attention)
        norms[f"{name}_norm1"] = (f"{at}.norm1", layer.norm1)
        norms[f"{name}_norm2"] = (f"{at}.norm2", layer.norm2)
        for number, linear in (("1", layer.linear1), ("2", layer.linear2)):
            found[f"{name}_feed_w{number}"] = Weight(linear.weight, f"{at}.linear{number}.weight")
            found[f"{name}_feed_b{number}"] = Weight(linear.bias, f"{at}.linear{number}.bias")
    for name, (key, norm) in norms.items():
        found[f"{name}_weight"] = Weight(norm.weight, f"{key}.weight")
        found[f"{name}_bias"] = Weight(norm.bias, f"{key}.bias")
    return found


def _layers(model: ItModel) -> list[tuple[str, PreNorm]]:
    found = []
    for index, layer in enumerate(model.layers):
        assert isinstance(layer, PreNorm)
        found.append((f"layer_{index}", layer))
    return found


def _norm(name: str, x: str, eps: float) -> LayerNorm:
    return LayerNorm(f"{name}_out", x, f"{name}_weight", f"{name}_bias", eps)
