"""Grey values, and the light taken out of them: what is left is how dark each pixel's ink is.

Axes: R rows, C columns
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import interpolate

from core.vision.photo.windows import Plane, box_mean, closed

LUMA = (0.299, 0.587, 0.114)
"""Weights of red, green and blue in a grey value (ITU-R BT.601)."""
_REACH = 1 / 16
"""Of the shorter side: what is narrower than twice this is ink, what is wider is light."""
_HALF = 2
"""The background is found on every second row and column of a picture: light is not sharper."""
_AROUND = 1 / 8
"""Of the shorter side: the surroundings that ink is rarer in than the ground."""
_LIGHTEST = 0.95
"""Share of a picture that is darker than paper whose light is not asked for."""


@dataclass(frozen=True, eq=False)
class Light:
    """A photograph without its light.

    Attributes:
        grey: float32 (R, C), 0 black to 1 white.
        background: float32 (R, C), the same of the paper or the board alone.
        ink: float32 (R, C), at least 0: 1 - grey / background where the writing is darker; where it
            is lighter, 1 - background / grey. Half the light makes no difference to either.
        turned: whether it is lighter.
    """

    grey: Plane
    background: Plane
    ink: Plane
    turned: bool


def greys(pixels: NDArray[np.uint8]) -> Plane:
    """The grey values of a picture, (R, C, 3) bytes of red, green and blue, (R, C).

    >>> [round(float(grey), 3) for grey in greys(np.uint8([[[255, 255, 255], [255, 0, 0]]]))[0]]
    [0.998, 0.3]
    """
    grey: Plane = lightness(pixels) @ np.array(LUMA, np.float32)
    return grey


def lightness(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Bytes as numbers between 0 and 1, the middle of what each stands for: none of them is 0.

    >>> lightness(np.uint8([0, 255])).tolist()
    [0.001953125, 0.998046875]
    """
    return (pixels.astype(np.float32) + np.float32(0.5)) / np.float32(256)


def lit(grey: Plane, flatten: bool = True) -> Light:
    """Find what is written lighter or darker, and the background.

    Args:
        grey: (R, C).
        flatten: whether each pixel is held against its own surroundings; if not, all of them are
            held against one, of the lightest of the picture.
    """
    small = grey[::_HALF, ::_HALF] if min(grey.shape) < 2 * _HALF else _halved(grey)
    reach = max(1, round(min(small.shape) * _REACH))
    turned = _lighter(small)
    if flatten:
        filled = 1 - closed(1 - small, reach) if turned else closed(small, reach)
        background = _stretched(box_mean(filled, 2, 2), grey.shape)
    else:
        share = 1 - _LIGHTEST if turned else _LIGHTEST
        background = np.full_like(grey, np.quantile(grey[::4, ::4], share))
    dark, light = (background, grey) if turned else (grey, background)
    ink = np.maximum(1 - dark / light, 0)
    return Light(grey, background, ink, turned)


def _lighter(small: Plane) -> bool:
    """Whether what differs from its surroundings is lighter: there is less ink than ground.

    So the third moment of the differences has the sign of the ink.
    """
    reach = max(1, round(min(small.shape) * _AROUND))
    away = small / box_mean(small, reach, reach) - 1
    return float((away**3).mean()) > 0


def _halved(grey: Plane) -> Plane:
    rows, columns = (n // _HALF for n in grey.shape)
    cut = grey[: rows * _HALF, : columns * _HALF]
    halved: Plane = cut.reshape(rows, _HALF, columns, _HALF).mean((1, 3))
    return halved


def _stretched(plane: Plane, shape: tuple[int, ...]) -> Plane:
    stretched: Plane = interpolate(
        torch.from_numpy(plane)[None, None], shape, mode="bilinear", align_corners=False
    )[0, 0].numpy()
    return stretched
