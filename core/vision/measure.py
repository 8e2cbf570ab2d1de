"""What a card says about a digit network: accuracy, calibration, refusals."""

from typing import Any

import torch
from torch import Tensor

from core.intervals import interval
from core.vision import mnist, refusal
from core.vision.doubt import Doubt, bins, calibration_error
from core.vision.hand import rendered
from core.vision.hand.others import KINDS
from core.vision.mnist import Digits
from core.vision.models import SimpleCNN

STROKES_SEED, OTHERS_SEED = 31, 32
COUNT = 5_000


def card(model: SimpleCNN, doubt: Doubt) -> dict[str, Any]:
    """Scores with 95% intervals, the reliability diagram, and rates of refusal."""
    test = mnist.load("test")
    known, unseen = (
        rendered.digits(COUNT, STROKES_SEED),
        rendered.digits(COUNT, STROKES_SEED, held_out=True),
    )
    features, logits = refusal.features(model, test.images)
    groups = bins(doubt.probabilities(logits), test.labels)
    raw = bins(torch.softmax(logits, 1), test.labels)
    return {
        "scores": {
            "mnist_test": score(logits, test),
            "strokes": score(refusal.features(model, known.images)[1], known),
            "strokes_unseen_styles": score(refusal.features(model, unseen.images)[1], unseen),
        },
        "calibration": {
            "temperature": doubt.temperature,
            "error_on_mnist_test": calibration_error(groups),
            "error_without_temperature": calibration_error(raw),
            "bins": [
                [round(group.confidence, 6), round(group.accuracy, 6), group.count]
                for group in groups
            ],
        },
        "refusal": refusals(model, doubt, features, known, unseen),
    }


def score(logits: Tensor, digits: Digits) -> dict[str, Any]:
    """Accuracy with its 95% interval (Wilson 1927)."""
    right = int((logits.argmax(1) == digits.labels).sum())
    return {
        "accuracy": right / len(digits),
        "interval": interval(right, len(digits)),
        "of": len(digits),
    }


def refusals(
    model: SimpleCNN, doubt: Doubt, test: Tensor, known: Digits, unseen: Digits
) -> dict[str, Any]:
    """Digits wrongly refused, non-digits wrongly accepted; `test`: features of MNIST's test set."""

    def refused(features: Tensor) -> float:
        return round((doubt.score(features) > doubt.threshold).double().mean().item(), 6)

    others = rendered.others(COUNT // len(KINDS) * len(KINDS), OTHERS_SEED, held_out=True)
    passed = doubt.score(refusal.features(model, others.images)[0]) <= doubt.threshold
    kinds = {
        kind: round(passed[others.labels == i].double().mean().item(), 6)
        for i, kind in enumerate(KINDS)
    }
    return {
        "digits_refused": refused(test),
        "strokes_refused": refused(refusal.features(model, known.images)[0]),
        "strokes_of_unseen_styles_refused": refused(refusal.features(model, unseen.images)[0]),
        "nondigits_accepted": round(passed.double().mean().item(), 6),
        "nondigits_accepted_by_kind": kinds,
        "threshold": doubt.threshold,
    }
