"""What somebody gives as a table: text in any usual encoding, or a workbook of Excel."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable

import openpyxl

from core.encodings import Reading, reading
from core.recurrent.sine.setting import MAX_VALUES
from core.recurrent.sine.table.numeral import Cell
from core.schema import Refusal, mark, short

MAX_BYTES = 1_000_000
"""Longest file that is read: 5,000 lines of it are far shorter."""
MAX_UNPACKED = 64_000_000
"""Bytes that a workbook may unpack to."""
MAX_COLUMNS = 200
EXTRA = 100
"""Lines that may stand around the numbers: titles, comments, sources."""

LARGE = mark("It is larger than {size} MB; cut it shorter.")
NO_TEXT = mark("This is not text: save the table as CSV in UTF-8.")
OLD = mark("This is an old or protected workbook (.xls): save it as .xlsx or as CSV.")
NO_WORKBOOK = mark("This workbook cannot be read: save it as .xlsx or as CSV.")
LINES = mark("It has {count} lines; at most {most} can be used.")
NO_SHEET = mark("There is no sheet {name}; there are {names}.")

Row = tuple[int, list[Cell]]
"""The number of a line, and its cells."""


def is_workbook(given: str | bytes) -> bool:
    """Whether this is a workbook of Excel; what is nearly one is refused."""
    if not isinstance(given, bytes):
        return False
    if given.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(OLD)
    return given.startswith(b"PK\x03\x04")


def text_of(given: str | bytes, encoding: str | None = None) -> Reading:
    """The text of a file, in an encoding or in the one that is proposed.

    >>> text_of("기온,1".encode("cp949")).text, text_of("Größe,1".encode("cp1252")).text
    ('기온,1', 'Größe,1')
    """
    if len(given) > MAX_BYTES:
        raise Refusal(LARGE, size=MAX_BYTES // 1_000_000)
    if isinstance(given, str):
        given = given.removeprefix("\ufeff").encode("utf-8", "replace")
    found = reading(given, encoding)
    if found is None or (found.encoding and not re.search(r"\d", found.text)):
        raise Refusal(NO_TEXT)
    return found


def workbook(given: bytes, sheet: str | None) -> tuple[list[Row], str, tuple[str, ...]]:
    """Read a sheet of a workbook: its rows, its name, and the names of all that hold something.

    Formulas count as the values that Excel last saved for them.
    """
    if len(given) > MAX_BYTES:
        raise Refusal(LARGE, size=MAX_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(given)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise Refusal(LARGE, size=MAX_UNPACKED // 1_000_000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that no number needs
            book = openpyxl.load_workbook(io.BytesIO(given), read_only=True, data_only=True)
        names = tuple(page.title for page in book.worksheets if page.sheet_state == "visible")
        read = {name: _rows(book[name]) for name in names if sheet in (None, name)}
    except Refusal:
        raise
    except Exception as error:  # whatever a file that is no workbook makes of openpyxl
        raise Refusal(NO_WORKBOOK) from error
    for name, rows in read.items():
        if rows:
            return rows, name, names
    if read:
        raise Refusal(mark("It is empty."))
    raise Refusal(NO_SHEET, name=short(sheet), names=names)


def _rows(page: object) -> list[Row]:
    """The rows of a sheet as a rectangle, without the empty ones around it."""
    most = MAX_VALUES + EXTRA
    given: Iterable[tuple[object, ...]] = page.iter_rows(  # type: ignore[attr-defined]
        max_row=most + 1, max_col=MAX_COLUMNS + 1, values_only=True
    )
    rows = [(line, [cell_of(value) for value in row]) for line, row in enumerate(given, 1)]
    full = [(line, row) for line, row in rows if any(cell != "" for cell in row)]
    if not full:
        return []
    if full[-1][0] > most:
        raise Refusal(LINES, count=full[-1][0], most=MAX_VALUES)
    used = [place for _, row in full for place, cell in enumerate(row) if cell != ""]
    left, right = min(used), max(used) + 1
    return [
        (line, (row + [""] * right)[left:right])
        for line, row in rows
        if full[0][0] <= line <= full[-1][0]
    ]


def cell_of(value: object) -> Cell:
    """What stands in a cell, from what a workbook or a program says that it holds."""
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int() | float():
            return float(value)
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
    return str(value).strip()
