"""Everything that one forward pass computed, as a picture and as a table, to take away."""

import csv
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from core.figures import image
from core.figures.palette import ACCENT, GREY, INK, PAPER, paint
from core.figures.sketch import Sketch
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


def png(run: Trace, probabilities: NDArray[np.float64] | list[float]) -> bytes:
    """All maps of all layers on one sheet, each map on its own scale, beside the ten probabilities.

    Args:
        run: the trace of one picture (B = 1).
        probabilities: (10,).
    """
    return image.png(sheet(run, probabilities))


def sheet(run: Trace, probabilities: NDArray[np.float64] | list[float]) -> Image.Image:
    """The same as a picture in memory."""
    columns = [[(name, _maps(run, name)) for name in names] for names in COLUMNS]
    widths = [max(maps.width for _, maps in column) for column in columns]
    height = max(
        sum(maps.height + _HEADING for _, maps in column) + _MARGIN * (len(column) - 1)
        for column in columns
    )
    size = (sum(widths) + _MARGIN * (len(widths) + 2) + _BARS, height + 2 * _MARGIN)
    picture = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(picture)
    x = _MARGIN
    for column, width in zip(columns, widths, strict=True):
        y = _MARGIN
        for name, maps in column:
            shape = " x ".join(map(str, run[name].shape[1:]))
            draw.text((x, y), name, INK, _font(17))
            draw.text(
                (x + draw.textlength(f"{name} ", _font(17)) + 4, y + 2), shape, GREY, _font(15)
            )
            picture.paste(maps, (x, y + _HEADING))
            y += maps.height + _HEADING + _MARGIN
        x += width + _MARGIN
    _bars(draw, x, [float(share) for share in probabilities])
    return picture


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


def _tile(colours: NDArray[np.uint8], side: int) -> Image.Image:
    return Image.fromarray(colours).resize((side, side), Image.Resampling.NEAREST)


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


def _maps(run: Trace, name: str) -> Image.Image:
    values = run[name][0].numpy()
    values = values.reshape(values.shape[0], *(values.shape[1:] or (1, 1)))
    beside, cell = _BESIDE[name], _CELL[name]
    gap = _GAP if values.shape[1] > 1 else 0
    rows = -(-len(values) // beside)
    whole = Image.new("RGB", (beside * (cell + gap) - gap, rows * (cell + gap) - gap), PAPER)
    largest = float(np.abs(values).max()) if values.shape[1] == 1 else None  # units share one scale
    for index, one in enumerate(values):
        tile = _tile(paint(one, name in SIGNED, largest), cell)
        whole.paste(tile, (index % beside * (cell + gap), index // beside * (cell + gap)))
    return whole


def _bars(draw: ImageDraw.ImageDraw, x: int, probabilities: list[float]) -> None:
    draw.text((x, _MARGIN), "softmax", INK, _font(17))
    best = max(range(10), key=probabilities.__getitem__)
    for digit, share in enumerate(probabilities):
        y = _MARGIN + _HEADING + 30 * digit
        colour = ACCENT if digit == best else INK
        draw.text((x, y), str(digit), colour, _font(17))
        draw.rectangle((x + 22, y + 3, x + 23 + round(share * 110), y + 17), fill=colour)
        draw.text((x + 145, y), f"{100 * share:.1f}%", colour, _font(15))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
