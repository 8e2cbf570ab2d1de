"""What a training on digits is: one frozen table of fields, their ranges, and what all may cost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, cast

from core.checked import Range, short, within
from core.vision.nets import ACTIVATIONS, PLANS, Activation, Plan
from core.vision.training.layers import held, multiply_adds, parameters

OWN = "own"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "data": ("mnist", "pen"),
    "architecture": (*PLANS, OWN),
    "padding": ("same", "valid"),
    "activation": tuple(ACTIVATIONS),
    "optimiser": ("sgd", "adam"),
    "schedule": ("constant", "cosine", "onecycle"),
    "augment": ("none", "shift", "affine", "pen"),
    "precision": ("float32", "bfloat16"),
}
SWITCHES = ("norm",)


RANGES: Mapping[str, Range] = {
    "images": Range(100, 55_000),
    "channels": Range(4, 64),
    "kernel": Range(1, 7),
    "dropout": Range(0.0, 0.9, False),
    "learning_rate": Range(1e-5, 1.0, False),
    "momentum": Range(0.0, 0.99, False),
    "decay": Range(0.0, 0.1, False),
    "batch": Range(8, 512),
    "epochs": Range(0.1, 20.0, False),
    "seed": Range(0, 999_999),
}
PEN = 3_000
"""Most generated pen digits to learn from: each costs milliseconds to draw."""
MAX_STEPS = 20_000
MAX_STEP_COST = 3.0e10
"""Multiply-adds of one step: about a second on one core, so that pausing is felt at once."""
MAX_HELD = 1.0e8
"""Numbers that one step holds for its way back: 400 MB in float32."""
MAX_PARAMETERS = 2_500_000
"""Numbers that are learned: weights and what the optimiser remembers travel with every chunk."""


@dataclass(frozen=True)
class Setting:
    """Everything that makes a run; the defaults are the notes' recipe.

    Attributes:
        data: "mnist", or "pen": generated pen digits.
        images: digits to learn from; of pen digits there are 3,000.
        architecture: a name of `nets.PLANS`, or "own": two convolutions, each with max-pooling,
            and a fully connected layer.
        channels: maps of the first convolution ("own"); the second has twice as many, the fully
            connected layer four times as many units.
        kernel: side of both kernels ("own"); an odd one where `padding` is "same".
        padding: "same" keeps the side of the maps, "valid" adds nothing ("own").
        activation: after every layer but the last, whatever the architecture.
        norm: batch normalisation after every convolution.
        dropout: share of a fully connected layer's inputs that is left out while training.
        optimiser: "sgd" with classical momentum, or "adam", both as torch defines them.
        learning_rate: the highest of the schedule.
        momentum: of SGD; of Adam the first beta.
        decay: weight decay, added to the gradient.
        schedule: "constant"; "cosine" falls to 0; "onecycle" rises first.
        batch: digits in a step; the last batch of an epoch may be smaller.
        epochs: passes over the digits; 0.5 is half a pass.
        augment: how each digit is changed each time: "none", "shift" (up to two pixels), "affine"
            (turned, scaled, slanted, shifted), "pen" (also bent, thicker or thinner).
        precision: of the products, "float32" or "bfloat16"; weights are float32 always.
        seed: of first weights, order, changes and dropout.
    """

    data: str = "mnist"
    images: int = 55_000
    architecture: str = "simple"
    channels: int = 16
    kernel: int = 3
    padding: str = "same"
    activation: str = "relu"
    norm: bool = False
    dropout: float = 0.0
    optimiser: str = "sgd"
    learning_rate: float = 0.01
    momentum: float = 0.9
    decay: float = 0.0
    schedule: str = "constant"
    batch: int = 64
    epochs: float = 10.0
    augment: str = "none"
    precision: str = "float32"
    seed: int = 0

    @property
    def plan(self) -> Plan:
        """The network, as `nets.build` takes it."""
        plan = self._own() if self.architecture == OWN else PLANS[self.architecture]()
        activation = cast(Activation, self.activation)
        return replace(plan, activation=activation, norm=self.norm, dropout=self.dropout)

    def _own(self) -> Plan:
        padding = self.kernel // 2 if self.padding == "same" else 0
        first, second = self.channels, 2 * self.channels
        convolutions = [f"conv {c} {self.kernel} {padding}" for c in (first, second)]
        return Plan(
            (convolutions[0], "max 2 2", convolutions[1], "max 2 2", f"fc {4 * self.channels}")
        )

    @property
    def count(self) -> int:
        """Digits to learn from."""
        return self.images if self.data == "mnist" else min(self.images, PEN)

    @property
    def batches(self) -> int:
        """Steps in an epoch."""
        return math.ceil(self.count / self.batch)

    @property
    def steps(self) -> int:
        """Steps in the run."""
        return max(1, math.ceil(self.epochs * self.batches - 1e-9))

    @property
    def every(self) -> int:
        """Steps between two looks at the validation digits.

        A look costs as much as learning from some 350 digits; after every 12,800 it is a fortieth
        of the work. A short run is looked at ten times.
        """
        return max(1, min(12_800 // self.batch, self.steps // 10))


def read(given: Mapping[str, Any]) -> Setting:
    """Make a setting from plain JSON values; what is not given has its default.

    Raises:
        ValueError: an unknown field, a value out of range, a network that does not fit 28x28
            pixels, or a run that would cost too much; the sentence says which and what is possible.
    """
    names = [field.name for field in fields(Setting)]
    for name in given:
        if name not in names:
            raise ValueError(f"There is no field {str(name)[:40]!r}; there are {', '.join(names)}.")
    setting = Setting(**{name: _checked(name, value) for name, value in given.items()})
    if setting.architecture == OWN and setting.padding == "same" and setting.kernel % 2 == 0:
        raise ValueError(
            f'With padding "same" a kernel has an odd side, such as {setting.kernel - 1} or '
            f"{setting.kernel + 1}: as much is added left as right. {setting.kernel} goes with "
            'padding "valid".'
        )
    _afford(setting)
    return setting


def write(setting: Setting) -> dict[str, Any]:
    """The setting as plain JSON values: `read(write(setting)) == setting`."""
    return asdict(setting)


def _checked(name: str, value: Any) -> Any:
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise ValueError(f"{name} is one of {', '.join(CHOICES[name])}, not {short(value)}.")
        return value
    if name in SWITCHES:
        if not isinstance(value, bool):
            raise ValueError(f"{name} is true or false, not {short(value)}.")
        return value
    return within(name, value, RANGES[name])


def _afford(setting: Setting) -> None:
    plan = setting.plan
    if (learned := parameters(plan)) > MAX_PARAMETERS:
        raise ValueError(
            f"The network would learn {learned / 1e6:.1f} million numbers, at most "
            f"{MAX_PARAMETERS / 1e6:.1f} are possible: take fewer channels."
        )
    size = min(setting.batch, setting.count)
    for cost, most, what in (
        (3 * size * multiply_adds(plan), MAX_STEP_COST, "take {} multiply-adds"),
        (size * held(plan), MAX_HELD, "hold {} numbers for its way back"),
    ):
        if cost > most:
            largest = int(size * most / cost)
            does = what.format(f"{cost / 1e6:,.0f} million")
            help_ = f"a batch of at most {largest}" if largest >= RANGES["batch"].least else ""
            raise ValueError(
                f"One step would {does}, at most {most / 1e6:,.0f} million are possible: take "
                f"{help_ or 'fewer channels or a smaller kernel'}."
            )
    if setting.steps > MAX_STEPS:
        raise ValueError(
            f"The run would have {setting.steps:,} steps, at most {MAX_STEPS:,} are possible: take "
            "fewer epochs or a larger batch."
        )
