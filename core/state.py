"""The state of a page as one table of fields.

From the table come the controls, the lesson link (both ways), the validation and the reset, so a
page declares each of its knobs once. A field pairs `parse` and `format`, which are exact inverses;
two values are the same when their texts are the same. Nothing here knows about a browser.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

MAX_TEXT = 32_768
"""Longest value of one field in a link, in characters."""
MAX_FIELDS = 64
"""Most fields in a table, and most names that are looked at in a link."""
SHOWN_TEXT = 40
"""Longest piece of an ignored value that is handed on to be shown."""

HIDE = "hide"
SEED = "seed"
RESERVED = frozenset({HIDE, "lang", "present", "embed", "embed_options"})
"""Names in a link that belong to the frame around a page, never to a field."""

Kind = Literal["choice", "integer", "real", "flag", "text", "custom"]
Reason = Literal["unknown", "unreadable", "out of range", "not a choice", "too long", "too many"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_REAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,20})?(e[+-]?[0-9]{1,3})?")


class StateError(ValueError):
    """A value that its field does not allow, with the reason as a key and as a sentence."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        """Keep the key beside the sentence; the key is what gets translated."""
        super().__init__(sentence)
        self.reason: Reason = reason


@dataclass(frozen=True)
class Field:
    """One knob of a page: its name, default, allowed values, and its text in a link.

    Made by `choice`, `integer`, `real`, `flag`, `text` and `custom`, not by hand.
    """

    name: str
    kind: Kind
    default: Any
    parse: Callable[[str], Any]
    format: Callable[[Any], str]
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    step: float | None = None
    linked: bool = True

    def __post_init__(self) -> None:
        """Refuse a field that could not make the way into a link and back."""
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"A field is named in lower case letters, not {self.name!r}.")
        if self.name in RESERVED:
            raise ValueError(f"The name {self.name!r} belongs to the frame.")
        self.check(self.default)

    def check(self, value: Any) -> Any:
        """Return the value as the field holds it.

        Raises:
            StateError: the value is not one that the field allows.
        """
        try:
            written = self.format(value)
        except (TypeError, ValueError, AttributeError) as error:
            raise StateError("unreadable", f"{self.name}: {error}") from error
        return self._parsed(written)

    def read(self, written: str) -> Any:
        """Parse a text from outside.

        Raises:
            StateError: the text is too long, unreadable or outside the allowed values.
        """
        if len(written) > MAX_TEXT:
            raise StateError("too long", f"{self.name} is longer than {MAX_TEXT} characters.")
        return self._parsed(written)

    def _parsed(self, written: str) -> Any:
        try:
            return self.parse(written)
        except StateError:
            raise
        except ValueError as error:
            raise StateError("unreadable", f"{self.name}: {error}") from error


class Ignored(NamedTuple):
    """One part of a link that was not used: its name, the start of its text, and why."""

    name: str
    text: str
    reason: Reason


class Reading(NamedTuple):
    """What a link says: a value for each field, the hidden controls, and what was ignored."""

    values: dict[str, Any]
    hidden: frozenset[str]
    ignored: tuple[Ignored, ...]


@dataclass(frozen=True)
class Table:
    """All the fields of one page.

    >>> table = Table("waves", (integer("seed", 0, low=0, high=99), flag("noise", False)))
    >>> table.link({"seed": 3, "noise": True})
    {'seed': '3', 'noise': '1'}
    >>> table.read({"seed": "3", "noise": "maybe"}).ignored
    (Ignored(name='noise', text='maybe', reason='not a choice'),)
    """

    page: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        """Refuse a table whose fields could be confused with one another."""
        if not _NAME.fullmatch(self.page):
            raise ValueError(f"A table is named in lower case letters, not {self.page!r}.")
        if len(self.fields) > MAX_FIELDS:
            raise ValueError(f"A table holds at most {MAX_FIELDS} fields.")
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError(f"Table {self.page!r} names a field twice.")

    def __getitem__(self, name: str) -> Field:
        """Return the field of that name, or raise KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"Page {self.page!r} has no field {name!r}.")

    def defaults(self) -> dict[str, Any]:
        """Return the value of each field on a page that nobody has touched."""
        return {field.name: field.default for field in self.fields}

    def read(self, query: Mapping[str, str]) -> Reading:
        """Read a link. It never raises: what makes no sense is ignored and reported."""
        values = self.defaults()
        hidden: frozenset[str] = frozenset()
        ignored: list[Ignored] = []
        for position, (name, written) in enumerate(query.items()):
            if position >= MAX_FIELDS:
                ignored.append(_ignored(name, written, "too many"))
                break
            if name == HIDE:
                hidden, rejected = self._hidden(written)
                ignored += rejected
            elif name not in RESERVED:
                try:
                    values[name] = self._linked(name).read(written)
                except StateError as error:
                    ignored.append(_ignored(name, written, error.reason))
        return Reading(values, hidden, tuple(ignored))

    def link(self, values: Mapping[str, Any], hidden: Iterable[str] = ()) -> dict[str, str]:
        """Write the query of a link: what differs from the defaults, and always the seed.

        A text longer than a link may hold is left out; `unlinked` names its field.

        Raises:
            StateError: a value is not allowed by its field.
        """
        query = {}
        for field in self.fields:
            if not field.linked:
                continue
            written = field.format(field.check(values.get(field.name, field.default)))
            if len(written) > MAX_TEXT:
                continue
            if field.name == SEED or written != field.format(field.default):
                query[field.name] = written
        chosen = set(hidden)
        names = [field.name for field in self.fields if field.name in chosen]
        if names:
            query[HIDE] = ",".join(names)
        return query

    def unlinked(self, values: Mapping[str, Any]) -> list[str]:
        """Return the names of the fields whose values are too long for a link."""
        return [
            field.name
            for field in self.fields
            if field.linked and len(field.format(values.get(field.name, field.default))) > MAX_TEXT
        ]

    def _linked(self, name: str) -> Field:
        for field in self.fields:
            if field.name == name and field.linked:
                return field
        raise StateError("unknown", f"This page has no {name!r}.")

    def _hidden(self, written: str) -> tuple[frozenset[str], list[Ignored]]:
        if len(written) > MAX_TEXT:
            return frozenset(), [_ignored(HIDE, written, "too long")]
        known = {field.name for field in self.fields}
        names = [name for name in written.split(",") if name][:MAX_FIELDS]
        rejected = [_ignored(HIDE, name, "unknown") for name in names if name not in known]
        return frozenset(names) & known, rejected


def choice(
    name: str, choices: Sequence[str], default: str | None = None, *, linked: bool = True
) -> Field:
    """Make a field with one of a few words, the first of them unless a default is given."""
    allowed = tuple(choices)
    if not allowed or len(set(allowed)) != len(allowed):
        raise ValueError(f"{name}: a choice needs different words to choose from.")

    def parse(written: str) -> str:
        if written not in allowed:
            raise StateError("not a choice", f"{name} is one of {', '.join(allowed)}.")
        return written

    first = allowed[0] if default is None else default
    return Field(name, "choice", first, parse, _text, choices=allowed, linked=linked)


def integer(
    name: str, default: int, *, low: int, high: int, step: int = 1, linked: bool = True
) -> Field:
    """Make a field with a whole number, low and high included."""

    def parse(written: str) -> int:
        if not _INTEGER.fullmatch(written):
            raise ValueError("not a whole number.")
        return int(_within(name, int(written), low, high))

    def write(value: Any) -> str:
        if isinstance(value, bool) or int(value) != value:
            raise ValueError("not a whole number.")
        return str(int(value))

    return Field(name, "integer", default, parse, write, (), low, high, step, linked)


def real(
    name: str,
    default: float,
    *,
    low: float,
    high: float,
    step: float | None = None,
    linked: bool = True,
) -> Field:
    """Make a field with a finite number, low and high included; all its digits are kept."""

    def parse(written: str) -> float:
        if not _REAL.fullmatch(written):
            raise ValueError("not a number.")
        return _within(name, float(written), low, high)

    def write(value: Any) -> str:
        if isinstance(value, bool) or not math.isfinite(value):
            raise ValueError("not a finite number.")
        return repr(float(value) + 0.0)  # + 0.0 turns -0.0 into 0.0, which is the same value

    return Field(name, "real", default, parse, write, (), low, high, step, linked)


def flag(name: str, default: bool = False, *, linked: bool = True) -> Field:
    """Make a field that is on or off, `1` or `0` in a link."""

    def parse(written: str) -> bool:
        if written not in ("0", "1"):
            raise StateError("not a choice", f"{name} is 1 or 0.")
        return written == "1"

    def write(value: Any) -> str:
        if not isinstance(value, bool):
            raise ValueError("neither on nor off.")
        return "1" if value else "0"

    return Field(name, "flag", default, parse, write, linked=linked)


def text(name: str, default: str = "", *, longest: int = 200, linked: bool = True) -> Field:
    """Make a field with a line of text of at most `longest` characters."""

    def parse(written: str) -> str:
        if len(written) > longest:
            raise StateError("too long", f"{name} is longer than {longest} characters.")
        if not written.isprintable():
            raise ValueError("more than one line of text.")
        return written

    return Field(name, "text", default, parse, _text, high=longest, linked=linked)


def custom(
    name: str,
    default: Any,
    parse: Callable[[str], Any],
    format: Callable[[Any], str],
    *,
    linked: bool = True,
) -> Field:
    """Make a field with its own codec, such as a drawing.

    `parse` and `format` must be exact inverses and raise ValueError with a sentence.
    """
    return Field(name, "custom", default, parse, format, linked=linked)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text.")
    return value


def _within(name: str, value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        raise StateError("out of range", f"{name} lies between {low} and {high}.")
    return value


def _ignored(name: str, written: str, reason: Reason) -> Ignored:
    return Ignored(_shortened(name), _shortened(written), reason)


def _shortened(written: str) -> str:
    kept = "".join(c if c.isprintable() else " " for c in written[: SHOWN_TEXT + 1])
    return kept if len(kept) <= SHOWN_TEXT else kept[: SHOWN_TEXT - 1] + "…"
