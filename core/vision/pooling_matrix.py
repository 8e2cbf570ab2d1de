"""A small matrix that a person types: its limits, and how a lesson link holds it."""

from __future__ import annotations

import math

Matrix = tuple[tuple[float, ...], ...]

SIDE = (1, 12)
LARGEST = 100.0
EXAMPLE: Matrix = (
    (1, 3, 2, 1, 0, 4),
    (2, 9, 1, 1, 5, 2),
    (1, 3, 2, 3, 0, 1),
    (5, 6, 1, 2, 7, 3),
    (0, 2, 4, 4, 1, 1),
    (3, 1, 0, 8, 2, 6),
)


def matrix(raw: object) -> Matrix:
    """Take a matrix from nested lists.

    Raises:
        ValueError: it is empty, too large, not a rectangle, or holds what is no number in bounds.
    """
    low, high = SIDE
    if not isinstance(raw, list | tuple) or not low <= len(raw) <= high:
        raise ValueError(f"A matrix has {low} to {high} rows.")
    rows: list[tuple[float, ...]] = []
    for line in raw:
        if not isinstance(line, list | tuple) or not low <= len(line) <= high:
            raise ValueError(f"A row has {low} to {high} numbers.")
        rows.append(tuple(_number(value) for value in line))
    if len({len(line) for line in rows}) > 1:
        raise ValueError("All rows of a matrix are equally long.")
    return tuple(rows)


def write(values: Matrix) -> str:
    """A matrix as text.

    >>> write(((1.0, -2.5), (0.0, 3.0)))
    '1,-2.5;0,3'
    """
    return ";".join(",".join(f"{value:.6g}" for value in line) for line in matrix(values))


def read(text: str) -> Matrix:
    """The inverse of `write`.

    >>> read("1,-2.5;0,3")
    ((1.0, -2.5), (0.0, 3.0))
    """
    try:
        return matrix([[float(part) for part in line.split(",")] for line in text.split(";")])
    except ValueError as error:
        raise ValueError(f"A matrix is written as 1,2;3,4. {error}") from None


def _number(value: object) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or abs(value) > LARGEST
    ):
        raise ValueError(f"Numbers lie between −{LARGEST:g} and {LARGEST:g}.")
    return float(value)
