"""Pieces: pairs, triples and longer runs of letters that a text often has, each with a number.

A network that reads one letter at a time has to carry the letters before it in its state. One that
reads the pieces as well that end there has them before its eyes. A piece counts if the text that is
learned from holds it OFTEN times; of a rarer one only the shorter ones are read.

    N letters, V kinds, G letters at a glance, R numbers: rows of one table
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

OFTEN = 3
"""How often a piece stands in the text, at least."""
NONE = -2
"""Begins each table: a piece that is not in it has the place 0."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """The pieces of a text.

    Attributes:
        kinds: V; the numbers of single letters come first.
        tables: of pairs, of triples, ...: sorted codes, the place of the piece without its last
            letter, times V, plus that letter.
    """

    kinds: int
    tables: tuple[Tensor, ...]

    @classmethod
    def of(cls, train: Tensor, kinds: int, glance: int) -> Pieces:
        """Those of up to `glance` letters, of a text (N,)."""
        found = cls(kinds, ())
        for _ in range(glance - 1):
            made = found.codes(train, found.places(train)[-1])
            codes, counts = made.unique(return_counts=True)  # type: ignore[no-untyped-call]
            often = codes[(counts >= OFTEN) & (codes >= 0)]
            table = torch.cat([torch.tensor([NONE]), often])
            found = cls(kinds, (*found.tables, table))
        return found

    @property
    def glance(self) -> int:
        """G."""
        return len(self.tables) + 1

    @property
    def rows(self) -> int:
        """R."""
        return self.kinds + sum(map(len, self.tables))

    def codes(self, letters: Tensor, place: Tensor) -> Tensor:
        """Of pieces that are one letter longer than those at `place`; -1 where there is none."""
        before = torch.cat([torch.zeros_like(place[..., :1]), place[..., :-1]], -1)
        return torch.where(before > 0, before * self.kinds + letters, -1)

    def places(self, letters: Tensor) -> list[Tensor]:
        """Of the piece of each length that ends at each letter, (..., N); 0 where it is not one."""
        found = [letters + 1]
        for table in self.tables:
            code = self.codes(letters, found[-1])
            at = torch.searchsorted(table, code).clamp(max=len(table) - 1)
            found.append(torch.where(table[at] == code, at, 0))
        return found

    def numbered(self, letters: Tensor) -> Tensor:
        """What is read at each letter, (..., N, G); letters alone, (..., N), at a glance of one.

        >>> Pieces.of(torch.tensor([0, 1] * 4), 2, 2).numbered(torch.tensor([0, 1, 1]))
        tensor([[0, 2],
                [1, 3],
                [1, 2]])
        """
        if not self.tables:
            return letters
        columns, first = [letters], self.kinds
        for table, place in zip(self.tables, self.places(letters)[1:], strict=True):
            columns.append(first + place)
            first += len(table)
        return torch.stack(columns, -1)


def letters_of(numbers: Tensor) -> Tensor:
    """The letters of what is read: (B, T) of (B, T) or (B, T, G)."""
    return numbers if numbers.dim() < 3 else numbers[..., 0]
