"""What a card says about a digit network: accuracy, calibration, refusals."""

from collections.abc import Callable
from functools import cache
from typing import Any

import torch
from torch import Tensor

from core.intervals import interval
from core.vision import mnist, refusal
from core.vision.doubt import Doubt, bins, calibration_error, plain
from core.vision.hand import rendered
from core.vision.hand.others import KINDS
from core.vision.mnist import Digits
from core.vision.models import SimpleCNN

STROKES_SEED, OTHERS_SEED = 31, 32
COUNT = 5_000


def card(model: SimpleCNN, doubt: Doubt) -> dict[str, Any]:
    """Scores with 95% intervals, the reliability diagram, and rates of refusal."""
    test, known, unseen = _sets()
    features, logits = refusal.features(model, test.images)
    groups = bins(doubt.probabilities(logits), test.labels)
    raw = bins(torch.softmax(logits, 1), test.labels)
    return {
        "scores": scores(lambda images: refusal.features(model, images)[1]),
        "calibration": {
            "temperature": doubt.temperature,
            "error_on_mnist_test": calibration_error(groups),
            "error_without_temperature": calibration_error(raw),
            "bins": plain(groups),
        },
        "refusal": refusals(model, doubt, features, known, unseen),
    }


def scores(logits: Callable[[Tensor], Tensor]) -> dict[str, Any]:
    """Accuracies on MNIST's test set and on generated strokes, each with its interval.

    Args:
        logits: of uint8 (N, 28, 28), (N, 10).
    """
    sets = zip(("mnist_test", "strokes", "strokes_unseen_styles"), _sets(), strict=True)
    return {name: score(logits(part.images), part) for name, part in sets}


@cache
def _sets() -> tuple[Digits, Digits, Digits]:
    """MNIST's test set, generated digits in known styles, and in styles that no training sees."""
    drawn = [rendered.digits(COUNT, STROKES_SEED, held_out=held) for held in (False, True)]
    return mnist.load("test"), drawn[0], drawn[1]


def score(logits: Tensor, digits: Digits) -> dict[str, Any]:
    """Accuracy with its 95% interval (Wilson 1927)."""
    counted = share(logits.argmax(1) == digits.labels)
    return {"accuracy": counted.pop("share")} | counted


def share(those: Tensor) -> dict[str, Any]:
    """Of bool (N,): the share that is true, with its 95% interval (Wilson 1927)."""
    count = int(those.sum())
    return {
        "share": count / len(those),
        "interval": interval(count, len(those)),
        "of": len(those),
    }


def accepted(model: SimpleCNN, doubt: Doubt) -> float:
    """Share of generated non-digits, other members of each kind than were learned, not refused."""
    return float(_passed(model, doubt)[0].double().mean())


def refusals(
    model: SimpleCNN, doubt: Doubt, test: Tensor, known: Digits, unseen: Digits
) -> dict[str, Any]:
    """Digits wrongly refused, non-digits wrongly accepted; `test`: features of MNIST's test set."""

    def refused(features: Tensor) -> float:
        return round((doubt.score(features) > doubt.threshold).double().mean().item(), 6)

    passed, kind_of = _passed(model, doubt)
    kinds = {
        kind: round(passed[kind_of == i].double().mean().item(), 6) for i, kind in enumerate(KINDS)
    }
    return {
        "digits_refused": refused(test),
        "strokes_refused": refused(refusal.features(model, known.images)[0]),
        "strokes_of_unseen_styles_refused": refused(refusal.features(model, unseen.images)[0]),
        "nondigits_accepted": round(passed.double().mean().item(), 6),
        "nondigits_accepted_by_kind": kinds,
        "threshold": doubt.threshold,
    }


def _passed(model: SimpleCNN, doubt: Doubt) -> tuple[Tensor, Tensor]:
    """Which non-digits are not refused, bool (N,), and the kind of each, (N,)."""
    others = rendered.others(COUNT // len(KINDS) * len(KINDS), OTHERS_SEED, held_out=True)
    return doubt.score(refusal.features(model, others.images)[0]) <= doubt.threshold, others.labels
