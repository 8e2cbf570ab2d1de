"""Attention heads that the literature names, counted from 1 as the papers count.

They are heads of one model, bert-base-uncased; in another one the same place means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MODEL = "bert-base-uncased"
SHAPE = {
    "model_type": "bert",
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "vocab_size": 30522,
}
"""What the configuration of that model says; a folder may have any name."""

_CLARK = "Clark, Khandelwal, Levy, Manning 2019, What Does BERT Look At?"


@dataclass(frozen=True)
class NamedHead:
    """A head and what it was found to do.

    Attributes:
        layer: counted from 1.
        head: counted from 1.
        relation: which word gives which one its largest weight.
        share: of the words, how often that is right, in per cent.
        rules: the same for rules that the paper compares it with.
        paper: where that was measured.
    """

    layer: int
    head: int
    relation: str
    share: float
    rules: Mapping[str, float]
    paper: str = _CLARK


def _offset(share: float) -> dict[str, float]:
    return {"best fixed offset": share}


HEADS = (
    NamedHead(8, 10, "a direct object reads its verb", 86.8, _offset(40.0)),
    NamedHead(8, 11, "a determiner reads its noun", 94.3, _offset(51.7)),
    NamedHead(7, 6, "a possessive pronoun reads its noun", 80.5, _offset(47.7)),
    NamedHead(9, 6, "a preposition reads its object", 76.3, _offset(34.6)),
    NamedHead(6, 7, "a particle reads its verb", 99.1, _offset(91.4)),
    NamedHead(
        5,
        4,
        "a mention reads what it refers to",
        65.0,
        {"nearest mention": 27.0, "head-word match": 52.0, "rule-based system": 69.0},
    ),
)
