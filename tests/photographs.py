"""Photographs of made sheets, in many papers, pens, lights and lenses."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from core.vision.photo.made import PAPERS, Look, Made, made, written
from core.vision.photo.sheet import Read

INKS = ((0.12, 0.14, 0.35), (0.08, 0.08, 0.09), (0.55, 0.12, 0.12))
"""Of a blue, a black and a red pen."""


def any_look(r: Generator) -> Look:
    """Some paper, pen, light and lens."""
    u = r.uniform
    paper = PAPERS[r.integers(len(PAPERS))]
    board, pencil = paper == "board", u() < 0.4
    shade, grey, chalk = u(0.75, 1.0), u(0.3, 0.45), u(0.8, 0.97)
    return Look(
        paper,
        ground=(u(0.1, 0.22), u(0.15, 0.28), u(0.12, 0.24))
        if board
        else (0.95 * shade, 0.94 * shade * u(0.95, 1), 0.9 * shade * u(0.8, 1)),
        spacing=u(0.25, 0.6),
        ruling=u(0.15, 0.75),
        ruling_colour=(u(0.4, 0.6), u(0.5, 0.7), u(0.7, 0.9)) if u() < 0.7 else (0.5, 0.5, 0.5),
        ink=(chalk,) * 3 if board else (grey,) * 3 if pencil else INKS[r.integers(len(INKS))],
        pen=u(0.05, 0.13),
        force=u(0.75, 0.95),
        grain=u(0.25, 0.5) if pencil or board else u(0, 0.15),
        gradient=u(0, 0.4),
        shadow=u(0, 0.55),
        edge=u(0.01, 0.1),
        tilt=u(-3, 3),
        lean=u(0, 0.05),
        blur=u(0.3, 1.6),
        noise=u(0.004, 0.02),
    )


def photograph(number: int, held_out: bool = True) -> Made:
    """One of many sheets, always the same: as many lines as comes, in styles no training saw."""
    r = np.random.default_rng((2026, number))
    look, columns, lines = any_look(r), int(r.integers(3, 11)), int(r.integers(1, 9))
    labels, drawings = written(r, columns * lines, held_out)
    shape = (1080, 1440) if r.random() < 0.6 else (1440, 1080)
    return made(labels, drawings, look, r, shape, columns)


def file_of(pixels: Any, kind: str = "JPEG", **options: Any) -> bytes:
    """A picture as the bytes of a file."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def matched(sheet: Made, found: Read) -> list[int | None]:
    """The box that was cut for each digit of a sheet: the one that covers it more than half.

    Both are held against their union; None where there is none.
    """
    result: list[int | None] = []
    boxes = found.cut.boxes
    for box in sheet.boxes:
        top, left, bottom, right = box + np.array((-4, -4, 4, 4))
        rows = np.minimum(boxes[:, 2], bottom) - np.maximum(boxes[:, 0], top)
        columns = np.minimum(boxes[:, 3], right) - np.maximum(boxes[:, 1], left)
        both = np.maximum(rows, 0) * np.maximum(columns, 0)
        sizes = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        share = both / (sizes + (bottom - top) * (right - left) - both)
        best = int(share.argmax()) if len(share) else 0
        result.append(best if len(share) and share[best] > 0.5 else None)
    return result
