"""How what a pretrained BERT says comes about: a head for hidden words, and one for pairs.

T pieces, D width, V pieces of the vocabulary. Arrays of the layers: `core.attention.pretrained`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from core.attention.pretrained import numbers
from core.opened import (
    Activation,
    Combination,
    Dot,
    Exponential,
    Gather,
    Given,
    LayerNorm,
    Monomial,
    Rule,
    Rules,
    Share,
    Softmax,
)
from core.opened.functions import FUNCTIONS
from core.pretrained.shelf import Pretrained

SYMBOLS = {
    "words_before": "B",
    "words_inner": "G",
    "words_out": "U",
    "words_table": "E",
    "words_weight": r"\gamma",
    "words_bias": r"\beta",
    "words_w1": "W_1",
    "words_b1": "b_1",
    "words_b2": "b_2",
    "logits": "L",
    "powers": r"e^{L}",
    "probabilities": "p",
    "cls": "C",
    "pooled_before": "B",
    "pooled": "P",
    "pool_w": "W_P",
    "pool_b": "b_P",
    "follows_w": "W_F",
    "follows_b": "b_F",
    "follows_logits": "L",
    "follows_probabilities": "p",
    "features": r"\bar x",
    "middle": r"\mu",
    "spread": r"\sigma",
    "away": "a",
    "standard": "u",
    "judge_w": "w",
    "judge_b": "b",
    "judge": "s",
    "judged": "p",
}


SAID = frozenset(SYMBOLS)
"""Every array above the layers."""
PIECES = ("logits", "powers", "probabilities")
"""Those that have a column for each piece of the vocabulary."""


@dataclass(frozen=True)
class Head:
    """The parts of a head that names hidden words, whatever the model calls them.

    Attributes:
        dense, norm, table: modules of the model.
        activation: its name.
        function: the same as the model computes it.
    """

    dense: nn.Linear
    norm: nn.LayerNorm
    table: nn.Linear
    activation: str
    function: Callable[[Tensor], Tensor]


def head_of(model: Any) -> Head | None:
    """The head for hidden words; None: the model has none that is built so."""
    config = model.config
    if hasattr(model, "vocab_transform"):  # DistilBERT
        parts = model.vocab_transform, model.vocab_layer_norm, model.vocab_projector
        return Head(*parts, config.activation, model.activation)
    if hasattr(model, "lm_head"):  # RoBERTa and those that are built like it
        known = model.lm_head
        return Head(known.dense, known.layer_norm, known.decoder, "gelu", gelu)
    if hasattr(model, "generator_lm_head"):  # ELECTRA's generator
        known = model.generator_predictions
        return Head(known.dense, known.LayerNorm, model.generator_lm_head, "gelu", gelu)
    known = getattr(getattr(model, "cls", None), "predictions", None)
    if known is None:
        return None
    inner = known.transform
    parts = inner.dense, inner.LayerNorm, known.decoder
    return Head(*parts, config.hidden_act, inner.transform_act_fn)


def said(encoder: Pretrained, hidden: Sequence[Tensor]) -> tuple[Rules, dict[str, Tensor]]:
    """Rules and arrays of a forward pass of one text, with what the model says at its end.

    Args:
        encoder: with a head.
        hidden: (1, T, D), what each layer read, and what the last one made.
    """
    rules, trace = numbers(encoder, hidden)
    last = f"layer_{len(hidden) - 2}_norm2_out"
    made: list[Rule] = []
    head = head_of(encoder.model)
    if head is not None:
        made += _words(last, head)
        trace |= _word_arrays(trace[last], head)
    pairs = getattr(getattr(encoder.model, "cls", None), "seq_relationship", None)
    if pairs is not None:
        made += _pairs(last)
        trace |= _pair_arrays(trace[last], encoder.model.base_model.pooler.dense, pairs)
    known = rules.by_name.values()
    return Rules(*known, *made, symbols={**rules.symbols, **SYMBOLS}), trace


def _words(last: str, head: Head) -> list[Rule]:
    """A linear map, an activation and a norm, then the table of the pieces once more."""
    inner: Rule = Given("words_inner", "activation")
    if head.activation in FUNCTIONS:
        inner = Activation("words_inner", "words_before", head.activation)
    return [
        Dot("words_before", "i d, e d, e -> i e", last, "words_w1", "words_b1"),
        inner,
        LayerNorm("words_out", "words_inner", "words_weight", "words_bias", head.norm.eps),
        Dot("logits", "i e, v e, v -> i v", "words_out", "words_table", "words_b2"),
        # a row holds tens of thousands of pieces: a share of them says no more than their sum
        Exponential("powers", "logits"),
        Share("probabilities", "powers"),
        *(Given(name, "weight") for name in ("words_w1", "words_b1", "words_table", "words_b2")),
        *(Given(name, "weight") for name in ("words_weight", "words_bias")),
    ]


def _word_arrays(x: Tensor, head: Head) -> dict[str, Tensor]:
    before = head.dense(x)
    inner = head.function(before)
    out = head.norm(inner)
    logits = head.table(out)
    return {
        "words_w1": head.dense.weight,
        "words_b1": head.dense.bias,
        "words_weight": head.norm.weight,
        "words_bias": head.norm.bias,
        "words_table": head.table.weight,
        "words_b2": head.table.bias,
        "words_before": before,
        "words_inner": inner,
        "words_out": out,
        "logits": logits,
        "powers": (logits - logits.amax(-1, keepdim=True)).exp(),
        "probabilities": logits.softmax(-1),
    }


def _pairs(last: str) -> list[Rule]:
    """The first place through a linear map and tanh, then two scores: it follows, it does not."""
    return [
        Gather("cls", last, ("first",)),
        Dot("pooled_before", "i d, e d, e -> i e", "cls", "pool_w", "pool_b"),
        Activation("pooled", "pooled_before", "tanh"),
        Dot("follows_logits", "i d, c d, c -> i c", "pooled", "follows_w", "follows_b"),
        Softmax("follows_probabilities", "follows_logits"),
        *(Given(name, "weight") for name in ("pool_w", "pool_b", "follows_w", "follows_b")),
    ]


def _pair_arrays(x: Tensor, pool: nn.Linear, pairs: nn.Linear) -> dict[str, Tensor]:
    cls = x[:1]
    before = pool(cls)
    logits = pairs(before.tanh())
    return {
        "first": torch.tensor([0]),
        "pool_w": pool.weight,
        "pool_b": pool.bias,
        "follows_w": pairs.weight,
        "follows_b": pairs.bias,
        "cls": cls,
        "pooled_before": before,
        "pooled": before.tanh(),
        "follows_logits": logits,
        "follows_probabilities": logits.softmax(-1),
    }


def judging(
    encoder: Pretrained, hidden: Sequence[Tensor], learned: tuple[Tensor, Tensor, Tensor]
) -> tuple[Rules, dict[str, Tensor]]:
    """The same of a judgement by a classifier on the frozen network: "judged" ().

    Args:
        encoder: any.
        hidden: as for `said`, of the text alone.
        learned: mean and spread (D,) of the texts that it was learnt from, weights (D + 1,), the
            last one the bias.
    """
    rules, trace = numbers(encoder, hidden)
    last = f"layer_{len(hidden) - 2}_norm2_out"
    x, (middle, spread, w) = trace[last], learned
    features = x.mean(0)
    away = features - middle
    standard = away / spread
    score = standard @ w[:-1] + w[-1]
    trace |= {
        "part": torch.full((len(x),), 1 / len(x)),
        "features": features,
        "middle": middle,
        "spread": spread,
        "away": away,
        "standard": standard,
        "judge_w": w[:-1],
        "judge_b": w[-1],
        "judge": score,
        "judged": score.sigmoid(),
    }
    made = (
        Dot("features", "t d, t -> d", last, "part"),
        Combination("away", ("features", "middle"), (1.0, -1.0)),
        Monomial("standard", ("away", "spread"), (1.0, -1.0)),
        Dot("judge", "d, d, ->", "standard", "judge_w", "judge_b"),
        Activation("judged", "judge", "sigmoid"),
        Given("part", "one_of_pieces"),
        *(Given(name, "labelled") for name in ("middle", "spread", "judge_w", "judge_b")),
    )
    return Rules(*rules.by_name.values(), *made, symbols={**rules.symbols, **SYMBOLS}), trace
