"""How the numbers of `views` come about, for `core.opened`: rules beside those of the layers.

Arrays of a layer are called "layer_0_attention_norms", "layer_0_rollout" and so on, after the layer
that `core.attention.layer_rules` declares. Axes as in `views`, of one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor

from core.attention import layer_rules
from core.attention.blocks import Attention, AttentionTrace
from core.attention.views import lengths, rollout_steps
from core.opened import Activation, Combination, Dot, Given, Rule, Rules, Share, Sum

_SYMBOLS = {
    "weights": r"\alpha^",
    "carried": "C^",
    "squares": "s^",
    "lengths": r"\ell^",
    "norms": r"\nu^",
    "mean": r"\bar\alpha",
    "half": "H",
    "reach": r"\tilde A",
    "rollout": "R",
    "identity": "I",
    "share": "u",
}
"""How arrays are written in formulas, by the last word of their names."""


def rules(names: Sequence[str], prefix: str = "") -> list[Rule]:
    """Weights times the lengths of what is carried, and rollout.

    Args:
        names: of the layers, the first one first.
        prefix: of the names of "identity" and "share".
    """
    made: list[Rule] = [Given(f"{prefix}{name}") for name in ("identity", "share")]
    below = ""
    for name in names:
        made += [*_carried(f"{name}_attention"), *_rollout(name, prefix, below)]
        below = name
    return made


def declared(made: Iterable[Rule], symbols: Mapping[str, str]) -> Rules:
    """Rules of one or several passes, with the symbols of their arrays.

    Args:
        made: the rules of layers, views and what a page has besides.
        symbols: further ones, by the last word of the names of arrays.
    """
    made = list(made)
    names = {name for rule in made for name in (rule.array, *rule.reads)}
    written = layer_rules.symbols(names)
    by_word = _SYMBOLS | dict(symbols)
    for name in names:
        last = name.rpartition("_")[2]
        if last in by_word and (last != "weights" or name.endswith("_attention_weights")):
            written[name] = by_word[last]
    return Rules(*made, symbols=written, hidden=[n for n in names if n.endswith("_squares")])


def arrays(
    layers: Mapping[str, tuple[Attention, AttentionTrace]], prefix: str = ""
) -> dict[str, Tensor]:
    """The arrays of these rules, of the first sentence of a batch.

    Args:
        layers: each layer's attention and what it computed, by the layer's name.
        prefix: of the names of "identity" and "share".
    """
    weights = torch.stack([trace.weights[0] for _, trace in layers.values()])  # (L, H, T, T)
    _, heads, _, count = weights.shape
    identity = torch.eye(count)
    found = {f"{prefix}identity": identity, f"{prefix}share": torch.full((heads,), 1 / heads)}
    reached = identity
    steps = rollout_steps(weights)
    for index, (name, (attention, trace)) in enumerate(layers.items()):
        read, v, output = weights[index], trace.v[0], attention.output.weight
        length = lengths(v, output)
        reached = steps[index] @ reached
        found |= {
            f"{name}_attention_carried": v @ output.view(len(output), heads, -1).permute(1, 2, 0),
            f"{name}_attention_squares": length.square(),
            f"{name}_attention_lengths": length,
            f"{name}_attention_norms": read * length[:, None],
            f"{name}_mean": read.mean(0),
            f"{name}_half": 0.5 * read.mean(0) + 0.5 * identity,
            f"{name}_reach": steps[index],
            f"{name}_rollout": reached,
        }
    return found


def _carried(attention: str) -> list[Rule]:
    """Weights times the lengths of what is carried, as `views.value_norms`."""
    carried = f"{attention}_carried"
    return [
        Dot(carried, "h j e, d (h e) -> h j d", f"{attention}_v", f"{attention}_wo"),
        Dot(f"{attention}_squares", "h j d, h j d -> h j", carried, carried),
        Activation(f"{attention}_lengths", f"{attention}_squares", "sqrt"),
        Dot(
            f"{attention}_norms",
            "h i j, h j -> h i j",
            f"{attention}_weights",
            f"{attention}_lengths",
        ),
    ]


def _rollout(name: str, prefix: str, below: str) -> list[Rule]:
    """What reaches each word after a layer, as `views.rollout`; "" below the first one."""
    reach, made = f"{name}_reach", f"{name}_rollout"
    return [
        Dot(f"{name}_mean", "h i j, h -> i j", f"{name}_attention_weights", f"{prefix}share"),
        Combination(f"{name}_half", (f"{name}_mean", f"{prefix}identity"), (0.5, 0.5)),
        Share(reach, f"{name}_half"),
        Dot(made, "i k, k j -> i j", reach, f"{below}_rollout") if below else Sum(made, (reach,)),
    ]
