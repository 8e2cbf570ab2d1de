"""Curves and lines in a unit box, x to the right, y down."""

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float64]  # (P, 2)


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Stroke:
    """Part of an ellipse; angles in turns, 0 to the right, 0.25 down: they grow clockwise."""
    angle = 2 * np.pi * np.linspace(start, end, max(6, int(48 * abs(end - start))))
    return np.stack([cx + rx * np.cos(angle), cy + ry * np.sin(angle)], axis=1)


def curve(*points: tuple[float, float]) -> Stroke:
    """A smooth curve through the points (Catmull and Rom 1974)."""
    p = np.array(points, float)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, 10, endpoint=False)[:, None]
    parts = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.concatenate([*parts, p[-2:-1]])


def line(*points: tuple[float, float]) -> Stroke:
    """Straight from point to point."""
    p = np.array(points, float)
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    return np.concatenate([*(a + (b - a) * t for a, b in zip(p, p[1:], strict=False)), p[-1:]])


def join(*parts: Stroke) -> Stroke:
    """Written without lifting the pen."""
    return np.concatenate(parts)
