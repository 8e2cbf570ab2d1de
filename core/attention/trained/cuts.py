"""Cuts: an edge, a head or a word is taken away. What changes is what the answer needs.

A heat map says where a head reads; only a cut says whether the answer hangs on it (Jain and Wallace
2019, Wiegreffe and Pinter 2019).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.attention.places import counted
from core.attention.trained.model import MAX_WORDS, Cuts
from core.schema import OutOfRange, Record, Refusal, custom, mark, maybe, whole

MAX_CUTS = 64
_KEYS = {"layer": "layer", "head": "head", "from": "source", "to": "target"}
"""The names of a cut in JSON, each with that of its attribute."""
_ALL = "x"
_PLACE = r"(?:x|[1-9][0-9]?)"
_CUT = re.compile(rf"{_PLACE}(?:\.{_PLACE}){{3}}")


@dataclass(frozen=True)
class Cut(Record):
    """Connections that are cut, counted from 0; None means all of them.

    An edge has `source` and `target`, a head `layer` and `head`, a word nobody may read only
    `target`, a word that may read nothing only `source`.

    Attributes:
        layer: which layer.
        head: which head of it.
        source: the word that reads, a row of the heat map.
        target: the word that is read, a column.
    """

    layer: int | None = maybe(whole(0, 0, MAX_WORDS - 1))
    head: int | None = maybe(whole(0, 0, MAX_WORDS - 1))
    source: int | None = maybe(whole(0, 0, MAX_WORDS - 1))
    target: int | None = maybe(whole(0, 0, MAX_WORDS - 1))

    @property
    def place(self) -> tuple[int | None, ...]:
        """Layer, head, source and target."""
        return self.layer, self.head, self.source, self.target


# -- JSON and lesson links ---------------------------------------------------------------------


def cut_list() -> Any:
    """Declare a field for cuts: in JSON objects with layer, head, from, to, counted from 0."""
    return custom((), read_cuts, write_cuts, _from_json, _to_json)


def read_cuts(text: str) -> tuple[Cut, ...]:
    """Cuts of a lesson link, each layer.head.from.to counted from 1, with x for all of them.

    >>> read_cuts("x.x.8.2_2.1.x.x")[1]
    Cut(layer=1, head=0, source=None, target=None)

    Raises:
        Refusal: they are not written so, or too many.
    """
    parts = text.split("_") if text else []
    if len(parts) > MAX_CUTS or not all(_CUT.fullmatch(part) for part in parts):
        raise Refusal(mark("At most {most} cuts, each layer.head.from.to."), most=MAX_CUTS)
    return tuple(
        Cut(*(None if place == _ALL else counted(place) for place in part.split(".")))
        for part in parts
    )


def write_cuts(cuts: Sequence[Cut]) -> str:
    """The text of `read_cuts`."""
    return "_".join(
        ".".join(_ALL if place is None else str(place + 1) for place in cut.place) for cut in cuts
    )


def _from_json(raw: object) -> tuple[Cut, ...]:
    if not isinstance(raw, list | tuple) or len(raw) > MAX_CUTS:
        raise Refusal(mark("Cuts are a list of at most {most}."), most=MAX_CUTS)
    return tuple(one if isinstance(one, Cut) else _cut(one) for one in raw)


def _cut(raw: object) -> Cut:
    if not isinstance(raw, Mapping) or not set(raw) <= set(_KEYS):
        raise Refusal(mark("A cut has a layer, a head, from and to; each may be missing."))
    return Cut(**{_KEYS[key]: value for key, value in raw.items()})


def _to_json(cuts: Sequence[Cut]) -> list[dict[str, Any]]:
    return [{key: getattr(cut, name) for key, name in _KEYS.items()} for cut in cuts]


# -- what a network makes of them --------------------------------------------------------------


def inside(name: str, place: int | None, count: int) -> None:
    """Raise `OutOfRange` unless a place that is given is below the count."""
    if place is not None and place >= count:
        raise OutOfRange(mark("“{name}” counts from 0 to {last} here."), name=name, last=count - 1)


def keep(cuts: Sequence[Cut], layers: int, heads: int, words: int) -> Tensor:
    """What stays: bool (L, H, T, T), False where a connection is cut."""
    mask = torch.ones(layers, heads, words, words, dtype=torch.bool)
    for cut in cuts:
        mask[tuple(slice(None) if at is None else at for at in cut.place)] = False
    return mask


def edges(source: Tensor, target: Tensor, layers: int, words: int) -> Cuts:
    """For each of N sentences one edge cut, in every layer and head.

    Args:
        source: (N,) the word that reads.
        target: (N,) the word that is read.
        layers: L.
        words: T.
    """
    mask = torch.ones(len(source), words, words, dtype=torch.bool)
    mask[torch.arange(len(source)), source, target] = False
    return Cuts(mask[None, :, None].expand(layers, -1, -1, -1, -1))
