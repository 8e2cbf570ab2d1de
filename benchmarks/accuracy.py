"""How often the shipped networks are right: on MNIST's test set, and on digits of unseen hands."""

from __future__ import annotations

import numpy as np
import torch

from benchmarks.figures import Figure, Unmeasured, Values, measures
from core.vision import mnist, networks
from core.vision.hand import digit
from core.vision.models import normalise
from core.vision.preprocess import render

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
