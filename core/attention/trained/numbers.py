"""Any number on the page, opened: of the pass on show, and of those that it is compared with.

Arrays of the pass on show, with the cuts of the question in it, have the names of `rules`. Those of
the network without cuts begin with "uncut_". Those with one edge cut, from the word in question to
word 4, begin with "without_4_" where it is cut in every head, with "without_4_in_1_" where it is
cut in layer 1, with "without_4_in_1_0_" in head 0 of that layer; "without_4_lost" is what the cut
takes from each probability.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from core.attention.trained import rules
from core.attention.trained.cuts import Cut, keep
from core.attention.trained.model import Cuts, ItModel
from core.attention.trained.question import ReferentQuestion
from core.opened import Cell, Combination, Opened, Rule, Rules

UNCUT = "uncut_"
_WITHOUT = re.compile(r"without_([1-9]?[0-9])_(?:in_([0-9])_(?:([0-9])_)?)?")


@dataclass(frozen=True)
class Pass:
    """A forward pass: the prefix of its arrays, and what is cut in it."""

    prefix: str
    cuts: tuple[Cut, ...]
    renormalise: bool


@dataclass(frozen=True)
class Numbers:
    """Forward passes whose numbers can be opened.

    Attributes:
        passes: all of them.
        rules: of their arrays.
        trace: every array.
        weight: layer, head, from and to of the weight that is selected.
    """

    passes: tuple[Pass, ...]
    rules: Rules
    trace: dict[str, Tensor]
    weight: tuple[int, int, int, int] | None

    def open(self, cell: Cell) -> Opened:
        """A number by its place.

        Raises:
            Refusal: there is none.
        """
        return self.rules.open(self.trace, cell)

    def open_weight(self, matrix: str = "weights") -> Opened:
        """The number where the weight is in "scores", "scaled", "masked" or "weights"."""
        assert self.weight is not None
        layer, *index = self.weight
        return self.open(Cell(f"layer_{layer}_attention_{matrix}", tuple(index)))


@torch.inference_mode()
def numbers(model: ItModel, question: ReferentQuestion) -> Numbers:
    """The passes of a question: the one on show, and what its number is of."""
    index = model.vocabulary.index
    ids = torch.tensor([[index[word] for word in question.words]])
    shape = model.shape
    made: list[Rule] = []
    trace: dict[str, Tensor] = {}
    passes = tuple(_passes(question, shape["layers"], shape["heads"]))
    for each in passes:
        cuts = None
        if each.cuts:
            kept = keep(each.cuts, shape["layers"], shape["heads"], ids.shape[1])
            cuts = Cuts(kept, each.renormalise)
        made += rules.rules(model, cuts, each.prefix)
        trace |= rules.arrays(model, ids, model(ids, cuts), cuts, each.prefix)
    base = UNCUT if question.cuts else ""
    for each in passes:
        if _WITHOUT.fullmatch(each.prefix):
            names = (f"{base}probabilities", f"{each.prefix}probabilities")
            made.append(Combination(f"{each.prefix}lost", names, (1.0, -1.0)))
            before, after = (trace[name] for name in names)
            trace[f"{each.prefix}lost"] = before - after
    return Numbers(passes, rules.declared(made), trace, question.cell)


def _passes(question: ReferentQuestion, layers: int, heads: int) -> Iterator[Pass]:
    yield Pass("", question.cuts, question.renormalise)
    if question.cuts:
        yield Pass(UNCUT, (), True)
    found = question.number and _WITHOUT.match(question.number.array)
    if not found or question.referring is None:
        return
    noun, layer, head = (None if text is None else int(text) for text in found.groups())
    inside = (layer or 0) < layers and (head or 0) < heads
    if noun is not None and noun < len(question.words) and inside:
        yield Pass(found[0], (Cut(layer, head, question.referring, noun),), True)
