"""One weight that every step shares: what each step adds to its gradient, and what it moves.

Each step is given a copy of the recurrent matrix, as if it were a layer of its own. Ordinary
backpropagation then gives each copy a gradient, and since the copies are one matrix, theirs add up:
that sum is all that backpropagation through time adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.figures.curves import OKABE_ITO, Curve, picture
from core.recurrent.cells import Weights, step
from core.recurrent.through_time.gradient import GradientSetting, drawn
from core.schema import mark, number

NUDGE = number(0.5, -2.0, 2.0, step=0.1, label=mark("change of the weight"))
"""By how much the weight is changed."""
LATE = 10
"""Steps before the loss that are counted as late."""


@dataclass(frozen=True, eq=False)
class Shared:
    """A weight of the RNN's recurrent matrix, the one with the steepest gradient.

    Attributes:
        place: its row and column in W_hh.
        value: the weight.
        terms: what each step adds to its gradient, (T,).
        gradient: dL/dw as autograd computes it for the shared weight.
        all_move: how far the hidden state of each step moves, |h_t' - h_t|, (T,), when the weight
            is changed.
        one_moves: likewise, when only the copy of the first step that reads a state is changed.
    """

    place: tuple[int, int]
    value: float
    terms: NDArray[np.float32]
    gradient: float
    all_move: NDArray[np.float32]
    one_moves: NDArray[np.float32]

    @property
    def late(self) -> float:
        """Share of the last `LATE` steps in the sum of the terms' sizes."""
        sizes = np.abs(self.terms.astype(np.float64))
        return float(sizes[-LATE:].sum() / (sizes.sum() or 1))


@lru_cache(16)
def shared(setting: GradientSetting, nudge: float) -> Shared:
    """Take the RNN of a setting apart, and change one weight of it.

    Args:
        setting: as for the gradients above it.
        nudge: by how much the weight is changed.
    """
    w, x, h = drawn("rnn", setting)
    whole = w.w_hh.clone().requires_grad_(True)
    loss = _states(w, [whole] * setting.length, x, h)[-1].sum() / setting.hidden**0.5
    (gradient,) = torch.autograd.grad(loss, [whole])
    row, column = divmod(int(gradient.abs().argmax()), setting.hidden)
    copies = [w.w_hh.clone().requires_grad_(True) for _ in range(setting.length)]
    before = _states(w, copies, x, h)
    apart = torch.autograd.grad(before[-1].sum() / setting.hidden**0.5, copies)
    other = w.w_hh.clone()
    other[row, column] += nudge
    everywhere = [other] * setting.length
    once = [other if t == 1 else w.w_hh for t in range(setting.length)]  # at step 0, h is zero
    return Shared(
        (row, column),
        float(w.w_hh[row, column]),
        torch.stack([each[row, column] for each in apart]).numpy(),
        float(gradient[row, column]),
        _moved(before, _states(w, everywhere, x, h)),
        _moved(before, _states(w, once, x, h)),
    )


def _states(w: Weights, matrices: Sequence[Tensor], x: Tensor, h: Tensor) -> list[Tensor]:
    """The hidden state of each step, (1, H), where each has a recurrent matrix of its own."""
    states = []
    for matrix, x_t in zip(matrices, x, strict=True):
        h = step("rnn", Weights(w.w_ih, matrix, w.b_ih, w.b_hh), x_t, h, h)["h"]
        states.append(h)
    return states


def _moved(before: Sequence[Tensor], after: Sequence[Tensor]) -> NDArray[np.float32]:
    distances = (torch.cat(list(after)) - torch.cat(list(before))).detach().norm(dim=1)
    moved: NDArray[np.float32] = distances.numpy()
    return moved


def pictures(found: Shared) -> str:
    """As a data URL: left the terms, blue, and their sum so far, orange; right what moves.

    There the weight is changed at every step, blue, or at one, orange.
    """
    blue, orange = OKABE_ITO[0], OKABE_ITO[3]
    steps = np.arange(1.0, len(found.terms) + 1)
    return picture(
        [
            [Curve(steps, found.terms, blue), Curve(steps, found.terms.cumsum(), orange)],
            [Curve(steps, found.all_move, blue), Curve(steps, found.one_moves, orange)],
        ]
    )
