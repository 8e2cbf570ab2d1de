"""A network's table as plain values for the page, as CSV to take away, and as a thumbnail."""

from __future__ import annotations

import csv
import functools
import io
from typing import Any

from core.vision.architectures import ARCHITECTURES
from core.vision.architectures_formula import formulas
from core.vision.architectures_table import Row, table

COLUMNS = (
    *("layer", "kind", "outputs", "kernel", "stride", "padding", "groups", "parameters"),
    *("multiply_adds", "weight_bytes", "output_bytes", "field", "jump"),
)


@functools.cache
def sheet(name: str) -> dict[str, Any]:
    """The whole table with its sums and formulas, as plain values.

    Raises:
        ValueError: there is no such network.
    """
    found = table(name)
    architecture = ARCHITECTURES[name]
    return {
        "name": name,
        "year": architecture.year,
        "source": architecture.source,
        "address": architecture.address,
        "inputs": found.inputs,
        "parameters": found.parameters,
        "multiply_adds": found.multiply_adds,
        "output_bytes": found.output_bytes,
        "rows": [_plain(row) for row in found.rows],
    }


def _plain(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "kind": row.kind,
        "outputs": row.outputs,
        "kernel": row.kernel,
        "stride": row.stride,
        "padding": row.padding,
        "groups": row.groups,
        "parameters": row.parameters,
        "multiply_adds": row.multiply_adds,
        "weight_bytes": row.weight_bytes,
        "output_bytes": row.output_bytes,
        "field": vars(row.sees) if row.sees else None,
        "aside": row.aside,
        "formulas": formulas(row),
    }


def as_csv(name: str) -> bytes:
    """The table as CSV, a row a layer; a field that is empty sees the whole picture."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in table(name).rows:
        values = _plain(row) | {
            "layer": row.name,
            "outputs": "x".join(map(str, row.outputs)),
            "field": row.sees.size if row.sees else "",
            "jump": row.sees.jump if row.sees else "",
        }
        writer.writerow([values[column] for column in COLUMNS])
    return text.getvalue().encode()
