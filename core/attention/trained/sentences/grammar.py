"""Sentences in which *it* is one of two nouns, and only the adjective tells which.

"the cat sat on the mat because it was tired": tired fits the cat. Animal and thing come in both
orders, with the reason early or behind, with or without a person who is never *it*. A fifth of the
pairs of animal and thing, and half a dozen adjectives, are held out to see what was understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import torch
from torch import Tensor

from core.attention.trained.sentences.english import ENGLISH
from core.attention.trained.sentences.korean import KOREAN
from core.attention.trained.sentences.vocabulary import (
    GROUPS,
    MASK,
    Frame,
    Group,
    Language,
    Vocabulary,
)
from core.korean import end_of

VOCABULARIES: dict[Language, Vocabulary] = {"en": ENGLISH, "ko": KOREAN}

HELD_OUT = 0.2
"""Share of the pairs of animal and thing, in each group, that learning never sees."""

EITHER = 0.1
"""Share of the sentences whose adjective fits both nouns; their label is half and half."""

Kind = Literal["learning", "pairs", "adjectives"]

_NOUNS_AND_ADJECTIVE = ("A", "T", "Q")


def data(language: Language) -> str:
    """What the cards of the networks say of their data."""
    files = {"en": "grammar.py", "ko": "korean.py"}
    where = f"core/attention/trained/sentences/{files[language]}"
    return f"sentences of {where}; a fifth of the noun pairs held out"


@dataclass(frozen=True)
class Batch:
    """Sentences with their answers.

    Attributes:
        ids: (N, T) words, padded with 0.
        it: (N,) where *it* stands.
        animal, thing: (N,) where the two nouns stand that *it* can be.
        share: (N, 2) how much *it* is the animal and the thing: 1 and 0, 0 and 1, or half and half.
        language: of the words.
    """

    ids: Tensor
    it: Tensor
    animal: Tensor
    thing: Tensor
    share: Tensor
    language: Language

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def referent(self) -> Tensor:
        """(N,) where the noun stands that *it* is; for half and half the animal."""
        return torch.where(self.share[:, 0] >= self.share[:, 1], self.animal, self.thing)

    @property
    def other(self) -> Tensor:
        """(N,) where the other noun stands."""
        return self.animal + self.thing - self.referent

    def words(self, positions: Tensor) -> Tensor:
        """(N,) the words that stand at these positions (N,)."""
        return self.ids.gather(1, positions[:, None])[:, 0]

    def texts(self) -> list[str]:
        """The sentences as they are read, word by word."""
        words = VOCABULARIES[self.language].words
        return [" ".join(words[i] for i in row if i) for row in self.ids.tolist()]


@dataclass(frozen=True)
class _Tables:
    slots: tuple[str, ...]  # by their index
    fixed: Tensor  # (F, T) word, or 0 where a slot or nothing is
    slot: Tensor  # (F, T) index of the slot, or -1
    group: Tensor  # (F,)
    early: Tensor  # (F,) whether the reason comes early
    verbs: Tensor  # (F, V)
    at: Tensor  # (F, 3): it, animal, thing


def _slots(vocabulary: Vocabulary) -> tuple[str, ...]:
    """All slots: words of their own, then particles, each after the noun that decides its form."""
    own = (*_NOUNS_AND_ADJECTIVE, "P", *vocabulary.choices, "verb")
    return own + tuple(f"{noun} {name}" for noun in "ATP" for name in vocabulary.particles)


def _named(frame: Frame, vocabulary: Vocabulary) -> list[str]:
    """The tokens of a frame, particles with the noun before them."""
    tokens = frame.text.split()
    return [
        f"{tokens[i - 1]} {token}" if token in vocabulary.particles else token
        for i, token in enumerate(tokens)
    ]


@cache
def _tables(language: Language) -> _Tables:
    vocabulary = VOCABULARIES[language]
    slots, frames = _slots(vocabulary), vocabulary.frames
    shape = (len(frames), max(len(frame.text.split()) for frame in frames))
    fixed, slot = torch.zeros(shape, dtype=torch.long), torch.full(shape, -1)
    verbs, at = [], []
    for f, frame in enumerate(frames):
        tokens = _named(frame, vocabulary)
        for t, token in enumerate(tokens):
            if token.startswith("verb:"):
                verbs.append(_ids(vocabulary, _verbs(vocabulary, token)))
                slot[f, t] = slots.index("verb")
            elif token in slots:
                slot[f, t] = slots.index(token)
            else:
                fixed[f, t] = vocabulary.index[token]
        if len(verbs) == f:  # no verb to choose: the numbers are drawn, and not used
            verbs.append(torch.zeros_like(verbs[-1]))
        at.append([tokens.index(token) for token in (vocabulary.it, "A", "T")])
    return _Tables(
        slots,
        fixed,
        slot,
        torch.tensor([GROUPS.index(frame.group) for frame in frames]),
        torch.tensor([frame.early for frame in frames]),
        torch.stack(verbs),
        torch.tensor(at),
    )


def _verbs(vocabulary: Vocabulary, token: str) -> tuple[str, ...]:
    return vocabulary.verbs[token.removeprefix("verb:").replace("_", " ")]


@cache
def pairs(held_out: bool, language: Language = "en") -> dict[Group, Tensor]:
    """Pairs (N, 2) of animal and thing that learning sees, or never sees; always the same ones."""
    vocabulary = VOCABULARIES[language]
    found: dict[Group, Tensor] = {}
    generator = torch.Generator().manual_seed(2017)
    for group in GROUPS:
        every = torch.cartesian_prod(
            _ids(vocabulary, vocabulary.animals), _ids(vocabulary, vocabulary.things[group])
        )
        order = torch.randperm(len(every), generator=generator)
        count = round(len(every) * HELD_OUT)
        found[group] = every[order[:count] if held_out else order[count:]]
    return found


def sample(
    count: int,
    generator: torch.Generator,
    kind: Kind = "learning",
    language: Language = "en",
) -> Batch:
    """Draw sentences.

    Args:
        count: how many, N.
        generator: decides all of it.
        kind: "learning": what a model may learn from. "pairs": held-out pairs of nouns with known
            adjectives. "adjectives": held-out adjectives in frames where learning never saw them,
            known pairs. Held-out sentences always have one right answer.
        language: of the sentences.
    """
    tables, words = _tables(language), VOCABULARIES[language]

    def choose(options: Tensor) -> Tensor:
        """One of (K, ...) for each sentence."""
        return options[torch.randint(len(options), (count,), generator=generator)]

    frames = torch.arange(len(words.frames))
    frame = choose(frames[~tables.early] if kind == "adjectives" else frames)
    group, early = tables.group[frame], tables.early[frame]
    noun = torch.zeros(count, 2, dtype=torch.long)
    adjective = torch.zeros(count, dtype=torch.long)
    chance = torch.rand(count, generator=generator)
    either = (chance < EITHER) if kind == "learning" else torch.zeros(count, dtype=torch.bool)
    living = torch.rand(count, generator=generator) < 0.5
    for g, name in enumerate(GROUPS):  # every group draws for all: the same stream of chance
        chosen = choose(pairs(held_out=kind == "pairs", language=language)[name])
        noun = torch.where((group == g)[:, None], chosen, noun)
        for alive, options in ((True, words.living), (False, words.lifeless[name])):
            known = choose(_ids(words, tuple(w for w in options if w not in words.late)))
            every = choose(_ids(words, options))
            late = choose(_ids(words, tuple(w for w in options if w in words.late)))
            fitting = torch.where(early & (kind == "learning"), every, known)
            fitting = late if kind == "adjectives" else fitting
            adjective = torch.where((group == g) & (living == alive), fitting, adjective)
    adjective = torch.where(either, choose(_ids(words, words.either)), adjective)
    verb = torch.randint(tables.verbs.shape[1], (count,), generator=generator)
    filled = {"A": noun[:, 0], "T": noun[:, 1], "Q": adjective}
    for slot, options in {"P": words.people, **words.choices}.items():
        filled[slot] = choose(_ids(words, options))
    filled["verb"] = tables.verbs[frame, verb]
    for slot in tables.slots[len(filled) :]:
        before, particle = slot.split()
        filled[slot] = _forms(language, particle)[filled[before]]
    every_slot = torch.stack([filled[slot] for slot in tables.slots], 1)  # (N, slots)
    at = tables.slot[frame]  # (N, T)
    ids = torch.where(at >= 0, every_slot.gather(1, at.clamp(min=0)), tables.fixed[frame])
    share = torch.stack([living, ~living], 1).float()
    share[either] = 0.5
    it, animal, thing = tables.at[frame].unbind(1)
    return Batch(ids, it, animal, thing, share, language)


@cache
def _forms(language: Language, particle: str) -> Tensor:
    """(V,) the form of a particle after each word."""
    words = VOCABULARIES[language]
    return _ids(words, tuple(form(words, particle, word) for word in words.words))


def form(words: Vocabulary, particle: str, before: str) -> str:
    """The form of a particle after a word.

    >>> form(KOREAN, "이/가", "고양이"), form(KOREAN, "이/가", "곰")
    ('가', '이')
    """
    return words.particles[particle][end_of(before) == "vowel"]


def like(found: Sequence[str], language: Language) -> bool:
    """Whether the networks were trained on sentences like this one; [MASK] can be any word.

    >>> like("the dog ate the pie because it was ripe".split(), "en")
    True
    >>> like("the dog chased the cat because it was hungry".split(), "en")
    False
    """
    words = VOCABULARIES[language]
    return any(_fits(found, frame, words) for frame in words.frames)


def _fits(found: Sequence[str], frame: Frame, words: Vocabulary) -> bool:
    tokens = frame.text.split()
    if len(tokens) != len(found):
        return False
    adjectives = words.living + words.lifeless[frame.group] + words.either
    slots = {"A": words.animals, "T": words.things[frame.group], "P": words.people}
    slots |= {"Q": adjectives, **words.choices}
    for i, (token, word) in enumerate(zip(tokens, found, strict=True)):
        if token.startswith("verb:"):
            options = _verbs(words, token)
        elif token in words.particles:
            options = words.particles[token]
            if found[i - 1] != MASK:
                options = (form(words, token, found[i - 1]),)
        else:
            options = slots.get(token, (token,))
        if word not in (MASK, *options):
            return False
    return True


def _ids(words: Vocabulary, options: tuple[str, ...]) -> Tensor:
    return torch.tensor([words.index[word] for word in options])
