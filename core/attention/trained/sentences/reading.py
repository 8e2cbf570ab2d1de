"""A typed sentence as words that the models know, or a sentence that says what is in the way."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from core.attention.trained.model import MAX_WORDS
from core.attention.trained.sentences.grammar import VOCABULARIES, form
from core.attention.trained.sentences.vocabulary import MASK, PAD, Language
from core.schema import Refusal, mark

MAX_CHARACTERS = 2_000
_SHOWN = 24  # characters of an unknown word that are shown
_NAMED = 3  # unknown words that are named
_MARKERS = re.compile(r"(\[MASK\]|\[PAD\])")

STRANGERS = mark("These models know {count} words and have learned nothing about others: {named}.")
NEAR = mark("“{word}” (near it: {near})")
MORE = mark("{count} more")
CHARACTERS = mark("A sentence has at most {most} characters.")
EMPTY = mark("Write a sentence, such as: {example}.")
WORDS_MOST = mark("A sentence has at most {most} words; this one has {count}.")


@dataclass(frozen=True)
class Stranger:
    """A word that the models do not know, with words like it that they do."""

    word: str
    near: tuple[str, ...]


class Unknown(Refusal):
    """Words that the models do not know."""

    def __init__(self, strangers: Sequence[Stranger], known: int) -> None:
        """Keep them beside the rule."""
        named = [
            Refusal(NEAR, word=s.word, near=s.near) if s.near else f"“{s.word}”"
            for s in strangers[:_NAMED]
        ]
        if (more := len(strangers) - _NAMED) > 0:
            named.append(Refusal(MORE, count=more))
        super().__init__(STRANGERS, count=known, named=named)
        self.strangers = tuple(strangers)


def read(text: object, language: Language = "en") -> list[str]:
    """The words of a sentence in lower case, without punctuation.

    >>> read("The cat sat on the mat, because it was tired.")[-4:]
    ['because', 'it', 'was', 'tired']
    >>> read("고양이가 매트 위에 앉았다. 그것이 피곤해서였다.", "ko")
    ['고양이', '가', '매트', '위에', '앉았다', '그것', '이', '피곤해', '서였다']

    Raises:
        Unknown: it has words that the models do not know.
        ValueError: it is empty, or too long.
    """
    found, known = split(text, language), spelt(language)
    strangers = [
        Stranger(word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…", near(word, language))
        for word in dict.fromkeys(found)
        if word not in known
    ]
    if strangers:
        raise Unknown(strangers, len(VOCABULARIES[language].words) - len((PAD, MASK)))
    words = [word for one in found for word in known[one]]
    if len(words) > MAX_WORDS:
        raise Refusal(WORDS_MOST, most=MAX_WORDS, count=len(words))
    return words


def split(text: object, language: Language = "en") -> list[str]:
    """What stands between the spaces of any sentence, known or not, within the limits.

    Raises:
        ValueError: it is no text, empty, or too long.
    """
    if not isinstance(text, str):
        raise Refusal(mark("A sentence is a text."))
    if len(text) > MAX_CHARACTERS:
        raise Refusal(CHARACTERS, most=MAX_CHARACTERS)
    text = unicodedata.normalize("NFC", text)
    if language == "ko":  # a particle follows a hidden noun without a space
        text = _MARKERS.sub(r" \1 ", text)
    bare = (_bare(word) for word in text.split())
    found = [word if word in (PAD, MASK) else word.lower() for word in bare if word]
    if PAD in found:
        raise Refusal(mark("[PAD] only fills up; it is no word of a sentence."))
    if not found:
        raise Refusal(EMPTY, example=VOCABULARIES[language].examples[0].rstrip("."))
    if len(found) > MAX_WORDS:
        raise Refusal(WORDS_MOST, most=MAX_WORDS, count=len(found))
    return found


def written(words: Sequence[str], language: Language) -> str:
    """Words as one writes them: Korean particles and endings without a space before them.

    >>> written("고양이 가 매트 위에 앉았다 그것 이 피곤해 서였다".split(), "ko")
    '고양이가 매트 위에 앉았다. 그것이 피곤해서였다.'
    """
    if language == "en":
        return " ".join(words)
    text = ""
    particles = VOCABULARIES[language].particles.values()
    after_hidden = {word for forms in particles for word in forms}
    for word in words:
        before = text.rpartition(" ")[2]
        close = before + word in spelt(language) or (before == MASK and word in after_hidden)
        text += word if not text or close else f" {word}"
        text += "." * word.endswith("다")
    return text


@cache
def spelt(language: Language) -> dict[str, tuple[str, ...]]:
    """The words of the networks in everything that may stand between two spaces."""
    return dict(_spelt(language))


def _spelt(language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    vocabulary = VOCABULARIES[language]
    adjectives = [a for part in ("living", "lifeless", "either") for a in vocabulary.parts()[part]]
    for noun in (*vocabulary.nouns, vocabulary.it):
        for particle in vocabulary.particles:
            fitting = form(vocabulary, particle, noun)
            yield noun + fitting, (noun, fitting)
    for adjective in adjectives:
        for ending in vocabulary.endings:
            yield adjective + ending, (adjective, ending)
    for word in vocabulary.words:
        if word != PAD:
            yield word, (word,)


def near(word: str, language: Language = "en") -> tuple[str, ...]:
    """Known words that are spelt like this one, the nearest first; at most three.

    >>> near("cats")[0]
    'cat'
    >>> near("고양아가", "ko")[0]
    '고양이가'
    """
    known = _letters(language)
    found = difflib.get_close_matches(_taken_apart(word[:_SHOWN]), known, 3, 0.6)
    return tuple(known[letters] for letters in found)


@cache
def _letters(language: Language) -> dict[str, str]:
    """Every known word by its letters."""
    return {_taken_apart(word): word for word in spelt(language) if word != MASK}


def _taken_apart(word: str) -> str:
    """Hangul in letters: two syllables that differ in one letter are alike."""
    return unicodedata.normalize("NFD", word)


def _bare(word: str) -> str:
    """Without punctuation around it, and without what cannot be seen."""
    if word in (PAD, MASK):
        return word
    seen = "".join(c for c in word if unicodedata.category(c)[0] != "C")
    inside = [i for i, c in enumerate(seen) if unicodedata.category(c)[0] != "P"]
    return seen[inside[0] : inside[-1] + 1] if inside else ""
