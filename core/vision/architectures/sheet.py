"""A network's table as plain values for the page, as CSV to take away, and as a picture."""

from __future__ import annotations

import csv
import functools
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from core.figures.sketch import Sketch, Tone
from core.vision.architectures.formula import formulas
from core.vision.architectures.published import ARCHITECTURES
from core.vision.architectures.stacks import RUNNING
from core.vision.architectures.table import Field, Row, table

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
    network = table(name)
    architecture = ARCHITECTURES[name]
    return {
        "name": name,
        "year": architecture.year,
        "source": architecture.source,
        "address": architecture.address,
        "inputs": network.inputs,
        "runs": name in RUNNING,
        "parameters": network.parameters,
        "multiply_adds": network.multiply_adds,
        "output_bytes": network.output_bytes,
        "rows": [_plain(row) for row in network.rows],
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


def _learns(kind: str) -> bool:
    return kind in ("conv", "sparse")


def thumbnail(said: Mapping[str, str]) -> str:
    """Networks as blocks, one below the other, as the data URL of an SVG.

    Args:
        said: what stands above each network, by its name.
    """
    return _blocks(said, _Size(320, 56, 4, 14, 37, 32)).url()


def picture(said: Mapping[str, str]) -> bytes:
    """The same, large, as an SVG to take away."""
    return _blocks(said, _Size(1240, 250, 12, 20, 144, 160)).svg()


class _Size(NamedTuple):
    """Pixels.

    Attributes:
        wide: of the picture.
        tall: of each network.
        gap: between two maps.
        words: of what is said above them.
        middle: where the middle of the maps lies.
        most: height of the tallest.
    """

    wide: float
    tall: float
    gap: float
    words: float
    middle: float
    most: float


def _blocks(said: Mapping[str, str], size: _Size) -> Sketch:
    """Networks as blocks on one logarithmic scale, one below the other."""
    wide, tall, gap, words, middle, most = size
    margin = 2 * gap
    sketch = Sketch(wide, tall * len(said))
    shapes = {name: [table(name).inputs, *(r.outputs for r in table(name).rows)] for name in said}
    highest = max(math.log2(each[0][1] + 1) for each in shapes.values())
    room = min(
        (wide - 2 * margin - gap * len(each)) / sum(math.log2(shape[0] + 1) for shape in each)
        for each in shapes.values()
    )
    for place, (name, text) in enumerate(said.items()):
        sketch.text(margin, place * tall + 0.85 * words, text, size=words)
        x, y = float(margin), place * tall + middle
        for shape, kind in zip(
            shapes[name], ("", *(r.kind for r in table(name).rows)), strict=True
        ):
            across = math.log2(shape[0] + 1) * room
            side = math.log2((shape[1] if len(shape) > 1 else 1) + 1) / highest * most
            empty = kind in ("", "fc", "distances")
            fill: Tone = "paper" if empty else "ink" if _learns(kind) else "grey"
            line: Tone = "ink" if kind else "grey"
            sketch.rectangle(x, y - side / 2, across, side, fill=fill, line=line)
            x += across + gap
    return sketch


@dataclass(frozen=True)
class Shares:
    """Where a network's weights and work are."""

    parameters: int
    fc_parameters: int
    parameters_in_fc: float
    products_in_fc: float


def shares(name: str) -> Shares:
    """How much of a network is in its fully connected layers."""
    network = table(name)
    flat = [row for row in network.rows if row.kind == "fc"]
    weights = sum(row.parameters for row in flat)
    products = sum(row.multiply_adds for row in flat)
    return Shares(
        network.parameters, weights, weights / network.parameters, products / network.multiply_adds
    )


def stacked(count: int = 3, kernel: int = 3) -> Field:
    """What one number sees after several convolutions with stride 1."""
    seen = Field()
    for _ in range(count):
        seen = seen.through(kernel, 1, 0)
    return seen
