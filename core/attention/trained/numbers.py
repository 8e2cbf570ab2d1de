"""Any number on the page, opened: of the pass on show, and of those that it is compared with.

Arrays of the pass on show, with the cuts of the question in it, have the names of `rules`. Those of
the network without cuts begin with "uncut_". Those with one edge cut, from the word in question to
word 4, begin with "without_4_" where it is cut in every head, with "without_4_in_1_" where it is
cut in layer 1, with "without_4_in_1_0_" in head 0 of that layer; "without_4_lost" is what the cut
takes from each probability.

Of held-out sentences "ahead" (L, H) has the share of those that each head ranks the referent ahead
in, see `ranking`; arrays of the forward pass of sentence 12 begin with "sentence_12_".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from core.attention.trained import ranking, rules
from core.attention.trained.cuts import Cut, keep
from core.attention.trained.model import Cuts, ItModel
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.training.measure import MEASURED
from core.opened import Cell, Combination, Opened, Rule, Rules

UNCUT = "uncut_"
_SENTENCE = re.compile(r"sentence_(0|[1-9][0-9]{0,3})_")
_WITHOUT = re.compile(r"without_([1-9]?[0-9])_(?:in_([0-9])_(?:([0-9])_)?)?")


@dataclass(frozen=True)
class Pass:
    """A forward pass: the prefix of its arrays, what is read and what is cut in it."""

    prefix: str
    words: tuple[str, ...]
    cuts: tuple[Cut, ...] = ()
    renormalise: bool = True

    @property
    def ids(self) -> str:
        """What the array of its words is called: passes of one sentence share it."""
        return f"{self.prefix}ids" if _SENTENCE.fullmatch(self.prefix) else "ids"


@dataclass(frozen=True)
class Numbers:
    """Forward passes whose numbers can be opened.

    Attributes:
        passes: all of them.
        rules: of their arrays.
        trace: every array.
        weight: layer, head, from and to of the weight that is selected.
        ranking: what the heads read in held-out sentences, where the number is of one of them.
    """

    passes: tuple[Pass, ...]
    rules: Rules
    trace: dict[str, Tensor]
    weight: tuple[int, int, int, int] | None
    ranking: ranking.Ranking | None = None

    def open(self, cell: Cell) -> Opened:
        """A number by its place.

        Raises:
            Refusal: there is none.
        """
        return self.rules.open(self.trace, _standing(cell, self.ranking))

    def words(self, cell: Cell) -> tuple[str, ...]:
        """The words of the sentence that a number is of."""
        fits = [each for each in self.passes if cell.array.startswith(each.prefix)]
        return max(fits, key=lambda each: len(each.prefix)).words

    def open_weight(self, matrix: str = "weights") -> Opened:
        """The number where the weight is in "scores", "scaled", "masked" or "weights"."""
        assert self.weight is not None
        layer, *index = self.weight
        return self.open(Cell(f"layer_{layer}_attention_{matrix}", tuple(index)))


@torch.inference_mode()
def numbers(model: ItModel, question: ReferentQuestion, measured: int = MEASURED) -> Numbers:
    """The passes of a question: the one on show, and what its number is of.

    Args:
        model: any.
        question: what is asked.
        measured: how many held-out sentences shares are of.

    Raises:
        Refusal: its number is of a sentence that there is not.
    """
    shape, index = model.shape, model.vocabulary.index
    made: list[Rule] = []
    trace: dict[str, Tensor] = {}
    number, held = question.number, None
    if number and (number.array in ranking.ARRAYS or _SENTENCE.match(number.array)):
        held = ranking.ranking(model, measured)
        made, trace = ranking.rules(), held.arrays()
        number = _standing(number, held)
    passes = tuple(_passes(question, number, held, shape["layers"], shape["heads"]))
    for each in passes:
        ids = torch.tensor([[index[word] for word in each.words]])
        cuts = None
        if each.cuts:
            kept = keep(each.cuts, shape["layers"], shape["heads"], ids.shape[1])
            cuts = Cuts(kept, each.renormalise)
        made += rules.rules(model, cuts, each.prefix, each.ids)
        trace |= rules.arrays(model, ids, model(ids, cuts), cuts, each.prefix, each.ids)
    base = UNCUT if question.cuts else ""
    for each in passes:
        if _WITHOUT.fullmatch(each.prefix):
            names = (f"{base}probabilities", f"{each.prefix}probabilities")
            made.append(Combination(f"{each.prefix}lost", names, (1.0, -1.0)))
            before, after = (trace[name] for name in names)
            trace[f"{each.prefix}lost"] = before - after
    return Numbers(passes, rules.declared(made), trace, question.cell, held)


def _standing(cell: Cell, held: ranking.Ranking | None) -> Cell:
    """A number where it stands: a noun's weight among the weights of its sentence."""
    of_noun = cell.array in ("referent", "other") and len(cell.index) == 3
    return held.weight(cell) if held and of_noun else cell


def _passes(
    question: ReferentQuestion,
    number: Cell | None,
    held: ranking.Ranking | None,
    layers: int,
    heads: int,
) -> Iterator[Pass]:
    words = tuple(question.words)
    yield Pass("", words, question.cuts, question.renormalise)
    if question.cuts:
        yield Pass(UNCUT, words)
    of_sentence = number and _SENTENCE.match(number.array)
    if of_sentence and held:
        yield Pass(of_sentence[0], held.words(int(of_sentence[1])))
    found = number and _WITHOUT.match(number.array)
    if not found or question.referring is None:
        return
    noun, layer, head = (None if text is None else int(text) for text in found.groups())
    inside = (layer or 0) < layers and (head or 0) < heads
    if noun is not None and noun < len(words) and inside:
        yield Pass(found[0], words, (Cut(layer, head, question.referring, noun),))
