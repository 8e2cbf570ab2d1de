"""Everything that one forward pass computed, as a picture and as a table, to take away."""

import csv
import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.figures.sketch import Sketch, Tone, breadth
from core.vision import forward
from core.vision.hand import sample
from core.vision.question import DrawingQuestion
from core.vision.trace import LAYERS, SIGNED, Trace

COLUMNS = (("input",), ("conv1", "relu1", "pool1"), ("conv2", "relu2", "pool2"), ("fc1", "relu3"))
_BESIDE = {
    "conv1": 8,
    "relu1": 8,
    "pool1": 8,
    "conv2": 13,
    "relu2": 13,
    "pool2": 13,
    "fc1": 32,
    "relu3": 32,
    "input": 1,
}
_CELL = {
    "conv1": 28,
    "relu1": 28,
    "pool1": 28,
    "conv2": 21,
    "relu2": 21,
    "pool2": 21,
    "fc1": 5,
    "relu3": 5,
    "input": 140,
}
_GAP, _MARGIN, _HEADING, _BARS = 3, 24, 30, 210
_TITLE, _SMALL = 17, 15


def picture(
    run: Trace, probabilities: NDArray[np.float64] | list[float], names: Mapping[str, str]
) -> bytes:
    """All maps of all layers on one sheet, each map on its own scale, beside the ten probabilities.

    Args:
        run: the trace of one picture (B = 1).
        probabilities: (10,).
        names: what each layer, and "probabilities", is called in the language of the page.

    Returns:
        The bytes of an SVG file: its words are words.
    """
    columns = [[(name, _maps(run, name)) for name in column] for column in COLUMNS]
    widths = [max(maps.shape[1] for _, maps in column) for column in columns]
    height = max(
        sum(len(maps) + _HEADING for _, maps in column) + _MARGIN * (len(column) - 1)
        for column in columns
    )
    sketch = Sketch(sum(widths) + _MARGIN * (len(widths) + 2) + _BARS, height + 2 * _MARGIN)
    x = _MARGIN
    for column, width in zip(columns, widths, strict=True):
        y = _MARGIN
        for name, maps in column:
            shape = " × ".join(map(str, run[name].shape[1:]))
            sketch.text(x, y + 10, names[name], size=_TITLE)
            sketch.text(x + breadth(names[name], _TITLE) + 12, y + 10, shape, "grey", size=_SMALL)
            down, across = maps.shape
            signed = name in SIGNED
            sketch.pixels(maps, x, y + _HEADING, across, down, signed=signed, largest=1)
            y += down + _HEADING + _MARGIN
        x += width + _MARGIN
    _bars(sketch, x, names["probabilities"], [float(share) for share in probabilities])
    return sketch.svg()


def thumbnail(seed: int) -> str:
    """A sample as ink on paper, what eight filters make of it, the answer: a data URL."""
    question = DrawingQuestion(sample(seed))
    traced = forward.run(question)
    probabilities = forward.verdict(question, traced).probabilities
    sketch = Sketch(320, 112)
    ink = ((traced["input"][0, 0] + 1) / 2).numpy()
    sketch.pixels(ink, 8, 8, 96, 96, largest=1.0)
    strongest = traced["pool1"][0].sum((1, 2)).argsort(descending=True)[4:12].tolist()
    for place, index in enumerate(strongest):
        x, y = 116 + 40 * (place % 4), 18 + 40 * (place // 4)
        sketch.pixels(traced["pool1"][0, index].numpy(), x, y, 36, 36)
    digit = int(probabilities.argmax())
    sketch.text(296, 56, str(digit), "accent", anchor="middle", size=56)
    return sketch.url()


def table(run: Trace) -> bytes:
    """Every number of the pass as CSV: layer, map, row, column, value; float32 in full."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["layer", "map", "row", "column", "value"])
    for name in LAYERS:
        values = run[name][0].numpy()
        values = values.reshape(values.shape[0], *(values.shape[1:] or (1, 1)))
        writer.writerows((name, *index, str(value)) for index, value in np.ndenumerate(values))
    return text.getvalue().encode()


def _maps(run: Trace, name: str) -> NDArray[np.float32]:
    """The maps of a layer beside each other, a number for each pixel, as shares of its scale."""
    values = run[name][0].numpy()
    values = values.reshape(values.shape[0], *(values.shape[1:] or (1, 1)))
    beside, cell = _BESIDE[name], _CELL[name]
    gap = _GAP if values.shape[1] > 1 else 0
    # units share one scale
    over = np.abs(values).max((1, 2) if values.shape[1] > 1 else None, keepdims=True)
    shares = np.divide(values, over, out=np.zeros_like(values), where=over > 0)
    rows = -(-len(values) // beside)
    whole = np.zeros((rows * (cell + gap) - gap, beside * (cell + gap) - gap), np.float32)
    nearest = np.arange(cell) * values.shape[1] // cell
    for index, one in enumerate(shares):
        top, left = index // beside * (cell + gap), index % beside * (cell + gap)
        whole[top : top + cell, left : left + cell] = one[np.ix_(nearest, nearest)]
    return whole


def _bars(sketch: Sketch, x: float, heading: str, probabilities: list[float]) -> None:
    sketch.text(x, _MARGIN + 10, heading, size=_TITLE)
    best = max(range(10), key=probabilities.__getitem__)
    for digit, share in enumerate(probabilities):
        y = _MARGIN + _HEADING + 30 * digit + 10
        tone: Tone = "accent" if digit == best else "ink"
        sketch.text(x, y, str(digit), tone, size=_TITLE)
        sketch.rectangle(x + 22, y - 7, 1 + 110 * share, 14, fill=tone)
        sketch.text(x + 145, y, f"{100 * share:.1f}%", tone, size=_SMALL)
