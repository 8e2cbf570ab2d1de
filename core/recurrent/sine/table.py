"""A column of numbers from whatever somebody pastes or uploads.

Columns are separated by commas, semicolons, tabs or spaces; numbers may have a decimal comma where
the comma does not separate columns. The first line may be a header. Everything that cannot be
understood is refused with the line in which it stands, rather than guessed at.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass

from core.recurrent.sine.setting import MAX_VALUE, MAX_VALUES
from core.schema import Refusal, mark, short

MAX_BYTES = 1_000_000
"""Longest text that is read: 5,000 lines of it are far shorter."""
MAX_COLUMNS = 200
MAX_NAME = 40

LINES = mark("It has {count} lines; at most {most} can be used.")
COLUMNS = mark("It has {count} columns; at most {most} can be used.")
UNEVEN = mark("Line {line} has {count} columns, the first line has {width}.")
NO_COLUMN = mark("There is no column {name}; there are {names}.")
LARGE = mark("It is larger than {size} MB; cut it shorter.")
NO_TEXT = mark("This is not text: save the table as CSV in UTF-8.")
COMMAS = mark(
    "A comma may divide columns here or mark decimals: put a header line on top, or use semicolons "
    "between the columns."
)
GAP = mark("Line {line} has a gap: fill it or take the line out.")
NO_NUMBER = mark("Line {line} has {given} where a number should be.")
BEYOND = mark("Line {line} has {given}; at most {most} can be used.")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: from the header, or "column 2".
        values: its numbers.
        names: of all columns, to choose from.
    """

    name: str
    values: tuple[float, ...]
    names: tuple[str, ...]


def column(given: str | bytes, which: str | None = None) -> Column:
    r"""Read one column.

    Args:
        given: text, or the bytes of a file in UTF-8 (with or without BOM) or Korean CP949.
        which: name of the column; without it the first one that begins with a number.

    Raises:
        Refusal: what is wrong and, where it is one line, in which.

    >>> column("day,warm\n1,20.5\n2,21\n", "warm").values
    (20.5, 21.0)
    >>> column("1,5;2\n2,5;3\n").values
    (1.5, 2.5)
    """
    lines = [(n, line) for n, line in enumerate(_text(given).splitlines(), 1) if line.strip()]
    if not lines:
        raise Refusal(mark("It is empty."))
    if len(lines) > MAX_VALUES + 1:
        raise Refusal(LINES, count=len(lines), most=MAX_VALUES)
    separator = _separator([line for _, line in lines[:20]])
    comma = separator != ","
    rows = [(n, _split(line, separator)) for n, line in lines]
    width = len(rows[0][1])
    if width > MAX_COLUMNS:
        raise Refusal(COLUMNS, count=width, most=MAX_COLUMNS)
    for n, row in rows:
        if len(row) != width:
            raise Refusal(UNEVEN, line=n, count=len(row), width=width)
    header = all(_number(cell, comma) is None for cell in rows[0][1])
    names = _names(rows[0][1] if header else [""] * width)
    rows = rows[header:]
    if len(rows) < 2:
        raise Refusal(mark("It has no more than one row: put each number on a line of its own."))
    if which is None:
        first = (p for p, cell in enumerate(rows[0][1]) if _number(cell, comma) is not None)
        place = next(first, 0)
    elif which in names:
        place = names.index(which)
    else:
        raise Refusal(NO_COLUMN, name=short(which), names=names)
    values = tuple(_value(n, row[place], comma) for n, row in rows)
    return Column(names[place], values, names)


def _text(given: str | bytes) -> str:
    if len(given) > MAX_BYTES:
        raise Refusal(LARGE, size=MAX_BYTES // 1_000_000)
    if isinstance(given, str):
        return given.removeprefix("\ufeff")
    if b"\0" in given:
        raise Refusal(NO_TEXT)
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return given.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(NO_TEXT)


def _separator(lines: list[str]) -> str:
    """What divides the columns: a tab, ";", "," or " "; "" where there is one column alone."""
    for separator in ("\t", ";"):
        if any(separator in line for line in lines):
            return separator
    head, rest = lines[0], lines[1:] or lines
    if any("," in line for line in rest):
        if any(_number(line, True) is None for line in rest):
            return ","
        if _number(head, True) is not None:
            raise Refusal(COMMAS)
        return "," if "," in head else ""
    return " " if all(len(line.split()) > 1 for line in rest) else ""


def _split(line: str, separator: str) -> list[str]:
    if separator == " ":
        return line.split()
    if not separator:
        return [line.strip()]
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator))]


def _names(header: list[str]) -> tuple[str, ...]:
    """A name for each column, no two alike."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        name = cell[:MAX_NAME] or f"column {place}"
        names.append(f"{name} ({place})" if name in names else name)
    return tuple(names)


def _number(cell: str, comma: bool) -> float | None:
    """A finite number, or None."""
    text = cell.strip()
    if comma and "." not in text:
        text = text.replace(",", ".", 1)
    if "_" in text or "," in text:  # Python would read 1_000
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _value(line: int, cell: str, comma: bool) -> float:
    number = _number(cell, comma)
    if number is None:
        if not cell or cell.lower() in ("na", "nan", "null", "none", "-"):
            raise Refusal(GAP, line=line)
        raise Refusal(NO_NUMBER, line=line, given=short(cell))
    if abs(number) > MAX_VALUE:
        raise Refusal(BEYOND, line=line, given=number, most=MAX_VALUE)
    return number
