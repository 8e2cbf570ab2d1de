"""Series to learn from, cut into windows with their targets; training and validation apart.

    N windows, L samples in a window; inputs and targets (N, L, 1)

The notes' data and all other series differ in one point that decides over free running. In the
notes a window is `linspace(start, start + 2 pi, 50)`: its samples are 2 pi / 49 = 0.128 apart, and
the target is the sine 0.1 further on. That is *not the next sample*. A network that is fed its own
outputs then hears a sine in steps of 0.1 after having learned steps of 0.128: even the exact rule
dies away. In all other series the step is 0.1 and the target is the next sample, so outputs can
take the place of inputs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.recurrent.sine.setting import TRAIN, SineSetting
from core.schema import Refusal, mark

SHIFT = 0.1
"""How far ahead the notes' target lies; in the other made series also the step, in radians."""
VALIDATION = 256
"""Most windows that are validated on."""
HORIZON = 150
"""Steps that are run freely after each chunk."""
FAR = 700
"""Samples by which a made series goes on beyond its last window, for longer forecasts."""
NOISE = 0.1
"""Standard deviation of the noise; a perfect prediction of the noisy sine has an error of 0.01."""

Array = NDArray[np.float64]

NO_EXAMPLE = mark("There are examples 0 to {last}, not {window}.")
ENDS = mark("The series ends within this warm-up; choose a shorter one.")


class Course(NamedTuple):
    """A stretch of the true series, float64.

    Attributes:
        shown: what a network is shown, (W,).
        targets: what its output should be at each of them, (W,).
        after: what its outputs should be from then on, when they take the place of inputs, (F,);
            its first is the last one of the targets.
    """

    shown: Array
    targets: Array
    after: Array


@dataclass(frozen=True, eq=False)
class Data:
    """A series in windows.

    Attributes:
        train: inputs and targets, float32 (N, L, 1).
        validation: likewise, at most 256 windows that nothing is learned from.
        step: distance of the samples; nan for a table.
        shift: how far ahead the target is; nan for a table.
        mean: what was taken off a table's numbers, and
        scale: what they were divided by (mean and standard deviation of its training part).
    """

    train: tuple[Tensor, Tensor]
    validation: tuple[Tensor, Tensor]
    step: float
    shift: float
    _course: Callable[[str, int, int, int], Course]
    mean: float = 0.0
    scale: float = 1.0

    def course(self, part: str, window: int, warm: int, horizon: int) -> Course:
        """The true series from the start of a window: `warm` values, and `horizon` after them.

        Where a table ends, fewer come after.

        Raises:
            Refusal: there is no such window, or the table ends within the warm-up.
        """
        count = len(self.windows(part)[0])
        if not 0 <= window < count:
            raise Refusal(NO_EXAMPLE, last=count - 1, window=window)
        stretch = self._course(part, window, warm, horizon)
        if not len(stretch.after):
            raise Refusal(ENDS)
        return stretch

    def windows(self, part: str) -> tuple[Tensor, Tensor]:
        """Inputs and targets of "train" or "validation".

        Raises:
            Refusal: another part.
        """
        if part not in ("train", "validation"):
            raise Refusal(mark("A part is train or validation."))
        return self.train if part == "train" else self.validation


def data(setting: SineSetting) -> Data:
    """Make the data of a run; the same setting gives the same bits."""
    return _data(
        setting.kind, setting.samples, setting.length, setting.seed, setting.values
    )  # only what the data depend on: a run that differs in its network shares them


@lru_cache(8)
def _data(kind: str, samples: int, length: int, seed: int, values: tuple[float, ...]) -> Data:
    if kind == "notes":
        return _notes(samples, length, seed)
    train = round(TRAIN * samples)
    if kind != "table":
        held_out = min(samples - train, VALIDATION)
        cut = train + length  # the first sample that training never sees
        points = _wave(kind, cut + held_out + length + FAR, seed)
        starts = {"train": np.arange(train), "validation": cut + np.arange(held_out)}
        return _cut(points, starts, length, SHIFT)
    points = np.array(values)
    cut = int(TRAIN * len(points))
    mean, scale = float(points[:cut].mean()), float(points[:cut].std()) or 1.0
    starts = {
        "train": _spread(np.arange(cut - length), train),
        "validation": _spread(
            np.arange(cut, len(points) - length), min(samples - train, VALIDATION)
        ),
    }
    return _cut((points - mean) / scale, starts, length, math.nan, mean, scale)


def _spread(starts: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """At most so many of the starts, evenly, with the first and the last one."""
    if len(starts) <= most:
        return starts
    return starts[np.linspace(0, len(starts) - 1, most).round().astype(np.int64)]


def _notes(samples: int, length: int, seed: int) -> Data:
    """The notes' `create_sine_wave_data`, with the draws that numpy gives after `seed(seed)`."""
    starts = np.random.RandomState(seed).random_sample(samples)
    x = np.stack([np.linspace(start, start + 2 * np.pi, length) for start in starts])
    inputs = torch.tensor(np.sin(x), dtype=torch.float32)[..., None]
    targets = torch.tensor(np.sin(x + SHIFT), dtype=torch.float32)[..., None]
    train = round(TRAIN * samples)
    last = min(samples, train + VALIDATION)
    step = 2 * np.pi / (length - 1)

    def course(part: str, window: int, warm: int, horizon: int) -> Course:
        start = starts[window + (train if part == "validation" else 0)]
        shown = start + step * np.arange(warm)
        after = shown[-1] + SHIFT * np.arange(1, horizon + 1)
        return Course(np.sin(shown), np.sin(shown + SHIFT), np.sin(after))

    return Data(
        (inputs[:train], targets[:train]),
        (inputs[train:last], targets[train:last]),
        step,
        SHIFT,
        course,
    )


def _cut(
    points: Array,
    starts: Mapping[str, NDArray[np.int64]],
    length: int,
    step: float,
    mean: float = 0.0,
    scale: float = 1.0,
) -> Data:
    """Windows at the given starts; the target is the next point."""

    def windows(part: str) -> tuple[Tensor, Tensor]:
        samples = points[starts[part][:, None] + np.arange(length + 1)]  # (N, L + 1)
        both = torch.tensor(samples, dtype=torch.float32)[..., None]
        return both[:, :-1].contiguous(), both[:, 1:].contiguous()

    def course(part: str, window: int, warm: int, horizon: int) -> Course:
        stretch = points[int(starts[part][window]) :][: warm + horizon]
        return Course(stretch[:warm], stretch[1 : warm + 1], stretch[warm:])

    return Data(windows("train"), windows("validation"), step, step, course, mean, scale)


def _wave(kind: str, count: int, seed: int) -> Array:
    """A series by formula in steps of 0.1 from a random phase, (count,)."""
    draw = np.random.default_rng(seed)
    x = draw.uniform(0, 2 * np.pi) + SHIFT * np.arange(count, dtype=np.float64)
    wave: Array = np.sin(x)
    if kind == "sines":  # periods without a common multiple: it never repeats
        wave = (wave + 0.5 * np.sin(math.sqrt(5) * x) + 0.25 * np.sin(math.sqrt(13) * x)) / 1.5
    elif kind == "square":
        wave = np.where(wave >= 0, 1.0, -1.0).astype(np.float64)
    elif kind == "saw":
        wave = (x / np.pi) % 2 - 1
    elif kind == "noise":
        wave = wave + NOISE * draw.standard_normal(count)
    return wave
