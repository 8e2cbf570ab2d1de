"""The state of a page as one table of fields, and its lesson link both ways."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from core.schema.kinds import LONGER
from core.schema.record import NO_FIELD, Field, Record
from core.schema.refusal import LONGEST, Reason, TooLong, Unknown, short
from core.schema.travelled import arrived, is_tracking, parted, repairs

MAX_TEXT = 32_768
"""Longest value of one field in a link, in characters."""
MAX_FIELDS = 64
"""Most fields in a table, and most names that are looked at in a link."""
HIDE = "hide"
SEED = "seed"
LESSON = "lesson"
LOST = "lost"
RESERVED = frozenset({HIDE, LESSON, LOST, "lang", "present", "embed", "embed_options"})
"""Names in a link that belong to the frame around a page, never to a field."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


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
    """All the fields of one page. From it come controls, validation, reset and the lesson link.

    >>> from core.schema import flag, whole
    >>> table = Table("waves", {"seed": whole(0, 0, 99), "noise": flag()})
    >>> table.link({"seed": 3, "noise": True})
    {'seed': '3', 'noise': '1'}
    >>> table.read({"seed": "3", "noise": "maybe"}).ignored
    (Ignored(name='noise', text='maybe', reason='not a choice'),)
    >>> Table("waves", table.fields, {"noise": True}).read({}).values
    {'seed': 0, 'noise': True}
    """

    page: str
    fields: Mapping[str, Field]
    opening: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """What differs from the defaults where the address names no field and no part of the lesson: a
    page as first met. A link of the page names at least its seed, and is never read so."""

    def __post_init__(self) -> None:
        """Refuse a table whose fields could not make the way into a link and back."""
        if len(self.fields) > MAX_FIELDS:
            raise ValueError(f"A table holds at most {MAX_FIELDS} fields.")
        for name in (self.page, *self.fields):
            if not _NAME.fullmatch(name):
                raise ValueError(f"Tables and fields have names in lower case, not {name!r}.")
        if taken := RESERVED & self.fields.keys():
            raise ValueError(f"The name {min(taken)!r} belongs to the frame.")
        fields = {name: field.named(name) for name, field in self.fields.items()}
        object.__setattr__(self, "fields", fields)

    def __getitem__(self, name: str) -> Field:
        """Return the field of that name, or raise KeyError."""
        return self.fields[name]

    def defaults(self) -> dict[str, Any]:
        """Return the value of each field on a page that nobody has touched."""
        return {name: field.default for name, field in self.fields.items()}

    def read(self, query: Mapping[str, str]) -> Reading:
        """Read a link. It never raises: what makes no sense is ignored and reported."""
        values = self.defaults()
        if not query.keys() & {*self.fields, HIDE, LESSON}:
            values |= self.opening
        hidden: frozenset[str] = frozenset()
        ignored: list[Ignored] = []
        for position, (name, written) in enumerate(self._arrived(query).items()):
            if position >= MAX_FIELDS:
                ignored.append(_ignored(name, written, "too many"))
                break
            if name == HIDE:
                hidden, rejected = self._hidden(written)
                ignored += rejected
            elif name in self.fields or not (name in RESERVED or is_tracking(name)):
                try:
                    values[name] = self._repaired(name, written)
                except ValueError as error:
                    reason: Reason = getattr(error, "reason", "unreadable")
                    ignored.append(_ignored(name, written, reason))
        return Reading(values, hidden, tuple(ignored))

    def parse(self, name: str, text: str) -> Any:
        """Return the value of one part of a link.

        Raises:
            Refusal: no such field is in links, or it does not allow the text.
        """
        field = self.fields.get(name)
        if field is None or not field.linked:
            raise Unknown(NO_FIELD, name=short(name), names=tuple(self.fields))
        if len(text) > MAX_TEXT:
            raise TooLong(LONGER, field=field.label, most=MAX_TEXT, count=len(text))
        return field.parse(text)

    def _arrived(self, query: Mapping[str, str]) -> dict[str, str]:
        """The parts of a link by the names of fields, also those that others have swallowed."""
        found: dict[str, str] = {}
        for name, written in arrived(query).items():
            if name not in self.fields and name.lower() in {*self.fields, *RESERVED}:
                name = name.lower()  # a keyboard that writes the first letter large
            swallowed: dict[str, str] = {}
            if len(written) <= MAX_TEXT and name in self.fields and not self._reads(name, written):
                written, swallowed = parted(written, {*self.fields, HIDE})
            for each, text in {name: written, **swallowed}.items():
                found.setdefault(each, text)
        return found

    def _reads(self, name: str, written: str) -> bool:
        try:
            self.parse(name, written)
        except ValueError:
            return False
        return True

    def _repaired(self, name: str, written: str) -> Any:
        """Return the value of a part of a link, or of what it was before its journey."""
        try:
            return self.parse(name, written)
        except Unknown:
            raise
        except ValueError as error:
            for text in repairs(written) if len(written) <= MAX_TEXT else ():
                with suppress(ValueError):
                    return self.parse(name, text)
            raise error

    def link(self, values: Mapping[str, Any], hidden: Iterable[str] = ()) -> dict[str, str]:
        """Write the query of a link: what differs from the defaults, and always the seed.

        A text longer than a link may hold is left out; `unlinked` names its field.

        Raises:
            Refusal: a value is not allowed by its field.
        """
        query = {}
        for name, field in self.fields.items():
            if not field.linked:
                continue
            text = field.format(values.get(name, field.default))
            if len(text) <= MAX_TEXT and (name == SEED or text != field.format(field.default)):
                query[name] = text
        chosen = set(hidden)
        if names := [name for name in self.fields if name in chosen]:
            query[HIDE] = ",".join(names)
        return query

    def unlinked(self, values: Mapping[str, Any]) -> list[str]:
        """Return the names of the fields whose values are too long for a link."""
        return [
            name
            for name, field in self.fields.items()
            if field.linked and len(field.format(values.get(name, field.default))) > MAX_TEXT
        ]

    def _hidden(self, written: str) -> tuple[frozenset[str], list[Ignored]]:
        if len(written) > MAX_TEXT:
            return frozenset(), [_ignored(HIDE, written, "too long")]
        readings = [[name for name in text.split(",") if name] for text in repairs(written)]
        known = [len(self.fields.keys() & set(names)) for names in readings]
        names = readings[known.index(max(known))][:MAX_FIELDS]
        rejected = [_ignored(HIDE, name, "unknown") for name in names if name not in self.fields]
        return frozenset(names) & self.fields.keys(), rejected


def fields_of(record: type[Record], names: Mapping[str, str] | None = None) -> dict[str, Field]:
    """Take fields of a record into a table.

    Args:
        record: whose fields.
        names: name in the table -> name in the record; without it all, under their own names.
    """
    if names is None:
        return dict(record.schema)
    return {name: record.schema[theirs] for name, theirs in names.items()}


def _ignored(name: str, written: str, reason: Reason) -> Ignored:
    return Ignored(_shortened(name), _shortened(written), reason)


def _shortened(written: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in written[: LONGEST + 1])
    return printable if len(printable) <= LONGEST else printable[: LONGEST - 1] + "…"
