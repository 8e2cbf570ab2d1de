"""What a run on a series is: one frozen table of fields, their limits, and what all may cost."""

from __future__ import annotations

from dataclasses import dataclass

from core.recurrent.cells import BLOCKS, KINDS
from core.recurrent.windows import RACE, Windowed
from core.schema import Record, Refusal, choice, listed, mark, number, whole
from core.training.optimiser import RULES

SERIES = ("notes", "sine", "sines", "square", "saw", "noise", "table")
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
class SineSetting(Windowed, Record):
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
        optimiser: a name of `RULES`, with torch's own defaults; "sgd" without momentum.
        batch: windows in a step; 0 for all at once.
        epochs: times that the training windows are gone through.
        clip: largest norm of the gradient; 0 for no clipping.
        output: whether a target belongs to every time step, or to the last one only.
        warm_up: targets at the beginning of each window that are left out of loss and scores.
        seed: of data, initialisation, batches and dropout.
        values: the column, with "table" only.
    """

    kind: str = choice(SERIES)
    samples: int = whole(1000, 20, 5000)
    length: int = whole(50, 10, 200, label=mark("sequence length"))
    cell: str = choice((*KINDS, RACE))
    hidden: int = whole(32, 1, 128, label=mark("hidden size"))
    layers: int = whole(1, 1, 3)
    dropout: float = number(0.0, 0.0, 0.5, step=0.05)
    learning_rate: float = number(0.01, 1e-5, 1.0)
    schedule: str = choice(("constant", "decay"))
    optimiser: str = choice(tuple(RULES), "adam")
    batch: int = whole(0, 0, 5000)
    epochs: int = whole(100, 1, 1000)
    clip: float = number(0.0, 0.0, 10.0, step=0.5, label=mark("largest gradient norm"))
    output: str = choice(("every", "last"))
    warm_up: int = whole(0, 0, 20, label=mark("warm-up"))
    seed: int = whole(0, 0, 2**31 - 1)
    values: tuple[float, ...] = listed(
        number(low=-MAX_VALUE, high=MAX_VALUE), 0, MAX_VALUES, (), label=mark("column")
    )

    @property
    def windows(self) -> int:
        """Windows that are trained on."""
        if self.kind == "table":
            return min(round(TRAIN * self.samples), int(TRAIN * len(self.values)) - self.length)
        return round(TRAIN * self.samples)

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

    def check_together(self) -> None:
        """Hold the column to the kind, and the run to what it may cost."""
        if self.kind == "table":
            self._check_column()
        elif self.values:
            raise Refusal(mark("Values belong to the kind “table” only."))
        if self.warm_up >= self.length:
            raise Refusal(mark("The warm-up must be shorter than the window."))
        self._check_cost()

    def _check_column(self) -> None:
        needed = 5 * (self.length + 1)
        if len(self.values) < needed:
            raise Refusal(
                mark(
                    "A column of {count} numbers is too short for windows of {length}: at least "
                    "{needed} are needed, or shorter windows."
                ),
                count=len(self.values),
                length=self.length,
                needed=needed,
            )
        if min(self.values) == max(self.values):
            raise Refusal(mark("All numbers of the column are equal: there is nothing to predict."))

    def _check_cost(self) -> None:
        if self.held > MAX_HELD:
            raise Refusal(
                mark(
                    "One step would hold {held:large} numbers, at most {most:large} are possible: "
                    "take a smaller batch, hidden size or length."
                ),
                held=self.held,
                most=MAX_HELD,
            )
        if self.step_cost > MAX_STEP_COST:
            raise Refusal(
                mark(
                    "One step would take {cost:large} multiplications, at most {most:large} are "
                    "possible: take a smaller batch or hidden size."
                ),
                cost=self.step_cost,
                most=MAX_STEP_COST,
            )
        if self.steps > MAX_STEPS:
            raise Refusal(
                mark(
                    "The run would have {steps} steps, at most {most} are possible: take fewer "
                    "epochs or a larger batch."
                ),
                steps=self.steps,
                most=MAX_STEPS,
            )
        if (share := self.steps * self.step_cost / MAX_COST) > 1:
            raise Refusal(
                mark(
                    "The run would cost {share:.1f} times what is possible: take fewer epochs, a "
                    "smaller hidden size or shorter windows."
                ),
                share=share,
            )
