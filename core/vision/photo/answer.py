"""What the picture of photographed handwriting paints.

An answer is: uint32 (little-endian) length of the head, the head as JSON, then bytes that the head
points into: the digits as the network sees them, 784 bytes of ink each, and a small picture of each
stage, as JPEG.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from core.headed import headed
from core.opened import latex, program, wire
from core.vision.photo import stages
from core.vision.photo.corrected import Score, answered, labels, score
from core.vision.photo.question import (
    PhotoNumberQuestion,
    PhotoQuestion,
    StageQuestion,
    write_number,
)
from core.vision.photo.rules import opened
from core.vision.photo.sheet import Read, Sheet, read

SMALL = 240
"""Longest side of the small pictures."""


def warm() -> None:
    """Read the example once: what everybody sees first is there at once."""
    torch.set_num_threads(1)
    question = PhotoQuestion()
    answer(question.example(), question)


def answer(sheet: Sheet, question: PhotoQuestion) -> bytes:
    """All that is read on a sheet."""
    found = read(sheet, question.setting)
    said = labels(found.cut.boxes, question.corrected)
    pictures = np.rint(found.pictures * 255).astype(np.uint8).tobytes()
    strip, code = [], pictures
    for stage in stages.STAGES:
        image = stages.jpeg(stages.picture(sheet, found, question.turn, stage), SMALL)
        strip.append({"stage": stage, "at": len(code), "size": len(image)})
        code += image
    rows, columns = found.light.grey.shape
    head = {
        "found": found.found,
        "width": columns,
        "height": rows,
        "turned": found.light.turned,
        "threshold": vars(found.threshold),
        "ruling": bool(found.ruling.any()),
        "lines": int(found.cut.lines.max()) + 1 if len(found.cut) else 0,
        "count": len(found.cut),
        "digits": [_digit(found, number, said[number]) for number in range(len(found.verdicts))],
        "score": _score(score(found.verdicts, said)),
        "strip": strip,
    }
    return headed(head, code)


def stage(sheet: Sheet, question: StageQuestion) -> bytes:
    """A stage as a picture, JPEG."""
    found = read(sheet, question.setting)
    image = stages.picture(sheet, found, question.turn, question.stage)
    return stages.jpeg(image, question.side)


def number(sheet: Sheet, question: PhotoNumberQuestion) -> dict[str, Any]:
    """A number as it was asked for, how it comes about, and the same as text.

    Raises:
        Refusal: there is no such number.
    """
    part, cell = question.number
    shown = opened(sheet, question.setting, part, cell, question.digit)
    return {
        "number": write_number(question.number),
        "opened": wire(shown),
        "latex": latex(shown),
        "program": program(shown),
    }


def _digit(found: Read, number: int, label: int | None) -> dict[str, Any]:
    verdict = found.verdicts[number]
    digit = int(verdict.probabilities.argmax())
    return {
        "box": found.cut.boxes[number],
        "line": found.cut.lines[number],
        "digit": digit,
        "probability": float(verdict.probabilities[digit]),
        "isDigit": verdict.is_digit,
        "reason": verdict.reason,
        "label": label,
        "right": label is None or label == answered(verdict),
    }


def _score(counted: Score | None) -> dict[str, Any] | None:
    if counted is None:
        return None
    return {**vars(counted), "share": counted.right / counted.of}
