"""Grammars of the embedding corpora: families of words that share sentences.

The Korean one parts tokens by spaces, and particles stand apart from their noun, so that a word is
one token wherever it stands: "왕 은 궁전 에서 일한다". Korean has no one word for "taller", so its
fourth family is the tense of verbs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, permutations
from pathlib import Path
from typing import Any

import torch

_FILES = {
    "en": Path(__file__).with_name("english.json"),
    "ko": Path(__file__).with_name("korean.json"),
}
_SLOT = re.compile(r"\{(\w+)(?::([^/}]+)/([^}]+))?\}")


@dataclass(frozen=True)
class Item:
    """One word and what goes with it.

    Attributes:
        word: itself.
        features: what it is, by spaces, such as "royal male grown".
        slots: by name of a slot the words that may stand there, by spaces.
    """

    word: str
    features: str
    slots: Mapping[str, str]


@dataclass(frozen=True)
class Family:
    """Words that stand in the same sentences.

    Attributes:
        name: of the family.
        items: its words.
        templates: sentences with {slots}, {word} among them; "{slot:A/B}" adds the particle A after
            a final consonant, B after a vowel.
    """

    name: str
    items: tuple[Item, ...]
    templates: tuple[str, ...]

    def sentence(self, generator: torch.Generator) -> list[str]:
        """A sentence: word, template and every slot are drawn without regard to each other."""

        def draw(count: int) -> int:
            return int(torch.randint(count, (), generator=generator))

        item = self.items[draw(len(self.items))]

        def fill(slot: re.Match[str]) -> str:
            name, closed, opened = slot.groups()
            choices = item.word.split() if name == "word" else item.slots[name].split()
            word = choices[draw(len(choices))]
            if closed is None:
                return word
            return f"{word} {closed if ends_closed(word, closed) else opened}"

        return _SLOT.sub(fill, self.templates[draw(len(self.templates))]).split()

    def questions(self) -> list[tuple[str, str, str, str]]:
        """All (a, b, c, answer) with a - b + c = answer: two pairs that differ in the same way.

        a - b + c and c - b + a are one question, and stand there once.
        """
        known = {item.features: item.word for item in self.items}
        questions, seen = [], set()
        for a, b in permutations(known, 2):
            first, second = a.split(), b.split()
            changed = [i for i, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
            if len(changed) != 1:
                continue
            place = changed[0]
            for c in known:
                third = c.split()
                if c != b and third[place] == second[place] and (c, b, a) not in seen:
                    seen.add((a, b, c))
                    fourth = " ".join([*third[:place], first[place], *third[place + 1 :]])
                    questions.append((known[a], known[b], known[c], known[fourth]))
        return questions

    def context(self) -> dict[str, str]:
        """Words that fill the slots, and what each is: the slot's name."""
        return {
            word: name
            for item in self.items
            for name, words in item.slots.items()
            for word in words.split()
        }


@dataclass(frozen=True)
class Grammar:
    """The grammar of a corpus.

    Attributes:
        families: its words and sentences.
        examples: some analogies (a, b, c) to begin with.
    """

    families: tuple[Family, ...]
    examples: tuple[tuple[str, str, str], ...]


def grammar(language: str) -> Grammar:
    """Read the grammar of "en" or "ko": english.json, korean.json.

    What goes with a word is one list for each of its features, drawn without regard to each other,
    so that a difference of two words can mean one thing: what goes with *king* is one word for
    royal, one for male, one for grown up. Each family has "features", for each of them words by
    slot, and either "words" [word, features] or "pairs" of words that differ in one feature; the
    words of a pair share slots, which "own" names.
    """
    raw = json.loads(_FILES[language].read_text(encoding="utf-8"))
    families = tuple(
        Family(family["name"], tuple(_items(family)), tuple(family["templates"]))
        for family in raw["families"]
    )
    examples = (line.split() for line in raw["examples"])
    return Grammar(families, tuple((a, b, c) for a, b, c in examples))


def _items(family: dict[str, Any]) -> Iterator[Item]:
    of: dict[str, dict[str, str]] = family["features"]
    for word, features in family.get("words", ()):
        slots = [of[feature].items() for feature in features.split()]
        yield Item(word, features, dict(chain(*slots)))
    for first, second, *own in family.get("pairs", ()):
        shared = dict(zip(family["own"], own, strict=True))
        for word, feature in zip((first, second), of, strict=True):
            yield Item(word, f"{feature} {first}", shared | of[feature])


def ends_closed(word: str, particle: str) -> bool:
    """Whether the first form of a Korean particle follows: the word ends in a consonant.

    Before 으로 a final ㄹ counts as a vowel: 서울로.
    """
    code = ord(word[-1]) - 0xAC00
    if not 0 <= code < 11_172:
        return False
    last = code % 28
    return last != 0 and not (particle == "으로" and last == 8)
