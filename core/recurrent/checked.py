"""Values of a config, held to their limits: each failure is a sentence that names the field."""

from __future__ import annotations

import math
from collections.abc import Sequence


def whole(name: str, value: object, low: int, high: int) -> None:
    """Refuse what is no whole number from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{_spoken(name)} is a whole number from {low} to {high}.")


def number(name: str, value: object, low: float, high: float) -> None:
    """Refuse what is no number from `low` to `high`."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not low <= value <= high
    ):
        raise ValueError(f"{_spoken(name)} is a number from {low:g} to {high:g}.")


def one_of(name: str, value: object, choices: Sequence[str]) -> None:
    """Refuse what is none of the choices."""
    if value not in choices:
        raise ValueError(f"{_spoken(name)} is one of {', '.join(choices)}.")


def _spoken(name: str) -> str:
    return name.replace("_", " ").capitalize()
