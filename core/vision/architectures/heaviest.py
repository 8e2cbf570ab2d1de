"""Which layer of a published network holds most of its weights, and which others one might name."""

from __future__ import annotations

from dataclasses import dataclass

from core.vision.architectures.table import Row, table


@dataclass(frozen=True)
class Heaviest:
    """Layers of one network, as places in its table.

    Attributes:
        rows: of the whole table.
        offered: the answer among layers that one might take for it, from first to last.
        most: the one with most weights.
        busiest: the one with most multiply-adds.
    """

    rows: list[Row]
    offered: list[int]
    most: int
    busiest: int

    @property
    def share(self) -> float:
        """Of all weights, those in the heaviest layer."""
        return self.rows[self.most].parameters / sum(row.parameters for row in self.rows)


def heaviest(net: str) -> Heaviest:
    """Those of a network by name.

    >>> found = heaviest("alexnet_2012")
    >>> [found.rows[i].name for i in found.offered], found.rows[found.most].name
    (['conv2', 'conv5', 'fc6', 'fc8'], 'fc6')
    """
    rows = list(table(net).rows)
    learned = [i for i, row in enumerate(rows) if row.parameters]
    most = max(learned, key=lambda i: rows[i].parameters)
    busiest = max(learned, key=lambda i: rows[i].multiply_adds)
    convolutions = [i for i in learned if rows[i].kind == "conv"]
    offered = sorted({most, busiest, learned[-1], *convolutions[-1:]})
    return Heaviest(rows, offered, most, busiest)
