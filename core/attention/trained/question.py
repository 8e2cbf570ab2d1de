"""What the page asks when a sentence, a cut or a number changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from core.attention.places import Pair
from core.attention.trained.cuts import Cut, cut_list, inside
from core.attention.trained.model import MAX_WORDS
from core.attention.trained.sentences.grammar import VOCABULARIES, like
from core.attention.trained.sentences.reading import MAX_CHARACTERS, read
from core.attention.trained.sentences.vocabulary import LANGUAGES, MASK, Language
from core.attention.trained.shipped import MODELS
from core.opened import Cell
from core.opened.linked import NUMBER_FIELD
from core.schema import REQUIRED, Record, Refusal, choice, custom, flag, mark, maybe, text, whole

MAX_BYTES = 16 * 1024
"""Longest question in bytes: the longest sentence and 64 cuts, with room to spare."""
MAPS = ("weights", "norms")

_HEAD = ("layer", "head")
_WEIGHT = (*_HEAD, "from", "to")
Weight = tuple[int, int, int, int]
Unlike = Literal["nouns", "arrangement"]
PLACE = mark("A place is {names}.")


def _place(names: Sequence[str]) -> Any:
    """Declare a field for places by their names, or None."""

    def read_json(raw: object) -> tuple[int, ...] | None:
        if raw is None:
            return None
        if not isinstance(raw, Mapping) or set(raw) != set(names):
            raise Refusal(PLACE, names=tuple(names))
        return tuple(_INDEX.read(raw[name]) for name in names)

    def write_json(place: Sequence[int] | None) -> dict[str, int] | None:
        return None if place is None else dict(zip(names, place, strict=True))

    def parse(written: str) -> tuple[int, ...] | None:
        return tuple(map(int, written.split("."))) if written else None

    def form(place: Sequence[int] | None) -> str:
        return "" if place is None else ".".join(map(str, place))

    return custom(None, parse, form, read_json, write_json)


_INDEX = whole(0, 0, MAX_WORDS - 1).named("place")
_OF_HEAD, _CELL = _place(_HEAD).named("head"), _place(_WEIGHT).named("cell")


@dataclass(frozen=True)
class ReferentQuestion(Record):
    """One question: what does this network compute from this sentence, with these cuts?

    Attributes:
        sentence: of words that are all known.
        model: "2x4", "1x1" or "mlm".
        cuts: what is cut, all at once.
        renormalise: whether the weights beside a cut grow so that they sum to 1 again.
        cell: layer, head, from, to of the weight whose arithmetic is wanted.
        at: the word that is asked what it stands for, where it is not the last "it".
        head: layer and head of the map that is compared with the cuts.
        maps: "weights", or "norms" for weights times value norms.
        number: another number whose arithmetic is wanted; see `numbers`.
        language: of the sentence and the network.

    Raises:
        Refusal: it says what is wrong.
    """

    sentence: str = text(REQUIRED, MAX_CHARACTERS, lines=True)
    model: str = choice(tuple(MODELS))
    cuts: tuple[Cut, ...] = cut_list()
    renormalise: bool = flag(True)
    cell: Weight | None = _CELL
    at: int | None = maybe(whole(0, 0, MAX_WORDS - 1))
    head: Pair | None = _OF_HEAD
    maps: str = choice(MAPS)
    number: Cell | None = NUMBER_FIELD
    language: Language = choice(LANGUAGES)

    def check_together(self) -> None:
        """Refuse a sentence that cannot be read, or a word in question that it does not have."""
        inside("at", self.at, len(self.words))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the sentence."""
        return tuple(read(self.sentence, self.language))

    @property
    def referring(self) -> int | None:
        """Where the word stands that is asked what it stands for; None: nothing is asked.

        The last hidden word, or else the last "it".
        """
        if self.at is not None:
            return self.at
        for word in (MASK, VOCABULARIES[self.language].it):
            if word in self.words:
                return len(self.words) - 1 - self.words[::-1].index(word)
        return None

    @property
    def unlike(self) -> Unlike | None:
        """How the sentence differs from all that the network was trained on, if it does.

        "nouns": what *it* can be is not one animal and one thing; "arrangement": anything else.
        """
        words = VOCABULARIES[self.language]
        if like(self.words, self.language) and (self.model == "mlm" or MASK not in self.words):
            return None
        parts = sorted(words.part(word) for word in self.words if word in words.candidates)
        named = words.it in self.words and MASK not in self.words
        return "nouns" if named and parts != ["animal", "thing"] else "arrangement"

    def check_shape(self, layers: int, heads: int) -> None:
        """Raise `OutOfRange` for a place that a network of this shape does not have."""
        counts = (layers, heads, len(self.words), len(self.words))
        for place in (self.cell or (), self.head or (), *(cut.place for cut in self.cuts)):
            for name, at, count in zip(_WEIGHT, place, counts, strict=False):
                inside(name, at, count)
