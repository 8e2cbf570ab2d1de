"""How often the shipped networks are right: on MNIST's test set, and on digits of unseen hands."""

from __future__ import annotations

import numpy as np
import torch

from benchmarks.figures import Figure, Unmeasured, Values, measures
from core.vision import mnist, networks, unseen
from core.vision.hand import digit
from core.vision.models import normalise
from core.vision.preprocess import render
from core.weights import WeightsError

DRAWINGS = 5_000
SEED = 7
"""Not one of those that training or the cards use."""


@measures(
    Figure(
        "mnist.test_accuracy.notes", "MNIST test set, the notes' recipe", "share", 0.991, 0.9945
    ),
    Figure("mnist.test_accuracy.ours", "MNIST test set, our recipe", "share", 0.996),
)
def test_set() -> Values:
    """All 10,000 digits through the weights as they are shipped."""
    try:
        digits = mnist.load("test")
    except mnist.MNISTMissing as error:
        raise Unmeasured(str(error)) from None
    return {
        f"mnist.test_accuracy.{name}": _accuracy(name, digits.images / 255, digits.labels)
        for name in networks.MODELS
    }


@measures(
    Figure(
        "hand.accuracy", "pen strokes in styles that no training saw, our recipe", "share", 0.97
    ),
)
def hand() -> Values:
    """Strokes of varied size, place, slant and width, each one through the page's preprocessing.

    The pen on the canvas has one width; relative to the digit it varies as the digit's size does.
    """
    r = np.random.default_rng((SEED, DRAWINGS))
    labels = torch.arange(DRAWINGS) % 10
    pictures = [render(digit(label, r, held_out=True)) for label in labels.tolist()]
    return {"hand.accuracy": _accuracy("ours", torch.from_numpy(np.stack(pictures)), labels)}


@torch.inference_mode()
def _accuracy(name: str, ink: torch.Tensor, labels: torch.Tensor) -> float:
    """Share of pictures (N, 28, 28), 0 paper to 1 ink, whose largest logit is their label's."""
    model = networks.network(name).model
    logits = torch.cat([model(normalise(batch[:, None])) for batch in torch.split(ink, 500)])
    return float((logits.argmax(1) == labels).double().mean())


@measures(
    Figure(
        "hand.writers_out.mean",
        "pen digits of 30 people answered rightly, each by a network that never saw the writer",
        "share",
        0.985,
    ),
    Figure("hand.writers_out.worst", "the same, of the worst writer", "share", 0.95),
    Figure("hand.strokes_lstm", "the same, the LSTM that follows the pen", "share", 0.985),
    Figure("hand.refused_digits", "digits of unseen writers refused", "share", at_most=0.01),
    Figure(
        "hand.accepted_scribbles",
        "scribbles, letters and shapes of held-out kinds accepted, mean of the five folds",
        "share",
        at_most=0.03,
    ),
    Figure("hand.ece", "calibration error on unseen writers", "share", at_most=0.01),
)
def unseen_writers() -> Values:
    """As measured when the networks were made: `python -m core train writers_out` takes an hour."""
    try:
        found = unseen.results()
    except WeightsError as error:
        raise Unmeasured(str(error)) from None
    ours = found["ours"]
    return {
        "hand.writers_out.mean": ours["answers"]["share"],
        "hand.writers_out.worst": ours["worst"],
        "hand.strokes_lstm": found["strokes_lstm"]["answers"]["share"],
        "hand.refused_digits": ours["refused"]["share"],
        "hand.accepted_scribbles": ours["nondigits_accepted"],
        "hand.ece": ours["calibration_error"],
    }
