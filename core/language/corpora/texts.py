"""Texts that embeddings are learnt from: two generated corpora, or a person's own text.

The generated ones come from grammars of ours (`kinds.grammar`), so that which words belong together
is known and analogies have answers. In a person's own text tokens are runs of letters of one
script: "BERT는" is *bert* and *는*, but "학교에" stays one token, since parting particles needs a
dictionary; a space parts them as well. Digits belong to the word that they touch; emoji and
punctuation are not words, a full stop or a new line ends a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal, get_args

import torch
from torch import Tensor

from core.language.corpora.kinds import grammar
from core.schema import Refusal, mark

Language = Literal["en", "ko"]
LANGUAGES: tuple[str, ...] = get_args(Language)
MAX_CHARACTERS = 80_000
"""Of a person's own text."""
MAX_WORDS = 600
"""Of the vocabulary; the most frequent are kept."""
MAX_LETTERS = 40
"""Of one word; what is longer is cut."""
SENTENCES = 2_000
"""Of a generated corpus."""
DROPPED = -1

Question = tuple[str, str, str, str]

_SEED = 20_260
_END = re.compile(r"[.!?\u3002\uff01\uff1f\n\r]+")
_RUN = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)*")


@dataclass(frozen=True, eq=False)
class Corpus:
    """A text as numbers. N: its tokens, W: words of the vocabulary.

    Attributes:
        sentences: the tokens as they are read.
        words: the vocabulary, most frequent first.
        counts: (W,) int64, how often each word occurs.
        ids: (N,) int64, the tokens; -1 where the word is not in the vocabulary. Its place stays
            empty: windows do not reach farther for it.
        sentence: (N,) int64, the sentence of each token.
        groups: (W,) what each word is, such as "people" or "size"; "" in a person's own text.
        questions: analogies (a, b, c, answer) with all words in the vocabulary, with their kind.
        examples: some (a, b, c) to begin with.
        dropped: how many different words are not in the vocabulary.
    """

    sentences: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    counts: Tensor
    ids: Tensor
    sentence: Tensor
    groups: tuple[str, ...]
    questions: tuple[tuple[str, Question], ...]
    examples: tuple[tuple[str, str, str], ...]
    dropped: int

    @property
    def index(self) -> dict[str, int]:
        """Word to its place in the vocabulary."""
        return {word: i for i, word in enumerate(self.words)}

    def look_up(self, word: str) -> int:
        """Place of a word in the vocabulary.

        Raises:
            ValueError: it is not in it.
        """
        index = self.index.get(word.strip().lower())
        if index is None:
            raise Refusal(mark("The word {word} is not in the vocabulary."), word=_short(word))
        return index


def generated(language: str, min_count: int = 1) -> Corpus:
    """The corpus of a language, 2,000 sentences, always the same ones."""
    return _generated(language, min_count)


@lru_cache(8)
def _generated(language: str, min_count: int) -> Corpus:
    known = grammar(language)
    families = known.families
    generator = torch.Generator().manual_seed(_SEED)
    sentences = [families[i % len(families)].sentence(generator) for i in range(SENTENCES)]
    groups: dict[str, str] = {}
    for family in families:
        groups |= {w: g for w, g in family.context().items() if w not in groups}
    for family in families:
        groups |= {item.word: family.name for item in family.items}
    questions = [(family.name, q) for family in families for q in family.questions()]
    return _corpus(sentences, min_count, groups, questions, known.examples)


@lru_cache(8)
def own(text: str, min_count: int = 1) -> Corpus:
    """The corpus of a person's own text.

    Raises:
        ValueError: empty, too long, without words, or with too few to have company.
    """
    if not isinstance(text, str):
        raise Refusal(mark("A sentence is a text."))
    if len(text) > MAX_CHARACTERS:
        raise Refusal(
            mark("The text has {length} characters; at most {most} can be used for training."),
            length=len(text),
            most=MAX_CHARACTERS,
        )
    if not text.strip():
        raise Refusal(mark("The text is empty."))
    sentences = tokens(text)
    if not sentences:
        raise Refusal(mark("The text holds no words: words are made of letters."))
    return _corpus(sentences, min_count, {}, [], ())


def tokens(text: str) -> list[list[str]]:
    """Sentences of lower-case words; sentences without a word are left out."""
    sentences = []
    for part in _END.split(unicodedata.normalize("NFC", text)):
        words = [
            piece[:MAX_LETTERS] for run in _RUN.findall(part) for piece in _scripts(run.lower())
        ]
        if words:
            sentences.append(words)
    return sentences


def _scripts(run: str) -> list[str]:
    """Parts of a run of letters that are of one script; marks and digits go with what is before."""
    kinds: list[str] = []
    for letter in run:
        kind = unicodedata.name(letter, "?").split()[0] if letter.isalpha() else ""
        kinds.append(kind or (kinds[-1] if kinds else ""))
    if kinds and not kinds[0]:  # digits in front go with what comes after
        first = next((kind for kind in kinds if kind), "")
        kinds = [kind or first for kind in kinds]
    parts = groupby(zip(run, kinds, strict=True), key=lambda pair: pair[1])
    return ["".join(letter for letter, _ in part) for _, part in parts]


def _corpus(
    sentences: Sequence[Sequence[str]],
    min_count: int,
    groups: dict[str, str],
    questions: Sequence[tuple[str, Question]],
    examples: Sequence[tuple[str, str, str]],
) -> Corpus:
    counted = Counter(word for sentence in sentences for word in sentence)
    often = sorted(counted, key=lambda word: (-counted[word], word))
    words = tuple(word for word in often if counted[word] >= min_count)[:MAX_WORDS]
    if len(words) < 2:
        if min_count > 1:
            raise Refusal(
                mark("The text needs at least two different words that occur {least} times."),
                least=min_count,
            )
        raise Refusal(
            mark("The text needs at least two different words: a word is learned from its context.")
        )
    index = {word: i for i, word in enumerate(words)}
    flat = [index.get(word, DROPPED) for sentence in sentences for word in sentence]
    place = [i for i, sentence in enumerate(sentences) for _ in sentence]
    corpus = Corpus(
        tuple(tuple(sentence) for sentence in sentences),
        words,
        torch.tensor([counted[word] for word in words]),
        torch.tensor(flat),
        torch.tensor(place),
        tuple(groups.get(word, "") for word in words),
        tuple((kind, q) for kind, q in questions if all(word in index for word in q)),
        tuple(q for q in examples if all(word in index for word in q)),
        len(often) - len(words),
    )
    known = (corpus.ids[:-1] >= 0) & (corpus.ids[1:] >= 0)
    near = known & (corpus.sentence[1:] == corpus.sentence[:-1])
    if not near.any():
        raise Refusal(
            mark(
                "No two words of the vocabulary stand near each other: there is no "
                "context to learn from."
            )
        )
    return corpus


def _short(word: str) -> str:
    word = word.strip()
    return word if len(word) <= 24 else word[:24] + "\u2026"
