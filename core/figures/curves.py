"""Small line charts as SVG, for places where nothing moves: the map of the course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.figures.image import data_url
from core.figures.palette import PAPER, css

WIDTH, HEIGHT, MARGIN = 620, 260, 24
GAP = 36
LINE = "#d9d9d4"
OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9")


@dataclass(frozen=True)
class Curve:
    """One line: its points (N,) and (N,), and its colour; what is not finite is left out."""

    x: NDArray[np.floating]
    y: NDArray[np.floating]
    colour: str


def picture(panels: Sequence[Sequence[Curve]]) -> str:
    """Draw panels of curves side by side, each scaled to its own room, as a data URL."""
    wide = (WIDTH - 2 * MARGIN - GAP * (len(panels) - 1)) / len(panels)
    drawn = [
        _panel(curves, MARGIN + place * (wide + GAP), wide) for place, curves in enumerate(panels)
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="100%" height="100%" fill="{css(PAPER)}"/>{"".join(drawn)}</svg>'
    )
    return data_url(svg.encode(), "svg+xml")


def _panel(curves: Sequence[Curve], left: float, wide: float) -> str:
    shown = [np.isfinite(curve.x) & np.isfinite(curve.y) for curve in curves]
    xs = np.concatenate([curve.x[seen] for curve, seen in zip(curves, shown, strict=True)])
    ys = np.concatenate([curve.y[seen] for curve, seen in zip(curves, shown, strict=True)])
    low, high = float(ys.min()), float(ys.max())
    tall = HEIGHT - 2 * MARGIN
    base = f'<path d="M{left:.1f} {HEIGHT - MARGIN}h{wide:.1f}" stroke="{LINE}"/>'
    for curve, seen in zip(curves, shown, strict=True):
        across = left + (curve.x[seen] - xs.min()) / (np.ptp(xs) or 1) * wide
        down = MARGIN + (high - curve.y[seen]) / ((high - low) or 1) * tall
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
        base += (
            f'<polyline points="{points}" fill="none" stroke="{curve.colour}" '
            'stroke-width="2" stroke-linejoin="round"/>'
        )
    return base
