"""Errors for people: a rule of ours with values, put into words in the language of whoever asks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from typing import Any, Literal

from core.korean import particles

Translate = Callable[[str], str]
Reason = Literal["unknown", "unreadable", "out of range", "not a choice", "too long", "too many"]

LONGEST = 40
"""Characters of a value from outside that are repeated in a sentence."""
_UNITS = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
_MYRIADS = ((10_000, "억"), (1, "만"))


class Message(str):
    """A word or a sentence of ours in English, the key of its translations. Made by `mark`."""

    __slots__ = ()


def mark(message: str) -> Message:
    """Mark a text for translation; `_` or `Explained.sentence` translates it later.

    >>> mark("{count} steps").format(count=3)
    '3 steps'
    """
    return Message(message)


def untranslated(message: str) -> str:
    """Translate into English: the text as it is."""
    return message


class Explained(Exception):
    """An error that is shown to a person: a rule with values.

    In the rule names in braces stand for the values. A `Message` among them is translated, another
    error is told in the same language, of a list every item is shown. Numbers are written with
    separators; of large ones `{n:large}` gives three digits and a word, `{n:만}` Korean myriads.

    Attributes:
        rule: the sentence, with names in braces.
        values: what stands for the names; plain values, so that the error can be pickled.

    >>> error = Explained(mark("{field} has {n:large} numbers."), field=mark("batch"), n=2_500_000)
    >>> str(error)
    'Batch has 2.5 million numbers.'
    >>> korean = {"{field} has {n:large} numbers.": "{field}: 숫자 {n:만} 개", "batch": "배치"}
    >>> error.sentence(korean.__getitem__)
    '배치: 숫자 250만 개'
    """

    def __init__(self, rule: Message, /, **values: object) -> None:
        """Keep the rule apart from its values."""
        super().__init__()
        self.rule = rule
        self.values: Mapping[str, object] = values

    def sentence(self, translate: Translate = untranslated) -> str:
        """Put it into words.

        Args:
            translate: gives the text for an English one.
        """
        rule = translate(self.rule)
        text = _Sentence(translate).vformat(rule, (), self.values)
        first = rule.partition("}")[0].partition(":")[0]
        ours = first[:1] == "{" and isinstance(self.values.get(first[1:]), Message)
        return particles(text[:1].upper() + text[1:] if ours else text)

    def __str__(self) -> str:
        """The sentence in English."""
        return self.sentence()

    def __repr__(self) -> str:
        """The class and the sentence in English."""
        return f"{type(self).__name__}({self.sentence()!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the rule and the values, and whatever a subclass has added."""
        return _bare, (type(self),), self.__dict__


class Refusal(Explained, ValueError):
    """Something from outside that cannot be used.

    `reason` says so in a word that a program can read.
    """

    reason: Reason = "unreadable"


class OutOfRange(Refusal):
    """A number beyond its limits."""

    reason = "out of range"


class NotAChoice(Refusal):
    """None of the values that there are to choose from."""

    reason = "not a choice"


class TooLong(Refusal):
    """More characters or items than there is room for."""

    reason = "too long"


class Unknown(Refusal):
    """A name that is not known."""

    reason = "unknown"


def short(value: object) -> str:
    """A value from outside as Python writes it, at most 40 characters of it.

    >>> short("a" * 100)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..."
    """
    if isinstance(value, int) and abs(value) >= 10**LONGEST:
        return f"{'-' if value < 0 else ''}10^{math.log10(abs(value)):.0f}"
    try:
        text = repr(value)
    except Exception:  # a number too long for Python to write, somewhere inside
        text = type(value).__name__
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def number(value: float) -> str:
    """A number to read.

    >>> number(20_000), number(0.00001), number(0.5), number(1e12)
    ('20,000', '0.00001', '0.5', '1,000,000,000,000')
    """
    if not math.isfinite(value) or abs(value) >= 1e15 or 0 < abs(value) < 1e-6:
        return f"{float(value):.6g}" if abs(value) < 1e300 else short(value)
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.6f}".rstrip("0") if abs(value) < 1 else f"{value:,.6g}"


def _bare(kind: type[Explained]) -> Explained:
    return kind.__new__(kind)


class _Sentence(Formatter):
    """Fills in the values of a rule."""

    def __init__(self, translate: Translate) -> None:
        self.translate = translate

    def format_field(self, value: Any, spec: str) -> str:
        match value:
            case Explained():
                return value.sentence(self.translate)
            case Message():
                return self.translate(value)
            case bool():
                return str(value)
            case int() | float():
                return _counted(value, spec)
            case str():
                return format(value, spec)
            case Sequence():
                return ", ".join(self.format_field(item, spec) for item in value)
        return format(value, spec)


def _counted(value: float, spec: str) -> str:
    if spec == "large":
        for size, word in _UNITS:
            if abs(value) >= size:
                scaled = float(f"{value / size:.3g}")
                return f"{number(scaled)} {word}"
        return number(value)
    if spec == "만":
        if abs(value) < 10_000:
            return number(round(value))
        left, parts = round(abs(value) / 10_000), []
        for size, unit in _MYRIADS:
            count, left = divmod(left, size)
            if count:
                parts.append(f"{count:,}{unit}")
        return ("-" if value < 0 else "") + " ".join(parts)
    return format(value, spec) if spec else number(value)
