"""Small line charts as SVG, for places where nothing moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.figures.sketch import Sketch, breadth

WIDTH, HEIGHT, MARGIN = 620, 260, 24
GAP = 36
OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9")
_NAMES = 18
"""Room for what stands above the lines."""


@dataclass(frozen=True)
class Curve:
    """One line: its points (N,) and (N,), and its colour; what is not finite is left out."""

    x: NDArray[np.floating]
    y: NDArray[np.floating]
    colour: str
    name: str = ""


def picture(
    panels: Sequence[Sequence[Curve]],
    titles: Sequence[str] = (),
    *,
    width: float = WIDTH,
    height: float = HEIGHT,
    margin: float = MARGIN,
) -> str:
    """Draw panels of curves side by side, each scaled to its own room, as a data URL.

    Args:
        panels: the curves of each; those that have a name are named above.
        titles: what stands above each panel.
        width: of the picture.
        height: of the picture.
        margin: around it.
    """
    sketch = Sketch(width, height)
    wide = (width - 2 * margin - GAP * (len(panels) - 1)) / len(panels)
    for place, curves in enumerate(panels):
        left, top = margin + place * (wide + GAP), margin
        names = [(curve.name, curve.colour) for curve in curves if curve.name]
        if titles or names:
            _above(sketch, titles[place] if titles else "", names, left, margin)
            top += _NAMES
        _panel(sketch, curves, (left, top, wide, height - margin - top))
    return sketch.url()


def _above(
    sketch: Sketch, title: str, names: Sequence[tuple[str, str]], left: float, y: float
) -> None:
    """Write the title of a panel, and each curve's name behind a piece of it."""
    if title:
        sketch.text(left, y, title)
        left += breadth(title) + 16
    for name, colour in names:
        sketch.line([(left, y), (left + 12, y)], colour, 4)
        sketch.text(left + 17, y, name)
        left += 17 + breadth(name) + 16


def _panel(
    sketch: Sketch, curves: Sequence[Curve], room: tuple[float, float, float, float]
) -> None:
    left, top, wide, tall = room
    shown = [np.isfinite(curve.x) & np.isfinite(curve.y) for curve in curves]
    xs = np.concatenate([curve.x[seen] for curve, seen in zip(curves, shown, strict=True)])
    ys = np.concatenate([curve.y[seen] for curve, seen in zip(curves, shown, strict=True)])
    low, high = float(ys.min()), float(ys.max())
    sketch.path(f"M{left:.1f} {top + tall:.1f}h{wide:.1f}", "line", 1)
    for curve, seen in zip(curves, shown, strict=True):
        across = left + (curve.x[seen] - xs.min()) / (np.ptp(xs) or 1) * wide
        down = top + (high - curve.y[seen]) / ((high - low) or 1) * tall
        sketch.line(list(zip(across.tolist(), down.tolist(), strict=True)), curve.colour)
