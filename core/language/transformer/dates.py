"""Dates as people write them, and as ISO 8601 has them: 5 March 2024 -> 2024-03-05.

A date is *held out* with all its forms: a fifth of the days from 1950 to 2049.
"""

from __future__ import annotations

import datetime
import random
import re
import zlib
from collections.abc import Callable, Sequence

MONTHS = (
    "january february march april may june july august september october november december".split()
)
SHORT = tuple(month[:3] for month in MONTHS)
FIRST, LAST = datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)

FORMS: tuple[Callable[[datetime.date], str], ...] = (
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{SHORT[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day} {SHORT[d.month - 1]} {d.year}",
    lambda d: f"{d.month}/{d.day}/{d.year}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d.year}년 {d.month}월 {d.day}일",
)
"""Month first with strokes, as in the United States; day first with dots, as in Germany."""

WORDS = (*"0123456789", *",/.-", "년", "월", "일", *dict.fromkeys((*MONTHS, *SHORT)))
EXAMPLES = (
    "March 5, 2024",
    "5 Mar 2024",
    "3/5/2024",
    "5.3.2024",
    "2024년 3월 5일",
    "31 December 1999",
)
_TOKEN = re.compile(r"\d|[^\W\d_]+|[^\w\s]|_")
_SHAPES = {
    re.compile(r"(?P<name>[a-z]+) (?P<day>\d+), (?P<year>\d+)"),
    re.compile(r"(?P<day>\d+) (?P<name>[a-z]+) (?P<year>\d+)"),
    re.compile(r"(?P<month>\d+) / (?P<day>\d+) / (?P<year>\d+)"),
    re.compile(r"(?P<day>\d+) \. (?P<month>\d+) \. (?P<year>\d+)"),
    re.compile(r"(?P<year>\d+) 년 (?P<month>\d+) 월 (?P<day>\d+) 일"),
}


def held_out(date: datetime.date) -> bool:
    """A fifth of all days, and the first example's."""
    iso = date.isoformat()
    return iso == "2024-03-05" or zlib.crc32(iso.encode()) % 5 == 0


def sample(draw: random.Random) -> tuple[str, datetime.date]:
    """A day in one of its forms."""
    day = FIRST + datetime.timedelta(draw.randrange((LAST - FIRST).days + 1))
    return draw.choice(FORMS)(day), day


def split(text: str) -> list[str]:
    """Single digits, words and marks, in lower case; spaces say nothing.

    >>> split("5 Mar 2024")
    ['5', 'mar', '2', '0', '2', '4']
    """
    return _TOKEN.findall(text.lower())


def read(tokens: Sequence[str]) -> datetime.date | None:
    """The day that the tokens name; None if they name none from 1950 to 2049."""
    text = ""
    for token in tokens:
        close = token == "," or (token.isdigit() and text[-1:].isdigit())
        text += token if close or not text else f" {token}"
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match is None:
            continue
        parts = match.groupdict()
        name = parts.get("name")
        names = MONTHS if name in MONTHS else SHORT
        if name is not None and name not in names:
            return None
        month = int(parts["month"]) if name is None else names.index(name) + 1
        try:
            day = datetime.date(int(parts["year"]), month, int(parts["day"]))
        except ValueError:
            return None
        return day if FIRST <= day <= LAST else None
    return None
