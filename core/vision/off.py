"""Which filters of the notes' SimpleCNN are switched off."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema import Record, listed, whole
from core.vision.trace import MAPS


def _filters(layer: str) -> tuple[int, ...]:
    count = MAPS[layer]
    filters: tuple[int, ...] = listed(whole(low=0, high=count - 1), 0, count, ())
    return filters


@dataclass(frozen=True)
class Off(Record):
    """The filters that are switched off, by layer; `vars` of it is what `trace` takes.

    >>> Off.read({"conv2": [5, 17]}).lists()
    {'conv2': [5, 17]}
    """

    conv1: tuple[int, ...] = _filters("conv1")
    conv2: tuple[int, ...] = _filters("conv2")

    def lists(self) -> dict[str, list[int]]:
        """As JSON, without the layers of which every filter is on."""
        return {layer: list(filters) for layer, filters in vars(self).items() if filters}
