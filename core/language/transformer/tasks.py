"""The six tasks: what goes in, what should come out, and what training never sees.

Every task has its own vocabulary, shared by source and target as in the paper; <pad>, <start> and
<end> are its first words. A source ends with <end> too, so that an encoder knows how long it is.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, get_args

import torch
from torch import Tensor

from core.language.transformer import dates, grammar, parsing
from core.language.transformer.lexicon import (
    ADJECTIVES,
    KOREAN,
    PREPOSITIONS,
    TENSES,
    WHEN,
    plain,
)
from core.schema import Refusal, mark

Name = Literal["en-ko", "ko-en", "copy", "reverse", "sort", "dates"]
TASKS: tuple[Name, ...] = get_args(Name)
SPECIAL = ("<pad>", "<start>", "<end>")
PAD, START, END = range(3)
LONGEST = 24
"""Tokens of a source, and of a target behind <start>, <end> included."""
POOL = 12_000
HELD_OUT = 1_024
SHORTEST_LIST, LONGEST_LIST = 3, 8

Pair = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True)
class Batch:
    """Sources (N, S) that end with <end>; targets (N, T) from <start> to <end>; padded with 0."""

    source: Tensor
    target: Tensor

    def __len__(self) -> int:
        """N."""
        return len(self.source)

    def take(self, rows: Tensor) -> Batch:
        """Some of the pairs, without the columns that are padding in all of them."""
        source, target = self.source[rows], self.target[rows]
        return Batch(
            source[:, : int((source != PAD).sum(1).max())],
            target[:, : int((target != PAD).sum(1).max())],
        )


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        name: one of `TASKS`.
        source_words, target_words: what may come in, and go out.
        draw: a pair of tokens and whether it is held out.
        truth: the right tokens for a source and whether it is held out; None: not of this task.
        examples: texts to begin with; the first is held out.
    """

    name: Name
    source_words: tuple[str, ...]
    target_words: tuple[str, ...]
    draw: Callable[[random.Random], tuple[Pair, bool]]
    truth: Callable[[Sequence[str]], tuple[list[str], bool] | None]
    examples: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every token in the order of the embeddings."""
        return tuple(dict.fromkeys((*SPECIAL, *self.source_words, *self.target_words)))

    @cached_property
    def index(self) -> dict[str, int]:
        """The place of every token in `words`."""
        return {word: index for index, word in enumerate(self.words)}

    def source(self, tokens: Sequence[str]) -> list[int]:
        """Ids with <end> behind them."""
        return [*(self.index[token] for token in tokens), END]

    def target(self, tokens: Sequence[str]) -> list[int]:
        """Ids between <start> and <end>."""
        return [START, *self.source(tokens)]

    def batch(self, pairs: Sequence[Pair]) -> Batch:
        """Pairs of tokens as ids."""
        return Batch(
            _padded([self.source(source) for source, _ in pairs]),
            _padded([self.target(target) for _, target in pairs]),
        )

    @cached_property
    def pools(self) -> tuple[Batch, Batch]:
        """What learning draws from, and what is held out: no pair of one is in the other."""
        draw = random.Random(1914)
        known: list[Pair] = []
        held: dict[tuple[str, ...], Pair] = {}
        while len(known) < POOL or len(held) < HELD_OUT:
            pair, out = self.draw(draw)
            if not out and len(known) < POOL:
                known.append(pair)
            elif out and len(held) < HELD_OUT:
                held[tuple(pair[0])] = pair
        return self.batch(known), self.batch(list(held.values()))


@cache
def task(name: str) -> Task:
    """The task of this name.

    Raises:
        ValueError: there is none.
    """
    if name not in TASKS:
        raise Refusal(mark("The task is one of {names}."), names=TASKS)
    return _MAKE[name]()


def _english_korean() -> Task:
    def draw(random_: random.Random) -> tuple[Pair, bool]:
        sentence = grammar.sample(random_)
        return (grammar.english(sentence), grammar.korean(sentence)), sentence.held_out

    def truth(tokens: Sequence[str]) -> tuple[list[str], bool] | None:
        sentence = parsing.from_english(tokens)
        return None if sentence is None else (grammar.korean(sentence), sentence.held_out)

    return Task(
        "en-ko",
        _english_words(),
        _korean_words(),
        draw,
        truth,
        (
            "the cat sat on the mat",
            "the small dog slept under the table yesterday",
            "the girl will give the red flower to the teacher",
            "the hungry bear ate the sweet cake",
            "the boy goes to the school today",
            "the king put the key in the box",
            "the clever fox will wait behind the tree",
            "the apple is sweet",
        ),
    )


def _korean_english() -> Task:
    def draw(random_: random.Random) -> tuple[Pair, bool]:
        sentence = grammar.sample(random_)
        return (grammar.korean(sentence), grammar.english(sentence)), sentence.held_out

    def truth(tokens: Sequence[str]) -> tuple[list[str], bool] | None:
        sentence = parsing.from_korean(tokens)
        return None if sentence is None else (grammar.english(sentence), sentence.held_out)

    return Task(
        "ko-en",
        _korean_words(),
        _english_words(),
        draw,
        truth,
        (
            "고양이가 매트 위에 앉았다",
            "작은 개가 어제 탁자 아래에서 잤다",
            "소녀가 선생님에게 빨간 꽃을 줄 것이다",
            "배고픈 곰이 달콤한 케이크를 먹었다",
            "소년이 학교에 갔다",
            "왕이 열쇠를 상자 안에 놓았다",
            "사과는 달콤하다",
        ),
    )


def _list_of_digits(name: Name, change: Callable[[list[str]], list[str]]) -> Task:
    digits = tuple("0123456789")

    def draw(random_: random.Random) -> tuple[Pair, bool]:
        length = random_.randint(SHORTEST_LIST, LONGEST_LIST)
        source = random_.choices(digits, k=length)
        return (source, change(source)), list_held_out(source)

    def truth(tokens: Sequence[str]) -> tuple[list[str], bool] | None:
        if not SHORTEST_LIST <= len(tokens) <= LONGEST_LIST:
            return None
        return change(list(tokens)), list_held_out(tokens)

    return Task(
        name, digits, digits, draw, truth, ("3 1 4 1 5 9 2", "2 7 1 8 2 8", "0 0 7", "9 8 7 6 5")
    )


def list_held_out(digits: Sequence[str]) -> bool:
    """A fifth of all lists, and the first example."""
    text = "".join(digits)
    return text == "3141592" or zlib.crc32(text.encode()) % 5 == 0


def _dates() -> Task:
    def draw(random_: random.Random) -> tuple[Pair, bool]:
        text, day = dates.sample(random_)
        return (dates.split(text), list(day.isoformat())), dates.held_out(day)

    def truth(tokens: Sequence[str]) -> tuple[list[str], bool] | None:
        day = dates.read(tokens)
        return None if day is None else (list(day.isoformat()), dates.held_out(day))

    return Task("dates", dates.WORDS, tuple("0123456789-"), draw, truth, dates.EXAMPLES)


def _english_words() -> tuple[str, ...]:
    verbs = [
        word
        for verb in parsing.VERBS
        for tense in TENSES
        for word in verb.english(tense)
        if word != "will"
    ]
    small = (
        "the",
        "to",
        "will",
        "be",
        "was",
        "is",
        *PREPOSITIONS,
        *(en for en, _ in WHEN.values()),
    )
    return tuple(dict.fromkeys((*small, *KOREAN, *ADJECTIVES, *verbs)))


def _korean_words() -> tuple[str, ...]:
    verbs = [word for verb in parsing.VERBS for tense in TENSES for word in verb.plain(tense)]
    adjectives = [
        word for _, forms in ADJECTIVES.values() for t in TENSES for word in plain(forms, t)
    ]
    before = [form for form, _ in ADJECTIVES.values()]
    small = (*PARTICLES, *PREPOSITIONS.values(), *(ko for _, ko in WHEN.values()))
    return tuple(dict.fromkeys((*small, *KOREAN.values(), *before, *adjectives, *verbs)))


PARTICLES = ("이", "가", "은", "는", "을", "를", "에게", "에", "에서")

_MAKE: dict[str, Callable[[], Task]] = {
    "en-ko": _english_korean,
    "ko-en": _korean_english,
    "copy": lambda: _list_of_digits("copy", list),
    "reverse": lambda: _list_of_digits("reverse", lambda found: found[::-1]),
    "sort": lambda: _list_of_digits("sort", sorted),
    "dates": _dates,
}


def _padded(rows: list[list[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])
