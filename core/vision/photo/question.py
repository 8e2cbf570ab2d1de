"""What the page of photographed handwriting asks."""

from __future__ import annotations

import functools
from dataclasses import dataclass, fields

import numpy as np

from core.opened import Cell
from core.schema import Refusal, choice, custom, listed, mark, nested, number, text, whole
from core.vision import rules
from core.vision.photo.corrected import Correction
from core.vision.photo.limits import MOST
from core.vision.photo.made import PAPERS, look, made, written
from core.vision.photo.sheet import Setting, Sheet
from core.vision.photo.stages import STAGES

EXAMPLE = (810, 1080)
"""Rows and columns of the example."""
DIGITS, COLUMNS = 24, 6
"""On the example, and in a line of it."""
SHEET, DIGIT = "sheet", "digit"


@dataclass(frozen=True)
class PhotoQuestion(Setting):
    """What is read on this sheet, with these settings?

    Attributes:
        sheet: the name under which a visitor's photograph is held; "" for the example.
        seed: of the example.
        paper: that the example is written on.
        shadow: how much light a shadow takes away from it.
        corrected: what a person says is written there.
    """

    sheet: str = text("", 40)
    seed: int = whole(4)
    paper: str = choice(PAPERS, "squared")
    shadow: float = number(0.5, 0.0, 0.7, step=0.1)
    corrected: tuple[Correction, ...] = listed(nested(Correction), 0, MOST, ())

    @property
    def setting(self) -> Setting:
        """How the sheet is read."""
        return Setting(**{each.name: getattr(self, each.name) for each in fields(Setting)})

    def example(self) -> Sheet:
        """The example that it asks of."""
        return _example(self.seed, self.paper, self.shadow)


@dataclass(frozen=True)
class StageQuestion(PhotoQuestion):
    """What does a stage look like, at most so many pixels wide or high?"""

    stage: str = choice(STAGES)
    side: int = whole(1440, 64, 1440)


def read_number(written_so: str) -> tuple[str, Cell] | None:
    """A number in a link: of the sheet, or of the digit that is selected; "" is none.

    >>> read_number("digit.ink.0.14.15")
    ('digit', Cell(array='ink', index=(0, 14, 15)))

    Raises:
        Refusal: it is not written so.
    """
    part, _, rest = written_so.partition(".")
    cell = rules.read_cell(rest)
    if cell is None and not written_so:
        return None
    if cell is None or part not in (SHEET, DIGIT):
        raise Refusal(mark("A number is written as {example}."), example="sheet.grey.120.300")
    return part, cell


def write_number(number: tuple[str, Cell] | None) -> str:
    """The inverse of `read_number`."""
    return "" if number is None else f"{number[0]}.{rules.write_cell(number[1])}"


@dataclass(frozen=True)
class PhotoNumberQuestion(PhotoQuestion):
    """How does this number come about, of the sheet or of one of its digits?"""

    digit: int = whole(0, 0, MOST - 1)
    number: tuple[str, Cell] = custom((SHEET, Cell("grey", (0, 0))), read_number, write_number)


@functools.lru_cache(maxsize=8)
def _example(seed: int, paper: str, shadow: float) -> Sheet:
    r = np.random.default_rng((seed, PAPERS.index(paper)))
    labels, drawings = written(r, DIGITS)
    return made(labels, drawings, look(paper, shadow, r), r, EXAMPLE, COLUMNS).sheet
