"""Values of a convolution's question that no plain field holds: filters, padding, biases, edits.

Each has a pair of functions for a lesson link, exactly inverse, and one that reads it from JSON.
All readers raise `Refusal`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from core.schema import Message, Record, Refusal, custom, mark, whole
from core.vision.convolution import kernels
from core.vision.convolution.limits import (
    FILTERS,
    LARGEST_NUMBER,
    NAMED_PADDINGS,
    OUTPUTS,
    PADDING,
    within,
)

MAX_EDITS = 400
Padding = int | Literal["same", "valid"]
Edit = tuple[int, int, int, int]
"""Filter, its input channel counted within its group, row, column."""
Edits = tuple[tuple[Edit, float], ...]


@dataclass(frozen=True)
class OutputCell(Record):
    """A number of the output."""

    map: int = whole(0, 0, 9)
    row: int = whole(0, 0, 999)
    column: int = whole(0, 0, 999)


# -- filters --------------------------------------------------------------------------------------


def filters() -> Any:
    """Declare the kernel of each output channel, by name."""
    return custom(("sobel_x",), read_filters, write_filters, checked_filters, list)


def checked_filters(raw: object) -> tuple[str, ...]:
    """Names of kernels, as a list."""
    names = tuple(_list(raw, mark("filters")))
    within("filters", len(names), FILTERS, OUTPUTS)
    return tuple(kernels.checked(name) for name in names)


def write_filters(filters: Sequence[str]) -> str:
    """Names of kernels in a link."""
    return ",".join(filters)


def read_filters(text: str) -> tuple[str, ...]:
    """The inverse of `write_filters`."""
    return checked_filters(text.split(","))


# -- padding --------------------------------------------------------------------------------------


def padding() -> Any:
    """Declare a padding, a number, "valid" or "same"."""
    return custom(0, read_padding, str, checked_padding, lambda padding: padding)


def checked_padding(raw: object) -> Padding:
    """A padding as it is."""
    if raw == "valid" or raw == "same":
        return raw
    if not isinstance(raw, int):
        raise Refusal(mark("Padding is a number, {names}."), names=tuple(NAMED_PADDINGS))
    return within("padding", raw, PADDING, mark("padding"))


def read_padding(text: str) -> Padding:
    """A padding in a link."""
    return checked_padding(int(text) if re.fullmatch(r"\d", text) else text)


# -- numbers set by hand --------------------------------------------------------------------------


def bias() -> Any:
    """Declare biases: of each output channel a number, or None for the filter's own."""
    return custom((), read_bias, write_bias, checked_bias, list)


def checked_bias(raw: object) -> tuple[float | None, ...]:
    """Biases, as a list of numbers and nulls."""
    numbers = _list(raw, mark("bias"))
    if len(numbers) > FILTERS[1]:
        raise Refusal(mark("There are more biases than filters."))
    return tuple(None if number is None else checked_number(number) for number in numbers)


def write_bias(bias: Sequence[float | None]) -> str:
    """Biases in a link; the filter's own is empty.

    >>> write_bias((None, 0.5))
    ',0.5'
    """
    return ",".join("" if number is None else repr(checked_number(number)) for number in bias)


def read_bias(text: str) -> tuple[float | None, ...]:
    """The inverse of `write_bias`."""
    parts = text.split(",") if text else []
    return checked_bias([_read_number(part) if part else None for part in parts])


def edits() -> Any:
    """Declare weights that stand instead of the named ones."""
    return custom(
        (),
        read_edits,
        write_edits,
        checked_edits,
        lambda edits: [[*at, number] for at, number in edits],
    )


def checked_edits(raw: object) -> Edits:
    """Weights set by hand, each [filter, channel, row, column, number]; of two for one, the later.

    >>> checked_edits([[0, 0, 1, 2, 1], [0, 0, 1, 2, -0.5]])
    (((0, 0, 1, 2), -0.5),)
    """
    listed = _list(raw, mark("edits"))
    if len(listed) > MAX_EDITS:
        raise Refusal(mark("At most {most} weights are set by hand at once."), most=MAX_EDITS)
    result: dict[Edit, float] = {}
    for edit in listed:
        if not isinstance(edit, list) or len(edit) != 5:
            raise Refusal(
                mark("A weight set by hand is filter, channel, row, column and the number.")
            )
        o, i, row, column, number = edit
        if any(type(index) is not int or not 0 <= index < 8 for index in (o, i, row, column)):
            raise Refusal(
                mark("A weight set by hand stands in a filter, a channel, a row, a column.")
            )
        result[o, i, row, column] = checked_number(number)
    return tuple(result.items())


def write_edits(edits: Edits) -> str:
    """Weights set by hand, in a link.

    >>> write_edits((((0, 0, 1, 2), -0.5),))
    '0.0.1.2=-0.5'
    """
    return ",".join(f"{'.'.join(map(str, at))}={checked_number(n)!r}" for at, n in edits)


def read_edits(text: str) -> Edits:
    """The inverse of `write_edits`."""
    parts = [re.fullmatch(r"(\d)\.(\d)\.(\d)\.(\d)=(.+)", p) for p in text.split(",") if p]
    if None in parts:
        raise Refusal(mark("Weights are set as 0.0.1.2=-0.5, separated by commas."))
    return checked_edits([[*map(int, p.groups()[:4]), _read_number(p[5])] for p in parts if p])


def checked_number(number: object) -> float:
    """A number that may be set by hand, as float: finite, and not too large."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise Refusal(mark("A weight is a number."))
    if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
        raise Refusal(mark("A number is set between −{most} and {most}."), most=LARGEST_NUMBER)
    return float(number)


def _read_number(text: str) -> float:
    if not re.fullmatch(r"-?[0-9.]{1,20}(e-?[0-9]{1,3})?", text):
        raise Refusal(mark("A weight is a number."))
    return float(text)


def _list(raw: object, name: Message) -> list[Any]:
    if not isinstance(raw, list):
        raise Refusal(mark("{name} is a list."), name=name)
    return raw
