"""What the page "Attention, step by step" asks: words, switches, a cell, numbers set by hand.

Everything is validated here, whether it comes from the live route or from a lesson link.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from core.attention.steps.words import ASKED, CONTEXTS, EXAMPLES, PAD
from core.schema import Message, Refusal, mark, whole

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
TEMPERATURES = (0.1, 5.0)
SEEDS = (0, 999_999)
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
FORMULA = mark("The numbers of {matrix} follow from a formula alone.")

_EDIT = re.compile(r"[A-Za-z]{1,6}\.\d\.\d{1,2}\.\d{1,2}=-?[0-9.e+-]{1,24}")


@dataclass(frozen=True)
class Cell:
    """One number: of which matrix, of which head (0 where there is but one), where.

    Raises:
        Refusal: there is no such matrix, or not so many rows, columns, heads.
    """

    matrix: str
    head: int = 0
    row: int = 0
    column: int = 0

    def __post_init__(self) -> None:
        """Refuse a cell that no sentence could have."""
        if self.matrix not in MATRICES:
            raise Refusal(mark("There is no such matrix; there are {names}."), names=MATRICES)
        for index, most in ((self.head, 8), (self.row, 12), (self.column, 12)):
            if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < most:
                raise Refusal(mark("An index is a whole number from 0 to {high}."), high=most - 1)
        if self.head and self.matrix not in HEADED:
            raise Refusal(mark("{matrix} has no heads."), matrix=self.matrix)


Edits = tuple[tuple[Cell, float], ...]


@dataclass(frozen=True)
class Question:
    """What is computed, and which number of it is looked at.

    Attributes:
        words: of the sentence, one to ten.
        context: words that a cross-attention looks at; nothing else does.
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

    words: tuple[str, ...]
    context: tuple[str, ...] = ()
    kind: Literal["self", "cross"] = "self"
    numbers: Literal["hand", "random"] = "hand"
    seed: int = 3
    positions: bool = False
    scaled: bool = True
    mask: Literal["none", "causal", "padding"] = "none"
    temperature: float = 1.0
    heads: int = 1
    edits: Edits = ()
    place: Cell = Cell("A")

    def __post_init__(self) -> None:
        """Refuse what makes no sense together."""
        _one_of(mark("kind of attention"), self.kind, KINDS)
        _one_of(mark("source of numbers"), self.numbers, NUMBERS)
        _one_of(mark("mask"), self.mask, MASKS)
        for name in ("positions", "scaled"):
            if not isinstance(getattr(self, name), bool):
                raise Refusal(mark("{name} is true or false."), name=name)
        if type(self.heads) is not int or self.heads not in HEADS:
            raise Refusal(mark("Eight columns can be split among {names} heads."), names=HEADS)
        low, high = TEMPERATURES
        if not _is_number(self.temperature) or not low <= self.temperature <= high:
            raise Refusal(
                mark("The temperature lies between {low} and {high}."), low=low, high=high
            )
        whole(low=SEEDS[0], high=SEEDS[1]).named("seed").check(self.seed)
        check_words(self.words)
        if self.kind == "cross":
            check_words(self.context)
            if self.mask == "causal":
                raise Refusal(CAUSAL)
        if self.mask == "padding" and all(word == PAD for word in self.looked_at):
            raise Refusal(PADDED)
        if len(self.edits) > MAX_EDITS:
            raise Refusal(mark("At most {most} numbers are set by hand at once."), most=MAX_EDITS)
        for _, number in self.edits:
            check_number(number)

    @property
    def asking(self) -> tuple[str, ...]:
        """The words that ask: one row of the queries each."""
        return self._padded(self.words) if self.kind == "self" else self.words

    @property
    def looked_at(self) -> tuple[str, ...]:
        """The words that are looked at: one row of the keys and of the values each."""
        return self._padded(self.words if self.kind == "self" else self.context)

    def edits_of(self, cell: Cell) -> list[Cell]:
        """The cells of the same matrix that were set by hand."""
        return [edited for edited, _ in self.edits if edited.matrix == cell.matrix]

    def _padded(self, words: tuple[str, ...]) -> tuple[str, ...]:
        pad = self.mask == "padding" and PAD not in words
        return words + (PAD,) * PADDING if pad else words

    @classmethod
    def of(cls, raw: object) -> Question:
        """Validate what came in as JSON: words and context as texts, edits as lists.

        Raises:
            Refusal: it says what is wrong.
        """
        if not isinstance(raw, Mapping) or not isinstance(raw.get("words"), str):
            raise Refusal(mark("A question is an object with words."))
        known = {"words", "context", "edits", "place", *_PLAIN}
        if set(raw) - known:
            raise Refusal(mark("A question has no more than {names}."), names=sorted(known))
        context = raw.get("context", "")
        if not isinstance(context, str):
            raise Refusal(mark("A context is a text."))
        return cls(
            read_words(raw["words"]),
            # Words that nothing looks at need not make sense.
            read_words(context) if raw.get("kind") == "cross" else (),
            edits=_edits(raw.get("edits", [])),
            place=_cell(raw.get("place", {"matrix": "A"})),
            **{name: raw[name] for name in _PLAIN if name in raw},
        )

    def with_place(self, place: Cell) -> Question:
        """The same question about another number."""
        return replace(self, place=place)


_PLAIN = ("kind", "numbers", "seed", "positions", "scaled", "mask", "temperature", "heads")


def example(language: str) -> tuple[str, str]:
    """The sentence to begin with, and the one that a cross-attention looks at."""
    code = language if language in EXAMPLES else "en"
    return EXAMPLES[code], CONTEXTS[code]


def read_words(text: str) -> tuple[str, ...]:
    """The words of a text, which are what stands between spaces.

    Raises:
        Refusal: there are none, too many, or one that is too long or cannot be shown.
    """
    if len(text) > 100 * MAX_WORDS * MAX_LETTERS:
        raise Refusal(ROOM, most=MAX_WORDS)
    words = tuple(text.split())
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
    asked, answered = ASKED.get(language, ASKED["en"])
    if asked not in words or answered not in words:
        return Cell("A")
    return Cell("A", 0, words.index(asked), words.index(answered))


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


def check_number(number: object) -> float:
    """A number that may be set by hand, as float.

    Raises:
        Refusal: it is not finite, or too large.
    """
    if not _is_number(number) or not abs(float(number)) <= LARGEST:  # type: ignore[arg-type]
        raise Refusal(mark("A number is set between −{most} and {most}."), most=LARGEST)
    return float(number)  # type: ignore[arg-type]


def write_cell(cell: Cell | None) -> str:
    """A cell in a link; none, where nobody has chosen one yet, is empty.

    >>> write_cell(Cell("A", 1, 7, 1))
    'A.1.7.1'
    """
    if cell is None:
        return ""
    return f"{cell.matrix}.{cell.head}.{cell.row}.{cell.column}"


def read_place(text: str) -> Cell | None:
    """The inverse of `write_cell`."""
    return read_cell(text) if text else None


def read_cell(text: str) -> Cell:
    """A cell from a link."""
    matrix, *indices = text.split(".")
    if len(indices) != 3 or not all(re.fullmatch(r"0|[1-9][0-9]?", part) for part in indices):
        raise Refusal(CELL)
    return Cell(matrix, *map(int, indices))


def write_edits(edits: Edits) -> str:
    """The numbers that are set by hand, in a link.

    >>> write_edits(((Cell("Q", 0, 7, 1), -0.5), (Cell("Wq"), 2.0)))
    'Q.0.7.1=-0.5,Wq.0.0.0=2.0'
    """
    return ",".join(f"{write_cell(cell)}={check_number(number)!r}" for cell, number in edits)


def read_edits(text: str) -> Edits:
    """The inverse of `write_edits`."""
    parts = [part for part in text.split(",") if part]
    if len(parts) > MAX_EDITS or not all(_EDIT.fullmatch(part) for part in parts):
        raise Refusal(mark("Numbers are set as Q.0.7.1=-0.5, separated by commas."))
    pairs = [part.split("=") for part in parts]
    return _checked([(read_cell(cell), check_number(float(number))) for cell, number in pairs])


def _edits(raw: object) -> Edits:
    if not isinstance(raw, list) or len(raw) > MAX_EDITS:
        raise Refusal(mark("Numbers set by hand are a list of at most {most}."), most=MAX_EDITS)
    if not all(isinstance(edit, list) and len(edit) == 2 for edit in raw):
        raise Refusal(mark("A number set by hand is a cell and the number."))
    return _checked([(_cell(cell), check_number(number)) for cell, number in raw])


def _checked(edits: list[tuple[Cell, float]]) -> Edits:
    for cell, _ in edits:
        if cell.matrix in FIXED:
            raise Refusal(FORMULA, matrix=cell.matrix)
    return tuple(dict(edits).items())  # of two numbers for one cell, the later


def _cell(raw: object) -> Cell:
    if not isinstance(raw, Mapping) or not set(raw) <= {"matrix", "head", "row", "column"}:
        raise Refusal(CELL)
    if not isinstance(raw.get("matrix"), str):
        raise Refusal(mark("A matrix is named by a text."))
    return Cell(**raw)


def _one_of(what: Message, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise Refusal(mark("There is no such {what}; there are {names}."), what=what, names=allowed)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
