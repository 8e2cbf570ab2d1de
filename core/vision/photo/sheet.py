"""A photographed sheet, and what is read on it.

Axes: R rows, C columns, D digits
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from core.schema import Record, Refusal, flag, mark, number, whole
from core.vision.doubt import Verdict
from core.vision.drawing import Drawing
from core.vision.networks import network
from core.vision.photo import threshold as thresholds
from core.vision.photo.cut import Cut, cut
from core.vision.photo.light import Light, greys, lit
from core.vision.photo.limits import LEAST, MOST, SIDE
from core.vision.photo.path import drawings
from core.vision.photo.ruling import ruled
from core.vision.photo.threshold import Threshold
from core.vision.photo.windows import Mask
from core.vision.pictures import Picture, picture
from core.vision.preprocess import render
from core.vision.trace import Trace, trace

Found = Literal["digits", "blank", "nothing", "many"]
NETWORK = "ours"

SMALL = mark(
    "The picture has {width} × {height} pixels. Digits need at least {least} on each side."
)


@dataclass(frozen=True)
class Setting(Record):
    """How a sheet is read.

    Attributes:
        turn: quarter turns to the left, before anything else.
        flatten: whether the light is taken out.
        unrule: whether printed lines are taken out.
        join: whether parts that lie close become one digit.
        threshold: ink above it counts; 0: found from the picture.
    """

    turn: int = whole(0, 0, 3)
    flatten: bool = flag(True)
    unrule: bool = flag(True)
    join: bool = flag(True)
    threshold: float = number(0.0, 0.0, 0.95)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A photograph at the size that it is worked with; two of them are never the same.

    Attributes:
        pixels: uint8 (R, C, 3), red, green and blue.
        width, height: of the file, in pixels.
    """

    pixels: NDArray[np.uint8]
    width: int
    height: int

    @property
    def size(self) -> int:
        """In bytes."""
        return self.pixels.nbytes


@dataclass(frozen=True, eq=False)
class Read:
    """What was read on a sheet, stage by stage.

    Attributes:
        light: the grey values, and the light taken out of them.
        threshold: how dark ink is; `value` is the one that was taken, whoever chose it.
        inked: (R, C), darker than the threshold.
        ruling: (R, C), of it what was taken for printed lines.
        cut: the digits.
        drawings: D of them, as if drawn on the canvas.
        pictures: float32 (D, 28, 28), as the network sees them.
        verdicts: D of them.
        passes: the forward pass of all digits.
        found: "digits"; or why there is none: "blank", "nothing" (that looks like one), "many".
    """

    light: Light
    threshold: Threshold
    inked: Mask
    ruling: Mask
    cut: Cut
    drawings: list[Drawing]
    pictures: NDArray[np.float32]
    verdicts: list[Verdict]
    passes: Trace
    found: Found


def opened(data: bytes) -> tuple[Sheet, Picture]:
    """A sheet from a file, and what was done to the file.

    Raises:
        PictureError: it cannot be read.
        Refusal: it is too small to hold a digit.
    """
    read = picture(data, SIDE)
    width, height = read.size
    if min(width, height) < LEAST:
        raise Refusal(SMALL, width=width, height=height, least=LEAST)
    planes = (read.pixels * 255).round().to(torch.uint8).expand(3, -1, -1)
    return Sheet(planes.permute(1, 2, 0).contiguous().numpy(), read.width, read.height), read


def turned(sheet: Sheet, turn: int) -> NDArray[np.uint8]:
    """Its pixels after so many quarter turns to the left."""
    return np.ascontiguousarray(np.rot90(sheet.pixels, turn))


@functools.lru_cache(maxsize=4)
def read(sheet: Sheet, setting: Setting = Setting()) -> Read:
    """Read a sheet. What was read last is kept, so that its numbers open at once."""
    light = lit(greys(turned(sheet, setting.turn)), setting.flatten)
    limit = thresholds.between(light.ink)
    if setting.threshold:
        limit = thresholds.at(limit, setting.threshold)
    inked = light.ink > limit.value
    ruling = ruled(light.ink, limit.value) if setting.unrule else np.zeros_like(inked)
    left = inked & ~ruling
    found = cut(left, setting.join)
    if len(found) > MOST:
        return _nothing(light, limit, inked, ruling, found, "many")
    if not len(found):
        return _nothing(light, limit, inked, ruling, found, "blank")
    drawn = drawings(light.ink, limit.value, found, left)
    pictures = np.stack([render(drawing) for drawing in drawn])
    verdicts, passes = judged(pictures)
    likely = any(verdict.is_digit for verdict in verdicts)
    return Read(
        light, limit, inked, ruling, found, drawn, pictures, verdicts, passes,
        "digits" if likely else "nothing",
    )  # fmt: skip


def judged(pictures: NDArray[np.float32]) -> tuple[list[Verdict], Trace]:
    """What our network says to pictures, (D, 28, 28), and its forward pass."""
    net = network(NETWORK)
    passes = trace(net.model, torch.from_numpy(pictures))
    return [net.doubt.verdict(passes.picture(i), each) for i, each in enumerate(pictures)], passes


def _nothing(
    light: Light, limit: Threshold, inked: Mask, ruling: Mask, found: Cut, why: Found
) -> Read:
    blank = np.zeros((0, 28, 28), np.float32)
    return Read(light, limit, inked, ruling, found, [], blank, [], Trace({}), why)
