"""Digits as real people wrote them with a pen: points in the order of writing, and who wrote them.

Alpaydin and Alimoglu, "Pen-Based Recognition of Handwritten Digits" (UCI Machine Learning
Repository, 1996), licensed CC BY 4.0. Its training part holds 7,494 digits of 30 writers on a
tablet, in the UNIPEN format; y points up there. The file is never committed: it is looked for
beside MNIST.

Networks are judged on writers whom they never saw (`folds`): digits of one person resemble each
other, so a split that puts some of them on either side would flatter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.schema import Explained, mark
from core.vision import mnist
from core.vision.drawing import Drawing

LICENCE = (
    "Pen-Based Recognition of Handwritten Digits (Alpaydin, Alimoglu; UCI 1996), CC BY 4.0, "
    "its 30 training writers"
)
FILE = Path("pendigits") / "pendigits-orig.tra"
COUNT, WRITERS = 7_494, 30
WRITTEN = f"{COUNT:,} digits by {WRITERS} people"
"""What a card says was learned from."""
FOLDS = 5
SCALE, TOP = 2, 1000
"""The tablet's 500 units become the canvas's 1,024, and its y, which points up, is turned over."""

NOT_FOUND = mark(
    "The pen strokes of people were not found. They were looked for in {places}, each with {file} "
    "inside. Only training and measuring the digit networks needs them."
)
DAMAGED = mark("{path} is not the file of pen strokes that it should be.")

_LABEL = re.compile(r'\.SEGMENT DIGIT\s.*"(\d)"$')
_WRITER = re.compile(r"\.COMMENT\s+\d\s+(\d+)\s")


class StrokesMissing(Explained, FileNotFoundError):
    """The file is not there or damaged; the sentence says where it was looked for."""


@dataclass(frozen=True)
class People:
    """N digits.

    Attributes:
        drawings: N, as if drawn on the canvas.
        labels: int64 (N,).
        writers: int64 (N,), the number of who wrote it.
    """

    drawings: tuple[Drawing, ...]
    labels: NDArray[np.int64]
    writers: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def where(self, chosen: NDArray[np.bool_]) -> People:
        """Those for which `chosen`, (N,), is true."""
        drawings = tuple(d for d, keep in zip(self.drawings, chosen, strict=True) if keep)
        return People(drawings, self.labels[chosen], self.writers[chosen])


def find() -> Path:
    """Where the file lies.

    Raises:
        StrokesMissing: at none of the places where MNIST is looked for.
    """
    for place in mnist.places():
        if (place / FILE).is_file():
            return place / FILE
    raise StrokesMissing(NOT_FOUND, places=tuple(map(str, mnist.places())), file=str(FILE))


@lru_cache(maxsize=1)
def load() -> People:
    """All digits, in the order of the file.

    Raises:
        StrokesMissing: not found, or something else than the file of that name.
    """
    path = find()
    try:
        who = read(path.read_text(encoding="ascii").splitlines())
    except ValueError:
        who = None
    if who is None or len(who) != COUNT:
        raise StrokesMissing(DAMAGED, path=str(path))
    return who


def read(lines: Sequence[str]) -> People:
    """The digits of a UNIPEN file.

    Raises:
        ValueError: it is no such file.

    >>> people = read([
    ...     '.SEGMENT DIGIT    0 ? "1"', '.COMMENT 1 12  224', '.PEN_DOWN', ' 250  400',
    ...     ' 250  100', '.PEN_UP',
    ... ])
    >>> people.labels.tolist(), people.writers.tolist(), people.drawings[0].lists()
    ([1], [12], [[[500, 200], [500, 800]]])
    """
    drawings, labels, writers = [], [], []
    for segment in _segments(lines):
        label, writer = _LABEL.match(segment[0]), _WRITER.match("".join(segment[1:2]))
        if label is None or writer is None:
            raise ValueError("A segment begins with its digit and its writer.")
        labels.append(int(label[1]))
        writers.append(int(writer[1]))
        drawings.append(Drawing.of(_strokes(segment[2:])))
    if not drawings:
        raise ValueError("There is no digit in it.")
    return People(tuple(drawings), np.array(labels), np.array(writers))


def folds(writers: NDArray[np.int64]) -> list[NDArray[np.bool_]]:
    """Which digits each of FOLDS parts keeps back, (N,) each: every writer is in exactly one.

    >>> [part.tolist() for part in folds(np.array([1, 2, 6]))][:2]
    [[True, False, True], [False, True, False]]
    """
    return [(writers - 1) % FOLDS == fold for fold in range(FOLDS)]


def _segments(lines: Sequence[str]) -> Iterator[list[str]]:
    starts = [i for i, line in enumerate(lines) if line.startswith(".SEGMENT")]
    for start, end in pairwise([*starts, len(lines)]):
        yield [line for line in lines[start:end] if line.strip()]


def _strokes(lines: Sequence[str]) -> list[list[tuple[int, int]]]:
    strokes: list[list[tuple[int, int]]] = []
    for line in lines:
        if line.startswith(".PEN_DOWN"):
            strokes.append([])
        elif not line.startswith("."):
            if not strokes:
                raise ValueError("A point comes before the pen is down.")
            x, y = map(int, line.split())
            strokes[-1].append((SCALE * x, TOP - SCALE * y))
    return [stroke for stroke in strokes if stroke]
