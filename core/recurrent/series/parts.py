"""A real series in windows, and in three parts: to train on, to calibrate on, and held out.

Parts follow one another in time. A window may reach back into the part before: whoever forecasts
tomorrow knows today. Targets are of one part alone.

    N windows, L rows in a window, K columns
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.recurrent.series.frames import Array, Frame
from core.recurrent.series.scaling import Scaling, normalised
from core.recurrent.series.setting import CALIBRATED, MOST_WINDOWS, TRAIN, SeriesSetting

Part = Literal["train", "calibration", "held_out"]


@dataclass(frozen=True, eq=False)
class Windows:
    """The windows of a part.

    Attributes:
        rows: of their targets in the series, (N,).
        x: what a network reads, float32 (N, L, K).
        y: what it is to say, float32 (N,).
        truth: the same in units, float64 (N,).
        before: what stood a row before each target, in units, (N,).
    """

    rows: NDArray[np.int64]
    x: Tensor
    y: Tensor
    truth: Array
    before: Array


@dataclass(frozen=True, eq=False)
class Known:
    """All that is known of a series before anything has been learned.

    Attributes:
        frame: the series.
        scaling: of the column that is forecast.
        scaled: all rows as a network reads them, (T, K).
        train, calibration, held_out: its parts.
    """

    frame: Frame
    scaling: Scaling
    scaled: Array
    train: Windows
    calibration: Windows
    held_out: Windows


@lru_cache(8)
def known(setting: SeriesSetting) -> Known:
    """The series of a run, in windows."""
    frame = setting.frame()
    values = frame.values[:, : setting.columns]
    count, length = len(values), setting.length
    train, calibrated = int(TRAIN * count), int(CALIBRATED * count)
    scaled, scaling = normalised(setting.scaling, values, train)
    target = values[:, 0]

    def windows(begin: int, end: int, most: int) -> Windows:
        rows = np.arange(begin, end)
        if len(rows) > most:
            rows = rows[np.linspace(0, len(rows) - 1, most).round().astype(np.int64)]
        read = scaled[rows[:, None] - length + np.arange(length)]  # (N, L, K)
        return Windows(
            rows,
            torch.tensor(read, dtype=torch.float32),
            torch.tensor(scaled[rows, 0], dtype=torch.float32),
            target[rows],
            target[rows - 1],
        )

    return Known(
        frame,
        scaling,
        scaled,
        windows(length + 1, train, MOST_WINDOWS),
        windows(train, calibrated, count),
        windows(calibrated, count, count),
    )
