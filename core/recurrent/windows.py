"""How a run goes through windows of a series: which cells, in how many steps."""

from __future__ import annotations

import math

from core.recurrent.cells import KINDS, Kind

RACE = "race"
"""The three cells from one seed on identical batches."""


class Windowed:
    """The shape of a run whose record has these fields.

    Attributes:
        cell: one kind, or "race" for all.
        batch: windows in one step; 0 for all.
        epochs: times that the windows are gone through.
    """

    cell: str
    batch: int
    epochs: int

    @property
    def windows(self) -> int:
        """Windows that are trained on."""
        raise NotImplementedError

    @property
    def cells(self) -> tuple[Kind, ...]:
        """The members of the run."""
        return tuple(kind for kind in KINDS if self.cell in (kind, RACE))

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
