"""How filters, padding, biases, weights set by hand and a cell are written in a lesson link.

Each pair is exactly inverse. Readers raise ValueError with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.schema import Refusal, mark
from core.vision.convolution import kernels
from core.vision.convolution.limits import FILTERS, NAMED_PADDINGS, OUTPUTS, PADDING, whole
from core.vision.convolution.question import Cell, Edits, check_number, checked_edits
from core.vision.convolution.setting import Padding


def write_filters(filters: Sequence[str]) -> str:
    """Names of kernels in a link."""
    return ",".join(filters)


def read_filters(text: str) -> tuple[str, ...]:
    """The inverse of `write_filters`."""
    names = tuple(text.split(","))
    whole("filters", len(names), FILTERS, OUTPUTS)
    return tuple(kernels.checked(name) for name in names)


def write_padding(padding: Padding) -> str:
    """Padding in a link."""
    return str(padding)


def read_padding(text: str) -> Padding:
    """The inverse of `write_padding`."""
    if text == "valid":
        return "valid"
    if text == "same":
        return "same"
    if not re.fullmatch(r"\d", text):
        raise Refusal(mark("Padding is a number, {names}."), names=tuple(NAMED_PADDINGS))
    return whole("padding", int(text), PADDING, mark("padding"))


def write_bias(bias: Sequence[float | None]) -> str:
    """Biases in a link; the filter's own is empty.

    >>> write_bias((None, 0.5))
    ',0.5'
    """
    return ",".join("" if number is None else repr(check_number(number)) for number in bias)


def read_bias(text: str) -> tuple[float | None, ...]:
    """The inverse of `write_bias`."""
    if not text:
        return ()
    parts = text.split(",")
    whole("filters", len(parts), FILTERS, OUTPUTS)
    return tuple(_read_number(part) if part else None for part in parts)


def write_edits(edits: Edits) -> str:
    """Weights set by hand, in a link.

    >>> write_edits((((0, 0, 1, 2), -0.5),))
    '0.0.1.2=-0.5'
    """
    return ",".join(f"{'.'.join(map(str, at))}={check_number(n)!r}" for at, n in edits)


def read_edits(text: str) -> Edits:
    """The inverse of `write_edits`."""
    parts = [re.fullmatch(r"(\d)\.(\d)\.(\d)\.(\d)=(.+)", p) for p in text.split(",") if p]
    if None in parts:
        raise Refusal(mark("Weights are set as 0.0.1.2=-0.5, separated by commas."))
    return checked_edits([[*map(int, p.groups()[:4]), _read_number(p[5])] for p in parts if p])


def write_place(cell: Cell | None) -> str:
    """A cell in a link: map, row, column; the middle is empty."""
    return "" if cell is None else f"{cell.map}.{cell.row}.{cell.column}"


def read_place(text: str) -> Cell | None:
    """The inverse of `write_place`."""
    if not text:
        return None
    if not re.fullmatch(r"\d\.\d{1,3}\.\d{1,3}", text):
        raise Refusal(mark("A cell is a map, a row and a column, such as 0.13.14."))
    return Cell(*map(int, text.split(".")))


def _read_number(text: str) -> float:
    if not re.fullmatch(r"-?[0-9.]{1,20}(e-?[0-9]{1,3})?", text):
        raise Refusal(mark("A weight is a number."))
    return check_number(float(text))
