"""What the questions on the page ask about: other settings of the same input, computed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from core.vision.convolution import sheet
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import slide, touched
from core.vision.convolution.source import Source
from core.vision.convolution.values import OutputCell, Padding
from core.vision.impossible import Impossible

SUSPECTS = ("identity", "sobel_x", "sobel_y", "laplacian", "box", "emboss", "sharpen")
"""Kernels of which one has made a picture."""


@dataclass(frozen=True)
class OtherSize:
    """How many rows would there be, with another stride and padding?"""

    stride: int
    padding: Padding
    kernel: int
    rows: int
    output: int


@dataclass(frozen=True)
class Turned:
    """The opened number now, and with the kernel turned by 180 degrees."""

    now: float
    then: float

    @property
    def answer(self) -> str:
        """How it compares: "more", "less" or "same"."""
        if abs(self.then - self.now) < 1e-5 * max(1.0, abs(self.now)):
            return "same"
        return "more" if self.then > self.now else "less"


@dataclass(frozen=True)
class Filtered:
    """A picture, the kernel that made it, and whom to suspect."""

    picture: bytes
    by: str
    suspects: tuple[str, ...]


def about(question: ConvolutionQuestion) -> str:
    """The state that the questions ask about, as a text."""
    drawn = question.drawn.encode() if question.source != "matrix" else ""
    return f"{replace(question, drawing=None, place=question.cell, turn=0)} {drawn}"


def other_size(question: ConvolutionQuestion) -> OtherSize | None:
    """A setting near this one that its output does not show; None if none can be computed."""
    setting = question.setting
    if setting.transposed:
        return None
    for stride, padding in ((2, 0), (3, 1), (1, 0), (1, 1), (2, 2)):
        if stride == setting.stride and padding == setting.axes[0].low:
            continue
        try:
            other = replace(setting, stride=stride, padding=padding, mode="zeros")
        except Impossible:
            continue
        return OtherSize(stride, padding, setting.kernel[0], setting.rows, other.output[1])
    return None


def turned(question: ConvolutionQuestion) -> Turned:
    """What turning the kernel would do to the opened number, before the activation."""
    cell = question.cell
    at = (cell.map, cell.row, cell.column)
    other = replace(question, flipped=not question.flipped)
    here, there = (float(slide(each).before[at]) for each in (question, other))
    return Turned(here, there)


def reached(question: ConvolutionQuestion) -> tuple[OutputCell, int]:
    """An input cell in the middle, and how many cells of one output channel hang on it."""
    setting = question.setting
    row, column = setting.rows // 2, setting.columns // 2
    return OutputCell(0, row, column), len(touched(setting, row, column))


def filtered(question: ConvolutionQuestion) -> Filtered:
    """A picture by one of four kernels, decided by the state that is asked about."""
    decide = random.Random(about(question))
    suspects = tuple(sorted(decide.sample(SUSPECTS, 4), key=SUSPECTS.index))
    by = decide.choice(suspects)
    source = {name: getattr(question, name) for name in Source.schema if name != "normalised"}
    plain = ConvolutionQuestion(**source, filters=(by,), padding=1)
    return Filtered(sheet.one(slide(plain).output[0]), by, suspects)
