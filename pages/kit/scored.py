"""The words of pages/kit/score.js, which opens shares that are right, and losses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.kit import opened
from pages.kit.language import _


def words(parts: Mapping[str, str]) -> dict[str, Any]:
    """Its words, in the language of the session.

    Args:
        parts: what the answers of each part are called: "held-out texts".
    """
    return {
        "opened": opened.words(),
        "onward": _("from {name}"),
        "close": _("Close"),
        "parts": dict(parts),
        "lossHeld": _("Loss on held-out texts"),
        "scores": names(),
    }


def names() -> dict[str, str]:
    """What each array is called."""
    return {
        "accuracy": _("share that is right"),
        "right": _("right or not"),
        "loss": _("loss"),
        "surprise": _("loss of one answer"),
        "log_p": _("logarithm of the probability of what is right"),
        "log_mean": _("mean logarithm of all probabilities"),
        "logs": _("logarithm of a probability"),
        "p": _("probability of what is right"),
        "probabilities": _("probability"),
        "logits": _("logit"),
        "ratio": _("ratio"),
        "both": _("share that is right, both sides"),
        "left": _("share that is right, left alone"),
        "both_right": _("right or not, both sides"),
        "left_right": _("right or not, left alone"),
        "both_logits": _("logit, both sides"),
        "left_logits": _("logit, left alone"),
        "whole": _("right as a whole"),
        "missed": _("wrong tokens"),
        "wrong": _("wrong or not"),
    }
