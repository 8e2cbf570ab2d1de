"""How sure the network may be, and whether what it sees is a digit at all.

Confidence is calibrated by one number, the temperature (Guo et al. 2017). "Not a digit" is read
from the running network: a small readout of the 512 features of fc1, learned on digits and on
things that are not digits (`refusal.py`), gives a score; above a threshold the answer is withheld.
A blank picture or a dot needs no network.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy

from core import catalogue, weights
from core.figures.reliability import Bin
from core.schema import mark
from core.vision.trace import Trace

Reason = Literal["digit", "blank", "dot", "unlike"]
DOT = 4
"""A picture whose ink spans no more pixels than this, in both directions, is a dot."""
BINS = 15
FEATURES = 512
"""Numbers in fc1."""

UNSURE = mark(
    "The weights {name} lack the temperature of their probabilities. Make them with: {command}"
)


@dataclass(frozen=True)
class Verdict:
    """What may be said about one picture.

    Attributes:
        probabilities: calibrated, float32 (10,); they sum to 1 and say which digit, if it is one.
        is_digit: whether the network should answer at all.
        score: how unlike a digit, on the readout's scale; higher is less like one.
        threshold: the score above which the answer is withheld.
        reason: "digit", or why it is none: "blank", "dot", "unlike" (any digit that was learned).
    """

    probabilities: NDArray[np.float32]
    is_digit: bool
    score: float
    threshold: float
    reason: Reason


@dataclass(frozen=True)
class Doubt:
    """Temperature, and the readout w2 . relu(w1 f + b1) + b2 of the features f = relu(fc1).

    Attributes:
        temperature: divides the logits.
        threshold: on the score.
        w1, b1, w2, b2: float32 (H, 512), (H,), (H,), ().
    """

    temperature: float
    threshold: float
    w1: Tensor
    b1: Tensor
    w2: Tensor
    b2: Tensor

    def score(self, features: Tensor) -> Tensor:
        """(N, 512) -> (N,)."""
        return torch.relu(features @ self.w1.T + self.b1) @ self.w2 + self.b2

    def probabilities(self, logits: Tensor) -> Tensor:
        """(N, 10) -> calibrated (N, 10)."""
        return torch.softmax(logits / self.temperature, 1)

    @torch.inference_mode()
    def verdict(self, trace: Trace, picture: NDArray[np.floating[Any]]) -> Verdict:
        """Judge one picture.

        Args:
            trace: its forward pass, one picture long.
            picture: (28, 28), 0 paper, 1 ink.
        """
        score = float(self.score(trace["relu3"])[0])
        reason = _plain(picture) or ("unlike" if score > self.threshold else "digit")
        probabilities = self.probabilities(trace["logits"])[0].numpy()
        return Verdict(probabilities, reason == "digit", score, self.threshold, reason)

    def tensors(self) -> dict[str, Tensor]:
        """What is shipped beside the model's own tensors; the inverse of `load`."""
        scalars = {"temperature": self.temperature, "threshold": self.threshold}
        parts = {"w1": self.w1.half(), "b1": self.b1, "w2": self.w2, "b2": self.b2}
        parts |= {name: torch.tensor(value) for name, value in scalars.items()}
        return {weights.EXTRA + name: tensor for name, tensor in parts.items()}


@lru_cache(maxsize=4)
def load(name: str) -> Doubt:
    """The doubt that ships with the weights `name`.

    Raises:
        WeightsError: missing or damaged weights, or weights without it.
    """
    return of(weights.tensors(name)[0], name)


def of(tensors: Mapping[str, Tensor], name: str) -> Doubt:
    """Pick the parts out of a weights file's tensors.

    Raises:
        WeightsError: some part is missing or has another shape.
    """
    part = {
        key.removeprefix(weights.EXTRA): t
        for key, t in tensors.items()
        if key.startswith(weights.EXTRA)
    }
    fields = ("w1", "b1", "w2", "b2", "temperature", "threshold")
    hidden = len(part.get("b1", ()))
    shapes = ((hidden, FEATURES), (hidden,), (hidden,), (), (), ())
    if any(f not in part or part[f].shape != s for f, s in zip(fields, shapes, strict=True)):
        raise weights.WeightsError(UNSURE, name=name, command=catalogue.command(name))
    readout = [part[f] for f in fields[:4]]
    return Doubt(float(part["temperature"]), float(part["threshold"]), *readout)


def unmeasured() -> Doubt:
    """For a network that has not been calibrated: logits as they are, and only blank is refused."""
    nothing = torch.zeros(1)
    return Doubt(1.0, float("inf"), torch.zeros(1, FEATURES), nothing, nothing, torch.tensor(0.0))


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature that makes the labels most likely, by golden-section search.

    Args:
        logits: (N, 10), of pictures that the network was not trained on.
        labels: (N,).
    """
    low, high = -2.0, 2.0  # logarithms; the loss is unimodal in between

    def loss(log_temperature: float) -> float:
        return cross_entropy(logits / float(np.exp(log_temperature)), labels).item()

    golden = (5**0.5 - 1) / 2
    for _ in range(32):
        a, b = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, b) if loss(a) < loss(b) else (a, high)
    return float(np.exp((low + high) / 2))


def bins(probabilities: Tensor, labels: Tensor) -> list[Bin]:
    """The reliability diagram: answers grouped by confidence into BINS ranges; no empty ones.

    Args:
        probabilities: (N, 10).
        labels: (N,).
    """
    confidence, answer = probabilities.double().max(1)
    right = (answer == labels).double()
    group = (confidence * BINS).long().clamp(0, BINS - 1)
    result = []
    for index in sorted(set(group.tolist())):
        here = group == index
        result.append(
            Bin(confidence[here].mean().item(), right[here].mean().item(), int(here.sum()))
        )
    return result


def calibration_error(groups: Sequence[Bin]) -> float:
    """Expected calibration error: mean gap of confidence and accuracy (Naeini et al. 2015)."""
    total = sum(group.count for group in groups)
    return sum(group.count * abs(group.accuracy - group.confidence) for group in groups) / max(
        total, 1
    )


def plain(groups: Sequence[Bin]) -> list[list[float]]:
    """The groups as they stand in a card or in results; `reliability` reads them."""
    return [[round(g.confidence, 6), round(g.accuracy, 6), g.count] for g in groups]


def reliability(measured: Mapping[str, Any]) -> list[Bin]:
    """The reliability diagram in the "bins" of a card or of results."""
    return [Bin(mean, right, int(count)) for mean, right, count in measured["bins"]]


def _plain(picture: NDArray[np.floating[Any]]) -> Reason | None:
    """What can be judged without a network."""
    inked = picture > 0.25
    count = np.count_nonzero(inked)
    if count == 0:
        return "blank"
    if count > DOT * DOT:
        return None
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    span = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
    return "dot" if span <= DOT else None
