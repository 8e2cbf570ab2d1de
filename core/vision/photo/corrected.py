"""What a person says is written on a sheet, and how often the network agrees.

A correction is kept by where it was made, not by the number of its box: other settings cut other
boxes, and it goes to the one that holds the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.intervals import interval
from core.schema import Record, whole
from core.vision.doubt import Verdict
from core.vision.photo.limits import SIDE
from core.vision.photo.pieces import Boxes

NONE = -1
"""The label of what is no digit."""


@dataclass(frozen=True)
class Correction(Record):
    """What stands at a place of the sheet.

    Attributes:
        row, column: of the middle of the box that it was said of, in pixels.
        label: the digit, or NONE.
    """

    row: int = whole(0, 0, SIDE)
    column: int = whole(0, 0, SIDE)
    label: int = whole(NONE, NONE, 9)


@dataclass(frozen=True)
class Score:
    """How often the network was right about what was cut out.

    Attributes:
        right: boxes of which it said what is written there, or rightly refused to.
        of: all boxes.
        interval: Wilson's 95% interval of the share.
    """

    right: int
    of: int
    interval: list[float]


def labels(boxes: Boxes, corrected: Sequence[Correction]) -> list[int | None]:
    """What each box was said to hold; None: nothing was said of it. The last word counts."""
    said: list[int | None] = [None] * len(boxes)
    for each in corrected:
        for number, (top, left, bottom, right) in enumerate(boxes):
            if top <= each.row < bottom and left <= each.column < right:
                said[number] = each.label
    return said


def answered(verdict: Verdict) -> int:
    """The digit that the network answers, NONE where it refuses."""
    return int(verdict.probabilities.argmax()) if verdict.is_digit else NONE


def score(verdicts: Sequence[Verdict], said: Sequence[int | None]) -> Score | None:
    """How often the network was right, if nothing was said of a box means that it was.

    None where nothing was cut out.
    """
    if not verdicts:
        return None
    right = sum(
        label is None or answered(verdict) == label
        for verdict, label in zip(verdicts, said, strict=True)
    )
    return Score(right, len(verdicts), interval(right, len(verdicts)))
