"""How well photographed sheets are read: made ones, in styles that no training saw."""

from __future__ import annotations

import time
from collections.abc import Iterable

import numpy as np
import torch
from PIL import Image

from benchmarks.figures import Figure, Unmeasured, Values, measures
from core.vision.hand import people
from core.vision.photo.corrected import answered
from core.vision.photo.made import Made, look, made, written
from core.vision.photo.sheet import opened, read
from tests.photographs import any_look, file_of, matched, photograph

SHEETS, OF_PEOPLE = 200, 40
MEGAPIXELS = (4000, 3000)
DIGITS = 40


@measures(
    Figure("photo.digits_found", "digits of made sheets that are cut out", "share", 0.97),
    Figure(
        "photo.accuracy", "digits of made sheets, in unseen styles, that are read", "share", 0.96
    ),
)
def sheets() -> Values:
    """Papers, pens, lights and lenses of all kinds; as JPEG, which a camera stores.

    A digit counts as read if it was cut out, taken for a digit and taken for the right one.
    """
    found, right, count = _counted(photograph(number) for number in range(SHEETS))
    return {"photo.digits_found": found / count, "photo.accuracy": right / count}


@measures(
    Figure("photo.people", "pen digits of 30 people on made sheets, that are read", "share"),
)
def of_people() -> Values:
    """The pen strokes of people, of whom the network has learned; measured, never shipped."""
    try:
        who = people.load()
    except people.StrokesMissing as error:
        raise Unmeasured(str(error)) from None

    def sheet(number: int) -> Made:
        r = np.random.default_rng((7, number))
        some = r.choice(len(who), DIGITS, replace=False)
        labels, drawings = who.labels[some].tolist(), [who.drawings[i] for i in some]
        return made(labels, drawings, any_look(r), r)

    _, right, count = _counted(sheet(number) for number in range(OF_PEOPLE))
    return {"photo.people": right / count}


@measures(
    Figure(
        "photo.sheet_s",
        f"a photo of 12 megapixels with {DIGITS} digits, from file to verdicts, time of one core",
        "s",
        at_most=3.0,
    ),
)
def sheet_s() -> Values:
    """The time of one core, whatever else the machine does meanwhile; the median of five."""
    torch.set_num_threads(1)
    r = np.random.default_rng(12)
    sheet = made(*written(r, DIGITS), look("squared", 0.4, r), r).sheet
    data = file_of(Image.fromarray(sheet.pixels).resize(MEGAPIXELS, Image.Resampling.BICUBIC))
    took = []
    for _ in range(6):
        start = time.thread_time()
        read(opened(data)[0])
        took.append(time.thread_time() - start)
    return {"photo.sheet_s": float(np.median(took[1:]))}


def _counted(sheets: Iterable[Made]) -> tuple[int, int, int]:
    """Digits that were cut out, those that were read, and all of them."""
    found = right = count = 0
    for number, sheet in enumerate(sheets):
        quality = 70 + 5 * (number % 6)
        seen = read(opened(file_of(sheet.sheet.pixels, quality=quality))[0])
        for box, label in zip(matched(sheet, seen), sheet.labels, strict=True):
            count += 1
            found += box is not None
            right += bool(
                box is not None and seen.verdicts and answered(seen.verdicts[box]) == label
            )
    return found, right, count
