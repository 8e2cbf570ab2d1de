"""The words around an opened block of the transformer."""

from __future__ import annotations

from typing import Any

from pages.kit import opened, scored
from pages.kit.language import _


def block_names() -> dict[str, str]:
    """What the blocks of the diagram are called, by kind."""
    return {
        "embedding": _("embedding"),
        "positions": _("positional encoding"),
        "input": _("sum of both"),
        "attention": _("self-attention"),
        "masked": _("masked self-attention"),
        "cross": _("encoder-decoder attention"),
        "norm": _("add & norm"),
        "feed": _("feed-forward"),
        "linear": _("linear"),
        "softmax": _("softmax"),
        "beam": _("beam search"),
    }


def block_words() -> dict[str, Any]:
    """What a block does, what its matrices are called, and how their numbers are explained."""
    return {
        "title": "{stack}: {block}",
        "stacks": {
            "encoder": _("Encoder"),
            "decoder": _("Decoder"),
            "linear": _("Output"),
            "softmax": _("Output"),
            "beam": _("Output"),
        },
        "head": _("head {head}"),
        "hint": _("Click a number: below stands what it was made from."),
        "cell": _("{matrix}, “{row}”, {column}"),
        "about": {
            "embedding": _("A row is looked up for each token, and multiplied by √D."),
            "positions": _("Sine and cosine of the place: fast on the left, slow on the right."),
            "input": _("Added, not concatenated: what it is, and where it stands."),
            "attention": _("Every token reads every token; {heads} heads of {d} numbers."),
            "masked": _("What comes later is set to −∞ before the softmax; it gets exactly 0."),
            "cross": _("Queries from the decoder, keys and values from the encoder's memory."),
            "norm": _(
                "The input of the block is added (residual connection); each row is "
                "brought to mean 0 and variance 1, then scaled and shifted by learned "
                "numbers."
            ),
            "feed": _("The same small network for every token: wider, ReLU, back again."),
            "linear": _("How well does the row fit each word's embedding?"),
            "softmax": _("The scores become probabilities that add up to one."),
            "beam": _("Logarithms add up; the score divides their sum by a power of the length."),
        },
        "matrices": {
            "embedding": _("embedding"),
            "positions": _("positions"),
            "sum": _("sum"),
            "x": _("goes in"),
            "memory": _("memory"),
            "q": _("Q query"),
            "k": _("K key"),
            "v": _("V value"),
            "scores": _("scores"),
            "scaled": _("scaled"),
            "masked": _("masked"),
            "weights": _("weights"),
            "mixed": _("weights · V"),
            "output": _("output"),
            "added": _("added"),
            "out": _("normalised"),
            "before": _("before ReLU"),
            "inner": _("after ReLU"),
            "logits": _("logits"),
            "probabilities": _("probabilities"),
            "chances": _("at this temperature"),
            "kept": _("may be drawn"),
            "remaining": _("what is left"),
            "shares": _("what is left, as shares"),
            "chosen": _("probability"),
            "log_chosen": _("its logarithm"),
            "so_far": _("sum so far"),
            "score": _("score"),
        },
        "strip": [_("left"), _("right"), _("product")],
        "stripSoftmax": [_("row"), _("e to the power")],
        "products": _("{count} products are added up; each row below on its own scale."),
        "opened": opened.words(),
    }


def scored_words() -> dict[str, Any]:
    """What the scores of a network are called."""
    return scored.words(
        {
            "tokens": _("held-out tokens, teacher-forced"),
            "texts": _("held-out texts, generated as a whole"),
        }
    )
