"""One word in several sentences: the vector that a pretrained encoder gives it in each.

    N sentences, L layers and what goes into the first one, D width

A word that is cut into several pieces has the mean of their vectors. Two of them are compared by
their cosine; the map shows their first two principal components.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from core.opened import Dot, Given, Rules, Unit
from core.opened.scored import Scored
from core.pretrained import shelf
from core.pretrained.shelf import Pretrained
from core.schema import Refusal, mark

LEAST, MOST = 2, 8
"""Sentences that are compared."""
EXAMPLE = (
    "She sat on the bank of the river.",
    "The boat touched the muddy bank.",
    "He put his money into the bank.",
    "The bank raised its interest rate.",
)
WORD = "bank"
"""Sentences to begin with, two of a river and two of money, and the word that they share."""
FEW = mark("Write {least} to {most} sentences, each on a line of its own.")
NO_WORD = mark("Write the word that stands in every sentence.")
NOT_IN = mark("“{word}” does not stand in “{sentence}”.")
_SYMBOLS = {"cosine": "c", "unit": "u", "vector": "h"}


def sentences(text: str) -> list[str]:
    """The lines of a text that hold something.

    Raises:
        Refusal: there are too few, or too many.
    """
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if not LEAST <= len(found) <= MOST:
        raise Refusal(FEW, least=LEAST, most=MOST)
    return found


def span(word: str, sentence: str) -> tuple[int, int]:
    """Where a word begins and ends; whatever is written onto its end does not belong to it.

    >>> span("배", "나는 배를 탔다")
    (3, 4)

    Raises:
        Refusal: it does not stand there, or is no word.
    """
    if not word.strip():
        raise Refusal(NO_WORD)
    found = re.search(rf"(?<!\w){re.escape(word.strip())}", sentence, re.IGNORECASE)
    if found is None:
        raise Refusal(NOT_IN, word=word.strip(), sentence=sentence[:60])
    return found.span()


def answer(model: Pretrained, word: str, text: str, most: int) -> dict[str, Any]:
    """The cosines (L, N, N) and places on the map (L, N, 2) of the word, as plain values.

    Args:
        model: any.
        word: that stands in every sentence.
        text: the sentences, each on a line.
        most: pieces that a sentence may have.

    Raises:
        Refusal: see `sentences` and `span`; or a sentence is too long.
    """
    read = sentences(text)
    found = vectors(model, word, read, most)
    unit = torch.nn.functional.normalize(found, dim=-1)
    return {
        "sentences": read,
        "cosines": (unit @ unit.mT).tolist(),
        "points": torch.stack([flat(layer) for layer in unit]).tolist(),
    }


def scored(model: Pretrained, word: str, text: str, most: int) -> Scored:
    """The cosines, opened: "cosine" (L, N, N) of "unit" and "vector" (L, N, D)."""
    read = sentences(text)
    found = vectors(model, word, read, most)
    unit = torch.nn.functional.normalize(found, dim=-1)
    made = (
        Dot("cosine", "l i d, l j d -> l i j", "unit", "unit"),
        Unit("unit", "vector"),
        Given("vector", "of_word"),
    )
    trace = {"cosine": unit @ unit.mT, "unit": unit, "vector": found}
    layers = [str(layer) for layer in range(len(found))]
    return Scored(Rules(*made, symbols=_SYMBOLS), trace, layers, read)


@torch.inference_mode()
def vectors(model: Pretrained, word: str, read: Sequence[str], most: int) -> Tensor:
    """(L, N, D) of the word in each sentence, after each layer."""
    rows = []
    for sentence in read:
        begin, end = span(word, sentence)
        inputs = model.tokenizer(sentence, return_tensors="pt", return_offsets_mapping=True)
        offsets = inputs.pop("offset_mapping")[0].tolist()
        if len(offsets) > most:
            text = mark("A text may have {most} pieces; for this model it has {given}.")
            raise Refusal(text, most=most, given=len(offsets))
        pieces = [at for at, (low, high) in enumerate(offsets) if low < end and high > begin]
        ids = inputs["input_ids"][0, pieces].tolist()
        shelf.refuse_unknown(model, ids, [0] * len(ids))
        hidden = model.model(**inputs, output_hidden_states=True).hidden_states
        rows.append(torch.stack([layer[0, pieces].mean(0) for layer in hidden]))
    return torch.stack(rows, 1)


def flat(points: Tensor) -> Tensor:
    """(N, D) -> (N, 2): along the two directions in which they spread most.

    Each is turned so that the first point that is not at 0 lies on its positive side.
    """
    spread = (points - points.mean(0)).double()
    _, _, axes = torch.linalg.svd(spread, full_matrices=False)
    found = torch.nn.functional.pad(spread @ axes[:2].T, (0, max(0, 2 - len(axes))))
    first = found[(found.abs() > 1e-9).int().argmax(0), torch.arange(2)]
    return (found * torch.where(first < 0, -1.0, 1.0)).float()
