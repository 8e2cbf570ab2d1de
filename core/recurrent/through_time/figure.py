"""The gradient through time to take away: as a table, and as a picture of its three curves."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping

import numpy as np

from core.figures.curves import Curve, picture
from core.figures.palette import Colour, css
from core.figures.sketch import Sketch, breadth
from core.recurrent.cells import KINDS, Kind
from core.recurrent.through_time.gradient import Way

COLOURS: Mapping[Kind, Colour] = {"rnn": (230, 159, 0), "gru": (0, 158, 115), "lstm": (0, 114, 178)}
"""Okabe and Ito's, the same as on the page."""

_SIZE = (1920, 960)
_LEFT, _RIGHT, _TOP, _BOTTOM = 170, 90, 120, 110
_WORDS = 32
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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


def chart(ways: Mapping[Kind, Way], title: str) -> bytes:
    """The three curves, norm against step, logarithmic, as SVG; the title stands above them."""
    width, height = _SIZE
    sketch = Sketch(width, height)
    exponents = [math.log10(v) for kind in KINDS for v in ways[kind].norms if v > 0]
    low, high = math.floor(min(exponents)), max(0, math.ceil(max(exponents)))
    low = min(low, high - 1)
    length = len(ways["rnn"].norms)

    def place(t: int, value: float) -> tuple[float, float]:
        x = _LEFT + t / (length - 1) * (width - _LEFT - _RIGHT)
        share = (math.log10(value) - low) / (high - low)
        return x, height - _BOTTOM - share * (height - _TOP - _BOTTOM)

    sketch.text(_LEFT, 50, title, size=_WORDS)
    for exponent in range(high, low - 1, -max(1, (high - low) // 8)):
        x, y = place(0, 10.0**exponent)
        sketch.line([(x, y), (width - _RIGHT, y)], "line")
        power = f"10{str(exponent).translate(_RAISED)}"
        sketch.text(x - 20, y, power, "grey", anchor="end", size=_WORDS)
    for t in (0, length - 1):
        x, y = place(t, 1)[0], height - _BOTTOM + 45
        sketch.text(x, y, f"t = {t + 1}", "grey", anchor="middle", size=_WORDS)
    for kind in KINDS:
        points = [place(t, v) for t, v in enumerate(ways[kind].norms) if v > 0]
        sketch.line(points, css(COLOURS[kind]), 6)
    x = width - _RIGHT
    for kind in sorted(KINDS, key=lambda kind: ways[kind].norms[0]):  # above: room without curves
        digits, power = f"{ways[kind].norms[0]:.1e}".split("e")
        said = f"{kind.upper()} {digits}·10{str(int(power)).translate(_RAISED)}"
        sketch.text(x, 50, said, anchor="end", size=_WORDS)
        x -= round(breadth(said, _WORDS)) + 16
        sketch.rectangle(x - 40, 46, 40, 7, fill=css(COLOURS[kind]))
        x -= 80
    return sketch.svg()


def small(ways: Mapping[Kind, Way]) -> str:
    """The same for the map of the course, without axes, as the data URL of an SVG."""
    steps = np.arange(len(ways["rnn"].norms), dtype=np.float64)
    curves = []
    for kind in KINDS:
        with np.errstate(divide="ignore"):  # a norm of zero is left out
            norms = np.log10(np.asarray(ways[kind].norms, np.float64))
        curves.append(Curve(steps, norms, css(COLOURS[kind]), kind.upper()))
    return picture([curves], width=320, height=112, margin=10)
