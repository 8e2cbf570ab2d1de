"""Kinds of values: each holds its limits, and is read and written as JSON and as text of a link."""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.schema.refusal import Message, NotAChoice, OutOfRange, Refusal, TooLong, mark, short

WHOLE = mark("{field} is a whole number from {low} to {high}, not {given}.")
NUMBER = mark("{field} is a number from {low} to {high}, not {given}.")
CHOICE = mark("{field} is one of {options}, not {given}.")
FLAG = mark("{field} is true or false, not {given}.")
TEXT = mark("{field} is a text, not {given}.")
LINE = mark("{field} is one line of text.")
LONGER = mark("{field} has at most {most} characters, not {count}.")
LIST = mark("{field} is a list, not {given}.")
COUNT = mark("{field} has {low} to {high} items, not {count}.")
ITEM = mark("{field}, item {place}")
OBJECT = mark("{field} is an object of names and values, not {given}.")
FORM = mark("{field} cannot be read: {given}.")

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,20})?(e[+-]?[0-9]{1,3})?")


class Kind(ABC):
    """What values there are.

    `read` and `write` are inverses (JSON), `parse` and `format` are (text of a link). All that take
    a value raise `Refusal`; `label` is what the field is called in it.
    """

    @abstractmethod
    def check(self, value: Any, label: Message) -> Any:
        """Return a value as the field holds it."""

    def read(self, raw: Any, label: Message) -> Any:
        """Return the value of plain JSON."""
        return self.check(raw, label)

    def write(self, value: Any) -> Any:
        """Return a checked value as plain JSON."""
        return value

    @abstractmethod
    def parse(self, text: str, label: Message) -> Any:
        """Return the value of a text in a link."""

    @abstractmethod
    def format(self, value: Any) -> str:
        """Return the text of a checked value in a link."""


@dataclass(frozen=True)
class Whole(Kind):
    """Whole numbers, both limits included; 3.0 counts as 3. `step` is a slider's."""

    low: int
    high: int
    step: int = 1

    def check(self, value: Any, label: Message) -> int:
        """Return it as int."""
        number = finite(value)
        if number is None or number != int(number):
            raise Refusal(WHOLE, field=label, low=self.low, high=self.high, given=short(value))
        if not self.low <= value <= self.high:
            raise OutOfRange(WHOLE, field=label, low=self.low, high=self.high, given=short(value))
        return int(value)

    def parse(self, text: str, label: Message) -> int:
        """Read decimal digits."""
        return self.check(int(text) if _WHOLE.fullmatch(text) else text, label)

    def format(self, value: int) -> str:
        """Write decimal digits."""
        return str(value)


@dataclass(frozen=True)
class Number(Kind):
    """Finite numbers, both limits included; all their digits are kept. `step` is a slider's."""

    low: float
    high: float
    step: float | None = None

    def check(self, value: Any, label: Message) -> float:
        """Return it as float."""
        number = finite(value)
        if number is None:
            raise Refusal(NUMBER, field=label, low=self.low, high=self.high, given=short(value))
        if not self.low <= number <= self.high:
            raise OutOfRange(NUMBER, field=label, low=self.low, high=self.high, given=short(value))
        return number

    def parse(self, text: str, label: Message) -> float:
        """Read a decimal number; an exponent that is too large gives infinity, which is refused."""
        if _NUMBER.fullmatch(text) and math.isinf(number := float(text)):
            raise OutOfRange(NUMBER, field=label, low=self.low, high=self.high, given=short(number))
        return self.check(float(text) if _NUMBER.fullmatch(text) else text, label)

    def format(self, value: float) -> str:
        """Write the shortest text that gives the same float."""
        return repr(value)


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words or numbers, never of both."""

    options: tuple[str | int, ...]

    def __post_init__(self) -> None:
        """Refuse options that a link could not tell apart."""
        texts = {self.format(option) for option in self.options}
        if not self.options or len(texts) != len(self.options):
            raise ValueError("A choice needs different options to choose from.")

    def check(self, value: Any, label: Message) -> str | int:
        """Return the option that it equals."""
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            for option in self.options:
                if option == value:
                    return option
        raise NotAChoice(CHOICE, field=label, options=self.options, given=short(value))

    def parse(self, text: str, label: Message) -> str | int:
        """Return the option that is written so."""
        for option in self.options:
            if self.format(option) == text:
                return option
        raise NotAChoice(CHOICE, field=label, options=self.options, given=short(text))

    def format(self, value: str | int) -> str:
        """Write the word, or the digits."""
        return str(value)


@dataclass(frozen=True)
class Flag(Kind):
    """On or off, `1` or `0` in a link."""

    def check(self, value: Any, label: Message) -> bool:
        """Return it as it is."""
        if not isinstance(value, bool):
            raise Refusal(FLAG, field=label, given=short(value))
        return value

    def parse(self, text: str, label: Message) -> bool:
        """Read 1 or 0."""
        if text not in ("0", "1"):
            raise NotAChoice(FLAG, field=label, given=short(text))
        return text == "1"

    def format(self, value: bool) -> str:
        """Write 1 or 0."""
        return "1" if value else "0"


@dataclass(frozen=True)
class Text(Kind):
    """Text of at most so many characters: one line, unless it may have several."""

    longest: int
    lines: bool = False

    def check(self, value: Any, label: Message) -> str:
        """Return it as it is."""
        if not isinstance(value, str):
            raise Refusal(TEXT, field=label, given=short(value))
        if len(value) > self.longest:
            raise TooLong(LONGER, field=label, most=self.longest, count=len(value))
        if not self.lines and not value.isprintable():
            raise Refusal(LINE, field=label)
        return value

    def parse(self, text: str, label: Message) -> str:
        """Return it as it is."""
        return self.check(text, label)

    def format(self, value: str) -> str:
        """Return it as it is."""
        return value


@dataclass(frozen=True)
class Listed(Kind):
    """A tuple of values of one kind, a list in JSON, commas between them in a link."""

    item: Kind
    least: int
    most: int

    def check(self, value: Any, label: Message) -> tuple[Any, ...]:
        """Return the items, each as its kind holds it."""
        return self._each(value, label, self.item.check)

    def read(self, raw: Any, label: Message) -> tuple[Any, ...]:
        """Read each item."""
        return self._each(raw, label, self.item.read)

    def write(self, value: tuple[Any, ...]) -> list[Any]:
        """Write each item."""
        return [self.item.write(item) for item in value]

    def parse(self, text: str, label: Message) -> tuple[Any, ...]:
        """Parse what stands between the commas; an empty text is an empty list."""
        return self._each(text.split(",") if text else [], label, self.item.parse)

    def format(self, value: tuple[Any, ...]) -> str:
        """Write each item, a comma between."""
        return ",".join(self.item.format(item) for item in value)

    def _each(
        self, items: Any, label: Message, take: Callable[[Any, Message], Any]
    ) -> tuple[Any, ...]:
        if not isinstance(items, list | tuple):
            raise Refusal(LIST, field=label, given=short(items))
        if not self.least <= len(items) <= self.most:
            known = {"low": self.least, "high": self.most, "count": len(items)}
            raise (TooLong if len(items) > self.most else Refusal)(COUNT, field=label, **known)
        read = []
        for place, item in enumerate(items, 1):
            try:
                read.append(take(item, label))
            except Refusal as error:
                named = Refusal(ITEM, field=label, place=place)
                error.values = {**error.values, "field": named}
                raise
        return tuple(read)


@dataclass(frozen=True)
class Maybe(Kind):
    """A value or None: null in JSON, an empty text in a link."""

    kind: Kind

    def check(self, value: Any, label: Message) -> Any:
        """Return None, or the value as its kind holds it."""
        return None if value is None else self.kind.check(value, label)

    def read(self, raw: Any, label: Message) -> Any:
        """Read null, or the value."""
        return None if raw is None else self.kind.read(raw, label)

    def write(self, value: Any) -> Any:
        """Write null, or the value."""
        return None if value is None else self.kind.write(value)

    def parse(self, text: str, label: Message) -> Any:
        """Read an empty text, or the value."""
        return self.kind.parse(text, label) if text else None

    def format(self, value: Any) -> str:
        """Write an empty text, or the value."""
        return "" if value is None else self.kind.format(value)


@dataclass(frozen=True)
class Custom(Kind):
    """Values with functions of their own.

    `parsing` and `formatting` are exact inverses; `reading` and `writing` are. Each reader raises
    ValueError, best a `Refusal`. Without a pair for JSON the text of a link stands there too.
    What is of the class `checked` was checked when it was built, and is taken as it is.
    """

    parsing: Callable[[str], Any]
    formatting: Callable[[Any], str]
    reading: Callable[[Any], Any] | None = None
    writing: Callable[[Any], Any] | None = None
    checked: type | None = None

    def check(self, value: Any, label: Message) -> Any:
        """Return the value after its way into a link and back."""
        if self.checked and isinstance(value, self.checked):
            return value
        try:
            text = self.formatting(value)
        except (TypeError, ValueError, AttributeError, LookupError) as error:
            raise _refused(error, label, value) from error
        return self.parse(text, label)

    def read(self, raw: Any, label: Message) -> Any:
        """Read JSON with the function for it."""
        if self.reading is None:
            return self.parse(raw, label) if isinstance(raw, str) else self.check(raw, label)
        try:
            return self.reading(raw)
        except ValueError as error:
            raise _refused(error, label, raw) from error

    def write(self, value: Any) -> Any:
        """Write JSON with the function for it."""
        return (self.writing or self.formatting)(value)

    def parse(self, text: str, label: Message) -> Any:
        """Read a text with the function for it."""
        try:
            return self.parsing(text)
        except ValueError as error:
            raise _refused(error, label, text) from error

    def format(self, value: Any) -> str:
        """Write a text with the function for it."""
        return self.formatting(value)


def finite(value: object) -> float | None:
    """A finite number as float, zero without a sign; None for everything else.

    >>> finite(3), finite(-0.0), finite(True), finite(float("nan")), finite(10**400)
    (3.0, 0.0, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e300:
        return None
    return float(value) + 0.0


def _refused(error: Exception, label: Message, value: object) -> Refusal:
    if isinstance(error, Refusal):
        return error
    return Refusal(FORM, field=label, given=short(value))
