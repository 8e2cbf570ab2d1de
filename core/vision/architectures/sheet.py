"""A network's table as plain values for the page, as CSV to take away, and as a picture."""

from __future__ import annotations

import csv
import functools
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from core.figures import image
from core.figures.palette import GREY, INK, PAPER
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


def png(names: Sequence[str]) -> bytes:
    """Networks as blocks on one logarithmic scale, one below the other."""
    return image.png(picture(names))


def picture(names: Sequence[str], wide: int = 1240, tall: int = 250) -> Image.Image:
    """The same as a picture in memory.

    Args:
        names: of the networks.
        wide: pixels of the picture.
        tall: pixels for each network.
    """
    shown = Image.new("RGB", (wide, tall * len(names)), PAPER)
    draw = ImageDraw.Draw(shown)
    size = tall / 26
    room = min(_room(name, wide) for name in names)
    highest = max(math.log2(table(name).inputs[1] + 1) for name in names)
    for place, name in enumerate(names):
        network, top = table(name), place * tall
        text = f"{name}: {network.parameters:,} parameters, {network.multiply_adds:,} multiply-adds"
        draw.text((24, top + 2 * size), text, INK, ImageFont.load_default(2 * size))
        x = 24.0
        for shape, kind in [(network.inputs, ""), *((r.outputs, r.kind) for r in network.rows)]:
            across = math.log2(shape[0] + 1) * room
            side = math.log2((shape[1] if len(shape) > 1 else 1) + 1) / highest * 17 * size
            box = (x, top + 15 * size - side / 2, x + across, top + 15 * size + side / 2)
            fill = PAPER if kind in ("", "fc", "distances") else INK if _learns(kind) else GREY
            draw.rectangle(box, fill=fill, outline=INK if kind else GREY)
            x += across + _GAP
    return shown


_GAP = 12


def _learns(kind: str) -> bool:
    return kind in ("conv", "sparse")


def _room(name: str, wide: int) -> float:
    """Pixels for one doubling of the maps, so that the network fits."""
    network = table(name)
    shapes = [network.inputs, *(row.outputs for row in network.rows)]
    total = sum(math.log2(shape[0] + 1) for shape in shapes)
    return (wide - 48 - _GAP * len(shapes)) / total


def thumbnail(said: Mapping[str, str]) -> str:
    """Networks as blocks, one below the other, as the data URL of an SVG.

    Args:
        said: what stands above each network, by its name.
    """
    wide, tall, gap = 320, 56, 4
    sketch = Sketch(wide, tall * len(said))
    shapes = {name: [table(name).inputs, *(r.outputs for r in table(name).rows)] for name in said}
    highest = max(math.log2(each[0][1] + 1) for each in shapes.values())
    room = min(
        (wide - 16 - gap * len(each)) / sum(math.log2(shape[0] + 1) for shape in each)
        for each in shapes.values()
    )
    for place, (name, text) in enumerate(said.items()):
        sketch.text(8, place * tall + 12, text)
        x, y = 8.0, place * tall + 37
        for shape, kind in zip(
            shapes[name], ("", *(r.kind for r in table(name).rows)), strict=True
        ):
            across = math.log2(shape[0] + 1) * room
            side = math.log2((shape[1] if len(shape) > 1 else 1) + 1) / highest * 32
            empty = kind in ("", "fc", "distances")
            fill: Tone = "paper" if empty else "ink" if _learns(kind) else "grey"
            line: Tone = "ink" if kind else "grey"
            sketch.rectangle(x, y - side / 2, across, side, fill=fill, line=line)
            x += across + gap
    return sketch.url()


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
