"""MNIST's pen, measured on its training set: the width and the edge that `preprocess` draws with.

Upright 1s are straight strokes, so a row's ink, times the cosine of the slant, is the width of the
stroke there, and the grey values beside its middle are the edge. Other digits' strokes are no wider
or thinner: they went through the same pens.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.vision import mnist

_MIDDLES = np.arange(28) + 0.5


@dataclass(frozen=True)
class Pen:
    """Quartiles of the width in pixels; mean ink by distance from the edge (negative: inside)."""

    widths: tuple[float, float, float]
    edge: dict[float, float]


def measure(images: NDArray[np.floating[Any]]) -> Pen:
    """The pen of pictures of the digit 1.

    Args:
        images: (N, 28, 28), 0 paper, 1 ink.
    """
    widths, offsets, inks = [], [], []
    for image in images:
        mass = image.sum()
        x = (image.sum(0) @ _MIDDLES) / mass
        y = (image.sum(1) @ _MIDDLES) / mass
        dx, dy = np.meshgrid(_MIDDLES - x, _MIDDLES - y)
        slant = 0.5 * np.arctan2(2 * (image * dx * dy).sum(), (image * (dy**2 - dx**2)).sum())
        if abs(slant) > 0.25:
            continue
        rows = image[int(y) - 4 : int(y) + 5]
        ink = rows.sum(1)
        if (ink == 0).any():
            continue
        width = ink * np.cos(slant)
        middle = rows @ _MIDDLES / ink
        offset = np.abs(_MIDDLES - middle[:, None]) * np.cos(slant) - width[:, None] / 2
        widths.append(float(np.median(width)))
        offsets.append(offset.ravel())
        inks.append(rows.ravel())
    away, ink = np.concatenate(offsets), np.concatenate(inks)
    steps = (-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75)
    edge = {step: float(ink[np.abs(away - step) < 0.125].mean()) for step in steps}
    low, half, high = np.quantile(widths, [0.25, 0.5, 0.75])
    return Pen((float(low), float(half), float(high)), edge)


def report() -> None:
    """Print what `preprocess` copies: the quartiles of the width, and the ink at the edge."""
    learning, _ = mnist.split()
    ones = learning.images[learning.labels == 1].numpy().astype(np.float32) / 255
    pen = measure(ones)
    print("width in pixels, quartiles: " + ", ".join(f"{width:.2f}" for width in pen.widths))
    for step, ink in pen.edge.items():
        print(f"{step:+.2f} pixels from the edge: ink {ink:.2f}")
