"""What a run on a series is: one frozen table of fields, their ranges, and what all may cost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from core.checked import Range, finite, short, within
from core.recurrent.cells import BLOCKS, KINDS, Kind

RACE = "race"
"""The three cells from one seed on identical batches."""
SERIES = ("notes", "sine", "sines", "square", "saw", "noise", "table")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": SERIES,
    "cell": (*KINDS, RACE),
    "schedule": ("constant", "decay"),
    "optimiser": ("adam", "sgd", "rmsprop"),
    "output": ("every", "last"),
}


RANGES: Mapping[str, Range] = {
    "samples": Range(20, 5000),
    "length": Range(10, 200),
    "hidden": Range(1, 128),
    "layers": Range(1, 3),
    "dropout": Range(0.0, 0.5, False),
    "learning_rate": Range(1e-5, 1.0, False),
    "batch": Range(0, 5000),
    "epochs": Range(1, 1000),
    "clip": Range(0.0, 10.0, False),
    "warm_up": Range(0, 20),
    "seed": Range(0, 2**31 - 1),
}
MAX_VALUES = 5000
"""Most numbers in a column of one's own."""
MAX_VALUE = 1e12
"""Largest number in it; beyond, its square would leave float32 far behind."""
TRAIN = 0.8
"""The part of the samples that is trained on."""
MAX_STEPS = 20_000
MAX_COST = 2.0e12
"""Multiplications of a whole run: some four minutes on one core."""
MAX_STEP_COST = 8.0e9
"""Multiplications of one step: about a second, so that pausing is felt at once."""
MAX_HELD = 6.0e7
"""Numbers held for the backward pass of one step: 240 MB in float32."""


@dataclass(frozen=True)
class Setting:
    """Everything that makes a run; the defaults are the notes' run.

    Attributes:
        kind: which series. "notes": windows of 50 samples over one period (2 pi / 49 apart), the
            target 0.1 further on. All others: the target is the next sample. "table": `values`.
        samples: windows, four fifths of them to train on.
        length: samples in a window.
        cell: "rnn", "gru", "lstm", or "race" for all three.
        hidden: hidden size of each layer.
        layers: recurrent layers, one on the other.
        dropout: probability between layers; it acts when there are at least two.
        learning_rate: of the optimiser.
        schedule: "constant", or "decay": a cosine down to a hundredth of the learning rate.
        optimiser: "adam", "sgd" (plain) or "rmsprop", with torch's own defaults.
        batch: windows in a step; 0 for all at once.
        epochs: times that the training windows are gone through.
        clip: largest norm of the gradient; 0 for no clipping.
        output: whether a target belongs to every time step, or to the last one only.
        warm_up: targets at the beginning of each window that are left out of loss and scores.
        seed: of data, initialisation, batches and dropout.
        values: the column, with "table" only.
    """

    kind: str = "notes"
    samples: int = 1000
    length: int = 50
    cell: str = "rnn"
    hidden: int = 32
    layers: int = 1
    dropout: float = 0.0
    learning_rate: float = 0.01
    schedule: str = "constant"
    optimiser: str = "adam"
    batch: int = 0
    epochs: int = 100
    clip: float = 0.0
    output: str = "every"
    warm_up: int = 0
    seed: int = 0
    values: tuple[float, ...] = ()

    @property
    def cells(self) -> tuple[Kind, ...]:
        """The members of the run."""
        return tuple(kind for kind in KINDS if self.cell in (kind, RACE))

    @property
    def windows(self) -> int:
        """Windows that are trained on."""
        if self.kind == "table":
            return min(round(TRAIN * self.samples), int(TRAIN * len(self.values)) - self.length)
        return round(TRAIN * self.samples)

    @property
    def size(self) -> int:
        """Windows in one step."""
        return min(self.batch, self.windows) or self.windows

    @property
    def batches(self) -> int:
        """Steps in an epoch."""
        return math.ceil(self.windows / self.size)

    @property
    def steps(self) -> int:
        """Steps in the run."""
        return self.epochs * self.batches

    @property
    def step_cost(self) -> float:
        """Multiplications of one step, forward and (twice as many) backward."""
        rows = self.hidden * sum(len(BLOCKS[cell]) for cell in self.cells)
        inputs = 1 + self.hidden + (self.layers - 1) * 2 * self.hidden
        return 3.0 * rows * inputs * self.size * self.length

    @property
    def held(self) -> float:
        """Numbers that one step holds for its backward pass (one member after the other)."""
        blocks = max(len(BLOCKS[cell]) for cell in self.cells)
        return float((blocks + 2) * self.hidden * self.layers * self.size * self.length)


def read(given: Mapping[str, Any]) -> Setting:
    """Make a setting from plain JSON values; what is not given has its default.

    Raises:
        ValueError: an unknown field, a value out of range, or a run that would cost too much; the
            sentence says which and what is possible.
    """
    names = [field.name for field in fields(Setting)]
    for name in given:
        if name not in names:
            raise ValueError(f"There is no field {str(name)[:40]!r}; there are {', '.join(names)}.")
    setting = Setting(**{name: _checked(name, value) for name, value in given.items()})
    if setting.kind == "table":
        needed = 5 * (setting.length + 1)
        if len(setting.values) < needed:
            raise ValueError(
                f"A column of {len(setting.values)} numbers is too short for windows of "
                f"{setting.length}: at least {needed} are needed, or shorter windows."
            )
        if min(setting.values) == max(setting.values):
            raise ValueError("All numbers of the column are equal: there is nothing to predict.")
    elif setting.values:
        raise ValueError("Values belong to the kind 'table' only.")
    if setting.warm_up >= setting.length:
        raise ValueError("The warm-up must be shorter than the window.")
    _afford(setting)
    return setting


def write(setting: Setting) -> dict[str, Any]:
    """Return a setting as plain JSON values: `read(write(setting)) == setting`."""
    return asdict(setting) | {"values": list(setting.values)}


def _checked(name: str, value: Any) -> Any:
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise ValueError(f"{name} is one of {', '.join(CHOICES[name])}, not {short(value)}.")
        return value
    if name == "values":
        return _values(value)
    return within(name, value, RANGES[name])


def _values(value: Any) -> tuple[float, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError("values is a list of numbers.")
    if len(value) > MAX_VALUES:
        raise ValueError(f"A column has at most {MAX_VALUES} numbers, not {len(value)}.")
    numbers = []
    for place, item in enumerate(value, 1):
        number = finite(item)
        if number is None or abs(number) > MAX_VALUE:
            raise ValueError(
                f"Number {place} of the column is {short(item)}; it must be a number between "
                f"-{MAX_VALUE:g} and {MAX_VALUE:g}."
            )
        numbers.append(number)
    return tuple(numbers)


def _afford(setting: Setting) -> None:
    if setting.held > MAX_HELD:
        raise ValueError(
            f"One step would hold {setting.held / 1e6:.0f} million numbers, at most "
            f"{MAX_HELD / 1e6:.0f} are possible: take a smaller batch, hidden size or length."
        )
    if setting.step_cost > MAX_STEP_COST:
        raise ValueError(
            f"One step would take {setting.step_cost / 1e9:.0f} thousand million multiplications, "
            f"at most {MAX_STEP_COST / 1e9:.0f} are possible: take a smaller batch or hidden size."
        )
    if setting.steps > MAX_STEPS:
        raise ValueError(
            f"The run would have {setting.steps} steps, at most {MAX_STEPS} are possible: take "
            "fewer epochs or a larger batch."
        )
    if setting.steps * setting.step_cost > MAX_COST:
        share = setting.steps * setting.step_cost / MAX_COST
        raise ValueError(
            f"The run would cost {share:.1f} times what is possible: take fewer epochs, a smaller "
            "hidden size or shorter windows."
        )
