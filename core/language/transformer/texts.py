"""Typed text as the tokens of a task, or a sentence that says what is in the way; and back."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence

from core.language.transformer import dates
from core.language.transformer.tasks import LONGEST, PARTICLES, SPECIAL, Task
from core.schema import Refusal, mark

MAX_CHARACTERS = 500
_NAMED = 3  # unknown words that are named
_SHOWN = 24  # characters of one


def read(task: Task, text: object) -> list[str]:
    """The tokens of a source, without <end>.

    >>> from core.language.transformer.tasks import task
    >>> read(task("ko-en"), "고양이가 매트 위에 앉았다.")
    ['고양이', '가', '매트', '위', '에', '앉았다']

    Raises:
        ValueError: with a sentence: no text, too long, words that the task does not know.
    """
    if not isinstance(text, str):
        raise Refusal(mark("A sentence is a text."))
    if len(text) > MAX_CHARACTERS:
        raise Refusal(mark("At most {most} characters can be read."), most=MAX_CHARACTERS)
    tokens = _split(task, unicodedata.normalize("NFC", text).lower())
    if not tokens:
        raise Refusal(mark("Write something, such as: {example}."), example=task.examples[0])
    known = set(task.source_words)
    strange = list(dict.fromkeys(token for token in tokens if token not in known))
    if strange:
        raise _unknown(task, strange)
    if len(tokens) >= LONGEST:
        raise Refusal(
            mark("At most {most} tokens can be read; these are {given}."),
            most=LONGEST - 1,
            given=len(tokens),
        )
    return tokens


def join(task: Task, tokens: Sequence[str]) -> str:
    """Tokens as they are written: particles on the word before, dates without gaps.

    >>> from core.language.transformer.tasks import task
    >>> join(task("en-ko"), ["고양이", "가", "매트", "위", "에", "앉았다"])
    '고양이가 매트 위에 앉았다'
    """
    ordinary = [token for token in tokens if token not in SPECIAL]
    if task.name == "dates":
        return "".join(ordinary)
    text = ""
    for token in ordinary:
        attached = task.name == "en-ko" and token in PARTICLES
        text += token if attached or not text else f" {token}"
    return text


def _split(task: Task, text: str) -> list[str]:
    if task.name == "dates":
        return dates.split(text)
    words = [word for word in map(_bare, text.split()) if word]
    if task.name == "ko-en":
        return [token for word in words for token in _korean(task, word)]
    if task.name in ("copy", "reverse", "sort"):
        return [token for word in words for token in (word if word.isdecimal() else [word])]
    return words


def _korean(task: Task, word: str) -> list[str]:
    """A noun with its particle as two tokens."""
    if word in task.index:
        return [word]
    for particle in sorted(PARTICLES, key=len, reverse=True):
        stem = word.removesuffix(particle)
        if stem != word and stem in task.index and stem not in PARTICLES:
            return [stem, particle]
    return [word]


def _unknown(task: Task, strange: list[str]) -> Refusal:
    named: list[str | Refusal] = []
    for word in strange[:_NAMED]:
        shown = word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"
        near = difflib.get_close_matches(shown, task.source_words, 2, 0.6)
        close = Refusal(mark("“{word}” (near it: {near})"), word=shown, near=near)
        named.append(close if near else f"“{shown}”")
    if len(strange) > _NAMED:
        named.append(Refusal(mark("{count} more"), count=len(strange) - _NAMED))
    return Refusal(
        mark("This model knows {known} words and has learned nothing about others: {words}."),
        known=len(task.source_words),
        words=named,
    )


def _bare(word: str) -> str:
    """Without punctuation around it, and without what cannot be seen."""
    seen = "".join(c for c in word if unicodedata.category(c)[0] != "C")
    letters = [i for i, c in enumerate(seen) if unicodedata.category(c)[0] != "P"]
    return seen[letters[0] : letters[-1] + 1] if letters else ""
