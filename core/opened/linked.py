"""A number of a trace as it stands in a link and in a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.opened.parts import Cell
from core.schema import Refusal, custom, mark

NUMBER = mark("A number is an array and its places, such as layer_0_attention_q.2.8.5.")


def _read_number(written: str) -> Cell | None:
    array, *places = written.split(".")
    if not written:
        return None
    if not array.isidentifier() or not all(p.isascii() and p.isdigit() for p in places):
        raise Refusal(NUMBER)
    return Cell(array, tuple(int(place) - 1 for place in places))


def _write_number(cell: Cell | None) -> str:
    return "" if cell is None else ".".join([cell.array, *(str(i + 1) for i in cell.index)])


def _number_of_json(raw: object) -> Cell | None:
    if raw is None or isinstance(raw, Cell):
        return raw
    if not isinstance(raw, Mapping) or set(raw) != {"array", "index"}:
        raise Refusal(NUMBER)
    array, index = raw["array"], raw["index"]
    if not isinstance(array, str) or not isinstance(index, list):
        raise Refusal(NUMBER)
    return Cell(array, tuple(index))


def _number_to_json(cell: Cell | None) -> dict[str, Any] | None:
    return None if cell is None else {"array": cell.array, "index": list(cell.index)}


NUMBER_FIELD: Any = custom(
    None, _read_number, _write_number, _number_of_json, _number_to_json
).named("number")
"""Declares a number of an array that may be None: in a link its name, and its places from 1.

>>> NUMBER_FIELD.parse("layer_0_attention_q.2.8.5")
Cell(array='layer_0_attention_q', index=(1, 7, 4))
"""
