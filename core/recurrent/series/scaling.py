"""What becomes of numbers before a network reads them, fitted to the training part.

    none          as they are
    minmax        0 at the smallest number of the training part, 1 at its largest
    zscore        less the mean of the training part, over its standard deviation
    differences   from one row to the next, over the deviation of those of the training part
    log_returns   logarithm of the ratio of one row to the one before, likewise

Of the last two an output of 0 is persistence, and a level means nothing: it can drift as far as it
likes. They are of the column that is forecast; columns beside it become z-scores.

    T rows, K columns; all float64
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.recurrent.series.frames import Array
from core.schema import Refusal, mark

SCALINGS = ("none", "minmax", "zscore", "differences", "log_returns")
CHANGES = ("differences", "log_returns")
NOT_POSITIVE = mark(
    "Log-returns need numbers above zero, and row {row} has {given}: take differences instead."
)


@dataclass(frozen=True)
class Scaling:
    """The normalisation of the column that is forecast.

    Attributes:
        kind: one of `SCALINGS`.
        offset: what is taken off, and
        scale: what is divided by.
    """

    kind: str
    offset: float
    scale: float

    def scaled(self, values: Array, before: Array) -> Array:
        """Numbers in units, and those one row before each -> what a network says of them."""
        if self.kind == "differences":
            return (values - before) / self.scale
        if self.kind == "log_returns":
            return np.log(values / before) / self.scale
        return (values - self.offset) / self.scale

    def restored(self, outputs: Array, before: Array) -> Array:
        """The inverse of `scaled`."""
        if self.kind == "differences":
            return before + self.scale * outputs
        if self.kind == "log_returns":
            return before * np.exp(self.scale * outputs)
        return self.offset + self.scale * outputs


def fitted(kind: str, column: Array, cut: int) -> Scaling:
    """Fit a normalisation to the first `cut` numbers of a column (T,).

    Raises:
        Refusal: log-returns of numbers that are not all positive.

    >>> fitted("zscore", np.array([1.0, 3.0, 900.0]), 2)
    Scaling(kind='zscore', offset=2.0, scale=1.0)
    >>> fitted("log_returns", np.array([1.0, 0.0]), 2)
    Traceback (most recent call last):
    core.schema.refusal.Refusal: Log-returns need numbers above zero, and row 2 has 0: take \
differences instead.
    """
    known = column[:cut]
    if kind == "none":
        return Scaling(kind, 0.0, 1.0)
    if kind == "minmax":
        return Scaling(kind, float(known.min()), float(np.ptp(known)) or 1.0)
    if kind == "zscore":
        return Scaling(kind, float(known.mean()), float(known.std()) or 1.0)
    if kind == "log_returns":
        if (low := int(column.argmin())) >= 0 and column[low] <= 0:
            raise Refusal(NOT_POSITIVE, row=low + 1, given=float(column[low]))
        known = np.log(known)
    return Scaling(kind, 0.0, float(np.diff(known).std()) or 1.0)


def normalised(kind: str, values: Array, cut: int) -> tuple[Array, Scaling]:
    """All rows as a network reads them, (T, K), and the normalisation of the first column.

    Where changes are read, the first row has none: nan.
    """
    target = fitted(kind, values[:, 0], cut)
    before = np.concatenate([[np.nan], values[:-1, 0]])
    columns = [target.scaled(values[:, 0], before)]
    for column in values[:, 1:].T:
        beside = fitted("zscore" if kind in CHANGES else kind, column, cut)
        columns.append(beside.scaled(column, column))
    return np.stack(columns, 1), target
