"""Texts as the pieces that the models know: WordPiece with the words of the stories.

A word is cut greedily, the longest known piece first, as BERT does it (Devlin et al. 2019; Wu et
al. 2016): 수프를 -> 수프 ##를. A word that cannot be cut into known pieces is [UNK].
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from core.language.bert.stories import words
from core.language.bert.topics import Language
from core.schema import Refusal, mark

PAD, UNK, CLS, SEP, MASK = SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PAD_ID, UNK_ID, CLS_ID, SEP_ID, MASK_ID = range(5)
MAX_TOKENS = 48
"""Of one input, [CLS] and [SEP] among them."""
MAX_CHARACTERS = 1_000
_UNITS = re.compile(r"\[MASK\]|\[UNK\]|\w+|[^\w\s]", re.IGNORECASE)
_ENDS = {".": ".", "?": "?", "!": ".", "。": ".", "？": "?", "！": "."}


@dataclass(frozen=True)
class Vocabulary:
    """All pieces by number and back; special tokens first."""

    pieces: tuple[str, ...]
    index: dict[str, int]

    def ids(self, tokens: Iterable[str]) -> list[int]:
        """Numbers of tokens; of unknown ones that of [UNK]."""
        return [self.index.get(token, UNK_ID) for token in tokens]

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self.pieces)


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of a language."""
    pieces = SPECIAL + words(language)
    return Vocabulary(pieces, {piece: i for i, piece in enumerate(pieces)})


@dataclass(frozen=True)
class Piece:
    """One token of a text: `text` as the models know it, `word` as it was written."""

    text: str
    word: str


def cut(text: object, language: Language) -> list[Piece]:
    """The tokens of a text.

    Raises:
        ValueError: it is no text, too long, or has no word.
    """
    if not isinstance(text, str):
        raise Refusal(mark("A sentence is a text."))
    if len(text) > MAX_CHARACTERS:
        raise Refusal(mark("A text has at most {most} characters."), most=MAX_CHARACTERS)
    plain = "".join(
        c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cf", "Cs")
    )
    pieces: list[Piece] = []
    for unit in _UNITS.findall(plain):
        if unit.upper() in (MASK, UNK):
            pieces.append(Piece(unit.upper(), unit))
        elif not re.match(r"\w", unit):
            if unit in _ENDS:
                pieces.append(Piece(_ENDS[unit], unit))
            elif unicodedata.category(unit)[0] != "P":  # an emoji is a stranger, a comma is nothing
                pieces.append(Piece(UNK, unit))
        else:
            pieces += _greedy(unit, language)
    if all(piece.text in _ENDS.values() for piece in pieces):
        raise Refusal(mark("Write a sentence with at least one word."))
    return pieces


def inputs(
    first: Sequence[str], second: Sequence[str] = ()
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """[CLS] first [SEP], or [CLS] first [SEP] second [SEP]; and the segment of each token.

    Raises:
        ValueError: it is too long.
    """
    tokens = (CLS, *first, SEP)
    segments = (0,) * len(tokens)
    if second:
        tokens += (*second, SEP)
        segments += (1,) * (len(second) + 1)
    if len(tokens) > MAX_TOKENS:
        raise Refusal(
            mark(
                "A text has at most {most} tokens, [CLS] and [SEP] among them; "
                "this one has {given}."
            ),
            most=MAX_TOKENS,
            given=len(tokens),
        )
    return tokens, segments


def joined(tokens: Iterable[str]) -> str:
    """Tokens as a person writes them.

    >>> joined(["수프", "##는", "맛있었", "##다", "."])
    '수프는 맛있었다.'
    """
    text = " ".join(token for token in tokens if token not in (PAD, CLS, SEP))
    return re.sub(r" (?=[.?])", "", text.replace(" ##", ""))


def _greedy(word: str, language: Language) -> list[Piece]:
    known = vocabulary(language).index
    left, pieces = word.lower(), list[str]()
    while left:
        begun = "##" if pieces else ""
        longest = next((n for n in range(len(left), 0, -1) if begun + left[:n] in known), 0)
        if not longest:
            return [Piece(UNK, word)]
        pieces.append(begun + left[:longest])
        left = left[longest:]
    return [Piece(piece, word) for piece in pieces]
