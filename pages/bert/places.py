"""Fields of places in a text: hidden words, and the head of a network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.attention.places import read_pair, write_pair
from core.schema import Refusal, custom, mark

MOST = 128
"""Places that can be hidden: no text has more."""


def read_places(written: str) -> tuple[int, ...] | None:
    """Places in the text of a link: none chosen, or nothing hidden, or some.

    >>> read_places(""), read_places("none"), read_places("3.7")
    (None, (), (3, 7))

    Raises:
        ValueError: they are no places.
    """
    if not written:
        return None
    return () if written == "none" else _checked(int(part) for part in written.split("."))


def write_places(places: Iterable[int] | None) -> str:
    """The text of `read_places`."""
    return "" if places is None else ".".join(map(str, _checked(places))) or "none"


def _checked(places: Iterable[int]) -> tuple[int, ...]:
    places_ = tuple(places)
    if len(places_) > MOST or any(type(at) is not int or not 0 <= at < MOST for at in places_):
        raise Refusal(mark("Hidden words are given by their places."))
    return tuple(sorted(set(places_)))


def _from_json(raw: Any) -> tuple[int, ...] | None:
    return None if raw is None else tuple(int(at) for at in raw)


def _as_json(places: Iterable[int] | None) -> list[int] | None:
    return None if places is None else list(places)


HIDDEN = custom(None, read_places, write_places, _from_json, _as_json)
"""Hidden places; None: those of the example."""
HEAD = custom(None, read_pair, write_pair, _from_json, _as_json)
"""Layer and head; None: none chosen."""
