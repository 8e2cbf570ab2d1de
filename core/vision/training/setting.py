"""What a training on digits is: one frozen table of fields, their ranges, and what all may cost."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import cast

from core.schema import Record, Refusal, choice, flag, mark, number, whole
from core.training.optimiser import RULES
from core.vision.nets import ACTIVATIONS, PLANS, Activation, Plan
from core.vision.training.layers import held, multiply_adds, parameters

OWN = "own"
LEAST_BATCH = 8
PEN = 3_000
"""Most generated pen digits to learn from: each costs milliseconds to draw."""
MAX_STEPS = 20_000
MAX_STEP_COST = 3.0e10
"""Multiply-adds of one step: about a second on one core, so that pausing is felt at once."""
MAX_HELD = 1.0e8
"""Numbers that one step holds for its way back: 400 MB in float32."""
MAX_PARAMETERS = 2_500_000
"""Numbers that are learned: weights and what the optimiser remembers travel with every chunk."""

EVEN = mark(
    "With the padding “same” a kernel has an odd side, such as {smaller} or {larger}: as much is "
    "added left as right. {side} goes with the padding “valid”."
)
LEARNED = mark(
    "The network would learn {n:large} numbers, at most {most:large} are possible: take fewer "
    "channels."
)
COMPUTED = mark(
    "One step would take {n:large} multiply-adds, at most {most:large} are possible: take {help}."
)
HELD = mark(
    "One step would hold {n:large} numbers for its way back, at most {most:large} are possible: "
    "take {help}."
)
LONG = mark(
    "The run would have {n} steps, at most {most} are possible: take fewer epochs or a larger "
    "batch."
)
BATCH = mark("a batch of at most {most}")
FEWER = mark("fewer channels or a smaller kernel")


@dataclass(frozen=True)
class CnnSetting(Record):
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
        optimiser: a name of `RULES`, as torch defines it; "sgd" with classical momentum.
        learning_rate: the highest of the schedule.
        momentum: see `core.training.optimiser.Options`.
        decay: weight decay, added to the gradient.
        schedule: "constant"; "cosine" falls to 0; "onecycle" rises first.
        batch: digits in a step; the last batch of an epoch may be smaller.
        epochs: passes over the digits; 0.5 is half a pass.
        augment: how each digit is changed each time: "none", "shift" (up to two pixels), "affine"
            (turned, scaled, slanted, shifted), "pen" (also bent, thicker or thinner).
        precision: of the products, "float32" or "bfloat16"; weights are float32 always.
        seed: of first weights, order, changes and dropout.
    """

    data: str = choice(("mnist", "pen"))
    images: int = whole(55_000, 100, 55_000)
    architecture: str = choice((*PLANS, OWN), "simple")
    channels: int = whole(16, 4, 64)
    kernel: int = whole(3, 1, 7)
    padding: str = choice(("same", "valid"))
    activation: str = choice(tuple(ACTIVATIONS), "relu")
    norm: bool = flag(label=mark("batch normalisation"))
    dropout: float = number(0.0, 0.0, 0.9, step=0.05)
    optimiser: str = choice(tuple(RULES))
    learning_rate: float = number(0.01, 1e-5, 1.0)
    momentum: float = number(0.9, 0.0, 0.99, step=0.01)
    decay: float = number(0.0, 0.0, 0.1, label=mark("weight decay"))
    schedule: str = choice(("constant", "cosine", "onecycle"))
    batch: int = whole(64, LEAST_BATCH, 512)
    epochs: float = number(10.0, 0.1, 20.0, step=0.1)
    augment: str = choice(("none", "shift", "affine", "pen"), label=mark("augmentation"))
    precision: str = choice(("float32", "bfloat16"))
    seed: int = whole(0)

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

    def check_together(self) -> None:
        """Refuse a network that does not fit 28x28 pixels, and a run that would cost too much."""
        if self.architecture == OWN and self.padding == "same" and self.kernel % 2 == 0:
            side = self.kernel
            raise Refusal(EVEN, side=side, smaller=side - 1, larger=side + 1)
        plan = self.plan
        if (learned := parameters(plan)) > MAX_PARAMETERS:
            raise Refusal(LEARNED, n=learned, most=MAX_PARAMETERS)
        size = min(self.batch, self.count)
        for cost, most, rule in (
            (3 * size * multiply_adds(plan), MAX_STEP_COST, COMPUTED),
            (size * held(plan), MAX_HELD, HELD),
        ):
            if cost > most:
                largest = int(size * most / cost)
                fits = largest >= LEAST_BATCH
                help_ = Refusal(BATCH, most=largest) if fits else Refusal(FEWER)
                raise Refusal(rule, n=cost, most=most, help=help_)
        if self.steps > MAX_STEPS:
            raise Refusal(LONG, n=self.steps, most=MAX_STEPS)
