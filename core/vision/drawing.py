"""A drawing is strokes, not pixels: what the pen did, before anybody chose a resolution.

Canvas units are integers. The canvas is the square [0, SIDE) x [0, SIDE), x to the right and y
down; a pen that is dragged off the canvas goes on writing, so points may lie up to one canvas
outside it.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.schema import Refusal, custom, mark

SIDE = 1024
PEN = 56
"""Width of the pen on the canvas, in canvas units."""

MAX_STROKES = 256
MAX_POINTS = 10_000
MAX_BYTES = 160 * 1024
"""Longest question with a drawing in bytes: the largest one, with room to spare."""
MAX_LISTS = MAX_POINTS + MAX_STROKES + 32
"""Most lists in such a question, so that one with more need not be parsed to be refused."""
LOW, HIGH = -SIDE, 2 * SIDE - 1

_FORMAT = (
    1  # first byte of the encoded form, so that links in old slides can be told apart from new ones
)


STROKES = mark("A drawing has at most {most} strokes; this one has {count}.")
PAIRS = mark("Each point of a stroke is a pair of numbers, x and y.")
FAR = mark("A point lies too far from the canvas: x and y must be between {low} and {high}.")
DAMAGED = mark("The drawing in the link is damaged.")
CUT = mark("The drawing in the link is cut short.")


class DrawingError(Refusal):
    """The drawing cannot be used; the message is a sentence for the person who drew it."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """Strokes in the order of drawing, each int16 of shape (P, 2), P >= 1; P = 1 is a dot.

    >>> drawing = Drawing.of([[[10, 20], [30, 40]], [[500, 500]]])
    >>> drawing.points
    3
    >>> Drawing.decode(drawing.encode()) == drawing
    True
    """

    strokes: tuple[NDArray[np.int16], ...] = ()

    @classmethod
    def empty(cls) -> "Drawing":
        """The blank canvas."""
        return cls()

    @classmethod
    def of(cls, strokes: object) -> "Drawing":
        """Validate nested sequences [stroke][point][x, y]; numbers are rounded to canvas units.

        Raises:
            DrawingError: wrong nesting, not finite, out of range, or more than MAX_STROKES strokes
                or MAX_POINTS points.
        """
        if not isinstance(strokes, list | tuple):
            raise DrawingError(mark("A drawing is a list of strokes."))
        if len(strokes) > MAX_STROKES:
            raise DrawingError(STROKES, most=MAX_STROKES, count=len(strokes))
        if (
            sum(len(stroke) for stroke in strokes if isinstance(stroke, list | tuple | np.ndarray))
            > MAX_POINTS
        ):
            raise DrawingError(mark("A drawing has at most {most} points."), most=MAX_POINTS)
        return cls(tuple(_stroke(stroke) for stroke in strokes))

    @property
    def points(self) -> int:
        """Number of points in all strokes together."""
        return sum(len(stroke) for stroke in self.strokes)

    def __eq__(self, other: object) -> bool:
        """Same strokes, same points, same order."""
        return (
            isinstance(other, Drawing)
            and len(self.strokes) == len(other.strokes)
            and all(np.array_equal(a, b) for a, b in zip(self.strokes, other.strokes, strict=True))
        )

    def __hash__(self) -> int:
        return hash(tuple(stroke.tobytes() for stroke in self.strokes))

    def lists(self) -> list[list[list[int]]]:
        """The same as nested lists, for JSON."""
        return [stroke.tolist() for stroke in self.strokes]

    def encode(self) -> str:
        """A short text for links: zigzag varints of the steps between points, in base64url."""
        if not self.strokes:
            return ""
        code = bytearray([_FORMAT])
        for stroke in self.strokes:
            _put(code, len(stroke))
            steps = np.diff(stroke.astype(int), axis=0, prepend=np.zeros((1, 2), int))
            for step in steps.ravel().tolist():
                _put(code, 2 * step if step >= 0 else -2 * step - 1)
        return base64.urlsafe_b64encode(bytes(code)).rstrip(b"=").decode()

    @classmethod
    def decode(cls, text: str) -> "Drawing":
        """The inverse of `encode`.

        Raises:
            DrawingError: the text is damaged, cut short, or breaks a limit.
        """
        if not text:
            return cls()
        try:
            code = base64.b64decode(
                text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
            )
        except (binascii.Error, UnicodeEncodeError):
            raise DrawingError(DAMAGED) from None
        if not code or code[0] != _FORMAT:
            raise DrawingError(mark("The drawing in the link is in a form that is not known here."))
        numbers = _numbers(code[1:])
        strokes = []
        try:
            for count in numbers:
                if not 1 <= count <= MAX_POINTS:
                    raise DrawingError(DAMAGED)
                steps = np.array([_unzigzag(next(numbers)) for _ in range(2 * count)]).reshape(
                    -1, 2
                )
                strokes.append(np.cumsum(steps, axis=0))
        except (RuntimeError, StopIteration):
            raise DrawingError(CUT) from None
        return cls.of(strokes)


def _stroke(stroke: object) -> NDArray[np.int16]:
    try:
        points = np.asarray(stroke)
    except ValueError:
        raise DrawingError(PAIRS) from None
    if (
        points.ndim != 2
        or points.shape[1] != 2
        or not len(points)
        or points.dtype.kind not in "iuf"
    ):
        raise DrawingError(PAIRS)
    if not np.isfinite(points).all():
        raise DrawingError(mark("A point of the drawing is not a finite number."))
    points = np.rint(points)
    if points.min() < LOW or points.max() > HIGH:
        raise DrawingError(FAR, low=LOW, high=HIGH)
    rounded: NDArray[np.int16] = points.astype(np.int16)
    rounded.flags.writeable = False
    return rounded


def _put(code: bytearray, number: int) -> None:
    while number > 127:
        code.append(number & 127 | 128)
        number >>= 7
    code.append(number)


def _numbers(code: Iterable[int]) -> Iterator[int]:
    number = shift = 0
    for byte in code:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield number
            number = shift = 0
        elif (
            shift > 21
        ):  # no count and no step needs more; a longer one is damage, or an attack on our memory
            raise DrawingError(DAMAGED)
    if shift:
        raise DrawingError(CUT)


def _unzigzag(number: int) -> int:
    return -(number + 1) // 2 if number & 1 else number // 2


BLANK = Drawing()


def strokes(default: Any = BLANK) -> Any:
    """Declare a drawing, blank at first, as a field of a record."""
    return custom(
        default, Drawing.decode, Drawing.encode, Drawing.of, Drawing.lists, checked=Drawing
    )
