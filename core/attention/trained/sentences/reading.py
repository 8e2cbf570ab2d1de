"""A typed sentence as words that the models know, or a sentence that says what is in the way."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.attention.trained.model import MAX_WORDS
from core.attention.trained.sentences.vocabulary import (
    ANIMALS,
    CANDIDATES,
    INDEX,
    MASK,
    NOUNS,
    PAD,
    VOCABULARY,
)
from core.schema import Refusal, mark

MAX_CHARACTERS = 2_000
_SHOWN = 24  # characters of an unknown word that are shown
_NAMED = 3  # unknown words that are named
_KNOWN = tuple(word for word in VOCABULARY if word not in (PAD, MASK))

STRANGERS = mark("These models know {count} words and learnt nothing about others: {named}.")
NEAR = mark("“{word}” (near it: {near})")
MORE = mark("{count} more")
CHARACTERS = mark("A sentence has at most {most} characters.")
EMPTY = mark("Write a sentence, such as: the cat sat on the mat because it was tired.")
WORDS_MOST = mark("A sentence has at most {most} words; this one has {count}.")


@dataclass(frozen=True)
class Stranger:
    """A word that the models do not know, with words like it that they do."""

    word: str
    near: tuple[str, ...]


class Unknown(Refusal):
    """Words that the models do not know."""

    def __init__(self, strangers: Sequence[Stranger]) -> None:
        """Keep them beside the rule."""
        named = [
            Refusal(NEAR, word=s.word, near=s.near) if s.near else f"“{s.word}”"
            for s in strangers[:_NAMED]
        ]
        if (more := len(strangers) - _NAMED) > 0:
            named.append(Refusal(MORE, count=more))
        super().__init__(STRANGERS, count=len(_KNOWN), named=named)
        self.strangers = tuple(strangers)


def read(text: object) -> list[str]:
    """The words of a sentence in lower case, without punctuation.

    >>> read("The cat sat on the mat, because it was tired.")[-4:]
    ['because', 'it', 'was', 'tired']

    Raises:
        Unknown: it has words that the models do not know.
        ValueError: it is empty, or too long.
    """
    words = split(text)
    strangers = [
        Stranger(word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…", near(word))
        for word in dict.fromkeys(words)
        if word not in INDEX
    ]
    if strangers:
        raise Unknown(strangers)
    return words


def split(text: object) -> list[str]:
    """The words of any sentence, known or not, within the limits.

    Raises:
        ValueError: it is no text, empty, or too long.
    """
    if not isinstance(text, str):
        raise Refusal(mark("A sentence is a text."))
    if len(text) > MAX_CHARACTERS:
        raise Refusal(CHARACTERS, most=MAX_CHARACTERS)
    bare = (_bare(word) for word in unicodedata.normalize("NFC", text).split())
    words = [word if word in (PAD, MASK) else word.lower() for word in bare if word]
    if PAD in words:
        raise Refusal(mark("[PAD] only fills up; it is no word of a sentence."))
    if not words:
        raise Refusal(EMPTY)
    if len(words) > MAX_WORDS:
        raise Refusal(WORDS_MOST, most=MAX_WORDS, count=len(words))
    return words


def near(word: str) -> tuple[str, ...]:
    """Known words that are spelt like this one, the nearest first; at most three.

    >>> near("cats")[0]
    'cat'
    """
    return tuple(difflib.get_close_matches(word[:_SHOWN], _KNOWN, 3, 0.6))


def part(word: str) -> str:
    """What a word can be: "animal", "thing", "person", "it" or "other"."""
    if word == "it":
        return "it"
    if word in CANDIDATES:
        return "animal" if word in ANIMALS else "thing"
    return "person" if word in NOUNS else "other"


def _bare(word: str) -> str:
    """Without punctuation around it, and without what cannot be seen."""
    if word in (PAD, MASK):
        return word
    seen = "".join(c for c in word if unicodedata.category(c)[0] != "C")
    inside = [i for i, c in enumerate(seen) if unicodedata.category(c)[0] != "P"]
    return seen[inside[0] : inside[-1] + 1] if inside else ""
