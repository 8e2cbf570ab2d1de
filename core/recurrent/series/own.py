"""A table of one's own as a series: its columns, its dates, and what stands in for gaps.

The table itself is read by `core.recurrent.sine.table`.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from core.recurrent.series.frames import days
from core.recurrent.series.setting import MAX_NUMBERS
from core.recurrent.sine.table import Column, Decimal, Filling, Sheet
from core.recurrent.sine.table.column import is_gap
from core.recurrent.sine.table.numeral import Cell
from core.recurrent.sine.table.sheet import as_dates
from core.schema import Refusal, mark

TWICE = mark("Two rows have the date {date}: a series has one row at a time.")
WIDE = mark("{count} numbers are too many: at most {most}. Take fewer columns or fewer rows.")
_NAMED = ("%b %d %Y", "%d %b %Y", "%b %d, %Y", "%B %d, %Y", "%b %Y")
"""Dates with the name of a month, in English."""
_UNIT = re.compile(r"[(\[]([^)\]]{1,12})[)\]]\s*$")
LONGER = 1.5
"""Times the usual step between two rows, above which something is missing between them."""


@dataclass(frozen=True)
class Own:
    """A series of one's own, in the order of time.

    Attributes:
        names: of the columns, the one that is forecast first.
        unit: of that one, or "".
        times: days since 1970-01-01; none where the table has no dates.
        values: row by row.
        sorted_: whether the rows had to be sorted by date.
        longer: steps between two rows that are longer than the usual one.
        dropped: rows that were left out since a number was missing.
    """

    names: tuple[str, ...]
    unit: str
    times: tuple[float, ...]
    values: tuple[float, ...]
    sorted_: bool
    longer: int
    dropped: int

    def fields(self) -> dict[str, Any]:
        """The fields of `SeriesSetting` that hold it."""
        return {name: getattr(self, name) for name in ("names", "unit", "times", "values")}


def usable(column: Column) -> bool:
    """Whether most of a column's cells hold numbers: it can be read beside another one."""
    return 2 * sum(found is not None for found in column.numerals) > len(column.cells)


def series(
    table: Sheet,
    target: str,
    beside: Sequence[str] = (),
    decimal: Decimal | None = None,
    filling: Filling | None = None,
) -> Own:
    """Take columns out of a table.

    Args:
        table: that was read.
        target: the column that is forecast.
        beside: columns that are read as well.
        decimal: the decimal sign of the target, where it cannot be told.
        filling: what stands in for missing numbers, see `Column.numbers`; "drop" leaves out every
            row in which one is missing.

    Raises:
        Refusal: which line is wrong, or what has to be chosen.
    """
    columns = [table.column(name) for name in dict.fromkeys((target, *beside))]
    rows = range(len(columns[0].cells))
    if len(rows) * len(columns) > MAX_NUMBERS:
        raise Refusal(WIDE, count=len(rows) * len(columns), most=MAX_NUMBERS)
    times = dated(table, columns)
    kept = list(rows)
    if filling == "drop":
        missing = {place for column in columns for place in column.gaps}
        kept = [row for row in rows if row not in missing]
        columns = [
            replace(column, cells=tuple(column.cells[row] for row in kept)) for column in columns
        ]
        filling = None
    signs = [decimal, *(column.decimal for column in columns[1:])]
    numbers = [c.numbers(sign, filling) for c, sign in zip(columns, signs, strict=True)]
    order = range(len(kept))
    if times:
        times = [times[row] for row in kept]
        order = sorted(order, key=times.__getitem__)  # type: ignore[assignment]
    at = [times[place] for place in order] if times else []
    for before, after in zip(at, at[1:], strict=False):
        if before == after:
            day = datetime.date(1970, 1, 1) + datetime.timedelta(before)
            raise Refusal(TWICE, date=day.isoformat())
    return Own(
        tuple(column.name for column in columns),
        unit_of(columns[0]),
        tuple(at),
        tuple(column[place] for place in order for column in numbers),
        list(order) != sorted(order),
        _longer(at),
        len(rows) - len(kept),
    )


def dated(table: Sheet, but: Sequence[Column] = ()) -> list[float] | None:
    """The dates of the first column that holds nothing else; None where there is none."""
    names = {column.name for column in but}
    for column in table.columns:
        cells = [cell for _, cell in column.cells]
        if column.name not in names and not any(map(is_gap, cells)):
            found = _days(cells)
            if found:
                return found
    return None


def unit_of(column: Column) -> str:
    """The unit of a column: what stands with its numbers, or in brackets at the end of its name."""
    named = _UNIT.search(column.name)
    return (column.currency or column.unit or (named[1] if named else ""))[:12]


def _days(cells: Sequence[Cell]) -> list[float] | None:
    """Dates as days; of two readings that fit the one in which they rise, else the first."""
    readings = []
    ways = [as_dates(cell) for cell in cells]
    for way in (0, 1):
        with suppress(ValueError, IndexError, OverflowError):
            readings.append([_day(found[min(way, len(found) - 1)]) for found in ways])
    for form in _NAMED:
        with suppress(ValueError):
            readings.append([days(str(cell).strip(), form) for cell in cells])
    rising = [found for found in readings if found == sorted(found)]
    return next(iter(rising or readings), None)


def _day(parts: tuple[int, ...]) -> float:
    """Days of (year, month, day, hour, minute, second), of which the last ones may be missing."""
    year, *rest = parts
    if year > 9999:  # 20240131
        year, rest = year // 10_000, [year // 100 % 100, year % 100, *rest]
    month, day, *time = [*rest, 1, 1][: max(2, len(rest))]
    hour, minute, second = [*time, 0, 0, 0][:3]
    moment = datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.UTC)
    return moment.timestamp() / 86_400


def _longer(times: Sequence[float]) -> int:
    """Steps that are longer than the usual one; months are not all alike."""
    steps = [after - before for before, after in zip(times, times[1:], strict=False)]
    if not steps:
        return 0
    usual = Counter(round(step, 4) for step in steps).most_common(1)[0][0]
    return sum(step > LONGER * usual for step in steps)
