"""What can be asked of the small BERT, validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from torch import Tensor

from core.language.bert.masking import padded
from core.language.bert.pieces import CLS, MAX_TOKENS, SEP, UNK, Piece, cut, inputs, vocabulary
from core.language.bert.topics import LANGUAGES, Language
from core.schema import Refusal, mark, number, whole

Game = Literal["hidden", "draw", "follows", "sentiment", "answer", "write"]
GAMES: tuple[Game, ...] = get_args(Game)
MAX_BYTES = 16 * 1024
"""Longest question in bytes."""
MAX_LENGTH = 16
"""Tokens that are written at most."""
_KEYS = {"game", "language", "text", "next", "hide", "seed", "share", "question", "passage"} | {
    "length",
    "temperature",
}
_LENGTH = whole(8, 1, MAX_LENGTH).named("length")
_SEED = whole(0).named("seed")
_SHARE = number(0.15, 0.05, 0.5).named("share")
_TEMPERATURE = number(0.0, 0.0, 2.0).named("temperature")


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        game: which of the games.
        language: of the text.
        first, second: tokens of the segments; `second` is empty where there is one only. Of an
            answer the first is the question, the second the passage.
        hide: places that are hidden, counted with [CLS].
        seed: of a draw, or of writing.
        share: of a draw.
        length: tokens to write.
        temperature: of writing; 0 takes the surest word.
    """

    game: Game
    language: Language
    first: tuple[Piece, ...]
    second: tuple[Piece, ...] = ()
    hide: tuple[int, ...] = ()
    seed: int = 0
    share: float = 0.15
    length: int = 8
    temperature: float = 0.0

    @classmethod
    def of(cls, raw: object) -> Question:
        """Validate what came in as JSON.

        Raises:
            ValueError: with a sentence that says what is wrong.
        """
        if not isinstance(raw, Mapping) or not {"game", "language"} <= set(raw) <= _KEYS:
            raise Refusal(mark("A question has a game, a language, and what that game needs."))
        game, language = raw["game"], raw["language"]
        if not isinstance(game, str) or game not in GAMES:
            raise Refusal(mark("The game is one of {names}."), names=GAMES)
        if not isinstance(language, str) or language not in LANGUAGES:
            raise Refusal(mark("The language is one of {names}."), names=LANGUAGES)
        tongue = language
        one, two = ("question", "passage") if game == "answer" else ("text", "next")
        first = tuple(cut(raw.get(one), tongue))
        empty = raw.get(two) in (None, "")
        if empty and game == "answer":
            raise Refusal(mark("Write a passage in which the answer may stand."))
        if empty and game == "follows":
            raise Refusal(mark("Write the sentence that may follow."))
        second = () if empty else tuple(cut(raw[two], tongue))
        tokens, _ = inputs([p.text for p in first], [p.text for p in second])
        length = _LENGTH.read(raw.get("length", 8))
        if game == "write" and len(first) + length + 2 > MAX_TOKENS:
            raise Refusal(
                mark("Beginning and what is written have at most {most} tokens together."),
                most=MAX_TOKENS,
            )
        return cls(
            game,
            tongue,
            first,
            second,
            _places(raw.get("hide", []), tokens),
            _SEED.read(raw.get("seed", 0)),
            _SHARE.read(raw.get("share", 0.15)),
            length,
            _TEMPERATURE.read(raw.get("temperature", 0.0)),
        )

    @property
    def tokens(self) -> tuple[str, ...]:
        """All tokens, special ones too."""
        return inputs([p.text for p in self.first], [p.text for p in self.second])[0]

    def ids(self) -> tuple[Tensor, Tensor]:
        """(1, T) ids and segments."""
        known = vocabulary(self.language)
        first, second = (known.ids(p.text for p in part) for part in (self.first, self.second))
        return padded([(first, second)])

    def described(self) -> list[dict[str, object]]:
        """Each token with its part, its segment and the word that it was written as."""
        special = Piece(CLS, ""), Piece(SEP, "")
        rows = [(special[0], 0), *((p, 0) for p in self.first), (special[1], 0)]
        if self.second:
            rows += [*((p, 1) for p in self.second), (special[1], 1)]
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


def _places(raw: object, tokens: tuple[str, ...]) -> tuple[int, ...]:
    if not isinstance(raw, list) or any(
        isinstance(at, bool) or not isinstance(at, int) or not 0 <= at < len(tokens) for at in raw
    ):
        raise Refusal(mark("Hidden words are given by their places."))
    if any(tokens[at] in (CLS, SEP) for at in raw):
        raise Refusal(mark("[CLS] and [SEP] are no words; they cannot be hidden."))
    return tuple(sorted(set(raw)))
