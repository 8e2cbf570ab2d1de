"""Which numbers meet in a sum of products, written as in einops: "i (h k), j (h k) -> h i j"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from torch import Tensor

Axes = tuple[tuple[str, ...], ...]
"""For each axis of an array its letters: one, or several of an axis that is several in one."""


@dataclass(frozen=True)
class Pattern:
    """A pattern that has been read.

    Attributes:
        operands: the axes of left, right and, where there is one, bias.
        output: the axes of what comes out.
    """

    operands: tuple[Axes, ...]
    output: Axes

    @property
    def summed(self) -> tuple[str, ...]:
        """Letters that are added up, in the order of the left operand."""
        out = {letter for axis in self.output for letter in axis}
        return tuple(x for axis in self.operands[0] for x in axis if x not in out)

    def sizes(self, arrays: Sequence[Tensor]) -> dict[str, int]:
        """The length of each letter; arrays: the operands, then the output.

        Raises:
            ValueError: the arrays do not fit the pattern.
        """
        found: dict[str, int] = {}
        grouped: list[tuple[tuple[str, ...], int]] = []
        for axes, array in zip((*self.operands, self.output), arrays, strict=True):
            if len(axes) != array.dim():
                raise ValueError(f"An array of {array.dim()} axes does not fit {axes}.")
            for axis, size in zip(axes, array.shape, strict=True):
                if len(axis) > 1:
                    grouped.append((axis, size))
                elif found.setdefault(axis[0], size) != size:
                    raise ValueError(f"{axis[0]} is both {found[axis[0]]} and {size} long.")
        for axis, size in grouped:
            missing = [letter for letter in axis if letter not in found]
            known = math.prod(found[letter] for letter in axis if letter in found)
            if len(missing) == 1 and size % known == 0:
                found[missing[0]] = size // known
            elif missing or known != size:
                raise ValueError(f"The length of {axis} cannot be told.")
        return found

    def fixed(self, index: Sequence[int], sizes: Mapping[str, int]) -> dict[str, int]:
        """The value of each letter of the output at an index."""
        found: dict[str, int] = {}
        for axis, at in zip(self.output, index, strict=True):
            for letter in reversed(axis):
                at, found[letter] = divmod(at, sizes[letter])
        return found


def span(axis: Sequence[str], fixed: Mapping[str, int], sizes: Mapping[str, int]) -> range:
    """The part of an axis that takes part: one place, a block, every n-th, or all of it."""
    size = math.prod(sizes[letter] for letter in axis)
    start, step, last = 0, size, 0
    stride = 1
    for letter in reversed(axis):
        if letter in fixed:
            start += fixed[letter] * stride
        else:
            step = min(step, stride)
            last += (sizes[letter] - 1) * stride
        stride *= sizes[letter]
    return range(start, start + last + 1, step if last else 1)


def entering(
    array: Tensor,
    axes: Axes,
    fixed: Mapping[str, int],
    sizes: Mapping[str, int],
    order: Sequence[str],
) -> Tensor:
    """The numbers of an array that take part, in the order of the letters that are added up."""
    letters = [letter for axis in axes for letter in axis]
    apart = array.reshape([sizes[letter] for letter in letters])
    taken = apart[tuple(fixed.get(letter, slice(None)) for letter in letters)]
    left = [letter for letter in letters if letter not in fixed]
    return taken.permute([left.index(letter) for letter in order]).reshape(-1)


@lru_cache(maxsize=256)
def pattern(text: str) -> Pattern:
    """Read a pattern.

    >>> pattern("i (h k), j (h k) -> h i j").summed
    ('k',)

    Raises:
        ValueError: it cannot be read.
    """
    operands, arrow, output = text.partition("->")
    parts = [_axes(part) for part in operands.split(",")]
    if not arrow or not 2 <= len(parts) <= 3:
        raise ValueError(f"A pattern is left, right -> output; not {text!r}.")
    return Pattern(tuple(parts), _axes(output))


def _axes(text: str) -> Axes:
    found = re.findall(r"\(([a-z\s]+)\)|([a-z])", text)
    return tuple(tuple(group.split()) if group else (single,) for group, single in found)
