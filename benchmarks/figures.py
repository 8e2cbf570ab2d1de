"""What is measured: each figure with its key, its unit and its goal, and the function behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

DIGITS = {"ms": 1, "s": 1, "per s": 1, "kB": 0, "share": 4, "ratio": 2} | dict.fromkeys(
    (
        "points",
        "lines",
        "rows",
        "words",
        "files",
        "MB",
        "asked",
        "found",
        "px",
        "browsers",
        "pens",
        "phones",
        "lost",
    ),
    0,
)
"""Places after the point, by unit; an "error" is written as a power of ten."""
BARE = ("share", "ratio", "error")
"""Units that are not written."""


@dataclass(frozen=True)
class Figure:
    """One number that can be measured, and where it should be."""

    key: str
    what: str
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def goal(self) -> float | list[float] | None:
        """The goal as it is written into the results: a bound, or both."""
        bounds = [bound for bound in (self.at_least, self.at_most) if bound is not None]
        return bounds if len(bounds) > 1 else bounds[0] if bounds else None

    def reached(self, value: float) -> bool:
        """Whether a value is within the goal."""
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)

    def written(self, value: float) -> str:
        """A value with its unit, as it is read."""
        number = f"{value:.1e}" if self.unit == "error" else f"{value:.{DIGITS[self.unit]}f}"
        return number if self.unit in BARE else f"{number} {self.unit}"

    @property
    def wanted(self) -> str:
        """The goal, as it is read."""
        unit = "" if self.unit in BARE else f" {self.unit}"
        if self.at_least is not None and self.at_most is not None:
            return f"{self.at_least:g} to {self.at_most:g}{unit}"
        if self.at_least is not None:
            return f"at least {self.at_least:g}{unit}"
        return f"at most {self.at_most:g}{unit}" if self.at_most is not None else ""


Values = dict[str, float]
Measurement = tuple[Sequence[Figure], Callable[[], Values]]

MEASUREMENTS: list[Measurement] = []
"""All of them, in the order of the README's table."""


class Unmeasured(Exception):
    """A figure that cannot be measured here; the sentence says why."""


def measures(*figures: Figure) -> Callable[[Callable[[], Values]], Callable[[], Values]]:
    """Declare that a function measures these figures: it returns a value for each key."""

    def declare(function: Callable[[], Values]) -> Callable[[], Values]:
        MEASUREMENTS.append((figures, function))
        return function

    return declare


def figures() -> list[Figure]:
    """Every figure there is."""
    return [figure for declared, _ in MEASUREMENTS for figure in declared]


def chosen(names: Sequence[str]) -> list[Measurement]:
    """The measurements with a key that is, or begins with, one of the names; without names all.

    Raises:
        ValueError: a name that no key begins with.
    """
    for name in names:
        if not any(_begins(figure.key, name) for figure in figures()):
            known = ", ".join(figure.key for figure in figures())
            raise ValueError(f"Nothing is called {name}; there are {known}.")
    return [
        measurement
        for measurement in MEASUREMENTS
        if not names or any(_begins(f.key, name) for f in measurement[0] for name in names)
    ]


def _begins(key: str, name: str) -> bool:
    return f"{key}.".startswith(f"{name}.")
