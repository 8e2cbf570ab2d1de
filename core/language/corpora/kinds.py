"""What a grammar of the embedding corpora is made of: families of words that share sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

import torch

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

        a - b + c and c - b + a are one question, told once.
        """
        known = {item.features: item.word for item in self.items}
        found, asked = [], set()
        for a, b in permutations(known, 2):
            first, second = a.split(), b.split()
            changed = [i for i, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
            if len(changed) != 1:
                continue
            place = changed[0]
            for c in known:
                third = c.split()
                if c != b and third[place] == second[place] and (c, b, a) not in asked:
                    asked.add((a, b, c))
                    fourth = " ".join([*third[:place], first[place], *third[place + 1 :]])
                    found.append((known[a], known[b], known[c], known[fourth]))
        return found

    def context(self) -> dict[str, str]:
        """Words that fill the slots, and what each is: the slot's name."""
        return {
            word: name
            for item in self.items
            for name, words in item.slots.items()
            for word in words.split()
        }


def ends_closed(word: str, particle: str) -> bool:
    """Whether the first form of a Korean particle follows: the word ends in a consonant.

    Before 으로 a final ㄹ counts as a vowel: 서울로.
    """
    code = ord(word[-1]) - 0xAC00
    if not 0 <= code < 11_172:
        return False
    last = code % 28
    return last != 0 and not (particle == "으로" and last == 8)
