"""What a page asks the small BERT about a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import torch
from torch import Tensor

from core.language.bert.masking import Hidden, hide, padded
from core.language.bert.pieces import (
    CLS,
    MASK,
    MASK_ID,
    MAX_CHARACTERS,
    MAX_TOKENS,
    SEP,
    UNK,
    Piece,
    cut,
    inputs,
    vocabulary,
)
from core.language.bert.topics import LANGUAGES, Language
from core.schema import Record, Refusal, choice, listed, mark, number, whole
from core.schema import text as text_field

Game = Literal["hidden", "draw", "follows", "sentiment", "answer", "write"]
MAX_BYTES = 16 * 1024
"""Longest question in bytes."""
MAX_LENGTH = 16
"""Tokens that are written at most."""


@dataclass(frozen=True)
class GameQuestion(Record):
    """A question of one of the games; each of them reads only what it needs.

    Attributes:
        game: "hidden": hidden words; "draw": the rule of 80, 10 and 10; "follows": the next
            sentence; "sentiment"; "answer": a question about a passage; "write".
        language: of the text.
        text, next: one sentence or two; of "write" what the text begins with.
        question, passage: of "answer", instead of a text.
        hide: places that are hidden, counted with [CLS].
        seed: of a draw, or of writing.
        share: of a draw.
        length: tokens to write.
        temperature: of writing; 0 takes the likeliest token.

    >>> question = GameQuestion(text="mina ate the soup.", hide=(2,))
    >>> question.tokens
    ('[CLS]', 'mina', 'ate', 'the', 'soup', '.', '[SEP]')
    >>> question.truth
    ['ate']
    """

    game: Game = choice(get_args(Game))
    language: Language = choice(LANGUAGES)
    text: str = text_field("", MAX_CHARACTERS, lines=True)
    next: str = text_field("", MAX_CHARACTERS, lines=True)
    question: str = text_field("", MAX_CHARACTERS, lines=True)
    passage: str = text_field("", MAX_CHARACTERS, lines=True)
    hide: tuple[int, ...] = listed(whole(low=0, high=MAX_TOKENS - 1), 0, MAX_TOKENS, ())
    seed: int = whole(0)
    share: float = number(0.15, 0.05, 0.5)
    length: int = whole(8, 1, MAX_LENGTH)
    temperature: float = number(0.0, 0.0, 2.0)

    def check_together(self) -> None:
        """Refuse texts that cannot be read, and hidden places where no word stands."""
        if self.game == "answer" and not self.passage:
            raise Refusal(mark("Write a passage in which the answer may stand."))
        if self.game == "follows" and not self.next:
            raise Refusal(mark("Write the sentence that may follow."))
        tokens = self.tokens
        if self.game == "write" and len(self.first) + self.length + 2 > MAX_TOKENS:
            raise Refusal(
                mark("Beginning and what is written have at most {most} tokens together."),
                most=MAX_TOKENS,
            )
        if any(at >= len(tokens) for at in self.hide):
            raise Refusal(mark("Hidden words are given by their places."))
        if any(tokens[at] in (CLS, SEP) for at in self.hide):
            raise Refusal(mark("[CLS] and [SEP] are no words; they cannot be hidden."))

    @cached_property
    def first(self) -> list[Piece]:
        """Tokens of the first segment: the text, or the question."""
        return cut(self.question if self.game == "answer" else self.text, self.language)

    @cached_property
    def second(self) -> list[Piece]:
        """Tokens of the second segment: the next sentence, or the passage; [] for none."""
        written = self.passage if self.game == "answer" else self.next
        return cut(written, self.language) if written else []

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """All tokens, special ones too."""
        return inputs([p.text for p in self.first], [p.text for p in self.second])[0]

    @property
    def places(self) -> list[int]:
        """Where words are hidden, those too that were typed as [MASK]."""
        typed = [at for at, token in enumerate(self.tokens) if token == MASK]
        return sorted({*self.hide, *typed})

    @property
    def truth(self) -> list[str | None]:
        """The token that each hidden place hides; None where that is not known."""
        words = [self.tokens[at] for at in self.places]
        return [None if word in (MASK, UNK) else word for word in words]

    def ids(self) -> tuple[Tensor, Tensor]:
        """(1, T) ids and segments, nothing hidden."""
        known = vocabulary(self.language)
        first, second = (known.ids(p.text for p in part) for part in (self.first, self.second))
        return padded([(first, second)])

    def masked(self) -> Tensor:
        """(1, T) ids with [MASK] at the hidden places."""
        ids = self.ids()[0]
        ids[0, torch.tensor(self.places, dtype=torch.long)] = MASK_ID
        return ids

    def drawn(self) -> Hidden:
        """What the rule of 80, 10 and 10 does to the text."""
        generator = torch.Generator().manual_seed(self.seed)
        return hide(self.ids()[0], self.share, len(vocabulary(self.language)), generator)

    def described(self) -> list[dict[str, object]]:
        """Each token with its part, its segment and the word that it was written as."""
        cls, sep = Piece(CLS, ""), Piece(SEP, "")
        rows = [(p, 0) for p in (cls, *self.first, sep)]
        if self.second:
            rows += [(p, 1) for p in (*self.second, sep)]
        return [
            {"text": p.text, "part": _part(p), "segment": segment, "word": p.word}
            for p, segment in rows
        ]

    @property
    def unknown(self) -> list[str]:
        """Words that the models do not know."""
        strange = [p.word for p in (*self.first, *self.second) if p.text == UNK]
        return [word[:24] for word in dict.fromkeys(strange)]


def _part(piece: Piece) -> str:
    if piece.text == UNK:
        return "unknown"
    if piece.text in (CLS, SEP):
        return "special"
    return "piece" if piece.text.startswith("##") else "word"
