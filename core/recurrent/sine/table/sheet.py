"""A table as a whole: its header, the names of its columns, and the column that is proposed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import gt, lt

from core.recurrent.sine.setting import MAX_VALUES
from core.recurrent.sine.table.column import Column, decimals, is_gap
from core.recurrent.sine.table.grid import Grid, grid
from core.recurrent.sine.table.numeral import Cell, Decimal, numeral
from core.recurrent.sine.table.source import LINES, Row, is_workbook, text_of, workbook
from core.schema import Refusal, mark

MAX_NAME = 40
_PARTS = re.compile(r"[0-9]{1,8}")
MAX_HEADER = 5
"""Lines that a header may have: names, units, stations."""
ONE_ROW = mark("It has no more than one row: put each number on a line of its own.")
_ALMOST = re.compile(r"\s*[~<>≤≥≈±+-]?\s*\d")
"""The beginning of a number that cannot be read: below the first line nobody's heading."""
_TOTAL = r"(?:grand |sub-?)?totals?|sum|summe|gesamt|합계|총계|총합|소계|계|합"
_TOTALS = re.compile(_TOTAL, re.IGNORECASE)
_SUM = re.compile(rf"{_TOTAL}|average|mean|mittelwert|평균", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A table that has been read.

    Attributes:
        columns: all of them.
        proposed: the one that varies and is no count, date or constant.
        header: the lines that were taken as its header.
        doubtful: whether the first line may as well be numbers, or a header.
        passed: lines that were passed over: titles, comments, sources, totals.
        backwards: whether the newest line came first, and the lines were turned round.
        sheet: which sheet of a workbook, or "".
        sheets: all that there are.
    """

    columns: tuple[Column, ...]
    proposed: Column
    header: tuple[int, ...]
    doubtful: bool = False
    passed: tuple[int, ...] = ()
    backwards: bool = False
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)


def read(
    given: str | bytes,
    *,
    sheet: str | None = None,
    header: bool | None = None,
    encoding: str | None = None,
) -> Sheet:
    """Read a table.

    Args:
        given: text, the bytes of a text file, or those of a workbook (.xlsx).
        sheet: which sheet of a workbook; without it the first one that holds something.
        header: whether the first line is a header, where that cannot be told.
        encoding: of a text file that does not say it itself; without it one is proposed.

    Raises:
        Refusal: what is wrong and, where it is one line, in which. That a cell of a column is no
            number is said when its numbers are asked for.
    """
    if isinstance(given, bytes) and is_workbook(given):
        rows, name, names = workbook(given, sheet)
        return replace(_sheet(_cut(rows), header), sheet=name, sheets=names)
    return _sheet(grid(text_of(given, encoding).text), header)


def encodings(given: str | bytes) -> tuple[str, ...]:
    """In which encodings a file can be read that does not say it itself, the proposed one first."""
    if isinstance(given, str) or is_workbook(given):
        return ()
    return text_of(given).encodings


def _cut(rows: list[Row]) -> Grid:
    """The rows of a workbook without titles above them and sources below."""
    filled = [sum(cell != "" for cell in row) for _, row in rows]
    usual = Counter(filled).most_common(1)[0][0]
    begin, end = 0, len(rows)
    if usual > 1:
        while filled[begin] <= 1 < usual and not _numbers(rows[begin][1]):
            begin += 1
        while filled[end - 1] <= 1 and not _numbers(rows[end - 1][1]):
            end -= 1
    outside = [line for line, row in rows[:begin] + rows[end:] if any(c != "" for c in row)]
    return Grid(rows[begin:end], False, tuple(outside))


def _sheet(found: Grid, header: bool | None) -> Sheet:
    rows, below = _without_sums(_turned(found.rows))
    count, doubtful = _header(rows)
    if doubtful and header is not None:
        count = int(header)
    if len(rows) == count + 1 and (_numbers(rows[0][1]) or not _numbers(rows[count][1])):
        count = 0  # two lines and no header: what is wrong with their cells is said
    head = rows[:count] or ([found.noted] if found.noted else [])
    body, among = _without_totals(rows[count:])
    dated = body if len(body[0][1]) > 1 else []  # a column alone is the series
    backwards = any(_falls(cells) for cells in zip(*(row for _, row in dated), strict=True))
    if backwards:
        body.reverse()
    if len(body) > MAX_VALUES:
        raise Refusal(LINES, count=len(body), most=MAX_VALUES)
    if len(body) < 2:
        raise Refusal(ONE_ROW)
    names = _names([row for _, row in head], len(body[0][1]))
    columns = _columns(names, body, found.comma)
    empty = [column for column in columns if all(is_gap(cell) for _, cell in column.cells)]
    kept = tuple(column for column in columns if column not in empty) or columns
    lines = tuple(line for line, _ in head)
    passed = tuple(sorted({*found.passed, *below, *among}))
    return Sheet(kept, min(kept, key=_rank), lines, doubtful, passed, backwards)


def _without_sums(rows: list[Row]) -> tuple[list[Row], list[int]]:
    """The rows without totals and averages below them, and the lines of these."""
    end = len(rows)
    while end > 2 and any(_SUM.fullmatch(str(cell).strip()) for cell in rows[end - 1][1]):
        end -= 1
    return rows[:end], [line for line, _ in rows[end:]]


def _without_totals(rows: list[Row]) -> tuple[list[Row], list[int]]:
    """The rows without those that are named as the total of others, and the lines of these."""
    lines = [line for line, row in rows if _TOTALS.fullmatch(str(row[0]).strip())]
    if 2 * len(lines) >= len(rows):
        return rows, []
    return [row for row in rows if row[0] not in set(lines)], lines


def _falls(cells: Sequence[Cell]) -> bool:
    """Whether these are dates or years of which the newest comes first.

    >>> _falls(["2024-03-01", "2024-02-01", "2024-01-01"]), _falls([2021.0, 2020.0, 2019.0])
    (True, True)
    >>> _falls(["05.01.2024", "04.02.2024", "03.03.2024"])  # as it seems, if days were months
    False
    """
    read = [as_dates(cell) for cell in cells]
    if len(read) < 3 or not all(read):
        return False
    years = [date[0][0] for date in read if len(date[0]) == 1 and _year(date[0][0])]
    if any(before - year != 1 for before, year in zip(years, years[1:], strict=False)):
        return False  # prices may be as large
    ways = [[way for date in read for way in date[at : at + 1]] for at in range(2)]
    fall, rise = (
        any(len(way) == len(read) and all(map(order, way, way[1:])) for way in ways)
        for order in (gt, lt)
    )
    return fall and not rise


def as_dates(cell: Cell) -> list[tuple[int, ...]]:
    """The ways in which a date can be read, year first; none if it is none."""
    parts = [int(part) for part in _PARTS.findall(_written(cell))]
    found = numeral(cell)
    if found and (found.value(".") is not None or found.value(",") is not None):
        if len(parts) != 1 or found.currency or found.unit not in ("", "년"):
            return []  # it is another number
    if not parts:
        return []
    if _year(parts[0]) or 19000101 <= parts[0] <= 21001231:
        return [tuple(parts)]
    if len(parts) >= 3 and _year(parts[2]):
        one, other, year, *time = parts
        return [(year, one, other, *time), (year, other, one, *time)]
    return []


def _turned(rows: list[Row]) -> list[Row]:
    """Numbers that stand beside each other on one line, one below the other."""
    head, last = rows[:-1], rows[-1][1]
    line = rows[-1][0]
    alone = not head or (len(head) == 1 and not _numbers(head[0][1]))
    alone = alone or (len(head) == 1 and _counting(_plain(head[0][1])) and len(last) > 2)
    if not alone or _numbers(last) < max(2, len(last) - 1):
        return rows
    named = [] if numeral(last[0]) else [(line, last[:1])]
    return named + [(line, [cell]) for cell in last[len(named) :]]


def _numbers(row: Sequence[Cell]) -> int:
    return sum(numeral(cell) is not None for cell in row)


def _plain(row: Sequence[Cell]) -> list[float]:
    """The numbers of a row that stand without any unit."""
    found = [numeral(cell) for cell in row]
    values = [f.value(".") for f in found if f and not f.unit and not f.currency]
    return [value for value in values if value is not None]


def _header(rows: list[Row]) -> tuple[int, bool]:
    """How many lines the header has, and whether that cannot be told from them."""
    below = rows[1:] or rows
    usual = [_usual([row[place] for _, row in below]) for place in range(len(rows[0][1]))]
    if not any(kind == "number" for kind, _ in usual):
        return int(len(rows) > 1 and not _numbers(rows[0][1])), False
    count = int(len(rows) > 2 and _stranger(_with_x(rows), usual))
    while count < min(MAX_HEADER, len(rows) - 1) and _stranger(rows[count][1], usual):
        if count and any(_ALMOST.match(str(cell)) for cell in rows[count][1]):
            break
        count += 1
    if count:
        return count, False
    return _by_numbers(rows, usual)


def _with_x(rows: list[Row]) -> list[Cell]:
    """The first row, in which a lone x is the name of a column and no number that is missing."""
    columns = zip(*(row for _, row in rows), strict=True)
    x = {"x", "X"}
    return ["name" if first in x and not x & {*rest} else first for first, *rest in columns]


def _usual(cells: Sequence[Cell]) -> tuple[str, str]:
    """What most cells of a column are: numbers (and of which unit), or words."""
    full = [cell for cell in cells if not is_gap(cell)]
    found = [taken for cell in full if (taken := numeral(cell))]
    if not full or 2 * len(found) < len(full):
        return "word", ""
    return "number", Counter(taken.unit for taken in found).most_common(1)[0][0]


def _stranger(row: Sequence[Cell], usual: Sequence[tuple[str, str]]) -> bool:
    """Whether this row has words, and no number, where numbers stand below."""
    words = False
    for cell, (kind, unit) in zip(row, usual, strict=True):
        found = numeral(cell)
        if kind == "number" and found and found.unit == unit:
            return False
        words = words or (kind == "number" and not is_gap(cell))
    return words


def _by_numbers(rows: list[Row], usual: Sequence[tuple[str, str]]) -> tuple[int, bool]:
    """Whether a first line with numbers in it is a header: years, hours, a count."""
    (_, first), below = rows[0], rows[1:]
    if len(below) < 2:
        return 0, False
    numbers = _plain(first)
    others = [_plain(row) for _, row in below]
    years = bool(numbers) and all(_year(value) for value in numbers)
    if years and not any(value for row in others for value in row if _year(value)):
        return int(len(numbers) > 1 or len(first) > 1), True
    marked = any(
        kind == "number" and not numeral(cell) and (not is_gap(cell) or not place)
        for place, (cell, (kind, _)) in enumerate(zip(first, usual, strict=True))
    )
    words = [cell for cell, (kind, _) in zip(first, usual, strict=True) if kind == "word"]
    dates = any(
        not re.search(r"\d", str(cell)) and re.search(r"\d", str(below[0][1][place]))
        for place, (cell, (kind, _)) in enumerate(zip(first, usual, strict=True))
        if kind == "word"
    )
    counted = _counting(numbers) and not all(_counting(row) for row in others)
    if marked or (words and dates):
        return 1, True
    return int(counted and len(first) > 2), counted


def _year(value: float) -> bool:
    return value == int(value) and 1900 <= value <= 2100


def _counting(values: Sequence[float]) -> bool:
    """Whether these are 0, 1, 2 or 6, 12, 18: whole numbers in equal steps."""
    steps = {after - before for before, after in zip(values, values[1:], strict=False)}
    if len(steps) != 1 or not all(value == int(value) for value in values):
        return False
    step = steps.pop()
    return step == 1 or (step > 0 and values[0] in (0, step))


def _names(header: Sequence[Sequence[Cell]], width: int) -> tuple[str, ...]:
    """A name for each column, no two alike; units stand behind it."""
    names: list[str] = []
    for place in range(width):
        parts = [_written(row[place]) for row in header]
        name = " ".join(dict.fromkeys(part for part in parts if part))[:MAX_NAME]
        name = name or f"column {place + 1}"
        names.append(f"{name} ({place + 1})" if name in names else name)
    return tuple(names)


def _written(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.12g}"
    return " ".join(cell.split())


def _columns(names: Sequence[str], body: list[Row], comma: bool) -> tuple[Column, ...]:
    """The columns; a decimal sign that one of them shows holds for those that show none."""
    found = [decimals([row[place] for _, row in body]) for place in range(len(names))]
    shown = {next(iter(signs)) for signs, _ in found if len(signs) == 1}
    usual = next(iter(shown)) if len(shown) == 1 else None
    columns = []
    for place, (name, (signs, doubtful)) in enumerate(zip(names, found, strict=True)):
        cells = tuple((line, row[place]) for line, row in body)
        decimal: Decimal | None = "."
        if len(signs) == 1:
            decimal = next(iter(signs))
        elif doubtful:
            decimal = usual or ("." if comma else None)
        columns.append(Column(name, cells, decimal, doubtful if len(signs) > 1 else ""))
    return tuple(columns)


def _rank(column: Column) -> int:
    """How unlikely it is that somebody means this column; of equals the first one is proposed."""
    values = [column.value(place) for place in range(len(column.cells))]
    gaps = set(column.gaps)
    numbers = [v for place, v in enumerate(values) if v is not None and place not in gaps]
    if len(numbers) < 2 or 2 * len(numbers) < len(values) - len(gaps):
        return 9
    if min(numbers) == max(numbers):
        return 4
    if _is_index(numbers):
        return 3
    if all(after > before for before, after in zip(numbers, numbers[1:], strict=False)):
        return 2
    return 1 if 2 * len(gaps) > len(values) else 0


def _is_index(values: Sequence[float]) -> bool:
    """Whether these count, as rows, years and hours do, or are dates such as 20240131."""
    if not all(value == int(value) for value in values):
        return False
    if all(19000101 <= v <= 21001231 and 1 <= v // 100 % 100 <= 12 for v in values):
        return True
    pairs = [(a, b) for a, b in zip(values, values[1:], strict=False) if a != b]
    step = Counter(b - a for a, b in pairs).most_common(1)[0][0]
    on = [b - a == step for a, b in pairs]
    again = min(values) if step > 0 else max(values)
    back = all(b == again for (_, b), goes_on in zip(pairs, on, strict=True) if not goes_on)
    return back and 2 * sum(on) > len(on)
