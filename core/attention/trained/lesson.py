"""What a lesson says of a trained network: its formula in numbers, facts to predict, what to keep.

Of the networks that ship, for one question.
"""

from __future__ import annotations

import csv
import functools
import io
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from torch import Tensor

from core.attention.trained.answer import reply
from core.attention.trained.numbers import Numbers, numbers
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.vocabulary import Language
from core.attention.trained.shipped import EXAMPLES, network
from core.figures.sketch import Sketch, breadth
from core.figures.word_map import word_map

WEIGHT = (
    r"\alpha_{ij} = \operatorname{softmax}_j \left( \frac{q_i \cdot k_j}{\sqrt{d}} \right), "
    r"\qquad z_i = \sum_j \alpha_{ij} v_j"
)
ROLLOUT = (
    r"\tilde A_l = \tfrac12 I + \tfrac{1}{2H} \sum_h A_{l,h}, \qquad "
    r"R_l = \tilde A_l \tilde A_{l-1} \cdots \tilde A_1"
)
"""Abnar and Zuidema 2020, section 3."""
_FAINT = 0.01
"""A smaller weight has no arc in the small picture."""
NORM = r"\left\lVert \alpha_{ij} \, v_j W_O \right\rVert"
"""Kobayashi and others 2020, section 3."""


@dataclass(frozen=True)
class Seen:
    """A question with its answer: the head of `reply`, the maps, and the selected square."""

    question: ReferentQuestion
    head: dict[str, Any]
    maps: dict[str, Tensor]

    @property
    def cell(self) -> dict[str, Any]:
        """The selected square's arithmetic."""
        found: dict[str, Any] = self.head["cell"]
        return found

    @functools.cached_property
    def numbers(self) -> Numbers:
        """The forward passes of the question, to be opened."""
        return numbers(network(self.question.model, self.question.language).model, self.question)

    @property
    def shown(self) -> Tensor:
        """The map of the selected head, of the cut network if anything is cut: (T, T)."""
        maps = self.maps.get("after", self.maps["before"])
        return maps[self.cell["layer"], self.cell["head"]]


def seen(question: ReferentQuestion) -> Seen:
    """Ask the network; where no square was picked, the one that the head reads most.

    Raises:
        Refusal: the network has no such place or number.
    """
    net = network(question.model, question.language)
    layer, head = question.head or net.best_head
    if question.cell is None:
        found, maps = reply(net.model, question, (layer, head))
        row = question.referring or 0
        weights = maps.get("after", maps["before"])[layer, head, row]
        column = found["says"]["map"]["to"] if found["says"] else int(weights.argmax())
        question = replace(question, cell=(layer, head, row, column))
    return Seen(question, *reply(net.model, question, (layer, head)))


def picture(found: Seen) -> bytes:
    """The map of the selected head, with the selected square, as SVG."""
    weights, words = found.shown.numpy(), found.question.words
    largest = float(weights.max()) or 1.0
    return word_map(weights, words, words, found.cell["from"], found.cell["to"], largest)


def table(found: Seen) -> bytes:
    """Every weight of every head as CSV in UTF-8; layers, heads and words count from 1."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("cut", "layer", "head", "from", "from word", "to", "to word", "value"))
    words = found.question.words
    for name in ("before", "after"):
        for index, value in np.ndenumerate(found.maps[name].numpy() if name in found.maps else 0):
            if index:
                layer, head, i, j = index
                place = (layer + 1, head + 1, i + 1, words[i], j + 1, words[j])
                writer.writerow((name, *place, f"{value:.9g}"))
    return text.getvalue().encode()


def thumbnail(language: Language) -> str:
    """The first example of a language, with an arc to each word that the word in question reads.

    An arc is as thick as the best head's weight, computed here and now. The data URL of an SVG.
    """
    found = seen(ReferentQuestion(EXAMPLES[language][0], language=language))
    words, at, to = found.question.words, found.cell["from"], found.cell["to"]
    width, height, space = 320, 112, 4.5
    whole = sum(breadth(word) for word in words) + space * (len(words) - 1)
    sketch = Sketch(width, height)
    places, x, y = [], (width - whole) / 2, height - 14.0
    for word in words:
        places.append((x + breadth(word) / 2, y))
        x += breadth(word) + space
    asking = places[at][0]
    for j, (across, _y) in enumerate(places):
        weight = float(found.shown[at, j])
        if j == at or weight < _FAINT:
            continue
        top = y - 14 - min(84, 12 + abs(across - asking) * 0.7)
        d = f"M{asking:.1f} {y - 12:.1f}C{asking:.1f} {top:.1f} {across:.1f} {top:.1f} "
        d += f"{across:.1f} {y - 12:.1f}"
        sketch.path(d, "accent" if j == to else "ink", 1 + 5 * weight, 0.25 + 0.75 * weight)
    for j, (word, (across, _y)) in enumerate(zip(words, places, strict=True)):
        sketch.text(across, y, word, "accent" if j in (at, to) else "ink", anchor="middle")
    return sketch.url()


@dataclass(frozen=True)
class Cutting:
    """What becomes of an answer when one edge is cut in every head.

    Attributes:
        word: the word in question.
        noun: what it no longer reads.
        before: the answer.
        after: the answer then.
        share: probability of the first answer, before and after.
    """

    word: str
    noun: str
    before: str
    after: str
    share: tuple[float, float]


def cutting(found: Seen) -> Cutting | None:
    """The edge to the answer, if the answer is a word of the sentence."""
    says, words = found.head["says"], found.question.words
    at = found.question.referring
    if says is None or at is None:
        return None
    for cut in says["cuts"]:
        if words[cut["to"]] == says["answer"]:
            share = (cut["before"], cut["after"])
            return Cutting(words[at], says["answer"], says["answer"], cut["answer"], share)
    return None


def chance(sentence: str, word: str, language: Language = "en") -> float:
    """Probability that *it* is a word, as the shipped network of two layers has it."""
    question = ReferentQuestion(sentence, language=language)
    head, _maps = reply(network("2x4", language).model, question, None)
    rows = {row["word"]: row["before"] for row in head["answer"]["words"]}
    return float(rows[word])
