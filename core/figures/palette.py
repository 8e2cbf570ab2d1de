"""One palette for every figure made outside the browser: paper and ink, two signs, one accent.

Magnitudes run from paper to ink; signed values are blue above zero and orange below, with paper at
zero, a pair that colour-blind eyes can tell apart. The accent means "selected" or "won" and nothing
else.
"""

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]

PAPER: Colour = (252, 251, 248)
INK: Colour = (22, 32, 74)
GREY: Colour = (101, 107, 125)
ACCENT: Colour = (179, 68, 12)
POSITIVE: Colour = (0, 90, 160)
NEGATIVE: Colour = (201, 120, 0)


def css(colour: Colour) -> str:
    """The colour for a figure library: "rgb(22, 32, 74)"."""
    return f"rgb({', '.join(map(str, colour))})"


def paint(
    values: NDArray[np.float32], signed: bool, largest: float | None = None
) -> NDArray[np.uint8]:
    """Colour numbers of any shape; zero is paper.

    Args:
        values: numbers; where `signed` is false they are zero or more.
        signed: whether values below zero have a colour of their own.
        largest: the size that gets the full colour; the largest in `values` unless given.

    Returns:
        uint8 of the same shape with an axis of length 3 (red, green, blue) behind it.
    """
    top = float(np.abs(values).max()) if largest is None else largest
    share = np.clip(values / top if top else values * 0, -1, 1)[..., None]
    full = np.where(share < 0, NEGATIVE, POSITIVE if signed else INK)
    mixed = np.array(PAPER) + np.abs(share) * (full - np.array(PAPER))
    pixels: NDArray[np.uint8] = np.rint(mixed).astype(np.uint8)
    return pixels
