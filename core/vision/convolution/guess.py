"""What the questions on the page ask about: other settings of the same input, computed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from core.vision.convolution import sheet
from core.vision.convolution.link import write_edits
from core.vision.convolution.question import Cell, Question
from core.vision.convolution.setting import Padding
from core.vision.convolution.slide import slide, touched
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
class Made:
    """A picture, the kernel that made it, and whom to suspect."""

    picture: bytes
    by: str
    suspects: tuple[str, ...]


def about(question: Question) -> str:
    """The state that the questions ask about, as a text."""
    drawn = question.source.drawn.encode() if question.source.kind != "matrix" else ""
    source = replace(question.source, drawing=None)
    plain = sorted(question.plain.items())
    rest = (question.filters, question.kernel, question.padding, plain, question.bias)
    dice = (question.angle, question.dice, write_edits(question.edits))
    return f"{source} {drawn} {rest} {dice} {question.place}"


def other_size(question: Question) -> OtherSize | None:
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


def turned(question: Question) -> Turned:
    """What turning the kernel would do to the opened number, before the activation."""
    place = question.place
    at = (place.map, place.row, place.column)
    other = question.other(flipped=not question.setting.flipped)
    here, there = (float(slide(each).before[at]) for each in (question, other))
    return Turned(here, there)


def reached(question: Question) -> tuple[Cell, int]:
    """An input cell in the middle, and how many cells of one output channel hang on it."""
    setting = question.setting
    row, column = setting.rows // 2, setting.columns // 2
    return Cell(0, row, column), len(touched(setting, row, column))


def made(question: Question) -> Made:
    """A picture by one of four kernels, decided by the state that is asked about."""
    decide = random.Random(about(question))
    suspects = tuple(sorted(decide.sample(SUSPECTS, 4), key=SUSPECTS.index))
    by = decide.choice(suspects)
    plain = Question(replace(question.source, normalised=False), (by,), padding=1)
    return Made(sheet.one(slide(plain).output[0]), by, suspects)
