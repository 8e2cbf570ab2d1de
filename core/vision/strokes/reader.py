"""An LSTM that follows the pen, and reads the digit from its last hidden state: many to one."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from core.vision.strokes.path import INPUTS, MOST, Path

NAME = "strokes_lstm"
HIDDEN = 96


class StrokeReader(nn.Module):
    """Points (N, T, 5) to logits (N, 10), by the hidden state at each path's last point.

    >>> reader = StrokeReader()
    >>> sum(parameter.numel() for parameter in reader.parameters())
    40522
    """

    def __init__(self, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.lstm = nn.LSTM(len(INPUTS), hidden, batch_first=True)
        self.fc = nn.Linear(hidden, 10)

    def forward(self, points: Tensor, lengths: Tensor) -> Tensor:
        """Args: points, zeros after each path's end; lengths, int64 (N,), 1 or more."""
        states, _ = self.lstm(points)
        last = states[torch.arange(len(points)), lengths - 1]
        logits: Tensor = self.fc(last)
        return logits


def padded(paths: Sequence[Path]) -> tuple[Tensor, Tensor]:
    """Paths as points (N, MOST, 5), float32, and their lengths (N,)."""
    points = torch.zeros(len(paths), MOST, len(INPUTS))
    for row, one in zip(points, paths, strict=True):
        row[: len(one)] = torch.from_numpy(one)
    return points, torch.tensor([len(one) for one in paths])
