"""The words and frames of the "it" sentences in one language: what `english` and `korean` hold.

Every word has one part, so that an adjective says which noun *it* can be: a cat can be tired, a mat
can be soft. A few adjectives fit both ("dirty"): there the sentence itself does not tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, get_args

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Group = Literal["place", "food", "toy"]
GROUPS: tuple[Group, ...] = ("place", "food", "toy")

PAD, MASK = "[PAD]", "[MASK]"


class Frame(NamedTuple):
    """A sentence with slots.

    Attributes:
        group: of the things that fit.
        text: words and slots between spaces: A animal, T thing, P person, Q adjective, "verb:LIST"
            a verb of that list, names of `Vocabulary.choices`, and particles as "이/가", whose form
            follows the word before.
        early: whether the reason stands before what it explains.
    """

    group: Group
    text: str
    early: bool


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language, and how they become sentences.

    Attributes:
        language: its code.
        animals, people: nouns; a person is never *it*.
        things: nouns, by their group.
        living: adjectives that fit animals.
        lifeless: adjectives that fit the things of each group.
        either: adjectives that fit both.
        late: adjectives that are held out: learning sees them only where the reason comes early,
            and they are asked everywhere else.
        verbs: as many in each list.
        small: other words.
        it: the word that stands for a noun.
        choices: slots that are filled with any of their words.
        particles: form after a consonant and after a vowel, by their names in frames.
        endings: what follows an adjective without a space.
        frames: of the sentences.
        examples: sentences to begin with; the third has an adjective that fits both nouns.
        masked: the same for a model that guesses hidden words.
    """

    language: Language
    animals: tuple[str, ...]
    people: tuple[str, ...]
    things: Mapping[Group, tuple[str, ...]]
    living: tuple[str, ...]
    lifeless: Mapping[Group, tuple[str, ...]]
    either: tuple[str, ...]
    late: frozenset[str]
    verbs: Mapping[str, tuple[str, ...]]
    small: tuple[str, ...]
    it: str
    choices: Mapping[str, tuple[str, ...]]
    frames: tuple[Frame, ...]
    examples: tuple[str, ...]
    masked: tuple[str, ...]
    particles: Mapping[str, tuple[str, str]]
    endings: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word, in the order of the embeddings; [PAD] is 0, [MASK] is 1."""
        lists = [
            (PAD, MASK),
            self.small,
            self.animals,
            self.people,
            *self.things.values(),
            self.living,
            *self.lifeless.values(),
            self.either,
            *self.verbs.values(),
        ]
        return tuple(dict.fromkeys(word for words in lists for word in words))

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of each word."""
        return {word: index for index, word in enumerate(self.words)}

    @cached_property
    def candidates(self) -> frozenset[str]:
        """Nouns that *it* can be."""
        return frozenset(self.animals).union(*self.things.values())

    @cached_property
    def nouns(self) -> frozenset[str]:
        """All nouns, people too."""
        return self.candidates | frozenset(self.people)

    def part(self, word: str) -> str:
        """What a word can be: "animal", "thing", "person", "it" or "other"."""
        if word == self.it:
            return "it"
        if word in self.candidates:
            return "animal" if word in self.animals else "thing"
        return "person" if word in self.nouns else "other"

    def parts(self) -> dict[str, list[str]]:
        """The vocabulary as it is shown: by part of speech, in the order of the lists."""
        return {
            "animals": list(self.animals),
            "people": list(self.people),
            "things": [noun for group in GROUPS for noun in self.things[group]],
            "living": list(self.living),
            "lifeless": [word for group in GROUPS for word in self.lifeless[group]],
            "either": list(self.either),
            "verbs": list(dict.fromkeys(verb for verbs in self.verbs.values() for verb in verbs)),
            "small": list(self.small),
        }
