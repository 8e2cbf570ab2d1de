"""Sentences of the little grammar, said in English and in Korean.

English puts the verb behind its subject, Korean at the end, and says by particles (이/가, 을/를,
은/는, 에게, 에, 에서) what English says by word order and prepositions. Particles are tokens of
their own.

A sentence is *held out* if one of its pairs of subject and other noun (or subject and what is said
of it) is: a fifth of all pairs, which learning never sees together in any sentence.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass

from core.language.transformer.lexicon import (
    ADJECTIVES,
    EAT,
    FITTING,
    GIVE,
    GO,
    KOREAN,
    LIVING,
    MEET,
    NOUNS,
    PREPOSITIONS,
    PUT,
    STAY,
    TAKE,
    TENSES,
    THINGS,
    WHEN,
    WHERE,
    Kind,
    Tense,
    Verb,
    plain,
)

KIND: dict[str, Kind] = {noun: kind for kind, nouns in NOUNS.items() for noun in nouns}


@dataclass(frozen=True)
class Noun:
    """A noun with the adjective before it, in English."""

    name: str
    adjective: str | None = None


@dataclass(frozen=True)
class Place:
    """Where: on the mat; `preposition` None for a place that needs none in Korean: 공원에서."""

    noun: Noun
    preposition: str | None = None


@dataclass(frozen=True)
class Sentence:
    """The meaning of a sentence, in no language.

    Attributes:
        subject: who.
        tense: when.
        verb: what is done, or None where `quality` is said of the subject.
        quality: an adjective in English.
        thing: what it is done to.
        receiver: to whom it is given.
        place: where, or where to.
        dated: whether yesterday, today or tomorrow is said.
    """

    subject: Noun
    tense: Tense
    verb: Verb | None = None
    quality: str | None = None
    thing: Noun | None = None
    receiver: Noun | None = None
    place: Place | None = None
    dated: bool = False

    @property
    def held_out(self) -> bool:
        """Whether one of its pairs is kept from learning."""
        others = [noun.name for noun in (self.thing, self.receiver) if noun is not None]
        if self.place is not None:
            others.append(self.place.noun.name)
        if self.quality is not None:
            others.append(self.quality)
        return any(pair_held_out(self.subject.name, other) for other in others)


def pair_held_out(subject: str, other: str) -> bool:
    """A fifth of all pairs, and the cat with the mat, which everybody asks for."""
    return (subject, other) == ("cat", "mat") or zlib.crc32(f"{subject} {other}".encode()) % 5 == 0


def english(sentence: Sentence) -> list[str]:
    """The words, the verb behind the subject."""
    words = _the(sentence.subject)
    if sentence.verb is None:
        assert sentence.quality is not None
        copula = {"past": ["was"], "present": ["is"], "future": ["will", "be"]}
        words += [*copula[sentence.tense], sentence.quality]
    else:
        words += sentence.verb.english(sentence.tense)
    if sentence.thing is not None:
        words += _the(sentence.thing)
    if sentence.receiver is not None:
        words += ["to", *_the(sentence.receiver)]
    if sentence.place is not None:
        before = sentence.place.preposition or ("to" if sentence.verb in GO else "in")
        words += [before, *_the(sentence.place.noun)]
    if sentence.dated:
        words.append(WHEN[sentence.tense][0])
    return words


def korean(sentence: Sentence) -> list[str]:
    """The words and particles, the verb at the end."""
    particle = ("은", "는") if sentence.verb is None else ("이", "가")
    words = _with(sentence.subject, *particle)
    if sentence.dated:
        words.append(WHEN[sentence.tense][1])
    if sentence.receiver is not None:
        words += _with(sentence.receiver, "에게", "에게")
    if sentence.thing is not None:
        words += _with(sentence.thing, "을", "를")
    if sentence.place is not None and sentence.verb is not None:
        words += _bare(sentence.place.noun)
        if sentence.place.preposition is not None:
            words.append(PREPOSITIONS[sentence.place.preposition])
        words.append(sentence.verb.at)
    if sentence.verb is None:
        assert sentence.quality is not None
        return words + plain(ADJECTIVES[sentence.quality][1], sentence.tense)
    return words + sentence.verb.plain(sentence.tense)


def closed(word: str) -> bool:
    """Whether its last syllable ends in a consonant (받침), which particles hang on."""
    return (ord(word[-1]) - 0xAC00) % 28 != 0


def sample(draw: random.Random) -> Sentence:
    """Any sentence of the grammar, held out or not."""

    def noun(*names: str) -> Noun:
        name = draw.choice(names)
        fitting = draw.random() < 0.35
        return Noun(name, draw.choice(FITTING[KIND[name]]) if fitting else None)

    def furniture() -> Place:
        thing = noun(*NOUNS["furniture"])
        return Place(thing, draw.choice(WHERE[thing.name]))

    def place() -> Place:
        return Place(noun(*NOUNS["place"]))

    tense = draw.choice(TENSES)
    dated = draw.random() < 0.25
    subject = noun(*LIVING)
    kind = draw.randrange(9)
    if kind <= 1:
        verb = draw.choice(STAY)
        where = place() if verb.at == "에서" and draw.random() < 0.4 else furniture()
        return Sentence(subject, tense, verb, place=where, dated=dated)
    if kind == 2:
        return Sentence(subject, tense, draw.choice(GO), place=place(), dated=dated)
    if kind == 3:
        thing = noun(*NOUNS["food"])
        return Sentence(subject, tense, draw.choice(EAT), thing=thing, dated=dated)
    if kind == 4:
        thing = noun(*NOUNS["goods"])
        return Sentence(subject, tense, draw.choice(TAKE), thing=thing, dated=dated)
    if kind == 5:
        other = noun(*(name for name in LIVING if name != subject.name))
        return Sentence(subject, tense, draw.choice(MEET), thing=other, dated=dated)
    if kind == 6:
        other = noun(*(name for name in LIVING if name != subject.name))
        verb, thing = draw.choice(GIVE), noun(*THINGS)
        return Sentence(subject, tense, verb, thing=thing, receiver=other, dated=dated)
    if kind == 7:
        thing, where = noun(*THINGS), furniture()
        return Sentence(subject, tense, PUT[0], thing=thing, place=where, dated=dated)
    name = draw.choice(tuple(KIND))
    quality = draw.choice(FITTING[KIND[name]])
    return Sentence(Noun(name), tense, quality=quality, dated=dated)


def _the(noun: Noun) -> list[str]:
    return ["the", *([noun.adjective] if noun.adjective else []), noun.name]


def _bare(noun: Noun) -> list[str]:
    before = [ADJECTIVES[noun.adjective][0]] if noun.adjective else []
    return [*before, KOREAN[noun.name]]


def _with(noun: Noun, after_consonant: str, after_vowel: str) -> list[str]:
    words = _bare(noun)
    return [*words, after_consonant if closed(words[-1]) else after_vowel]
