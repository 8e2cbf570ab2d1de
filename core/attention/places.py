"""How heads, words and cuts are written in a lesson link; they count from 1, as on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.attention.trained.knockout import MAX_CUTS, Cut
from core.attention.trained.model import MAX_WORDS
from core.schema import OutOfRange, Refusal, mark

_ALL = "x"
_PAIR = re.compile(r"([1-9][0-9]?)\.([1-9][0-9]?)")
_PLACE = r"(?:x|[1-9][0-9]?)"
_CUT = re.compile(rf"{_PLACE}(?:\.{_PLACE}){{3}}")


def read_pair(text: str) -> tuple[int, int] | None:
    """A layer and a head, or two words; nothing for an empty text.

    >>> read_pair("2.1")
    (1, 0)

    Raises:
        ValueError: it is neither.
    """
    if not text:
        return None
    found = _PAIR.fullmatch(text)
    if not found:
        raise Refusal(mark("A pair is two numbers with a point between them, such as 2.1."))
    first, second = (_counted(part) for part in found.groups())
    return first, second


def write_pair(pair: Sequence[int] | None) -> str:
    """The text of `read_pair`."""
    return "" if pair is None else ".".join(str(place + 1) for place in pair)


def read_cuts(text: str) -> tuple[Cut, ...]:
    """Cuts, each layer.head.from.to with x for all of them.

    >>> read_cuts("x.x.8.2_2.1.x.x")[1]
    Cut(layer=1, head=0, source=None, target=None)

    Raises:
        ValueError: they are not written so, or too many.
    """
    parts = text.split("_") if text else []
    if len(parts) > MAX_CUTS or not all(_CUT.fullmatch(part) for part in parts):
        raise Refusal(mark("At most {most} cuts, each layer.head.from.to."), most=MAX_CUTS)
    return tuple(
        Cut(*(None if place == _ALL else _counted(place) for place in part.split(".")))
        for part in parts
    )


def write_cuts(cuts: Sequence[Cut]) -> str:
    """The text of `read_cuts`."""
    return "_".join(
        ".".join(
            _ALL if place is None else str(place + 1)
            for place in (cut.layer, cut.head, cut.source, cut.target)
        )
        for cut in cuts
    )


def _counted(text: str) -> int:
    if int(text) > MAX_WORDS:
        raise OutOfRange(mark("Nothing here counts beyond {most}."), most=MAX_WORDS)
    return int(text) - 1
