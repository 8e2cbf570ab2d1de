"""Where the windows of a convolution or a pooling lie along one side of their input.

Sizes follow Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), and
torch's documentation: the division is rounded down, so that a rest at the end is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["zeros", "reflect", "replicate", "circular"]


@dataclass(frozen=True)
class Axis:
    """The arithmetic of rows, or of columns.

    Attributes:
        size: of the input.
        kernel, stride, dilation: as set.
        low, high: padding before and behind; cut off from the output where transposed.
        extra: output padding; 0 unless transposed.
        transposed: which formula holds.
    """

    size: int
    kernel: int
    stride: int
    dilation: int
    low: int
    high: int
    extra: int = 0
    transposed: bool = False

    @property
    def span(self) -> int:
        """Pixels from the first to the last that the kernel touches."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def padded(self) -> int:
        """Of the input with its padding, before the kernel moves; transposed: the bare input."""
        return self.size if self.transposed else self.size + self.low + self.high

    @property
    def output(self) -> int:
        """Of the output."""
        if self.transposed:
            whole = (self.size - 1) * self.stride + self.span + self.extra
            return whole - self.low - self.high
        return (self.padded - self.span) // self.stride + 1

    @property
    def rest(self) -> int:
        """Rows at the end that no position of the kernel reaches, because the division is floored.

        With a stride larger than the kernel there are gaps between the positions as well; they are
        not counted here.
        """
        if self.transposed:
            return 0
        return (self.padded - self.span) % self.stride

    def taps(self, index: int) -> list[int | None]:
        """What an output index sees: the place in the padded input for each of the kernel's rows.

        None where a transposed kernel's row meets no input.

        >>> Axis(5, kernel=3, stride=2, dilation=1, low=1, high=1).taps(1)
        [2, 3, 4]
        """
        if not self.transposed:
            return [index * self.stride + i * self.dilation for i in range(self.kernel)]
        found: list[int | None] = []
        for i in range(self.kernel):
            at, between = divmod(index + self.low - i * self.dilation, self.stride)
            found.append(at if between == 0 and 0 <= at < self.size else None)
        return found

    def origin(self, mode: Mode = "zeros") -> list[int | None]:
        """Where each place of the padded input comes from in the bare one; None: it is a zero."""
        if self.transposed:
            return list(range(self.size))
        return [_origin(at - self.low, self.size, mode) for at in range(self.padded)]

    def seen(self, index: int, mode: Mode = "zeros") -> list[int | None]:
        """What an output index sees of the bare input; None: a zero, or nothing.

        >>> Axis(5, kernel=3, stride=1, dilation=1, low=1, high=1).seen(0)
        [None, 0, 1]
        """
        if self.transposed:
            return self.taps(index)
        first = index * self.stride - self.low
        return [_origin(first + i * self.dilation, self.size, mode) for i in range(self.kernel)]


def _origin(at: int, size: int, mode: Mode) -> int | None:
    if 0 <= at < size:
        return at
    match mode:
        case "zeros":
            return None
        case "replicate":
            return 0 if at < 0 else size - 1
        case "circular":
            return at % size
        case "reflect":
            return -at if at < 0 else 2 * (size - 1) - at
