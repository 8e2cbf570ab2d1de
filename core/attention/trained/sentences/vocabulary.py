"""The words of the "it" sentences: animals, people, things of three groups, and what fits them.

Every word has one part, so that an adjective says which noun *it* can be: a cat can be tired, a mat
can be soft. A few adjectives fit both ("dirty"): there the sentence itself does not tell.
"""

from __future__ import annotations

from typing import Literal

Group = Literal["place", "food", "toy"]
GROUPS: tuple[Group, ...] = ("place", "food", "toy")

ANIMALS = tuple(
    "cat dog horse cow goat pig sheep mouse rabbit fox bear monkey donkey duck goose owl parrot "
    "lion tiger wolf frog hamster squirrel penguin elephant puppy kitten camel otter "
    "hedgehog".split()
)

PEOPLE = tuple(
    "boy girl man woman teacher student farmer doctor baker driver nurse pilot singer sailor "
    "painter king queen neighbour".split()
)

THINGS: dict[Group, tuple[str, ...]] = {
    "place": tuple(
        "mat rug sofa chair bed cushion blanket bench pillow carpet bag box wall roof".split()
    ),
    "food": tuple(
        "apple banana carrot cheese cake bread pear soup pie melon cookie corn egg nut".split()
    ),
    "toy": tuple(
        "ball stone cart wheel rope stick drum kite bucket bottle bell basket sledge ring".split()
    ),
}

LIVING_ADJECTIVES = tuple(
    "tired hungry sleepy angry scared lazy clever thirsty curious lonely bored proud ill happy "
    "greedy playful nervous brave".split()
)

THING_ADJECTIVES: dict[Group, tuple[str, ...]] = {
    "place": tuple("soft comfortable flat padded woollen sturdy velvet knitted".split()),
    "food": tuple("ripe tasty sweet juicy fresh salty crunchy delicious".split()),
    "toy": tuple("broken round shiny wooden rusty plastic hollow empty".split()),
}

EITHER_ADJECTIVES = tuple("dirty wet heavy old cold big small warm".split())

LATE_ADJECTIVES = frozenset("sleepy curious proud sturdy knitted juicy salty shiny hollow".split())
"""Held out: learning sees them only where the reason comes first ("because it was sleepy the cat
sat on the mat"); they are asked everywhere else."""

VERBS: dict[str, tuple[str, ...]] = {
    "sat on": tuple("sat slept lay rested stood".split()),
    "liked": tuple("liked chosen used found wanted".split()),
    "put on": tuple("put left saw placed kept".split()),
    "made for": tuple("made bought cleaned brought fetched".split()),
    "ate": tuple("ate wanted tasted finished stole".split()),
    "eaten": tuple("eaten wanted tasted finished stolen".split()),
    "gave": tuple("gave handed offered showed threw".split()),
    "cut for": tuple("cut bought cooked brought fetched".split()),
    "chased": tuple("chased pushed pulled dropped carried".split()),
    "moved": tuple("chased pushed pulled dropped carried".split()),
    "saw with": tuple("saw watched found left met".split()),
    "took from": tuple("took stole hid kept fetched".split()),
}

SMALL = tuple("the it because since was looked seemed on by for with from".split())

PAD, MASK = "[PAD]", "[MASK]"


def _all() -> tuple[str, ...]:
    lists = [
        (PAD, MASK),
        SMALL,
        ANIMALS,
        PEOPLE,
        *THINGS.values(),
        LIVING_ADJECTIVES,
        *THING_ADJECTIVES.values(),
        EITHER_ADJECTIVES,
        *VERBS.values(),
    ]
    return tuple(dict.fromkeys(word for words in lists for word in words))


VOCABULARY = _all()
"""Every word that the models know, in the order of their embeddings; [PAD] is 0, [MASK] is 1."""

INDEX = {word: index for index, word in enumerate(VOCABULARY)}
NOUNS = frozenset(ANIMALS) | frozenset(PEOPLE) | {n for part in THINGS.values() for n in part}
CANDIDATES = NOUNS - frozenset(PEOPLE)
"""Nouns that *it* can be; a person is never *it*."""


def parts() -> dict[str, list[str]]:
    """The vocabulary as it is shown: by part of speech, in the order of the lists."""
    verbs = dict.fromkeys(verb for verbs in VERBS.values() for verb in verbs)
    return {
        "animals": list(ANIMALS),
        "people": list(PEOPLE),
        "things": [noun for group in GROUPS for noun in THINGS[group]],
        "living": list(LIVING_ADJECTIVES),
        "lifeless": [word for group in GROUPS for word in THING_ADJECTIVES[group]],
        "either": list(EITHER_ADJECTIVES),
        "verbs": list(verbs),
        "small": list(SMALL),
    }
