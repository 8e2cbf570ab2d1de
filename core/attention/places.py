"""How a head, or two words, are written in a lesson link; they count from 1, as on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from core.schema import OutOfRange, Refusal, custom, mark

MOST = 64
"""Words of the longest sentence: no layer, head or word counts beyond."""
_PAIR = re.compile(r"([1-9][0-9]?)\.([1-9][0-9]?)")
PAIR = mark("A pair is two numbers with a point between them, such as 2.1.")

Pair = tuple[int, int]


def pair() -> Any:
    """Declare a field for a pair that may be None: in JSON a list of two, counted from 0."""
    return custom(None, read_pair, write_pair, _from_json, _to_json)


def read_pair(text: str) -> Pair | None:
    """A layer and a head, or two words; nothing for an empty text.

    >>> read_pair("2.1")
    (1, 0)

    Raises:
        Refusal: it is neither.
    """
    if not text:
        return None
    written = _PAIR.fullmatch(text)
    if not written:
        raise Refusal(PAIR)
    first, second = map(counted, written.groups())
    return first, second


def write_pair(pair: Sequence[int] | None) -> str:
    """The text of `read_pair`."""
    return "" if pair is None else ".".join(str(place + 1) for place in pair)


def _from_json(raw: object) -> Pair | None:
    if raw is None:
        return None
    if not isinstance(raw, list | tuple) or len(raw) != 2:
        raise Refusal(PAIR)
    first, second = map(_place, raw)
    return first, second


def _to_json(pair: Pair | None) -> list[int] | None:
    return None if pair is None else list(pair)


def counted(text: str) -> int:
    """A place that counts from 1 in a link, counted from 0."""
    return _place(int(text) - 1)


def _place(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Refusal(PAIR)
    if value >= MOST:
        raise OutOfRange(mark("Nothing here counts beyond {most}."), most=MOST)
    return value
