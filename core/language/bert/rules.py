"""How every number of the small BERT comes about, for `core.opened`."""

from __future__ import annotations

from core.attention.layer_rules import Rows
from core.attention.layer_rules import rules as layer_rules
from core.attention.layer_rules import symbols as layer_symbols
from core.language.bert.trace import Pass, weights
from core.opened import (
    Activation,
    CrossEntropy,
    Dot,
    Gather,
    LayerNorm,
    Lookup,
    Mask,
    Rule,
    Rules,
    Scale,
    Softmax,
    Sum,
)

_SYMBOLS = {
    "token_table": "W_t",
    "position_table": "W_p",
    "segment_table": "W_s",
    "token_embedding": "E_t",
    "position_embedding": "E_p",
    "segment_embedding": "E_s",
    "summed": "E",
    "input": "X",
    "logits": "L",
    "allowed_logits": "M",
    "probabilities": "p",
    "targets": "t",
    "loss": r"\mathcal{L}",
    "cls": "C",
    "pooled_before": "B",
    "pooled": "P",
    "pool_w": "W_P",
    "pool_b": "b_P",
    "ends_logits": "L",
    "ends_masked": "M",
    "ends_probabilities": "p",
    "span_logits": "s",
    "span_probabilities": "q",
    **{f"{head}_logits": "L" for head in ("follows", "sentiment")},
    **{f"{head}_probabilities": "p" for head in ("follows", "sentiment")},
    **{f"{head}_w": "W" for head in ("follows", "sentiment", "answer")},
    **{f"{head}_b": "b" for head in ("follows", "sentiment", "answer")},
}


def rules(seen: Pass) -> Rules:
    """The rules of the arrays of a pass, see `trace.arrays`."""
    made: list[Rule] = [
        Lookup("token_embedding", "token_table", "ids"),
        Lookup("position_embedding", "position_table", "places"),
        Lookup("segment_embedding", "segment_table", "segments"),
        Sum("summed", ("token_embedding", "position_embedding", "segment_embedding")),
        LayerNorm("input", "summed", "input_weight", "input_bias", seen.model.norm.eps),
    ]
    x = "input"
    for name, layer, _ in seen.layers():
        made += layer_rules(name, layer, Rows(x, "allowed"), "gelu")
        x = f"{name}_norm2_out"
    heads = {"words": _words, "answer": _answer}
    made += heads.get(seen.head, _of_cls)(seen)
    names = [*(rule.array for rule in made), *weights(seen)]
    return Rules(*made, symbols=layer_symbols(names) | _SYMBOLS)


def _words(seen: Pass) -> list[Rule]:
    """Hidden words: a linear map, GELU and a norm, then the embedding once more, transposed."""
    eps = seen.model.hidden_norm.eps
    made: list[Rule] = [
        Dot("words_before", "i d, e d, e -> i e", seen.last, "words_w1", "words_b1"),
        Activation("words_inner", "words_before", "gelu"),
        LayerNorm("words_out", "words_inner", "words_weight", "words_bias", eps),
        Dot("logits", "i d, v d, v -> i v", "words_out", "token_table", "words_b2"),
    ]
    if seen.barred:
        made.append(Mask("allowed_logits", "logits", "nameable"))
    made.append(Softmax("probabilities", seen.choosing, seen.temperature))
    if seen.truth is not None:
        made.append(Gather("targets", "probabilities", ("target_rows", "target_ids")))
        made.append(CrossEntropy("surprise", "targets", "counted"))
        if seen.mean:
            made.append(Scale("loss", "surprise", by=float(len(seen.truth[0]))))
    return made


def _of_cls(seen: Pass) -> list[Rule]:
    """[CLS] through a linear map and a tanh, then a classifier of two classes."""
    logits = f"{seen.head}_logits"
    return [
        Gather("cls", seen.last, ("first",)),
        Dot("pooled_before", "i d, e d, e -> i e", "cls", "pool_w", "pool_b"),
        Activation("pooled", "pooled_before", "tanh"),
        Dot(logits, "i d, c d, c -> i c", "pooled", f"{seen.head}_w", f"{seen.head}_b"),
        Softmax(f"{seen.head}_probabilities", logits),
    ]


def _answer(seen: Pass) -> list[Rule]:
    """A start and an end for each token, then each span that is allowed."""
    return [
        Dot("ends_logits", "i d, k d, k -> k i", seen.last, "answer_w", "answer_b"),
        Mask("ends_masked", "ends_logits", "readable"),
        Softmax("ends_probabilities", "ends_masked"),
        Gather("span_start", "ends_masked", ("start_row", "span_first")),
        Gather("span_end", "ends_masked", ("end_row", "span_last")),
        Sum("span_logits", ("span_start", "span_end")),
        Softmax("span_probabilities", "span_logits"),
    ]
