"""What the page "Attention, step by step" asks: words, switches, a cell, numbers set by hand.

Everything is validated here, whether it comes from the live route or from a lesson link.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from core.attention.steps.words import CONTEXTS, EXAMPLE_PAIRS, EXAMPLES, PAD
from core.schema import (
    REQUIRED,
    Record,
    Refusal,
    choice,
    custom,
    flag,
    mark,
    nested,
    number,
    whole,
)

MAX_WORDS = 10
MAX_LETTERS = 30
"""Characters in a word."""
PADDING = 2
"""Words that the padding mask puts behind a sentence, and then hides."""
MAX_EDITS = 100
LARGEST = 100.0
"""Largest size of a number that is set by hand."""

HEADS = (1, 2, 4, 8)
KINDS = ("self", "cross")
NUMBERS = ("hand", "random")
MASKS = ("none", "causal", "padding")
MATRICES = tuple("E P X EC PC C Wq Wk Wv Q K V S scaled masked exp A Z Wo O".split())
HEADED = ("S", "scaled", "masked", "exp", "A")
"""Matrices that each head has one of."""
FIXED = ("P", "PC", "exp")
"""Matrices whose numbers cannot be set: they follow from others by a formula alone."""

CAUSAL = mark(
    "A causal mask hides what comes later in the same sentence; cross-attention looks at another "
    "one."
)
PADDED = mark("All words are padding: nothing is left to look at.")
ROOM = mark("At most {most} words have room here.")
CELL = mark("A cell is a matrix, a head, a row and a column, such as A.0.7.1.")
EDITS = mark("Numbers are set as Q.0.7.1=-0.5, separated by commas.")
FORMULA = mark("The numbers of {matrix} follow from a formula alone.")

_EDIT = re.compile(r"[A-Za-z]{1,6}\.\d\.\d{1,2}\.\d{1,2}=-?[0-9.e+-]{1,24}")


SET = number(0.0, -LARGEST, LARGEST).named("number")
"""A number that is set by hand."""


@dataclass(frozen=True)
class Cell(Record):
    """One number: of which matrix, of which head (0 where there is but one), where.

    >>> Cell.read({"matrix": "A", "row": 7})
    Cell(matrix='A', head=0, row=7, column=0)

    Raises:
        Refusal: there is no such matrix, or not so many rows, columns, heads.
    """

    matrix: str = choice(MATRICES, "A")
    head: int = whole(0, 0, max(HEADS) - 1)
    row: int = whole(0, 0, MAX_WORDS + PADDING - 1)
    column: int = whole(0, 0, MAX_WORDS + PADDING - 1)

    def check_together(self) -> None:
        """Refuse a head of a matrix that has none."""
        if self.head and self.matrix not in HEADED:
            raise Refusal(mark("{matrix} has no heads."), matrix=self.matrix)


Edits = tuple[tuple[Cell, float], ...]


def _words_of(text: str) -> tuple[str, ...]:
    if len(text) > 100 * MAX_WORDS * MAX_LETTERS:
        raise Refusal(ROOM, most=MAX_WORDS)
    return tuple(text.split())


def read_place(text: str) -> Cell | None:
    """A cell of a link; none, where nobody has chosen one yet, is empty.

    >>> read_place("A.1.7.1")
    Cell(matrix='A', head=1, row=7, column=1)
    """
    try:
        return _PLACE.parse(text) if text else None
    except Refusal:
        raise Refusal(CELL) from None


def write_place(cell: Cell | None) -> str:
    """The text of `read_place`."""
    return "" if cell is None else _PLACE.format(cell)


def read_edits(text: str) -> Edits:
    """The numbers that are set by hand, of a link.

    >>> read_edits("Wq.0.0.0=2.0")
    ((Cell(matrix='Wq', head=0, row=0, column=0), 2.0),)
    """
    parts = [part for part in text.split(",") if part]
    if len(parts) > MAX_EDITS or not all(_EDIT.fullmatch(part) for part in parts):
        raise Refusal(EDITS)
    pairs = [part.split("=") for part in parts]
    try:
        return _checked([(_PLACE.parse(cell), SET.parse(value)) for cell, value in pairs])
    except Refusal:
        raise Refusal(EDITS) from None


def write_edits(edits: Edits) -> str:
    """The text of `read_edits`.

    >>> write_edits(((Cell("Q", 0, 7, 1), -0.5), (Cell("Wq"), 2.0)))
    'Q.0.7.1=-0.5,Wq.0.0.0=2.0'
    """
    return ",".join(f"{_PLACE.format(cell)}={SET.check(value)!r}" for cell, value in edits)


def _edits_of_json(raw: object) -> Edits:
    if not isinstance(raw, list | tuple):
        raise Refusal(mark("Numbers set by hand are a list of at most {most}."), most=MAX_EDITS)
    if not all(isinstance(edit, list | tuple) and len(edit) == 2 for edit in raw):
        raise Refusal(mark("A number set by hand is a cell and the number."))
    return _checked([(_PLACE.read(cell), SET.check(value)) for cell, value in raw])


def _edits_to_json(edits: Edits) -> list[list[Any]]:
    return [[cell.write(), value] for cell, value in edits]


def _checked(edits: Sequence[tuple[Cell, float]]) -> Edits:
    if len(edits) > MAX_EDITS:
        raise Refusal(mark("At most {most} numbers are set by hand at once."), most=MAX_EDITS)
    for cell, _ in edits:
        if cell.matrix in FIXED:
            raise Refusal(FORMULA, matrix=cell.matrix)
    return tuple(dict(edits).items())  # of two numbers for one cell, the later


_PLACE = nested(Cell).named("place")


@dataclass(frozen=True)
class StepsQuestion(Record):
    """What is computed, and which number of it is opened.

    Attributes:
        words: of the sentence, one to ten; in JSON a text.
        context: words that a cross-attention reads; nothing else does.
        kind: "self" or "cross".
        numbers: "hand": lexicon and projections set by hand; "random": drawn from the seed.
        seed: of what is drawn.
        positions: whether the positional encoding is added.
        scaled: whether the scores are divided by the square root of d_h.
        mask: "none", "causal" or "padding"; the last puts two words of padding behind what is
            looked at, and hides them.
        temperature: of the softmax, 0.1 to 5.
        heads: 1, 2, 4 or 8.
        edits: numbers that stand instead of the computed ones.
        place: the number whose arithmetic is wanted.

    Raises:
        Refusal: it says what is wrong.
    """

    words: tuple[str, ...] = custom(REQUIRED, _words_of, " ".join)
    context: tuple[str, ...] = custom((), _words_of, " ".join)
    kind: Literal["self", "cross"] = choice(KINDS)
    numbers: Literal["hand", "random"] = choice(NUMBERS)
    seed: int = whole(3)
    positions: bool = flag()
    scaled: bool = flag(True)
    mask: Literal["none", "causal", "padding"] = choice(MASKS)
    temperature: float = number(1.0, 0.1, 5.0)
    heads: int = choice(HEADS)
    edits: Edits = custom((), read_edits, write_edits, _edits_of_json, _edits_to_json)
    place: Cell = nested(Cell, Cell())

    def check_together(self) -> None:
        """Refuse what makes no sense together."""
        check_words(self.words)
        if self.kind == "cross":
            check_words(self.context)
            if self.mask == "causal":
                raise Refusal(CAUSAL)
        if self.mask == "padding" and all(word == PAD for word in self.looked_at):
            raise Refusal(PADDED)

    @property
    def asking(self) -> tuple[str, ...]:
        """The words that ask: one row of the queries each."""
        return self._padded(self.words) if self.kind == "self" else self.words

    @property
    def looked_at(self) -> tuple[str, ...]:
        """The words that are read: one row of the keys and of the values each."""
        return self._padded(self.words if self.kind == "self" else self.context)

    def edits_of(self, cell: Cell) -> list[Cell]:
        """The cells of the same matrix that were set by hand."""
        return [edited for edited, _ in self.edits if edited.matrix == cell.matrix]

    def _padded(self, words: tuple[str, ...]) -> tuple[str, ...]:
        pad = self.mask == "padding" and PAD not in words
        return words + (PAD,) * PADDING if pad else words

    def with_place(self, place: Cell) -> StepsQuestion:
        """The same question about another number."""
        return replace(self, place=place)


def example(language: str) -> tuple[str, str]:
    """The sentence to begin with, and the one that a cross-attention reads."""
    code = language if language in EXAMPLES else "en"
    return EXAMPLES[code], CONTEXTS[code]


def read_words(text: str) -> tuple[str, ...]:
    """The words of a text, which are what stands between spaces.

    Raises:
        Refusal: there are none, too many, or one that is too long or cannot be shown.
    """
    words = _words_of(text)
    check_words(words)
    return words


def read_text(text: str) -> str:
    """A text of a lesson link, as it is; empty: the example.

    Raises:
        Refusal: its words have no room here.
    """
    if text:
        read_words(text)
    return text


def first_place(words: tuple[str, ...], language: str) -> Cell:
    """The number to begin with: the weight of the answer for the word that is asked about."""
    query, key = EXAMPLE_PAIRS.get(language, EXAMPLE_PAIRS["en"])
    if query not in words or key not in words:
        return Cell("A")
    return Cell("A", 0, words.index(query), words.index(key))


def check_words(words: tuple[str, ...]) -> None:
    """Raise `Refusal` unless these are one to ten words."""
    if not words:
        raise Refusal(mark("Type at least one word."))
    if len(words) > MAX_WORDS:
        raise Refusal(ROOM, most=MAX_WORDS)
    for word in words:
        if len(word) > MAX_LETTERS:
            raise Refusal(mark("A word has at most {most} characters here."), most=MAX_LETTERS)
        if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in word):
            raise Refusal(mark("A word has a character that cannot be shown."))
