"""The loss that is not the loss you think: (N, 1) outputs compared with (N, T, 1) targets.

The notes' LSTM returns the last output of each window, (N, 1), and `nn.MSELoss` is given all
targets, (N, T, 1). torch lines shapes up from the right, so the N outputs stand where the T time
steps are. With the notes' 1000 windows of 50 that does not fit, and torch refuses. With 50 windows
in a batch it fits, and torch no more than warns: the output of window j is compared with what
*every* window's target is at time j. The true loss compares last with last.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Broadcast:
    """What is reported and what is true, for one batch.

    Attributes:
        windows: in the batch, N.
        length: time steps in a window, T.
        reported: what `nn.MSELoss` says of (N, 1) against (N, T, 1); None where torch refuses.
        refused: torch's own sentence where it refuses.
        true: mean squared error of the last outputs against the last targets.
        perfect: what would be reported if every last output were exactly right.
        least: the least that can be reported, whatever the network does.
    """

    windows: int
    length: int
    reported: float | None
    refused: str | None
    true: float
    perfect: float | None
    least: float | None


def compared(last: Tensor, targets: Tensor) -> Broadcast:
    """Compare the last outputs (N, 1) with targets (N, T, 1), as written and as meant."""
    count, length, _ = targets.shape
    last = last.detach()
    true = float(nn.functional.mse_loss(last, targets[:, -1]))
    reported, refused = _reported(last, targets)
    if reported is None:
        return Broadcast(count, length, None, refused, true, None, None)
    perfect, _ = _reported(targets[:, -1], targets)
    # Each output j meets N values, the targets of all windows at time j (of all times, if N is 1):
    # the best it can be is their mean, and what remains is their variance.
    best = targets.mean(0) if count == length else targets.mean()
    least = float((targets - best).square().mean())
    return Broadcast(count, length, reported, None, true, perfect, least)


def _reported(last: Tensor, targets: Tensor) -> tuple[float | None, str | None]:
    """What torch says to the notes' comparison: a number, or why not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns that the sizes differ: this is the lesson
        try:
            with torch.inference_mode():
                return float(nn.MSELoss()(last, targets)), None
        except RuntimeError as error:
            return None, str(error)
