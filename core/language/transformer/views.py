"""The numbers inside one block of the network, as matrices to be shown.

Blocks are named after the figure of the paper: "encoder.embedding", "encoder.positions",
"encoder.input" (their sum), "encoder.0.attention", "encoder.0.norm1", "encoder.0.feed",
"encoder.0.norm2"; the decoder likewise, with "decoder.0.cross" after the first normalisation and
three of those; "linear" and "softmax". "beam" has no place in the figure: it is what a beam search
adds up along one target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from core.language.transformer.trace import STACKS, Pass
from core.opened import Cell
from core.schema import Refusal, mark

BEAM = "beam"
_FRONT = ("embedding", "positions", "input")
_PARTS = {
    "encoder": ("attention", "norm1", "feed", "norm2"),
    "decoder": ("attention", "norm1", "cross", "norm2", "feed", "norm3"),
}


@dataclass(frozen=True)
class Matrix:
    """A matrix with the names of its rows and, where they have some, of its columns.

    Attributes:
        name: what it is called in its block.
        array: of the pass; one head of it where `head` is given.
        values: two axes.
        rows, columns: their names.
        head: which head, of an array of heads.
        flat: whether the array has one axis, the columns.
    """

    name: str
    array: str
    values: Tensor
    rows: Sequence[str]
    columns: Sequence[str] | None = None
    head: int | None = None
    flat: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """One of its numbers, as a number of the array."""
        if self.flat:
            return Cell(self.array, (column,))
        before = () if self.head is None else (self.head,)
        return Cell(self.array, (*before, row, column))


@dataclass(frozen=True)
class Address:
    """Where a block is: the stack, the layer, the part. The end of the network has no stack."""

    stack: str
    layer: int
    part: str

    @classmethod
    def of(cls, name: str, layers: int) -> Address:
        """Read a name.

        Raises:
            ValueError: there is no such block.
        """
        if name in ("linear", "softmax", BEAM):
            return cls("", 0, name)
        stack, _, rest = name.partition(".")
        if stack in STACKS:
            if rest in _FRONT:
                return cls(stack, 0, rest)
            number, _, part = rest.partition(".")
            if number in map(str, range(layers)) and part in _PARTS[stack]:
                return cls(stack, int(number), part)
        raise Refusal(mark("There is no such block in this network."))


def names(layers: int) -> list[str]:
    """Every block of a network, from below."""
    parts = []
    for stack in STACKS:
        parts += [f"{stack}.{part}" for part in _FRONT]
        parts += [f"{stack}.{i}.{part}" for i in range(layers) for part in _PARTS[stack]]
    return [*parts, "linear", "softmax"]


def matrices(seen: Pass, trace: Mapping[str, Tensor], at: Address, head: int) -> list[Matrix]:
    """What the block got, and everything that it made of it.

    Args:
        seen: the pass.
        trace: its arrays.
        at: the block.
        head: of an attention.
    """

    def plain(name: str, array: str, columns: Sequence[str] | None = None) -> Matrix:
        return Matrix(name, array, trace[array], rows, columns)

    rows = seen.rows(at.stack)
    if at.part == "linear":
        return [plain("x", seen.last), plain("logits", "logits", seen.words)]
    if at.part == "softmax":
        cut = ("kept", "remaining") if seen.how.cuts else ()
        shown = dict.fromkeys(("logits", "probabilities", seen.uncut, *cut, seen.chances))
        return [plain(name, name, seen.words) for name in shown]
    if at.part == BEAM:
        path = [seen.words[i] for i in seen.following]
        return [
            Matrix(name, name, trace[name][None], [" ".join(path)], path, flat=True)
            for name in ("chosen", "log_chosen", "so_far", "score")
        ]
    if at.part in _FRONT:
        front = [("embedding", "embedding"), ("positions", "positions"), ("sum", "input")]
        pairs = front if at.part == "input" else [front[_FRONT.index(at.part)]]
        return [plain(name, f"{at.stack}_{array}") for name, array in pairs]
    name = f"{at.stack}_{at.layer}_{at.part}"
    x = _entering(seen, at)
    if at.part == "feed":
        parts = ("before", "inner", "output")
        return [plain("x", x), *(plain(part, f"{name}_{part}") for part in parts)]
    if at.part.startswith("norm"):
        output = f"{at.stack}_{at.layer}_{_BEFORE[at.stack][at.part]}_output"
        listed = [plain("x", x), plain("output", output)]
        return listed + [plain(part, f"{name}_{part}") for part in ("added", "out")]

    def of_head(part: str, rows: Sequence[str], columns: Sequence[str] | None = None) -> Matrix:
        array = f"{name}_{part}"
        return Matrix(part, array, trace[array][head], rows, columns, head)

    read = rows if at.part == "attention" else seen.source
    memory = Matrix("memory", seen.memory, trace[seen.memory], read)
    scores = ("scores", "scaled", "masked", "weights")
    return [
        plain("x", x),
        *([memory] if at.part == "cross" else []),
        of_head("q", rows),
        *(of_head(part, read) for part in ("k", "v")),
        *(of_head(part, rows, read) for part in scores),
        of_head("mixed", rows),
        plain("output", f"{name}_output"),
    ]


_BEFORE = {
    "encoder": {"norm1": "attention", "norm2": "feed"},
    "decoder": {"norm1": "attention", "norm2": "cross", "norm3": "feed"},
}
"""The part whose output meets the residual connection at each normalisation."""


def _entering(seen: Pass, at: Address) -> str:
    """The array that a block of a layer gets."""
    parts = _PARTS[at.stack]
    before = [part for part in parts[: parts.index(at.part)] if part.startswith("norm")]
    if not before:
        return seen.entering(at.stack, at.layer)
    return f"{at.stack}_{at.layer}_{before[-1]}_out"
