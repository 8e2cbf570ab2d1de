"""From strokes to the 28x28 picture that a network sees, the way MNIST's digits were made.

MNIST scales the ink's box to fit 20x20, keeps the aspect, and puts the centre of mass at the centre
(LeCun et al. 1998). Strokes allow one thing more: to draw them with a pen whose width does not
depend on how large somebody wrote. The pen and its edge are MNIST's own, measured on the training
set: across the upright 1s, ink falls from full to none within one pixel, and half the pens are
between 2.2 and 3.3 pixels wide (`python -m core measure pen` prints the table).

Positions in a picture are in pixels, y down; pixel (row i, column j) is the square [j, j + 1) x [i,
i + 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.schema import Record, flag
from core.vision.drawing import PEN, SIDE, Drawing

PIXELS = 28
BOX = 20.0
"""Longest side of the ink after fitting, in pixels."""
MASS = 14.5
"""Where MNIST has the centre of mass, in x and y: between 14 and 15, moved by whole pixels."""
PEN_PIXELS = 2.7
"""Width of the pen relative to the digit, in pixels."""

Stroke = NDArray[np.number]  # (P, 2), canvas units
Picture = NDArray[np.float32]
Lines = NDArray[np.float32]  # (S, 4): x0, y0, x1, y1

_PIECE = 1.0  # of a pixel: longest straight piece
_THIN = (
    0.25  # of a pixel: points closer than this along a stroke add nothing that a pixel could show
)
_MANY = (
    600  # points; beyond this they are thinned, so that a scribble costs little more than a digit
)
_PILE = 3000  # pieces; beyond this the pen is stamped on a grid of _CELL pixels instead
_CELL = 0.125
_CHUNK = 2048
_MIDDLES = np.arange(PIXELS, dtype=np.float32) + np.float32(0.5)


@dataclass(frozen=True)
class Stages(Record):
    """Which steps are taken; with none of them a naive demo is left: the whole canvas, shrunk.

    Attributes:
        crop: take the box of the ink instead of the whole canvas; it fills the picture, aspect
            kept.
        fit: the longest side becomes 20 pixels instead of 28.
        centre: centre of mass where MNIST has it, instead of the box in the middle.
        pen: width relative to the digit, instead of the pen as it was drawn.
    """

    crop: bool = flag(True)
    fit: bool = flag(True)
    centre: bool = flag(True)
    pen: bool = flag(True)


NAIVE = Stages(crop=False, fit=False, centre=False, pen=False)
NAMES = tuple(Stages.schema)


@dataclass(frozen=True)
class Placement:
    """How the canvas lies in the picture: pixel = canvas * scale + (dx, dy); the pen in pixels."""

    scale: float
    dx: float
    dy: float
    pen: float

    def pixels(self, points: NDArray[np.number]) -> NDArray[np.float64]:
        """Canvas units (..., 2) -> pixels (..., 2)."""
        return np.asarray(points, np.float64) * self.scale + (self.dx, self.dy)

    def canvas(self, points: NDArray[np.number]) -> NDArray[np.float64]:
        """Pixels (..., 2) -> canvas units (..., 2); the inverse of `pixels`."""
        return (np.asarray(points, np.float64) - (self.dx, self.dy)) / self.scale


def place(drawing: Drawing, stages: Stages = Stages()) -> Placement:
    """Where `render` puts the drawing. A blank one lies as the canvas does.

    One stroke drawn small in a corner, and the same one four times as tall: fitted, they are the
    same height; on a canvas that is merely shrunk they are not.

    >>> small = Drawing.of([[[80, 50], [80, 250]]])
    >>> large = Drawing.of([[[500, 100], [500, 900]]])
    >>> [round(place(one).scale * height, 1) for one, height in ((small, 200), (large, 800))]
    [17.3, 17.3]
    >>> [round(place(one, NAIVE).scale * height, 1) for one, height in ((small, 200), (large, 800))]
    [5.5, 21.9]
    """
    pen = PEN_PIXELS if stages.pen else 0.0
    if not drawing.strokes:
        scale = PIXELS / SIDE
        return Placement(scale, 0.0, 0.0, pen or PEN * scale)
    side = BOX if stages.fit else float(PIXELS)
    low, high = np.zeros(2), np.full(2, float(SIDE))
    scale = side / SIDE
    if stages.crop:
        points = np.concatenate(drawing.strokes).astype(float)
        low, high = points.min(0), points.max(0)
        length = float((high - low).max())
        # The ink reaches half a pen beyond the points. What is smaller than a pen is not blown up
        # beyond one.
        scale = (side - pen) / max(length, PEN) if stages.pen else side / (length + PEN)
    dx, dy = PIXELS / 2 - (low + high) / 2 * scale
    placement = Placement(scale, float(dx), float(dy), pen or PEN * scale)
    return _centred(drawing, placement) if stages.centre else placement


def render(drawing: Drawing, stages: Stages = Stages()) -> Picture:
    """The network's input before normalisation: (28, 28), 0 paper, 1 ink.

    A point moved a little moves the picture a little; the same drawing always gives the same
    picture.

    >>> picture = render(Drawing.of([[[500, 100], [500, 900]]]))
    >>> picture.shape, float(picture.max())
    ((28, 28), 1.0)
    >>> [round(float(ink), 1) for ink in picture[14, 10:18]]  # one row across the stroke
    [0.0, 0.0, 0.0, 0.8, 1.0, 0.9, 0.0, 0.0]
    """
    return paint(drawing.strokes, place(drawing, stages))


def strip(drawing: Drawing, stages: Stages = Stages()) -> Picture:
    """The stages one after the other (5, 28, 28): as drawn, + crop, + fit, + centre, + pen.

    A stage that is off repeats the picture before it, so the last one is always what `render`
    gives.
    """
    so_far = NAIVE
    pictures = [render(drawing, so_far)]
    for name in NAMES:
        if getattr(stages, name):
            so_far = replace(so_far, **{name: True})
            pictures.append(render(drawing, so_far))
        else:
            pictures.append(pictures[-1])
    return np.stack(pictures)


def paint(strokes: Sequence[Stroke], placement: Placement) -> Picture:
    """Draw the strokes with a round pen, (28, 28), 0 paper to 1 ink.

    A pixel's ink is how far the pen's edge reaches over its middle: 1 from half a pixel inside the
    edge, 0 from half a pixel outside, straight in between; a pen thinner than a pixel is paler
    instead of broken.
    """
    reach, most = edge(placement)
    nearest = np.full(PIXELS * PIXELS, np.inf, np.float32)
    lines = _lines(strokes, placement)
    for start in range(0, len(lines), _CHUNK):
        _measure(lines[start : start + _CHUNK], reach, nearest)
    depth = np.clip(reach - np.sqrt(nearest), 0, most)
    return depth.reshape(PIXELS, PIXELS).astype(np.float32)


def edge(placement: Placement) -> tuple[float, float]:
    """How far from its path the pen leaves ink, in pixels, and the most ink that it leaves."""
    return placement.pen / 2 + 0.5, min(1.0, placement.pen)


def nearest(strokes: Sequence[Stroke], placement: Placement) -> NDArray[np.float64]:
    """The point of the pen's path that lies nearest to the middle of each pixel, (28, 28, 2).

    Last come x and y in pixels; `paint` makes the ink of the distance to it. There is no such
    point without ink: all of it is infinite.
    """
    columns, rows = np.meshgrid(_MIDDLES.astype(float), _MIDDLES.astype(float))
    middle = np.stack([columns, rows], -1).reshape(-1, 1, 2)
    found = np.full((PIXELS * PIXELS, 2), np.inf)
    least = np.full(PIXELS * PIXELS, np.inf)
    lines = _lines(strokes, placement).astype(float)
    for start in range(0, len(lines), _CHUNK):
        ends = lines[start : start + _CHUNK].reshape(1, -1, 2, 2)
        first, step = ends[:, :, 0], ends[:, :, 1] - ends[:, :, 0]
        along = ((middle - first) * step).sum(-1) / np.maximum((step**2).sum(-1), 1e-12)
        feet = first + step * np.clip(along, 0, 1)[..., None]
        squares = ((middle - feet) ** 2).sum(-1)
        which = squares.argmin(1)[:, None]
        here = np.take_along_axis(squares, which, 1)[:, 0]
        nearer = here < least
        least[nearer] = here[nearer]
        found[nearer] = np.take_along_axis(feet, which[..., None], 1)[nearer, 0]
    return found.reshape(PIXELS, PIXELS, 2)


def _centred(drawing: Drawing, placement: Placement) -> Placement:
    picture = paint(drawing.strokes, placement)
    mass = float(picture.sum())
    if mass == 0:  # all of the ink lies outside the picture
        return placement
    x, y = float(picture.sum(0) @ _MIDDLES) / mass, float(picture.sum(1) @ _MIDDLES) / mass
    return replace(placement, dx=placement.dx + MASS - x, dy=placement.dy + MASS - y)


def _lines(strokes: Sequence[Stroke], placement: Placement) -> Lines:
    """Straight pieces, a pixel long at most, (S, 4): x0, y0, x1, y1; a dot has no length."""
    if not strokes:
        return np.empty((0, 4), np.float32)
    points = placement.pixels(np.concatenate(strokes)).astype(np.float32)
    stroke = np.repeat(np.arange(len(strokes)), [len(s) for s in strokes])
    if len(points) > _MANY:
        points, stroke = _thinned(points, stroke)
    last = np.append(stroke[1:] != stroke[:-1], True)
    dot = last & np.append(True, last[:-1])
    start = np.flatnonzero(~last | dot)
    end = np.where(dot[start], start, start + 1)
    step = points[end] - points[start]
    pieces = np.maximum(1, np.ceil(np.hypot(step[:, 0], step[:, 1]) / _PIECE)).astype(int)
    which = np.repeat(np.arange(len(start)), pieces)
    part = np.arange(len(which)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    step = (step / pieces[:, None].astype(np.float32))[which]
    first = points[start][which] + step * part[:, None].astype(np.float32)
    lines = np.hstack([first, first + step])
    if len(lines) <= _PILE:
        return lines
    return _stamps(first)


def _stamps(points: NDArray[np.float32]) -> Lines:
    """The points near the picture, each grid cell of _CELL pixels at most once, as dots."""
    margin = 2  # pixels around the picture, in which half of MNIST's pen still reaches it
    size = int((PIXELS + 2 * margin) / _CELL)
    cells = np.rint((points + margin) / _CELL).astype(np.intp)
    cells = cells[((cells >= 0) & (cells < size)).all(1)]
    seen = np.zeros(size * size, bool)
    seen[cells[:, 1] * size + cells[:, 0]] = True
    row, column = np.divmod(np.flatnonzero(seen), size)
    dots = np.stack([column, row], axis=1).astype(np.float32) * np.float32(_CELL) - np.float32(
        margin
    )
    return np.hstack([dots, dots])


def _thinned(
    points: NDArray[np.float32], stroke: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The first point in every _THIN of a pixel along each stroke, and each stroke's last."""
    steps = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
    new = np.append(True, stroke[1:] != stroke[:-1])
    bucket = np.floor(np.cumsum(np.where(new, 0, steps)) / _THIN)
    keep = new | np.append(True, bucket[1:] != bucket[:-1]) | np.append(new[1:], True)
    return points[keep], stroke[keep]


def _measure(lines: Lines, reach: float, nearest: NDArray[np.float32]) -> None:
    """Lower `nearest`, (784,), to each pixel's squared distance from the lines, where in reach."""
    size = min(
        PIXELS, int(np.ceil(_PIECE + 2 * reach)) + 1
    )  # a window of this size holds all that a line can reach
    x0, y0, x1, y1 = lines.T
    left = np.clip(np.floor(np.minimum(x0, x1) - reach), 0, PIXELS - size).astype(np.intp)
    top = np.clip(np.floor(np.minimum(y0, y1) - reach), 0, PIXELS - size).astype(np.intp)
    window = np.arange(size)[:, None]
    columns, rows = (
        left + window,
        top + window,
    )  # (K, S); the lines come last, for they are many and numpy likes it so
    px, py = _MIDDLES[columns] - x0, _MIDDLES[rows] - y0
    dx, dy = x1 - x0, y1 - y0
    square = np.maximum(dx * dx + dy * dy, np.float32(1e-12))
    along = (py * (dy / square))[:, None] + px * (dx / square)  # (K, K, S)
    np.maximum(along, 0, out=along)
    np.minimum(along, 1, out=along)
    ex = px - along * dx
    along *= dy
    ey = np.subtract(py[:, None], along, out=along)
    ex *= ex
    ey *= ey
    ex += ey
    # One type on both sides: `at` is thirty times slower when it has to convert.
    index = (rows * PIXELS)[:, None] + columns
    np.minimum.at(nearest, index.ravel(), ex.ravel())
