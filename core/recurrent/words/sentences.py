"""Sentences that need a memory: who I am is said early, and asked for at the end.

After the notes' example "my name is -> Conan -> (I am a) detective": a name settles the profession,
small talk of any length lies between, and the last word can only be known from the name. Each name
belongs to one of six professions and each profession to two names, so that without the name one of
six guesses is right.

    my name is NAME (small talk) I am a PROFESSION
    내 이름은 NAME (small talk) 나는 PROFESSION

The distance is the number of steps from the name to the word that is asked for.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor

from core.schema import Refusal, mark, short, whole

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")
FARTHEST = 40


@dataclass(frozen=True)
class Grammar:
    """The words of one language.

    Attributes:
        head: words before the name.
        tail: words between the small talk and the profession.
        professions: each name's profession.
        talk: clauses that say nothing about anybody.
    """

    head: tuple[str, ...]
    tail: tuple[str, ...]
    professions: dict[str, str]
    talk: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody."""
        return tuple(self.professions)

    @property
    def answers(self) -> tuple[str, ...]:
        """The professions, each once."""
        return tuple(dict.fromkeys(self.professions.values()))

    @property
    def words(self) -> tuple[str, ...]:
        """The vocabulary."""
        talk = " ".join(self.talk).split()
        return tuple(dict.fromkeys([*self.head, *self.names, *talk, *self.tail, *self.answers]))

    @property
    def nearest(self) -> int:
        """The shortest distance: no small talk at all."""
        return len(self.tail) + 1


def _grammar(raw: dict[str, Any]) -> Grammar:
    return Grammar(tuple(raw["head"]), tuple(raw["tail"]), raw["professions"], tuple(raw["talk"]))


_RAW = json.loads(Path(__file__).with_name("grammars.json").read_text(encoding="utf-8"))
GRAMMARS: dict[Language, Grammar] = {code: _grammar(_RAW[code]) for code in LANGUAGES}
NEAREST = min(grammar.nearest for grammar in GRAMMARS.values())
"""The shortest distance that any language has."""
STRANGER = mark("The network has never seen {word}.")
STRANGER_NEAR = mark("The network has never seen {word}. Words near it: {near}.")
NOBODY = mark("There is no {name}; there is {near}.")


@cache
def vocabulary(language: Language) -> dict[str, int]:
    """Each word's number."""
    return {word: number for number, word in enumerate(GRAMMARS[language].words)}


def encode(words: list[str], language: Language) -> Tensor:
    """Turn words into numbers, (T,).

    Raises:
        Refusal: a word that no sentence has, with the nearest ones.
    """
    known = vocabulary(language)
    for word in words:
        if word not in known:
            if near := difflib.get_close_matches(word[:40], known, 3, 0.5):
                raise Refusal(STRANGER_NEAR, word=short(word), near=near)
            raise Refusal(STRANGER, word=short(word))
    return torch.tensor([known[word] for word in words])


def sentence(name: str, distance: int, language: Language, seed: int = 0) -> list[str]:
    """One sentence as words, the profession included; the small talk follows from the seed.

    >>> " ".join(sentence("Conan", 4, "en"))
    'my name is Conan I am a detective'

    Raises:
        Refusal: an unknown name, or a distance that the language does not have.
    """
    grammar = GRAMMARS[language]
    check_distance(distance, language)
    if name not in grammar.professions:
        near = difflib.get_close_matches(name[:40], grammar.names, 3, 0.3) or grammar.names[:3]
        raise Refusal(NOBODY, name=short(name), near=near)
    start = int(torch.randint(1 << 20, (), generator=torch.Generator().manual_seed(seed)))
    stream = _stream(language)
    between = [stream[(start + k) % len(stream)] for k in range(distance - grammar.nearest)]
    return [*grammar.head, name, *between, *grammar.tail, grammar.professions[name]]


def check_distance(distance: object, language: Language) -> None:
    """Raise `Refusal` where there is no sentence of that distance."""
    whole(low=GRAMMARS[language].nearest, high=FARTHEST).named("distance").check(distance)


def batch(count: int, distance: int, language: Language, generator: torch.Generator) -> Tensor:
    """Draw sentences as numbers, (count, T), the profession last."""
    grammar, known = GRAMMARS[language], vocabulary(language)
    stream, pairs = _tables(language)
    who = torch.randint(len(grammar.names), (count,), generator=generator)
    start = torch.randint(1 << 20, (count, 1), generator=generator)
    between = stream[(start + torch.arange(distance - grammar.nearest)) % len(stream)]
    head = torch.tensor([known[word] for word in grammar.head]).expand(count, -1)
    tail = torch.tensor([known[word] for word in grammar.tail]).expand(count, -1)
    return torch.cat([head, pairs[who, :1], between, tail, pairs[who, 1:]], 1)


@cache
def _stream(language: Language) -> tuple[str, ...]:
    """A long text of small talk, out of which each sentence takes a piece."""
    generator = torch.Generator().manual_seed(5)
    talk = GRAMMARS[language].talk
    order = torch.randint(len(talk), (400,), generator=generator).tolist()
    return tuple(" ".join(talk[k] for k in order).split())


@cache
def _tables(language: Language) -> tuple[Tensor, Tensor]:
    """The small talk as numbers, and for each name its own number and its profession's."""
    known = vocabulary(language)
    pairs = [[known[n], known[p]] for n, p in GRAMMARS[language].professions.items()]
    return torch.tensor([known[word] for word in _stream(language)]), torch.tensor(pairs)
