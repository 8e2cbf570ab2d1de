"""The gradient through time to take away: as a table, and as a picture of its three curves."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from core.figures import image
from core.figures.curves import Curve, picture
from core.figures.palette import GREY, INK, PAPER, Colour
from core.recurrent.cells import KINDS, Kind
from core.recurrent.through_time.gradient import Way

COLOURS: Mapping[Kind, Colour] = {"rnn": (230, 159, 0), "gru": (0, 158, 115), "lstm": (0, 114, 178)}
"""Okabe and Ito's, the same as on the page."""

_SIZE = (1920, 960)
_LEFT, _RIGHT, _TOP, _BOTTOM = 170, 90, 120, 110
_LINE = (217, 217, 212)


def table(ways: Mapping[Kind, Way]) -> bytes:
    """Every norm as CSV: step, steps before the loss, one column for each cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["step", "before the loss", *KINDS, "lstm, cell state alone"])
    length = len(ways["rnn"].norms)
    for t in range(length):
        norms = [ways[kind].norms[t] for kind in KINDS]
        writer.writerow([t + 1, length - 1 - t, *norms, ways["lstm"].path[t]])
    return text.getvalue().encode()


def png(ways: Mapping[Kind, Way]) -> bytes:
    """The three curves, norm against step, logarithmic."""
    picture = Image.new("RGB", _SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    width, height = _SIZE
    exponents = [math.log10(v) for kind in KINDS for v in ways[kind].norms if v > 0]
    low, high = math.floor(min(exponents)), max(0, math.ceil(max(exponents)))
    low = min(low, high - 1)
    length = len(ways["rnn"].norms)

    def place(t: int, value: float) -> tuple[float, float]:
        x = _LEFT + t / (length - 1) * (width - _LEFT - _RIGHT)
        share = (math.log10(value) - low) / (high - low)
        return x, height - _BOTTOM - share * (height - _TOP - _BOTTOM)

    draw.text((_LEFT, 50), "norm of dL/ds_t, 1 at the loss", INK, _font(), anchor="lm")
    for exponent in range(high, low - 1, -max(1, (high - low) // 8)):
        x, y = place(0, 10.0**exponent)
        draw.line((x, y, width - _RIGHT, y), _LINE, 2)
        _write(draw, (x - 20, y), "10", exponent, GREY)
    for t in (0, length - 1):
        draw.text((place(t, 1)[0], height - _BOTTOM + 30), f"t = {t + 1}", GREY, _font(), "mt")
    for kind in KINDS:
        points = [place(t, v) for t, v in enumerate(ways[kind].norms) if v > 0]
        draw.line(points, COLOURS[kind], 6)
    x = width - _RIGHT
    for kind in sorted(KINDS, key=lambda kind: ways[kind].norms[0]):  # above: room without curves
        digits, power = f"{ways[kind].norms[0]:.1e}".split("e")
        x -= round(_write(draw, (x, 50), f"{kind.upper()} {digits}·10", int(power), INK)) + 16
        draw.rectangle((x - 40, 46, x, 53), COLOURS[kind])
        x -= 80
    return image.png(picture)


def small(ways: Mapping[Kind, Way]) -> str:
    """The same for the map of the course, without axes, as the data URL of an SVG."""
    steps = np.arange(len(ways["rnn"].norms), dtype=np.float64)
    curves = []
    for kind in KINDS:
        with np.errstate(divide="ignore"):  # a norm of zero is left out
            norms = np.log10(np.asarray(ways[kind].norms, np.float64))
        colour = f"rgb({', '.join(map(str, COLOURS[kind]))})"
        curves.append(Curve(steps, norms, colour, kind.upper()))
    return picture([curves], width=320, height=112, margin=10)


def _write(
    draw: ImageDraw.ImageDraw, end: tuple[float, float], text: str, power: int, colour: Colour
) -> float:
    """Write a number that ends with a power of ten, right-aligned; return how wide it is.

    The font has no raised digits.
    """
    x, y = end
    raised = draw.textlength(str(power), _font(22))
    draw.text((x, y - 12), str(power), colour, _font(22), anchor="rm")
    draw.text((x - raised, y), text, colour, _font(), anchor="rm")
    return raised + draw.textlength(text, _font())


def _font(size: int = 32) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
