"""The stages of a sheet as pictures, to be looked at.

Axes: R rows, C columns
"""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.vision.photo.sheet import Read, Sheet, turned

STAGES = ("photo", "grey", "light", "ink", "ruling", "digits")
"""In order: as it came; its grey values; how dark each pixel is, whatever the light; what is darker
than the threshold; that without printed lines; what belongs to a digit."""
_QUALITY = 82
_FAINT = 0.18
"""How dark is what was left out, beside 1 for what stays."""


def picture(sheet: Sheet, found: Read, turn: int, stage: str) -> Image.Image:
    """A stage as a picture of the size of the sheet."""
    if stage == "photo":
        return Image.fromarray(turned(sheet, turn))
    return Image.fromarray(np.rint(255 * np.clip(_shown(found, stage), 0, 1)).astype(np.uint8))


def jpeg(image: Image.Image, side: int) -> bytes:
    """The same as a file, its longest side no longer than that."""
    image = image.copy()
    image.thumbnail((side, side), Image.Resampling.BOX)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()


def _shown(found: Read, stage: str) -> NDArray[np.float32]:
    """Grey values, 1 white."""
    match stage:
        case "grey":
            return found.light.grey
        case "light":
            return 1 - found.light.ink
        case "ink":
            return 1 - found.inked.astype(np.float32)
        case "ruling":
            return 1 - np.where(found.ruling, np.float32(_FAINT), found.inked)
        case _:
            left = np.where(found.inked, np.float32(_FAINT), np.float32(0))
            return 1 - np.where(found.cut.owner >= 0, np.float32(1), left)
