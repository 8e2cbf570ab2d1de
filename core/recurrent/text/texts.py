"""A text in letters: a shipped one or a person's own, what is refused, and what is held out.

The shipped ones are in the public domain. alice.txt: Lewis Carroll, *Alice's Adventures in
Wonderland* (1865), the Millennium Fulcrum Edition 2.9, as the Canterbury corpus and the tests of
Brotli have it. constitution.txt: the Constitution of the Republic of Korea (1987), as KoNLPy has
it; laws are not protected (Copyright Act of Korea, article 7).

    N letters to learn from, M held out, V different ones
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import torch
from torch import Tensor

from core.schema import Refusal, mark

Language = Literal["en", "ko"]
Unit = Literal["letter", "jamo"]
LANGUAGES: tuple[str, ...] = get_args(Language)
UNITS: tuple[str, ...] = get_args(Unit)
FILES: dict[str, str] = {"en": "alice.txt", "ko": "constitution.txt"}

MAX_CHARACTERS = 80_000
"""Of a person's own text."""
LEAST = 500
"""Characters that a text has at least: of fewer nothing can be held out."""
HELD = 5_000
"""Characters that are held out at most; of a shorter text its last tenth."""
MAX_KINDS = 1_000
"""Different letters; rarer ones are read as `UNKNOWN`."""
UNKNOWN = "�"

EMPTY = mark("There is no text yet: paste one, or take a file.")
SHORT = mark("The text has {count} characters; at least {least} are needed to learn from.")
ALIKE = mark("The text is one letter over and over: there is nothing to predict.")
CONTROL = mark(
    "The text holds the control character {code}: this is no text, or another encoding was meant."
)

_FINAL = range(0x1161, 0x1200)
"""Conjoining vowels and final consonants: they belong to the syllable that has begun."""


@dataclass(frozen=True, eq=False)
class Text:
    """A text as numbers.

    Attributes:
        kinds: the letters that there are, (V,); the first is `UNKNOWN`.
        train: what is learned from, int64 (N,).
        held: what follows it and is held out, int64 (M,).
        written: characters of what is held out, as they are written: a syllable is one, whatever
            it is taken apart into.
    """

    kinds: tuple[str, ...]
    train: Tensor
    held: Tensor
    written: int


def encoded(kinds: tuple[str, ...], letters: Iterable[str]) -> Tensor:
    """Numbers of letters, int64 (T,)."""
    known = {letter: number for number, letter in enumerate(kinds)}
    return torch.tensor([known.get(letter, 0) for letter in letters], dtype=torch.int64)


def tidied(raw: str) -> str:
    r"""A text with one kind of line end, and no more space than it needs.

    >>> tidied(" One\r\n\r\n\r\n  two \t three ")
    'One\n\ntwo three\n'
    """
    text = unicodedata.normalize("NFC", raw.removeprefix("\ufeff"))
    text = re.sub(r"\r\n?", "\n", text)
    text = re.sub(r"[^\S\n]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return f"{text}\n" if text else ""


def read(raw: str) -> str:
    """A person's own text, tidied.

    Raises:
        Refusal: nothing can be learned from it.
    """
    text = tidied(raw)
    for letter in text:
        if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cs", "Cn"):
            raise Refusal(CONTROL, code=f"U+{ord(letter):04X}")
    if not text:
        raise Refusal(EMPTY)
    if len(set(text) - {"\n", " "}) < 2:
        raise Refusal(ALIKE)
    if len(text) < LEAST:
        raise Refusal(SHORT, count=len(text), least=LEAST)
    return text


def shipped(language: str) -> str:
    """The shipped text of a language, tidied."""
    return tidied(Path(__file__).with_name(FILES[language]).read_text(encoding="utf-8"))


@lru_cache(8)
def text_of(language: str, own: str, unit: str) -> Text:
    """A text as numbers.

    Args:
        language: of the shipped text.
        own: a person's own instead; "" for the shipped one.
        unit: "letter": as they are written, so Hangul by syllable; "jamo": Hangul taken apart into
            the letters of its syllables (Unicode's canonical decomposition).

    Raises:
        Refusal: nothing can be learned from it.
    """
    whole = read(own) if own else shipped(language)
    cut = len(whole) - min(HELD, len(whole) // 10)
    train, held = (apart(part, unit) for part in (whole[:cut], whole[cut:]))
    common = Counter(train).most_common(MAX_KINDS)
    kinds = (UNKNOWN, *sorted(letter for letter, _ in common if letter != UNKNOWN))
    return Text(kinds, encoded(kinds, train), encoded(kinds, held), len(whole) - cut)


def apart(text: str, unit: str) -> str:
    """A text in its units: syllables of Hangul taken apart, if they are to be.

    >>> len(apart("한글", "letter")), len(apart("한글", "jamo"))
    (2, 6)
    """
    return unicodedata.normalize("NFD", text) if unit == "jamo" else text


def together(letters: list[str]) -> list[tuple[str, int]]:
    """Letters as they are written: each character, and how many of the letters make it.

    >>> together(list(apart("한글!", "jamo")))
    [('한', 3), ('글', 3), ('!', 1)]
    """
    groups: list[list[str]] = []
    for letter in letters:
        joins = bool(groups) and ord(letter) in _FINAL
        if joins and len(unicodedata.normalize("NFC", "".join([*groups[-1], letter]))) == 1:
            groups[-1].append(letter)
        else:
            groups.append([letter])
    return [(unicodedata.normalize("NFC", "".join(group)), len(group)) for group in groups]
