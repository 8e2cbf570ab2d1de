"""What can be taken away: the weights as a picture, and every number on the way as a table."""

from __future__ import annotations

import base64
import csv
import functools
import io

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from core.attention.steps import PER_HEAD, Steps, steps
from core.attention.steps_question import Question, example, read_words
from core.attention.steps_words import ASKED
from core.figures.palette import ACCENT, GREY, INK, PAPER, paint

SIDE = 30
"""Pixels of a weight."""
ACROSS, DOWN = 110, 90
"""Room for the names of rows and columns."""


def table(run: Steps) -> bytes:
    """Every number as CSV in UTF-8: matrix, head, row, column, value; heads count from 1."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("matrix", "head", "row", "column", "value"))
    for name, values in run.values.items():
        if name == "heads":  # the same numbers as Z
            continue
        for index, value in np.ndenumerate(values.numpy()):
            head = index[0] + 1 if name in PER_HEAD else ""
            writer.writerow((name, head, *index[-2:], f"{value:.9g}"))
    return text.getvalue().encode()


def picture(run: Steps, row: int, column: int) -> bytes:
    """The weights of the first head, with one row and its winner marked, as PNG."""
    weights = run["A"][0].numpy()
    n, m = weights.shape
    image = Image.new("RGB", (ACROSS + m * SIDE + 12, DOWN + n * SIDE + 12), PAPER)
    squares = Image.fromarray(paint(weights, signed=False, largest=1.0))
    image.paste(squares.resize((m * SIDE, n * SIDE), Image.Resampling.NEAREST), (ACROSS, DOWN))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(17)
    for i, word in enumerate(run.question.asking):
        y = DOWN + i * SIDE + SIDE // 2
        draw.text((ACROSS - 8, y), word, ACCENT if i == row else INK, font, anchor="rm")
    for j, word in enumerate(run.question.looked_at):
        label = Image.new("L", (DOWN, SIDE), 0)
        ImageDraw.Draw(label).text((8, SIDE // 2), word, 255, font, anchor="lm")
        turned = label.rotate(90, expand=True)
        colour = ACCENT if j == column else INK
        image.paste(colour, (ACROSS + j * SIDE, 0), turned)
    draw.rectangle((ACROSS, DOWN, ACROSS + m * SIDE, DOWN + n * SIDE), outline=GREY)
    x, y = ACROSS + column * SIDE, DOWN + row * SIDE
    draw.rectangle((ACROSS, y, ACROSS + m * SIDE, y + SIDE), outline=ACCENT, width=2)
    draw.rectangle((x, y, x + SIDE, y + SIDE), outline=ACCENT, width=4)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@functools.cache
def thumbnail() -> str:
    """The weights of the example, computed here and now, as the data URL of a PNG."""
    words = read_words(example("en")[0])
    asked, answered = (words.index(word) for word in ASKED["en"])
    made = picture(steps(Question(words)), asked, answered)
    return f"data:image/png;base64,{base64.b64encode(made).decode()}"
