"""The words of pages/kit/trace_number.js, which opens any number of a network with attention."""

from __future__ import annotations

from typing import Any

from pages.kit import opened
from pages.kit.language import _


def words() -> dict[str, Any]:
    """Its words, and what the numbers of a layer are called, by the last word of their arrays."""
    residual, normalised = _("residual stream"), _("normalised residual stream")
    return {
        "head": _("layer {layer}, head {head}"),
        "layer": _("layer {layer}"),
        "back": _("back"),
        "close": _("close"),
        "product": _("product"),
        "weight": _("weight of the network at {places}"),
        "edge": _("{name} {from} → {to}"),
        "word": _("{name} of {word}"),
        "place": _("{name} of {word}: {place}"),
        "names": {
            "embedding": _("embedding"),
            "positions": _("position"),
            "input": _("input"),
            "norm1_out": normalised,
            "q": _("query"),
            "k": _("key"),
            "v": _("value"),
            "scores": _("score"),
            "scaled": _("score / √d"),
            "masked": _("score / √d after cuts"),
            "weights": _("weight"),
            "mixed": _("what is passed along"),
            "output": _("output"),
            "norm2_added": residual,
            "norm2_out": normalised,
            "before": _("hidden unit before ReLU"),
            "inner": _("hidden unit"),
            "out": residual,
            "norm_out": normalised,
            "logits": _("logit"),
            "probabilities": _("probability"),
            "carried": _("value through W_O"),
            "squares": _("squared length of the value"),
            "lengths": _("length of the value"),
            "norms": _("weight × length"),
            "mean": _("mean of all heads"),
            "half": _("half the mean, half the word itself"),
            "reach": _("share of the layer"),
            "rollout": _("rollout"),
            "identity": _("the word itself"),
            "share": _("one head among all"),
        },
        "opened": opened.words(),
    }
