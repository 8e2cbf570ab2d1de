"""What a run on a real series is: a frozen table of fields, their limits, what it may cost."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.recurrent.cells import BLOCKS, KINDS
from core.recurrent.series import frames
from core.recurrent.series.frames import SYMBOLS, Frame
from core.recurrent.series.scaling import SCALINGS, fitted
from core.recurrent.sine.setting import MAX_COST, MAX_STEPS, MAX_VALUE, MAX_VALUES
from core.recurrent.windows import RACE, Windowed
from core.schema import Record, Refusal, choice, listed, mark, number, text, whole

SOURCES = ("stocks", "weather", "hourly", "table", "drawn")
TRAIN, CALIBRATED = 0.6, 0.8
"""Where the part ends that is trained on, and the one on which intervals are calibrated."""
LEAST_WINDOWS = 10
"""Windows that there are at least to train on."""
LEAST_ROWS = 50
"""Rows that a series has at least: ten to calibrate on, ten to judge on."""
MOST_WINDOWS = 1500
"""Windows that are trained on at most, evenly taken."""
MAX_COLUMNS = 4
MAX_NUMBERS = 2 * MAX_VALUES
"""Numbers in a table of one's own, all columns together."""

SHORT = mark(
    "{count} rows are too few for windows of {length}: at least {needed} are needed, or shorter "
    "windows."
)
FEW = mark("{count} rows are too few: at least {needed} are needed.")
CONSTANT = mark("All numbers of “{name}” are equal: there is nothing to predict.")
SHAPE = mark("A table has as many numbers as rows times columns.")
ORDER = mark("The dates of a series rise.")
PERIOD = mark("A period of {period} rows is longer than the training part of {count} rows.")
COSTLY = mark(
    "The run would cost {share:.1f} times what is possible: take fewer epochs, a smaller hidden "
    "size or shorter windows."
)


@dataclass(frozen=True)
class SeriesSetting(Windowed, Record):
    """Everything that makes a run.

    Attributes:
        source: where the series is from; "table" and "drawn" are of one's own.
        symbol: which share, of "stocks".
        inputs: whether the network reads every column, or that alone which it forecasts.
        scaling: normalisation, see `core.recurrent.series.scaling`.
        length: rows in a window; the target is the row after it.
        period: rows after which a season comes back, for the seasonal baseline.
        cell: "rnn", "gru", "lstm", or "race" for all three.
        hidden: hidden size.
        learning_rate: Adam's at the start; half a cosine takes it down to a hundredth.
        batch: windows in a step.
        epochs: times that the training windows are gone through.
        seed: of initialisation and batches.
        names: of the columns of one's own, the one that is forecast first.
        unit: of that one.
        times: of its rows, days since 1970; none where it has no dates.
        values: its numbers, row by row.
    """

    source: str = choice(SOURCES)
    symbol: str = choice(SYMBOLS)
    inputs: str = choice(("all", "target"))
    scaling: str = choice(SCALINGS, "zscore", label=mark("normalisation"))
    length: int = whole(12, 2, 120, label=mark("window"))
    period: int = whole(12, 1, 400)
    cell: str = choice((*KINDS, RACE), "lstm")
    hidden: int = whole(8, 1, 64, label=mark("hidden size"))
    learning_rate: float = number(0.01, 1e-5, 1.0)
    batch: int = whole(32, 1, 1000)
    epochs: int = whole(30, 1, 300)
    seed: int = whole(0, 0, 2**31 - 1)
    names: tuple[str, ...] = listed(text("", 40), 0, MAX_COLUMNS, (), label=mark("columns"))
    unit: str = text("", 12)
    times: tuple[float, ...] = listed(
        number(low=-1e6, high=1e6), 0, MAX_VALUES, (), label=mark("dates")
    )
    values: tuple[float, ...] = listed(
        number(low=-MAX_VALUE, high=MAX_VALUE), 0, MAX_NUMBERS, (), label=mark("table")
    )

    def frame(self) -> Frame:
        """The series.

        Raises:
            Refusal: the table of one's own has no such shape.
        """
        if self.source == "stocks":
            return frames.stock(self.symbol)
        if self.source == "weather":
            return frames.weather()
        if self.source == "hourly":
            return frames.hourly()
        if self.source == "drawn" and not self.values:
            return frames.example()
        return self._own()

    def _own(self) -> Frame:
        names = self.names or ("y",)
        if len(self.values) % len(names):
            raise Refusal(SHAPE)
        values = np.array(self.values).reshape(-1, len(names))
        if self.times and len(self.times) != len(values):
            raise Refusal(SHAPE)
        if any(after <= before for before, after in zip(self.times, self.times[1:], strict=False)):
            raise Refusal(ORDER)
        return frames.own(names, self.unit, self.times, values)

    @property
    def columns(self) -> int:
        """Columns that the network reads."""
        return self.frame().values.shape[1] if self.inputs == "all" else 1

    @property
    def windows(self) -> int:
        """Windows that are trained on."""
        return min(self._all_windows(), MOST_WINDOWS)

    def _all_windows(self) -> int:
        # the first row has no change, so that the first window begins at the second
        return int(TRAIN * len(self.frame().values)) - self.length - 1

    @property
    def cost(self) -> float:
        """Multiplications of the run, forward and (twice as many) backward."""
        rows = self.hidden * sum(len(BLOCKS[cell]) for cell in self.cells)
        inputs = self.columns + self.hidden
        return 3.0 * rows * inputs * self.size * self.length * self.steps

    def check_together(self) -> None:
        """Hold the series to what can be learned and judged, and the run to what it may cost."""
        of_others = self.source not in ("table", "drawn")
        if of_others and (self.values or self.times or self.names or self.unit):
            raise Refusal(mark("Values belong to a table of your own only."))
        known = self.frame()
        rows = len(known.values)
        if rows < LEAST_ROWS:
            raise Refusal(FEW, count=rows, needed=LEAST_ROWS)
        if self._all_windows() < LEAST_WINDOWS:
            needed = math.ceil((self.length + 1 + LEAST_WINDOWS) / TRAIN)
            raise Refusal(SHORT, count=rows, length=self.length, needed=needed)
        target = known.values[:, 0]
        if target.min() == target.max():
            raise Refusal(CONSTANT, name=known.names[0])
        if self.period > (before := int(TRAIN * rows)):
            raise Refusal(PERIOD, period=self.period, count=before)
        fitted(self.scaling, target, int(TRAIN * rows))
        if self.steps > MAX_STEPS:
            raise Refusal(
                mark(
                    "The run would have {steps} steps, at most {most} are possible: take fewer "
                    "epochs or a larger batch."
                ),
                steps=self.steps,
                most=MAX_STEPS,
            )
        if (share := self.cost / MAX_COST) > 1:
            raise Refusal(COSTLY, share=share)
