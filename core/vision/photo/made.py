"""Sheets that nobody wrote and no camera saw: pen strokes of our own, on paper, in a light.

The example of the page is one of them, and the figures are measured on others. Everything is
decided by the generator that is passed in.

Axes: R rows, C columns, D digits
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from core.vision.drawing import Drawing
from core.vision.hand import digit
from core.vision.photo.pieces import Boxes
from core.vision.photo.sheet import Sheet

Colour = tuple[float, float, float]
Points = NDArray[np.float64]  # (P, 2), x and y

PAPERS = ("plain", "lined", "squared", "dotted", "board")
_MORE = 2
"""Strokes are drawn at so many times the size, and made smaller."""


@dataclass(frozen=True)
class Look:
    """Paper, pen, light and lens.

    Attributes:
        paper: what is printed on it, one of PAPERS; a board is dark.
        ground: its colour.
        spacing: of the lines, as a share of a row of digits.
        ruling: how much of the ground the printed lines take away.
        ruling_colour: of the lines.
        ink: colour of the pen.
        pen: its width, as a share of a digit's height.
        force: how much of the ground the ink covers.
        grain: how uneven it does, as that of a pencil.
        gradient: how much darker the darkest corner is.
        shadow: how much light a shadow takes away.
        edge: how soft its edge is, as a share of the picture.
        tilt: of the sheet, in degrees.
        lean: how far the corners are out of place, as a share of the picture.
        blur: of the lens, in pixels of a picture that is 1,440 wide.
        noise: of the camera, one deviation.
    """

    paper: str = "lined"
    ground: Colour = (0.93, 0.92, 0.88)
    spacing: float = 0.5
    ruling: float = 0.3
    ruling_colour: Colour = (0.45, 0.6, 0.85)
    ink: Colour = (0.12, 0.14, 0.3)
    pen: float = 0.09
    force: float = 0.9
    grain: float = 0.1
    gradient: float = 0.2
    shadow: float = 0.35
    edge: float = 0.03
    tilt: float = 1.0
    lean: float = 0.01
    blur: float = 0.8
    noise: float = 0.012


@dataclass(frozen=True, eq=False)
class Made:
    """A made sheet, and what is on it.

    Attributes:
        sheet: the photograph.
        labels: D digits, line by line.
        boxes: (D, 4), of the middle of their strokes.
    """

    sheet: Sheet
    labels: list[int]
    boxes: Boxes


def look(paper: str, shadow: float, r: Generator) -> Look:
    """The look of an example: some paper, and a shadow that takes so much light away."""
    board, pencil = paper == "board", paper == "squared"
    return Look(
        paper,
        (0.16, 0.24, 0.2) if board else (0.94, 0.93, 0.89),
        ruling=0.9 if pencil else 0.5,
        ink=(0.92, 0.92, 0.88) if board else (0.4, 0.4, 0.42) if pencil else (0.13, 0.15, 0.32),
        grain=0.35 if board or pencil else 0.1,
        shadow=shadow,
        tilt=float(r.uniform(-1.5, 1.5)),
    )


def written(r: Generator, count: int, held_out: bool = False) -> tuple[list[int], list[Drawing]]:
    """So many digits of our own, each as often as another, in any order."""
    labels = [int(label) for label in r.permutation(np.arange(count) % 10)]
    return labels, [digit(label, r, held_out=held_out) for label in labels]


def made(
    labels: Sequence[int],
    drawings: Sequence[Drawing],
    look: Look,
    r: Generator,
    shape: tuple[int, int] = (1080, 1440),
    columns: int = 8,
) -> Made:
    """Write digits on a sheet and take a photograph of it.

    Args:
        labels: D of them.
        drawings: the pen strokes of each.
        look: of the sheet and the photograph.
        r: decides what is left to chance.
        shape: rows and columns of the photograph.
        columns: digits in a line.
    """
    rows = -(-len(labels) // columns)
    height, width = shape
    cell = np.array([0.9 * width / columns, 0.9 * height / rows])
    tall = 0.62 * min(cell[0] * 1.15, cell[1])
    onto = _Lens(look, r, shape)
    strokes, boxes = [], []
    for number, drawing in enumerate(drawings):
        row, column = divmod(number, columns)
        foot = np.array([0.05 * width, 0.05 * height]) + cell * (column + 0.5, row + 0.8)
        lines = [onto(line) for line in _placed(drawing, foot, tall, r)]
        strokes += lines
        points = np.concatenate(lines)
        (left, top), (right, bottom) = points.min(0), points.max(0)
        boxes.append((top, left, bottom, right))
    pen = max(1.5, look.pen * tall)
    ink = _layer(strokes, pen, shape)
    ruling = _printed(look, onto, shape, cell[1] * look.spacing)
    pixels = _exposed(look, ink, ruling, r)
    sheet = Sheet(pixels, width, height)
    return Made(sheet, list(labels), np.rint(boxes).astype(np.int64).reshape(-1, 4))


def _placed(drawing: Drawing, foot: Points, tall: float, r: Generator) -> list[Points]:
    """Strokes that stand at a place; a digit is as tall as the others, give or take."""
    points = np.concatenate(drawing.strokes).astype(float)
    low, high = points.min(0), points.max(0)
    size = high - low
    scale = tall * r.uniform(0.85, 1.12) / max(size[1], size[0] / 0.9, 1.0)
    moved = foot + r.normal(0, 0.04, 2) * tall - (scale * size[0] / 2, scale * size[1])
    return [(stroke - low) * scale + moved for stroke in drawing.strokes]


class _Lens:
    """Where a point of the sheet lies in the photograph, tilted and seen a little from the side."""

    def __init__(self, look: Look, r: Generator, shape: tuple[int, int]) -> None:
        self._size = np.array(shape[::-1], float)
        angle = np.deg2rad(look.tilt)
        self._turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        self._lean = r.uniform(-look.lean, look.lean, 2)

    def __call__(self, points: Points) -> Points:
        """(P, 2) -> (P, 2)."""
        centred = (points - self._size / 2) @ self._turn
        depth = 1 + 2 * (centred / self._size) @ self._lean
        seen: Points = centred / depth[:, None] + self._size / 2
        return seen


def _layer(lines: Sequence[Points], width: float, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Where lines of one width cover the sheet, 0 to 1, (R, C)."""
    image = Image.new("L", (shape[1] * _MORE, shape[0] * _MORE))
    pen = ImageDraw.Draw(image)
    half = width * _MORE / 2
    for line in lines:
        points = [tuple(point) for point in (line * _MORE).tolist()]
        if len(points) > 1:
            pen.line(points, 255, max(1, round(2 * half)), "curve")
        if half > 1:
            for x, y in (points[0], points[-1]):
                pen.ellipse((x - half, y - half, x + half, y + half), 255)
    image = image.resize(shape[::-1], Image.Resampling.BOX)
    return np.asarray(image, np.float32) / np.float32(255)


def _printed(
    look: Look, onto: _Lens, shape: tuple[int, int], spacing: float
) -> NDArray[np.float32]:
    height, width = shape
    far = 0.15 * width  # beyond the border: the sheet may be turned
    along = np.linspace(-far, width + far, 40)
    down = np.linspace(-far, height + far, 40)
    across = [np.stack([along, np.full(40, y)], 1) for y in np.arange(-far, height + far, spacing)]
    upright = [np.stack([np.full(40, x), down], 1) for x in np.arange(-far, width + far, spacing)]
    thin = max(1.0, 0.0016 * width)
    match look.paper:
        case "lined":
            lines, wide = across, thin
        case "squared":
            lines, wide = [*across, *upright], thin
        case "dotted":
            steps = [np.arange(-far, side + far, spacing) for side in (width, height)]
            grid = np.stack(np.meshgrid(*steps), -1).reshape(-1, 1, 2)
            dash = np.array([[-0.1, 0.0], [0.1, 0.0]])
            lines, wide = [dot + dash for dot in grid], 2 * thin
        case _:
            return np.zeros(shape, np.float32)
    return _layer([onto(line) for line in lines], wide, shape)


def _exposed(
    look: Look, ink: NDArray[np.float32], ruling: NDArray[np.float32], r: Generator
) -> NDArray[np.uint8]:
    """What the camera makes of it, (R, C, 3)."""
    shape = (ink.shape[0], ink.shape[1])
    rows, columns = np.linspace(-1, 1, shape[0])[:, None], np.linspace(-1, 1, shape[1])[None]
    grain = np.clip(1 - look.grain * np.abs(r.normal(0, 1, shape)), 0, 1)
    cover = (ink * look.force * grain)[..., None]
    lines = (ruling * look.ruling)[..., None]
    texture = 1 + 0.012 * _cloud(r, shape)
    seen = np.array(look.ground) * texture[..., None]
    seen = seen * (1 - lines) + np.array(look.ruling_colour) * lines
    seen = seen * (1 - cover) + np.array(look.ink) * cover
    angle = r.uniform(0, 2 * np.pi)
    side = np.cos(angle) * columns + np.sin(angle) * rows
    light = 1 - look.gradient * (1 + side / np.sqrt(2)) / 2
    angle = r.uniform(0, 2 * np.pi)
    away = np.cos(angle) * columns + np.sin(angle) * rows - r.uniform(-0.3, 0.5)
    light = light * (1 - look.shadow / (1 + np.exp(-away / max(look.edge, 1e-3))))
    image = Image.fromarray(_bytes(seen * light[..., None]))
    if look.blur:
        image = image.filter(ImageFilter.GaussianBlur(look.blur * shape[1] / 1440))
    return _bytes(np.asarray(image, np.float32) / 255 + r.normal(0, look.noise, (*shape, 1)))


def _cloud(r: Generator, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Unevenness of the paper, as soft as clouds."""
    small = Image.fromarray(r.normal(0, 1, (24, 32)).astype(np.float32))
    return np.asarray(small.resize(shape[::-1], Image.Resampling.BICUBIC))


def _bytes(values: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)
    return found
