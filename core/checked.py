"""Values from outside, held to their limits: each failure is a sentence that names the value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple


class Range(NamedTuple):
    """The least and the most that a number may be; `whole` if it counts something."""

    least: float
    most: float
    whole: bool = True


def whole(name: str, value: object, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`.

    Raises:
        ValueError: it is something else.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{_spoken(name)} is a whole number from {low} to {high}.")
    return value


def number(name: str, value: object, low: float, high: float) -> float:
    """Return a number from `low` to `high`.

    Raises:
        ValueError: it is something else.
    """
    found = finite(value)
    if found is None or not low <= found <= high:
        raise ValueError(f"{_spoken(name)} is a number from {low:g} to {high:g}.")
    return found


def one_of(name: str, value: object, choices: Sequence[object]) -> None:
    """Refuse what is none of the choices.

    Raises:
        ValueError: it is none of them.
    """
    if isinstance(value, bool) or value not in choices:
        raise ValueError(f"{_spoken(name)} is one of {', '.join(map(str, choices))}.")


def within(field: str, value: object, limits: Range) -> float | int:
    """Return the value of a field, as int where it counts something; 3.0 counts as 3.

    Raises:
        ValueError: it is no such number, or beyond the limits.
    """
    least, most, counts = limits
    found = finite(value)
    if found is None or not least <= found <= most or (counts and found != int(found)):
        what = "a whole number" if counts else "a number"
        raise ValueError(f"{field} is {what} from {least:g} to {most:g}, not {short(value)}.")
    return int(found) if counts else found


def finite(value: object) -> float | None:
    """A finite number as float; None for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
        return None
    return float(value) if math.isfinite(value) else None


def short(value: Any) -> str:
    """What was given instead, at most 40 characters of it."""
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _spoken(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
