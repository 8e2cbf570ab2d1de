"""What the page asks: a text to learn from, how many merges, and a sentence to cut."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core import schema
from core.language.bert.pieces import joined
from core.language.bert.stories import corpus, sentences
from core.language.bert.topics import LANGUAGES, Language
from core.opened import Cell
from core.opened.linked import NUMBER_FIELD
from core.schema import Record, Refusal, mark

MAX_CHARACTERS = 20_000
"""Of a text to learn from: a few tenths of a second."""
MAX_SENTENCE = 200
MAX_MERGES = 300
MAX_BYTES = 160 * 1024
"""Longest question in bytes: the longest text, escaped, in any script."""
STORIES = 4
"""Of each topic that the text to begin with holds."""

CONTROL = mark(
    "The text holds the control character {code}: this is no text, or another encoding was meant."
)
EMPTY = mark("There is no word in the text: write some.")
_NOT_WRITTEN = ("Cc", "Cs", "Cn")


@dataclass(frozen=True)
class TokensQuestion(Record):
    """A text and a sentence.

    Attributes:
        language: of the text to begin with.
        text: that pieces are learned from; "" for some of the stories that our BERTs have read.
        sentence: that is cut into the pieces.
        step: merges that are used, at most as many as there are.
    """

    language: Language = schema.choice(LANGUAGES)
    text: str = schema.text("", MAX_CHARACTERS, lines=True)
    sentence: str = schema.text("", MAX_SENTENCE, lines=True)
    step: int = schema.whole(0, 0, MAX_MERGES)

    def check_together(self) -> None:
        """Refuse what is no text, and a text without a word."""
        if self.text and not read(self.text):
            raise Refusal(EMPTY)
        read(self.sentence)

    @property
    def said(self) -> str:
        """The sentence as it is cut."""
        return read(self.sentence)

    @property
    def learned_from(self) -> str:
        """The text itself."""
        return read(self.text) or story_text(self.language)


@dataclass(frozen=True)
class TokensNumberQuestion(TokensQuestion):
    """Which number is opened.

    Attributes:
        part: "pairs" or "lengths", the numbers that open.
        number: such as the "count" of a pair.
    """

    part: str = schema.choice(("pairs", "lengths"))
    number: Cell = NUMBER_FIELD


def read(text: str) -> str:
    r"""A text as it is counted: letters composed, and one space for each stretch of it.

    >>> read("  One\r\n two ")
    'One two'
    >>> read("\u1112\u1161\u11ab")
    '한'

    Raises:
        Refusal: it holds characters that nobody writes.
    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text.removeprefix("\ufeff"))).strip()
    for letter in plain:
        if unicodedata.category(letter) in _NOT_WRITTEN:
            raise Refusal(CONTROL, code=f"U+{ord(letter):04X}")
    return plain


def story_text(language: Language) -> str:
    """Some stories of each topic, as one text."""
    return " ".join(
        joined(sentence)
        for topic in corpus(language)
        for story in topic[:STORIES]
        for sentence in sentences(language, story)
    )
