"""A column of a table: its cells as they are written, and the numbers that they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from core.recurrent.sine.setting import MAX_VALUE
from core.recurrent.sine.table.numeral import Cell, Decimal, Numeral, numeral
from core.schema import Refusal, mark, short

Filling = Literal["fill", "carry", "drop", "keep"]

GAP = mark("Numbers are missing in line {lines}: choose what stands in for them.")
NO_NUMBER = mark("Line {line} has {given} where a number should be.")
OTHER = mark("Line {line} has {given}; the other numbers have {unit}.")
OTHER_BARE = mark("Line {line} has {given}; the other numbers have no unit.")
BEYOND = mark("Line {line} has {given}; at most {most} can be used.")
DECIMAL = mark("{given} may be a number with decimals or with thousands: choose which.")
_NONE = re.compile(
    r"(?:n/?\.?a\.?n?\.?|#n/[av]|#[a-z/0]+[!?]|null|nil|none|missing|결측|없음|[-–—?x*/]|-{2,}|\.{1,3}|…)?",
    re.IGNORECASE,
)
_STAND_IN = re.compile(r"-99?(?:\.9+)?|-?9{3,7}(?:\.[09]+)?")
_NAMED = 5
"""Lines with gaps that are named."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: from the header, or "column 2".
        cells: each with the line in which it stands.
        decimal: the decimal sign; None if the cells may be read with either.
        doubtful: a cell that may be read either way, or "".
    """

    name: str
    cells: tuple[tuple[int, Cell], ...]
    decimal: Decimal | None = "."
    doubtful: str = ""

    @cached_property
    def numerals(self) -> tuple[Numeral | None, ...]:
        """Each cell taken apart; None where it holds no number."""
        return tuple(numeral(cell) for _, cell in self.cells)

    @cached_property
    def unit(self) -> str:
        """What most of the numbers stand with."""
        units = Counter(found.unit for found in self.numerals if found)
        return units.most_common(1)[0][0] if units else ""

    @cached_property
    def currency(self) -> str:
        """The currency of the numbers; some may stand without it."""
        signs = Counter(found.currency for found in self.numerals if found and found.currency)
        return signs.most_common(1)[0][0] if signs else ""

    def value(self, place: int, decimal: Decimal | None = None) -> float | None:
        """The number of a cell; None if it is none, or not of the kind of the others."""
        found = self.numerals[place]
        if found is None or found.unit != self.unit:
            return None
        if found.currency not in ("", self.currency):
            return None
        return found.value(decimal or self.decimal or ".")

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        """The places without a number, and those where -9999 or the like stands for none."""
        values = [self.value(place) for place in range(len(self.cells))]
        others = [v for v, (_, c) in zip(values, self.cells, strict=True) if not _stands_in(c, v)]
        known = [v for v in others if v is not None]
        low, high = min(known, default=0.0), max(known, default=0.0)
        far = high - low or abs(high)
        return tuple(
            place
            for place, (value, (_, cell)) in enumerate(zip(values, self.cells, strict=True))
            if is_gap(cell)
            or (
                value is not None
                and _stands_in(cell, value)
                and not low - far <= value <= high + far
            )
        )

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """The numbers that stand for gaps, such as -9999, as they are written."""
        written = (self.cells[place][1] for place in self.gaps)
        return tuple(dict.fromkeys(f"{cell}" for cell in written if not is_gap(cell)))

    def numbers(
        self, decimal: Decimal | None = None, filling: Filling | None = None
    ) -> tuple[float, ...]:
        """Its numbers.

        Args:
            decimal: the decimal sign, where it cannot be told.
            filling: what stands in for a gap: "fill" takes the straight line between its
                neighbours, "carry" the number before it, "drop" leaves the line out, "keep" takes
                -9999 and the like for numbers.

        Raises:
            Refusal: which line is wrong, or what has to be chosen.
        """
        gaps = {place for place in self.gaps if filling != "keep" or is_gap(self.cells[place][1])}
        sign = decimal or self.decimal
        for place, (line, cell) in enumerate(self.cells):
            if place not in gaps:
                self._check(place, line, cell, sign or ".")
        if sign is None:
            raise Refusal(DECIMAL, given=short(self.doubtful))
        if gaps and filling in (None, "keep"):
            lines = [str(self.cells[place][0]) for place in sorted(gaps)]
            more = ["..."] if len(lines) > _NAMED else []
            raise Refusal(GAP, lines=lines[:_NAMED] + more)
        values = [None if p in gaps else self.value(p, sign) for p in range(len(self.cells))]
        return _filled(values, filling or "drop")

    def _check(self, place: int, line: int, cell: Cell, sign: Decimal) -> None:
        number, found = self.value(place, sign), self.numerals[place]
        if number is None and found is not None and found.value(sign) is not None:
            if found.unit != self.unit and not self.unit:
                raise Refusal(OTHER_BARE, line=line, given=short(cell))
            other = self.unit if found.unit != self.unit else self.currency
            raise Refusal(OTHER, line=line, given=short(cell), unit=short(other))
        if number is None:
            raise Refusal(NO_NUMBER, line=line, given=short(cell))
        if abs(number) > MAX_VALUE:
            raise Refusal(BEYOND, line=line, given=number, most=MAX_VALUE)


def is_gap(cell: Cell) -> bool:
    """Whether a cell says that there is no number.

    >>> [is_gap(cell) for cell in ("", " NaN ", "#N/A", "-", "0", "abc")]
    [True, True, True, True, False, False]
    """
    return isinstance(cell, str) and _NONE.fullmatch(cell.strip()) is not None


def decimals(cells: Sequence[Cell]) -> tuple[set[Decimal], str]:
    """Which decimal signs the numbers among these cells allow, and a cell that tells them apart.

    >>> decimals(["1.5", "2"]), decimals(["1,234", "7"])[1]
    (({'.'}, ''), '1,234')
    """
    written = [(cell, found) for cell in cells if (found := numeral(cell))]
    signs: tuple[Decimal, Decimal] = (".", ",")
    known = {sign: [found.value(sign) for _, found in written] for sign in signs}
    fitting = {sign: sum(value is not None for value in values) for sign, values in known.items()}
    best = max(fitting.values())
    for (cell, _), point, comma in zip(written, *known.values(), strict=True):
        if point != comma and fitting["."] == fitting[","]:
            return set(signs), str(cell)
    return {sign for sign in signs if fitting[sign] == best}, ""


def _stands_in(cell: Cell, value: float | None) -> bool:
    return value is not None and _STAND_IN.fullmatch(f"{cell}".strip()) is not None


def _filled(values: Sequence[float | None], filling: Filling) -> tuple[float, ...]:
    known = [place for place, value in enumerate(values) if value is not None]
    kept = [value for value in values if value is not None]
    if filling == "drop" or not kept:
        return tuple(kept)
    filled: list[float] = []
    after = 0  # how many of the known numbers stand before this place
    for place, value in enumerate(values):
        if value is not None:
            after += 1
            filled.append(value)
        elif after == 0 or after == len(kept) or filling == "carry":
            filled.append(kept[max(after - 1, 0)])
        else:
            left, right = known[after - 1], known[after]
            part = (place - left) / (right - left)
            filled.append(kept[after - 1] * (1 - part) + kept[after] * part)
    return tuple(filled)
