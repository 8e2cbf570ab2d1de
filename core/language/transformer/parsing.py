"""A sentence of the little grammar read back: words -> what is said, None if it is no sentence.

Reading is generous, and then held to account: what was read is said again, and has to come out as
the words that went in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.language.transformer.grammar import Noun, Place, Sentence, english, korean
from core.language.transformer.lexicon import (
    ADJECTIVES,
    EAT,
    GIVE,
    GO,
    KOREAN,
    MEET,
    PREPOSITIONS,
    PUT,
    STAY,
    TAKE,
    TENSES,
    WHEN,
    Tense,
    Verb,
    plain,
)

VERBS = (*STAY, *GO, *EAT, *TAKE, *MEET, *GIVE, *PUT)
_NOUN_OF = {korean: english for english, korean in KOREAN.items()}
_ADJECTIVE_OF = {forms[0]: english for english, forms in ADJECTIVES.items()}
_PREPOSITION_OF = {korean: english for english, korean in PREPOSITIONS.items()}
_DATES = {word for pair in WHEN.values() for word in pair}
_ENDINGS: dict[tuple[str, ...], tuple[Verb | None, str | None, Tense]] = {
    **{tuple(verb.plain(tense)): (verb, None, tense) for verb in VERBS for tense in TENSES},
    **{
        tuple(plain(forms, tense)): (None, word, tense)
        for word, (_, forms) in ADJECTIVES.items()
        for tense in TENSES
    },
}


def from_english(words: Sequence[str]) -> Sentence | None:
    """What the English words say."""
    return _held_to(words, english, _english)


def from_korean(words: Sequence[str]) -> Sentence | None:
    """What the Korean words and particles say."""
    return _held_to(words, korean, _korean)


def _held_to(
    words: Sequence[str],
    say: Callable[[Sentence], list[str]],
    read: Callable[[list[str]], Sentence | None],
) -> Sentence | None:
    dated = any(word in _DATES for word in words)
    sentence = read([word for word in words if word not in _DATES])
    if sentence is None:
        return None
    sentence = replace(sentence, dated=dated)
    return sentence if say(sentence) == list(words) else None


def _english(words: list[str]) -> Sentence | None:
    nouns: list[Noun] = []
    between: list[list[str]] = [[]]  # the words before, between and behind the nouns
    i = 0
    while i < len(words):
        pair = words[i + 1 : i + 3]
        if words[i] == "the" and pair and pair[0] in KOREAN:
            nouns.append(Noun(pair[0]))
            i += 2
        elif words[i] == "the" and len(pair) == 2 and pair[0] in ADJECTIVES and pair[1] in KOREAN:
            nouns.append(Noun(pair[1], pair[0]))
            i += 3
        else:
            between[-1].append(words[i])
            i += 1
            continue
        between.append([])
    if not nouns or between[0]:
        return None
    subject, *others = nouns
    rest, *links = between[1:]
    if not others:
        for tense, copula in (("past", ["was"]), ("present", ["is"]), ("future", ["will", "be"])):
            if rest[:-1] == copula and rest[-1] in ADJECTIVES:
                return Sentence(subject, tense, quality=rest[-1])  # type: ignore[arg-type]
        return None
    for verb in VERBS:
        for tense in TENSES:
            form = verb.english(tense)
            if rest[: len(form)] == form:
                heads = [rest[len(form) :], *links[:-1]]
                return _placed(Sentence(subject, tense, verb), heads, others)
    return None


def _placed(base: Sentence, heads: list[list[str]], others: list[Noun]) -> Sentence | None:
    """Give each further noun its part by the words in front of it."""
    for head, noun in zip(heads, others, strict=True):
        if not head:
            base = replace(base, thing=noun)
        elif head == ["to"] and base.verb not in GO:
            base = replace(base, receiver=noun)
        elif len(head) == 1:
            bare = head[0] == "to" or (head[0] == "in" and noun.name != "box")
            preposition = None if bare else head[0]
            if preposition not in (None, *PREPOSITIONS):
                return None
            base = replace(base, place=Place(noun, preposition))
        else:
            return None
    return base


def _korean(words: list[str]) -> Sentence | None:
    for size in (2, 1):
        ending = _ENDINGS.get(tuple(words[-size:]))
        if ending is not None and len(words) > size:
            verb, quality, tense = ending
            return _particles(words[:-size], Sentence(Noun(""), tense, verb, quality))
    return None


def _particles(words: list[str], base: Sentence) -> Sentence | None:
    adjective: str | None = None
    noun: Noun | None = None
    preposition: str | None = None
    for word in words:
        if word in _ADJECTIVE_OF and noun is None:
            adjective = _ADJECTIVE_OF[word]
        elif word in _NOUN_OF and noun is None:
            noun = Noun(_NOUN_OF[word], adjective)
        elif noun is None:
            return None
        elif word in _PREPOSITION_OF:
            preposition = _PREPOSITION_OF[word]
        else:
            place = Place(noun, preposition)
            if word in ("에", "에서"):
                base = replace(base, place=place)
            elif word == "에게":
                base = replace(base, receiver=noun)
            elif word in ("을", "를"):
                base = replace(base, thing=noun)
            elif word in ("이", "가", "은", "는"):
                base = replace(base, subject=noun)
            else:
                return None
            adjective = noun = preposition = None
    return base if base.subject.name and noun is None and adjective is None else None
