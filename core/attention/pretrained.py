"""The layers of a pretrained encoder as `blocks.PostNorm`, and how their numbers come about.

All kinds that `core.pretrained.shelf` reads are built of the same layer; only its parts have other
names. The layers here hold the modules of the model itself: nothing is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from core.attention import layer_rules, view_rules
from core.attention.blocks import Attention, PostNorm, causal
from core.attention.layer_rules import Rows
from core.opened import Cell, Given, Rule, Rules, wire
from core.opened.functions import FUNCTIONS
from core.opened.parts import Wire
from core.pretrained.shelf import Pretrained

INPUT = "input"
"""What the first layer reads: pieces with their places, embedded and normalised."""
TERMS, WHOLE = 8, 256
"""Products of a sum that are named, and how many of one travel in full."""


def layers(encoder: Pretrained) -> dict[str, PostNorm]:
    """Each layer, by the name that its arrays begin with."""
    body = encoder.model.base_model
    if encoder.config["model_type"] == "distilbert":
        made = [_distilled(block, body.config) for block in body.transformer.layer]
    else:
        made = [_layer(block, body.config) for block in body.encoder.layer]
    return {f"layer_{index}": layer for index, layer in enumerate(made)}


def numbers(encoder: Pretrained, hidden: Sequence[Tensor]) -> tuple[Rules, dict[str, Tensor]]:
    """Rules and arrays of a forward pass of one text.

    Args:
        encoder: any.
        hidden: (1, T, D), what each layer read, the first one first.
    """
    config = encoder.model.config
    named = layers(encoder)
    count = hidden[0].shape[1]
    every = torch.ones(count, count, dtype=torch.bool)
    allowed = causal(count) if getattr(config, "is_decoder", False) else every
    activation = getattr(config, "hidden_act", None) or config.activation
    made: list[Rule] = [Given(INPUT, "embedded")]
    trace = {INPUT: hidden[0][0], "allowed": allowed}
    x, attended = INPUT, {}
    for (name, layer), read in zip(named.items(), hidden, strict=False):
        made += layer_rules.rules(name, layer, Rows(x, "allowed"), activation)
        made += [Given(weight, "weight") for weight in layer_rules.weights(name, layer)]
        if activation not in FUNCTIONS:
            made.append(Given(f"{name}_feed_inner", "activation"))
        seen = layer(read, allowed)
        trace |= layer_rules.arrays(name, layer, seen)
        attended[name] = (layer.attention, seen.attended.attention)
        x = f"{name}_norm2_out"
    made += view_rules.rules(list(named))
    return view_rules.declared(made, {INPUT: "X"}), trace | view_rules.arrays(attended)


def opened(encoder: Pretrained, hidden: Sequence[Tensor], number: Cell | None) -> Wire:
    """One of these numbers as JSON; without a choice the first weight of the first map.

    Raises:
        Refusal: there is no such number.
    """
    rules, trace = numbers(encoder, hidden)
    cell = number or Cell("layer_0_attention_weights", (0, 0, 0))
    return wire(rules.open(trace, cell), top=TERMS, whole=WHOLE)


def _layer(block: Any, config: Any) -> PostNorm:
    attention, own = block.attention, block.attention.self
    layer = _empty(config.hidden_size, config.num_attention_heads)
    layer.attention = _attention(layer, own.query, own.key, own.value, attention.output.dense)
    layer.norm1, layer.norm3 = attention.output.LayerNorm, block.output.LayerNorm
    layer.linear1, layer.linear2 = block.intermediate.dense, block.output.dense
    layer.activation = block.intermediate.intermediate_act_fn
    return layer


def _distilled(block: Any, config: Any) -> PostNorm:
    own = block.attention
    layer = _empty(config.dim, config.n_heads)
    layer.attention = _attention(layer, own.q_lin, own.k_lin, own.v_lin, own.out_lin)
    layer.norm1, layer.norm3 = block.sa_layer_norm, block.output_layer_norm
    layer.linear1, layer.linear2 = block.ffn.lin1, block.ffn.lin2
    layer.activation = block.ffn.activation
    return layer


def _empty(width: int, heads: int) -> PostNorm:
    with torch.device("meta"):
        return PostNorm(width, heads, inner=1)


def _attention(layer: PostNorm, *parts: nn.Linear) -> Attention:
    with torch.device("meta"):
        attention = Attention(layer.attention.width, layer.attention.heads, fused=False)
    attention.query, attention.key, attention.value, attention.output = parts
    return attention
