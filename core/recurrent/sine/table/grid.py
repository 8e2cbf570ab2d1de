"""Rows and cells out of text: what divides the columns, and which lines belong to the table."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest

from core.recurrent.sine.setting import MAX_VALUES
from core.recurrent.sine.table.column import is_gap
from core.recurrent.sine.table.numeral import Cell, numeral
from core.recurrent.sine.table.source import EXTRA, LINES, MAX_COLUMNS, Row, cell_of
from core.schema import Refusal, mark, short

COLUMNS = mark("It has {count} columns; at most {most} can be used.")
UNEVEN = mark("Line {line} has {count} columns, the other lines have {width}.")
COMMAS = mark(
    "A comma may divide columns here or mark decimals: put a header line on top, or use semicolons "
    "between the columns."
)
SPACES = mark(
    "A space may divide columns here or thousands: put a header line on top, or use semicolons "
    "between the columns."
)
ELIDED = mark("The list was cut short where “...” stands: print all of it, or save it as a file.")
BULLETS = mark(
    "Line {line} has {given}: a dash and a blank may mark a list or be a minus. Write a minus "
    "right before its number."
)
_LIST = re.compile(r"[\w\s.=(]*\[(?P<inside>.*)\][\w\s.,=);]*", re.DOTALL)
_CLOSED = re.compile(r"[^\[]*\]")
_DIVIDER = re.compile(r"[\s,;]+")
_SPACES = re.compile(r"[ \t]+")
_RULE = re.compile(r"[\s|+:=-]*(?:-{3}|={3})[\s|+:=-]*")
"""A line drawn below a header, as Markdown and terminals have it."""
_BULLET = re.compile(r"[-–—−]\s+\d")
_R_PRINTS = re.compile(r"\s*\[\d+\]\s")
_COMMENT = re.compile(r"\s*(?:#|%|//)\s*(?=[^\s\d.,;])")


@dataclass(frozen=True)
class Grid:
    """The rows of a table, all of one width.

    Attributes:
        rows: each with its line.
        comma: whether a comma divides the columns.
        passed: lines that are no part of it: titles, comments, sources.
        noted: the cells of a comment that stands right above the first row, as numpy writes a
            header.
    """

    rows: list[Row]
    comma: bool
    passed: tuple[int, ...] = ()
    noted: Row | None = None


def grid(text: str) -> Grid:
    r"""Divide a text into rows and cells.

    Raises:
        Refusal: what cannot be told, and where it is one line, which.

    >>> found = grid("Weather\nday;warm\n1;20,5\n2;21\nSource: KMA")
    >>> found.rows, found.passed
    ([(2, ['day', 'warm']), (3, ['1', '20,5']), (4, ['2', '21'])], (1, 5))
    >>> grid("x = [1, 2,\n3]").rows
    [(1, ['1']), (1, ['2']), (1, ['3'])]
    """
    as_json = _of_json(text)
    if as_json:
        return Grid(as_json, False)
    lines = list(enumerate(text.splitlines(), 1))
    full = [(n, line) for n, line in lines if line.strip()]
    if full and all(_R_PRINTS.match(line) for _, line in full):
        cells = [(n, cell) for n, line in full for cell in _R_PRINTS.sub("", line).split()]
        return Grid([(n, [cell]) for n, cell in cells], False)
    bracketed = _LIST.fullmatch(text.strip())
    if bracketed and not _CLOSED.match(bracketed["inside"]):
        return Grid(_of_list(bracketed["inside"]), False)
    lines = [(n, line) for n, line in lines if not _RULE.fullmatch(line)]
    while lines and not lines[-1][1].strip():
        lines.pop()
    count = sum(1 for _, line in lines if line.strip())
    if count > MAX_VALUES + EXTRA:
        raise Refusal(LINES, count=count, most=MAX_VALUES)
    told = re.fullmatch(r"\s*\"?sep=(.)\"?\s*", lines[0][1]) if lines else None
    if told:
        lines = lines[1:]
    comments = [n for n, line in lines if _COMMENT.match(line) and not is_gap(line)]
    kept = [(n, line) for n, line in lines if n not in set(comments)]
    full = [(n, line) for n, line in kept if line.strip()]
    if not full:
        raise Refusal(mark("It is empty."))
    above = [_COMMENT.sub("", line, count=1) for n, line in lines if n in comments]
    named = [line for line in above if "," in line][-1:]
    separator = told[1] if told else _separator(named + [line for _, line in full])
    rows = _divided(full if separator else kept, separator)
    found = _even(rows, separator == ",")
    noted = _noted([(n, line) for n, line in lines if n in comments], separator, found.rows[0])
    passed = tuple(sorted({*found.passed, *comments} - ({noted[0]} if noted else set())))
    return Grid(found.rows, separator == ",", passed, noted)


def _noted(comments: list[tuple[int, str]], separator: str, first: Row) -> Row | None:
    """The cells of the comment right above the first row, if it has one for each column."""
    above = [(n, _COMMENT.sub("", line, count=1)) for n, line in comments if n < first[0]]
    cells = _divided(above[-1:], separator) if above else []
    return cells[0] if cells and len(cells[0][1]) == len(first[1]) else None


def _of_json(text: str) -> list[Row]:
    """The rows of a list of records, or of an object of lists, as programs send them; or none."""
    if not text.lstrip().startswith(("[", "{")):
        return []
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if isinstance(given, dict) and given and all(isinstance(v, list) for v in given.values()):
        cells: list[list[object]] = [list(row) for row in zip_longest(*given.values())]
        names = list(given)
    elif isinstance(given, list) and given and all(isinstance(row, dict) for row in given):
        names = list(dict.fromkeys(name for row in given for name in row))
        cells = [[row.get(name) for name in names] for row in given]
    else:
        return []
    if len(cells) > MAX_VALUES:
        raise Refusal(LINES, count=len(cells), most=MAX_VALUES)
    if len(names) > MAX_COLUMNS:
        raise Refusal(COLUMNS, count=len(names), most=MAX_COLUMNS)
    return [(n, [cell_of(value) for value in row]) for n, row in enumerate([names, *cells], 1)]


def _of_list(inside: str) -> list[Row]:
    """The numbers of a list as Python, numpy or MATLAB write it; rows, where it holds lists."""
    if "..." in inside or "…" in inside:
        raise Refusal(ELIDED)
    parts = re.findall(r"\[([^\[\]]*)\]", inside)
    if not parts:
        return [(1, [cell]) for cell in _DIVIDER.split(inside.strip(" \n,;")) if cell]
    rows = [[cell for cell in _DIVIDER.split(part.strip()) if cell] for part in parts]
    if len(rows) == 1:
        return [(1, [cell]) for cell in rows[0]]
    return _even([(n, list(row)) for n, row in enumerate(rows, 1)]).rows


def _separator(lines: list[str]) -> str:
    """What divides the columns: a tab, ";", "|", "," or " "; "" where there is one column alone."""
    filled = [line for line in lines if re.search(r"\d", line)] or lines
    for separator in "\t;|":
        widths = Counter(len(row) for row in _rows(filled, separator))
        if 2 * max(count * (width > 1) for width, count in widths.items()) >= len(filled):
            return separator
    if len(lines) == 1 and len(lines[0].split()) > 1 and all(map(_one, lines[0].split())):
        return " "
    ones = [place for place, line in enumerate(lines) if _one(line)]
    alone = 2 * len(ones) >= len(filled)  # each line may be a number as a whole
    head = _ends_at(lines, ones[0] - 1) if alone and ones[0] else ""
    if 2 * sum("," in line for line in filled) >= len(filled):
        if alone and not head and len(lines) > 1:
            raise Refusal(COMMAS)
        return "," if not alone or len(lines) == 1 or "," in head else ""
    width, count = Counter(len(_SPACES.split(line.strip())) for line in filled).most_common(1)[0]
    if width == 1 or 2 * count < len(filled):
        return ""
    if alone and not head and re.search(r"\d \d", lines[ones[0]]):
        raise Refusal(SPACES)
    return " " if not alone or len(head.split()) == width else ""


def _ends_at(lines: list[str], place: int) -> str:
    """What stands right above the numbers: a cell of it may go over several lines, in quotes."""
    begin = place
    while begin and "".join(lines[begin : place + 1]).count('"') % 2 and place - begin < 10:
        begin -= 1
    return "\n".join(lines[begin : place + 1])


def _one(line: str) -> bool:
    """Whether a whole line can be read as one number."""
    found = numeral(line)
    return found is not None and (found.value(",") is not None or found.value(".") is not None)


def _rows(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return [line.split(separator) for line in lines]


def _divided(lines: list[tuple[int, str]], separator: str) -> list[Row]:
    """The cells of each line; a cell in quotes may go over several lines."""
    if separator == " ":
        return [(n, list(_SPACES.split(line.strip()))) for n, line in lines]
    if not separator:
        return _alone(lines)
    parsed: list[Row] = []
    reader = csv.reader(
        (f"{line}\n" for _, line in lines), delimiter=separator, skipinitialspace=True
    )
    begin = 0
    try:
        for row in reader:
            parsed.append((lines[begin][0], [cell.strip() for cell in row]))
            begin = reader.line_num
    except csv.Error:
        return [(n, [cell.strip() for cell in line.split(separator)]) for n, line in lines]
    if parsed and any(str(cell).count("\n") > 10 for _, row in parsed for cell in row):
        return [(n, [cell.strip() for cell in line.split(separator)]) for n, line in lines]
    return parsed


def _alone(lines: list[tuple[int, str]]) -> list[Row]:
    """One column: an empty line is a gap, unless the text is written with double spacing."""
    cells = [(n, line.strip().strip('"')) for n, line in lines]
    while cells and not cells[0][1]:
        cells = cells[1:]
    full = [place for place, (_, cell) in enumerate(cells) if cell]
    numbers = [place for place in full if numeral(cells[place][1])]
    if len(numbers) > 1 and all(_BULLET.match(cells[place][1]) for place in numbers):
        raise Refusal(BULLETS, line=cells[numbers[0]][0], given=short(cells[numbers[0]][1]))
    first = numbers[0] if numbers else 0  # empty lines around a header are no gaps
    steps = {after - before for before, after in zip(numbers, numbers[1:], strict=False)}
    spaced = steps != {1} and len(steps) == 1
    return [
        (n, [cell])
        for place, (n, cell) in enumerate(cells)
        if cell or (place > first and not spaced)
    ]


def _even(rows: list[Row], comma: bool = False) -> Grid:
    """Take away the lines above and below that are no rows of the table.

    A header may be one cell short: R and pandas do not name the column of the rows' names.
    """
    rows = [(n, row) for n, row in rows if row]
    widths = Counter(len(row) for _, row in rows)
    width = max(widths, key=lambda width: (widths[width], width), default=0)
    if not width:
        raise Refusal(mark("It is empty."))
    if width > MAX_COLUMNS:
        raise Refusal(COLUMNS, count=width, most=MAX_COLUMNS)
    rows = [(n, row if any(row[width:]) else row[:width]) for n, row in rows]
    begin, end = 0, len(rows)
    while len(rows[begin][1]) != width and not _has_number(rows[begin][1]):
        begin += 1
    while len(rows[end - 1][1]) != width and not _has_number(rows[end - 1][1]):
        end -= 1
    for n, row in rows[begin:end]:
        if len(row) != width:
            raise Refusal(UNEVEN, line=n, count=len(row), width=width)
    n, above = rows[begin - 1] if begin else (0, [])
    if 1 < len(above) < width and _has_number(rows[begin][1]):
        if comma and all(str(row[-1]).isdecimal() for _, row in rows[begin:end]):
            raise Refusal(UNEVEN, line=n, count=len(above), width=width)  # decimals, thousands
        if len(above) == width - 1:
            begin -= 1
            rows[begin] = n, ["", *above]
    return Grid(rows[begin:end], False, tuple(n for n, _ in rows[:begin] + rows[end:]))


def _has_number(row: list[Cell]) -> bool:
    return any(numeral(cell) for cell in row)
