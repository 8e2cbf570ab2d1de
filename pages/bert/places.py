"""Hidden places of a sentence as the text of a lesson link."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 128
"""Places that can be hidden: no text has more."""


def read_places(written: str) -> tuple[int, ...] | None:
    """Places: none chosen, or nothing hidden, or some.

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
    found = tuple(places)
    if len(found) > MOST or any(type(at) is not int or not 0 <= at < MOST for at in found):
        raise ValueError("no places of a text.")
    return tuple(sorted(set(found)))
