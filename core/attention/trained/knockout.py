"""Knock-outs: cut an edge, a head or a word, and ask again. What changes is what the answer needs.

A heat map says where a head reads; only a cut says whether the answer hangs on it (Jain and Wallace
2019, Wiegreffe and Pinter 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.attention.trained.model import Cuts
from core.schema import OutOfRange, Refusal, mark

MAX_CUTS = 64


@dataclass(frozen=True)
class Cut:
    """Connections that are cut, counted from 0; None means all of them.

    An edge has `source` and `target`, a head `layer` and `head`, a word nobody may read only
    `target`, a word that may read nothing only `source`.

    Attributes:
        layer: which layer.
        head: which head of it.
        source: the word that reads, a row of the heat map.
        target: the word that is read, a column.
    """

    layer: int | None = None
    head: int | None = None
    source: int | None = None
    target: int | None = None


def read(raw: object, layers: int, heads: int, words: int) -> tuple[Cut, ...]:
    """Cuts that came in as JSON: a list of objects with layer, head, from, to.

    Raises:
        ValueError: with a sentence.
    """
    if not isinstance(raw, list) or len(raw) > MAX_CUTS:
        raise Refusal(mark("Cuts are a list of at most {most}."), most=MAX_CUTS)
    found = []
    for one in raw:
        if not isinstance(one, dict) or not set(one) <= {"layer", "head", "from", "to"}:
            raise Refusal(mark("A cut has a layer, a head, from and to; each may be missing."))
        values = [
            index(name, one.get(name), count)
            for name, count in (("layer", layers), ("head", heads), ("from", words), ("to", words))
        ]
        found.append(Cut(*values))
    return tuple(found)


def index(name: str, value: object, count: int) -> int | None:
    """An index from 0 to count - 1, or None.

    Raises:
        ValueError: it is neither.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < count:
        raise OutOfRange(mark("“{name}” counts from 0 to {last} here."), name=name, last=count - 1)
    return value


def keep(cuts: Sequence[Cut], layers: int, heads: int, words: int) -> Tensor:
    """What stays: bool (L, H, T, T), False where a connection is cut."""
    kept = torch.ones(layers, heads, words, words, dtype=torch.bool)
    for cut in cuts:
        place = tuple(
            slice(None) if at is None else at
            for at in (cut.layer, cut.head, cut.source, cut.target)
        )
        kept[place] = False
    return kept


def edges(source: Tensor, target: Tensor, layers: int, words: int) -> Cuts:
    """For each of N sentences one edge cut, in every layer and head.

    Args:
        source: (N,) the word that reads.
        target: (N,) the word that is read.
        layers: L.
        words: T.
    """
    kept = torch.ones(len(source), words, words, dtype=torch.bool)
    kept[torch.arange(len(source)), source, target] = False
    return Cuts(kept[None, :, None].expand(layers, -1, -1, -1, -1))
