"""A drawing as a recurrent network reads it: point after point, in the order of writing.

Devices report points evenly in time, some often and some seldom. What is read lies evenly in space,
so that neither the device nor the haste of a hand matters, and it is scaled by the longest side, so
that the size does not either.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.vision.drawing import Drawing

INPUTS = ("x", "y", "dx", "dy", "lifted")
"""What a point is: place (the middle of the ink is 0, its longest side 2), direction of the move to
it (length 1; 0, 0 at the beginning), and 1 where the pen was lifted before it, else 0."""
SPACING = 0.18
"""Between points, in the units of x and y."""
MOST = 80
"""Points of a path; a longer way gets points farther apart."""

Path = NDArray[np.float32]  # (T, 5)


def path(drawing: Drawing) -> Path:
    """The points of a drawing, (T, 5) with T from 1 to MOST; (0, 5) if it is blank.

    >>> cross = Drawing.of([[[100, 100], [300, 300]], [[300, 100], [100, 300]]])
    >>> points = path(cross)
    >>> points.shape
    (34, 5)
    >>> points[0].tolist(), points[17].round(2).tolist()
    ([-1.0, -1.0, 0.0, 0.0, 1.0], [1.0, -1.0, 0.0, -1.0, 1.0])
    """
    if not drawing.strokes:
        return np.zeros((0, len(INPUTS)), np.float32)
    every = np.concatenate(drawing.strokes).astype(float)
    low, high = every.min(0), every.max(0)
    scale = 2 / max(float((high - low).max()), 1.0)
    strokes = [(stroke - (low + high) / 2) * scale for stroke in drawing.strokes]
    way = sum(_along(stroke)[-1] for stroke in strokes)
    spacing = max(SPACING, way / max(MOST - 2 * len(strokes), MOST // 8))
    spaced = [_evenly(stroke, spacing) for stroke in strokes]
    places = np.concatenate(spaced)[:MOST]
    lifted = np.concatenate([np.arange(len(stroke)) == 0 for stroke in spaced])[:MOST]
    moves = np.diff(places, axis=0, prepend=places[:1])
    lengths = np.hypot(*moves.T)[:, None]
    directions = np.divide(moves, lengths, out=np.zeros_like(moves), where=lengths > 0)
    return np.column_stack([places, directions, lifted]).astype(np.float32)


def _along(stroke: NDArray[np.float64]) -> NDArray[np.float64]:
    """The way to each point, (P,)."""
    return np.append(0.0, np.cumsum(np.hypot(*np.diff(stroke, axis=0).T)))


def _evenly(stroke: NDArray[np.float64], spacing: float) -> NDArray[np.float64]:
    """Both ends and points about so far apart; a dot stays one."""
    along = _along(stroke)
    if along[-1] == 0:
        return stroke[:1]
    at = np.linspace(0, along[-1], max(1, round(along[-1] / spacing)) + 1)
    return np.column_stack([np.interp(at, along, axis) for axis in stroke.T])
