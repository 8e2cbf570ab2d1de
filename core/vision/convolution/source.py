"""What a kernel slides over: a drawing, a sample, maps of a network, a picture, typed numbers."""

from __future__ import annotations

import base64
import binascii
import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from core.schema import Message, Refusal, mark
from core.vision import live
from core.vision.convolution.limits import CHANNELS, LARGEST_NUMBER, whole
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.models import normalise
from core.vision.preprocess import render
from core.vision.trace import trace

Kind = Literal["drawing", "sample", "maps", "matrix", "picture"]
KINDS: tuple[Kind, ...] = ("drawing", "sample", "maps", "matrix", "picture")
SEEDS = (0, 999_999)
MATRIX_SIDE = 12
"""Most rows and columns of a matrix that is typed."""
PICTURE_SIDE = 96
"""Longest side of a picture, in pixels."""
EXAMPLE = "0 0 0 0 0 0;0 0 1 1 0 0;0 0 1 1 0 0;0 0 1 1 0 0;0 0 1 1 1 1;0 0 0 0 0 0"

UNEVEN = mark("Every row has as many numbers: the first has {count}, another one {other}.")

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?")
_PICTURE = re.compile(r"([13])x([1-9]\d?)x([1-9]\d?):([A-Za-z0-9_-]+)")


@dataclass(frozen=True)
class Source:
    """An input, as a page keeps it.

    Attributes:
        kind: which of the following counts.
        drawing: for "drawing" and "maps"; None stands for the sample.
        seed: number of the sample.
        matrix: typed numbers, as `write_matrix` writes them.
        channels: for "maps": how many of the 32 maps of the first pooling are taken.
        picture: as `write_picture` writes it.
        normalised: whether ink and pixels go from -1 to +1, as the shipped networks get them,
            instead of 0 to 1.

    Raises:
        ValueError: with a sentence, where something cannot be read.
    """

    kind: Kind = "sample"
    drawing: Drawing | None = None
    seed: int = 3
    matrix: str = EXAMPLE
    channels: int = 1
    picture: str = ""
    normalised: bool = False

    def __post_init__(self) -> None:
        """Refuse what is outside its limits."""
        if self.kind not in KINDS:
            raise Refusal(mark("There is no such input; there are {names}."), names=tuple(KINDS))
        if self.drawing is not None and not isinstance(self.drawing, Drawing):
            raise Refusal(mark("A drawing is a list of strokes."))
        if not isinstance(self.normalised, bool):
            raise Refusal(mark("normalised is true or false."))
        whole("seed", self.seed, SEEDS, mark("seed"))
        whole("channels", self.channels, CHANNELS, mark("channels"))
        if self.kind == "matrix":
            read_matrix(self.matrix)
        if self.kind == "picture":
            read_picture(self.picture)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Source:
        """From a page's view: the drawing as nested lists or null, everything else as it is.

        Raises:
            ValueError: with a sentence.
        """
        drawing = raw.get("drawing")
        return cls(
            raw.get("source", "sample"),
            None if drawing is None else Drawing.of(drawing),
            raw.get("seed", 3),
            _text(mark("matrix"), raw.get("matrix", EXAMPLE)),
            raw.get("channels", 1),
            _text(mark("picture"), raw.get("picture", "")),
            raw.get("normalised", False),
        )

    @property
    def drawn(self) -> Drawing:
        """The drawing, or the sample in its place."""
        return self.drawing if self.kind != "sample" and self.drawing else sample(self.seed)

    def tensor(self) -> Tensor:
        """The numbers, float32 (C, H, W); not to be written to.

        Raises:
            WeightsError: maps are wanted, and the network's weights are missing.
        """
        match self.kind:
            case "matrix":
                return torch.tensor(read_matrix(self.matrix))
            case "picture":
                ink = read_picture(self.picture)
            case "maps":
                return _maps(self.drawn)[: self.channels]
            case _:
                ink = _ink(self.drawn)
        return normalise(ink) if self.normalised else ink


@functools.lru_cache(maxsize=64)
def _ink(drawing: Drawing) -> Tensor:
    return torch.from_numpy(render(drawing))[None]


@functools.lru_cache(maxsize=16)
def _maps(drawing: Drawing) -> Tensor:
    """What the second convolution of our SimpleCNN gets, (32, 14, 14)."""
    return trace(live.network("ours").model, _ink(drawing))["pool1"][0].clone()


def read_matrix(text: str) -> list[list[list[float]]]:
    """Numbers from a text: rows on lines or between ";", channels between empty lines or "|".

    >>> read_matrix("1 2; 3 4")
    [[[1.0, 2.0], [3.0, 4.0]]]

    Raises:
        ValueError: no number, an uneven row, too many of them, or channels of different sizes.
    """
    if len(text) > 20_000:
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
    """A matrix of a lesson link, as it is; raises ValueError if it cannot be read."""
    read_matrix(text)
    return text


def read_picture(text: str) -> Tensor:
    """The pixels of a picture, float32 (C, H, W) in [0, 1]; the inverse of `write_picture`.

    Raises:
        ValueError: the text is damaged.
    """
    found = _PICTURE.fullmatch(text)
    if not text:
        raise Refusal(mark("Choose a picture first."))
    if not found:
        raise Refusal(mark("The picture is damaged."))
    channels, height, width = (int(size) for size in found.groups()[:3])
    code = found[4]
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


def _text(name: Message, value: object) -> str:
    if not isinstance(value, str):
        raise Refusal(mark("{name} is a text."), name=name)
    return value
