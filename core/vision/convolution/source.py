"""What a kernel slides over: a drawing, a sample, maps of a network, a picture, typed numbers."""

from __future__ import annotations

import base64
import binascii
import functools
import math
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from core.schema import Record, Refusal, choice, flag, mark, text, whole
from core.vision.convolution.limits import CHANNELS, LARGEST_NUMBER
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.link import drawing_or_sample
from core.vision.models import normalise
from core.vision.networks import network
from core.vision.preprocess import NAIVE, Stages, render
from core.vision.trace import trace

Kind = Literal["drawing", "sample", "maps", "matrix", "picture"]
KINDS: tuple[Kind, ...] = ("drawing", "sample", "maps", "matrix", "picture")
MATRIX_SIDE = 12
"""Most rows and columns of a matrix that is typed."""
LONGEST_MATRIX = 20_000
"""Characters."""
PICTURE_SIDE = 96
"""Longest side of a picture, in pixels."""
LONGEST_PICTURE = 40_000
"""Characters: three channels of that side, and room to spare."""
EXAMPLE = "0 0 0 0 0 0;0 0 1 1 0 0;0 0 1 1 0 0;0 0 1 1 0 0;0 0 1 1 1 1;0 0 0 0 0 0"

UNEVEN = mark("Every row has as many numbers: the first has {count}, another one {other}.")

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?")
_PICTURE = re.compile(r"([13])x([1-9]\d?)x([1-9]\d?):([A-Za-z0-9_-]+)")


@dataclass(frozen=True)
class Source(Record):
    """An input.

    Attributes:
        source: which of the following counts.
        seed: number of the sample.
        drawing: for "drawing" and "maps"; None stands for the sample.
        as_drawn: whether "drawing" lies where it was drawn, instead of as the networks get it.
        matrix: typed numbers, as `write_matrix` writes them.
        channels: for "maps": how many of the 32 maps of the first pooling are taken.
        picture: as `write_picture` writes it.
        normalised: whether ink and pixels go from -1 to +1, as the shipped networks get them,
            instead of 0 to 1.

    >>> Source("matrix", matrix="1 2;3 4").tensor()
    tensor([[[1., 2.],
             [3., 4.]]])
    """

    source: Kind = choice(KINDS, "sample")
    seed: int = whole(3)
    drawing: Drawing | None = drawing_or_sample()
    as_drawn: bool = flag()
    matrix: str = text(EXAMPLE, LONGEST_MATRIX, lines=True)
    channels: int = whole(1, *CHANNELS)
    picture: str = text("", LONGEST_PICTURE)
    normalised: bool = flag()

    def check_together(self) -> None:
        """Refuse numbers or a picture that cannot be read, where they are the input."""
        if self.source == "matrix":
            read_matrix(self.matrix)
        if self.source == "picture":
            read_picture(self.picture)

    @property
    def drawn(self) -> Drawing:
        """The drawing, or the sample in its place."""
        return self.drawing if self.source != "sample" and self.drawing else sample(self.seed)

    @property
    def stages(self) -> Stages:
        """How the drawing is prepared."""
        return NAIVE if self.as_drawn and self.source == "drawing" else Stages()

    def tensor(self) -> Tensor:
        """The numbers, float32 (C, H, W); not to be written to.

        Raises:
            WeightsError: maps are wanted, and the network's weights are missing.
        """
        match self.source:
            case "matrix":
                return torch.tensor(read_matrix(self.matrix))
            case "picture":
                ink = read_picture(self.picture)
            case "maps":
                return _maps(self.drawn)[: self.channels]
            case _:
                ink = _ink(self.drawn, self.stages)
        return normalise(ink) if self.normalised else ink


@functools.lru_cache(maxsize=64)
def _ink(drawing: Drawing, stages: Stages = Stages()) -> Tensor:
    return torch.from_numpy(render(drawing, stages))[None]


@functools.lru_cache(maxsize=16)
def _maps(drawing: Drawing) -> Tensor:
    """What the second convolution of our SimpleCNN gets, (32, 14, 14)."""
    return trace(network("ours").model, _ink(drawing))["pool1"][0].clone()


def read_matrix(text: str) -> list[list[list[float]]]:
    """Numbers from a text: rows on lines or between ";", channels between empty lines or "|".

    >>> read_matrix("1 2; 3 4")
    [[[1.0, 2.0], [3.0, 4.0]]]

    Raises:
        Refusal: no number, an uneven row, too many of them, or channels of different sizes.
    """
    if len(text) > LONGEST_MATRIX:
        raise Refusal(mark("A matrix has at most {most} rows and columns."), most=MATRIX_SIDE)
    planes = [
        [row.replace(",", " ").split() for row in re.split(r"[;\n]", plane) if row.strip(" ,\t\r")]
        for plane in re.split(r"\n[ \t\r]*\n|\|", text.strip().replace("−", "-"))
        if plane.strip(" ,;\t\r\n")
    ]
    if not planes:
        raise Refusal(mark("Type at least one number."))
    if len(planes) > CHANNELS[1]:
        raise Refusal(mark("A matrix has at most {most} channels."), most=CHANNELS[1])
    height, width = len(planes[0]), len(planes[0][0])
    for plane in planes:
        for row in plane:
            if len(row) != len(plane[0]):
                raise Refusal(UNEVEN, count=len(plane[0]), other=len(row))
        if (len(plane), len(plane[0])) != (height, width):
            raise Refusal(mark("All channels have as many rows and columns as the first."))
    if height > MATRIX_SIDE or width > MATRIX_SIDE:
        raise Refusal(mark("A matrix has at most {most} rows and columns."), most=MATRIX_SIDE)
    return [[[_number(word) for word in row] for row in plane] for plane in planes]


def write_matrix(planes: list[list[list[float]]]) -> str:
    """The inverse of `read_matrix`, on one line.

    >>> write_matrix([[[1.0, -2.5]], [[3.0, 0.0]]])
    '1 -2.5|3 0'
    """
    return "|".join(";".join(" ".join(f"{x:g}" for x in row) for row in rows) for rows in planes)


def checked_matrix(text: str) -> str:
    """A matrix of a lesson link, as it is; raises `Refusal` if it cannot be read."""
    read_matrix(text)
    return text


def read_picture(text: str) -> Tensor:
    """The pixels of a picture, float32 (C, H, W) in [0, 1]; the inverse of `write_picture`.

    Raises:
        Refusal: the text is damaged.
    """
    result = _PICTURE.fullmatch(text)
    if not text:
        raise Refusal(mark("Choose a picture first."))
    if not result:
        raise Refusal(mark("The picture is damaged."))
    channels, height, width = (int(size) for size in result.groups()[:3])
    code = result[4]
    try:
        values = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (binascii.Error, ValueError):
        raise Refusal(mark("The picture is damaged.")) from None
    if max(height, width) > PICTURE_SIDE or len(values) != channels * height * width:
        raise Refusal(mark("The picture is damaged."))
    pixels = np.frombuffer(values, np.uint8).reshape(channels, height, width)
    return torch.from_numpy(pixels.astype(np.float32) / 255)


def write_picture(pixels: Tensor) -> str:
    """Pixels (C, H, W) in [0, 1] as text, in 256 steps."""
    values = (pixels.clamp(0, 1) * 255).round().to(torch.uint8).contiguous().numpy()
    code = base64.urlsafe_b64encode(values.tobytes()).rstrip(b"=").decode()
    return f"{'x'.join(map(str, values.shape))}:{code}"


def _number(word: str) -> float:
    if not _NUMBER.fullmatch(word):
        raise Refusal(mark("“{word}” is not a number."), word=word[:20])
    value = float(word)
    if not math.isfinite(value) or abs(value) > LARGEST_NUMBER:
        raise Refusal(mark("A number lies between −{most} and {most}."), most=LARGEST_NUMBER)
    return value + 0.0
