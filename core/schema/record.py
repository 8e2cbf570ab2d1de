"""Fields, and frozen dataclasses that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from core.schema.kinds import (
    FORM,
    OBJECT,
    Choice,
    Custom,
    Flag,
    Kind,
    Listed,
    Maybe,
    Number,
    Text,
    Whole,
)
from core.schema.refusal import Message, Refusal, Unknown, mark, short

NO_FIELD = mark("There is no field {name}; there are {names}.")
MISSING = mark("{field} is missing.")


class _Required:
    """Stands for the default of a field that has none."""


REQUIRED: Any = _Required()


@dataclass(frozen=True)
class Field:
    """A name, a kind of values, and the value to begin with. Made by `whole`, `number`, ...

    Attributes:
        kind: what values there are.
        default: a checked value; `REQUIRED` if there is none.
        name: given by the record or the table that it stands in.
        label: what it is called in a refusal; without one its name, in words.
        linked: whether it is in a lesson link.
    """

    kind: Kind
    default: Any = REQUIRED
    name: str = ""
    label: Message = Message("")  # noqa: RUF009 (immutable)
    linked: bool = True

    def named(self, name: str) -> Field:
        """The same field under a name, its default checked.

        Raises:
            Refusal: it does not allow its own default.
        """
        label = self.label or Message(name.replace("_", " "))
        field = replace(self, name=name, label=label)
        if self.default is REQUIRED:
            return field
        return replace(field, default=field.check(self.default))

    def beginning(self, default: Any, **limits: Any) -> Field:
        """The same field with another default, and other limits if any are given."""
        kind = replace(self.kind, **limits) if limits else self.kind  # type: ignore[type-var]
        return replace(self, kind=kind, default=default)

    @property
    def plain(self) -> bool:
        """Whether a value in JSON is the value itself: to read it is to check it."""
        return type(self.kind).read is Kind.read

    def check(self, value: Any) -> Any:
        """Return the value as the field holds it, or raise `Refusal`."""
        return self.kind.check(value, self.label)

    def read(self, raw: Any) -> Any:
        """Return the value of plain JSON, or raise `Refusal`."""
        return self.kind.read(raw, self.label)

    def write(self, value: Any) -> Any:
        """Return the value as plain JSON, or raise `Refusal`."""
        return self.kind.write(self.check(value))

    def parse(self, text: str) -> Any:
        """Return the value of a text in a link, or raise `Refusal`."""
        return self.kind.parse(text, self.label)

    def format(self, value: Any) -> str:
        """Return the text of a value in a link, or raise `Refusal`."""
        return self.kind.format(self.check(value))


class Record:
    """Base of frozen dataclasses whose fields are declared with `whole`, `number`, ...

    A record cannot be made with a value that its fields do not allow. See `core.schema`.
    """

    schema: ClassVar[Mapping[str, Field]] = {}
    """Its fields by name, in order."""

    def __init_subclass__(cls, **options: Any) -> None:
        """Collect the fields, and leave their defaults to `dataclass`."""
        super().__init_subclass__(**options)
        declared = [(n, f) for n, f in vars(cls).items() if isinstance(f, Field)]
        own = {name: field.named(name) for name, field in declared}
        cls.schema = {**cls.schema, **own}
        for name, field in own.items():
            if field.default is REQUIRED:
                delattr(cls, name)
            else:
                setattr(cls, name, field.default)

    def __post_init__(self) -> None:
        """Hold every value to its field, then all of them together."""
        for name, field in self.schema.items():
            object.__setattr__(self, name, field.check(getattr(self, name)))
        self.check_together()

    def check_together(self) -> None:
        """Raise `Refusal` where values do not go together; each is within its own limits."""

    @classmethod
    def read(cls, raw: object) -> Self:
        """Make it from plain JSON; what is not given has its default.

        Raises:
            Refusal: it is no object, a name is unknown or missing, or a value is not allowed.
        """
        if not isinstance(raw, Mapping):
            raise Refusal(OBJECT, field=Message(cls.__name__.lower()), given=short(raw))
        for name in raw:
            if name not in cls.schema:
                raise Unknown(NO_FIELD, name=short(name), names=tuple(cls.schema))
        for name, field in cls.schema.items():
            if field.default is REQUIRED and name not in raw:
                raise Refusal(MISSING, field=field.label)
        # what is plain JSON already is checked once, as the record is made
        fields = cls.schema
        return cls(**{n: v if fields[n].plain else fields[n].read(v) for n, v in raw.items()})

    @classmethod
    def parse(cls, texts: Mapping[str, str]) -> Self:
        """Make it from texts, such as the query of an address.

        Raises:
            Refusal: a name is unknown, or a value is not allowed.
        """
        for name in texts:
            if name not in cls.schema:
                raise Unknown(NO_FIELD, name=short(name), names=tuple(cls.schema))
        return cls(**{name: cls.schema[name].parse(text) for name, text in texts.items()})

    def write(self) -> dict[str, Any]:
        """Return it as plain JSON: `read(write(record)) == record`."""
        return {name: f.kind.write(getattr(self, name)) for name, f in self.schema.items()}


def whole(
    default: int = REQUIRED, low: int = 0, high: int = 999_999, *, step: int = 1, **rest: Any
) -> Any:
    """Declare a whole number, `low` and `high` included; without limits it is a seed.

    All of these take `label=mark("...")` and `linked=False` as well; see `Field`. They return Any,
    so that they can stand behind the type of a dataclass's field.
    """
    return Field(Whole(low, high, step), default, **rest)


def number(
    default: float = REQUIRED,
    low: float = 0.0,
    high: float = 1.0,
    *,
    step: float | None = None,
    **rest: Any,
) -> Any:
    """Declare a finite number, `low` and `high` included."""
    fine = None if step is None else float(step)
    return Field(Number(float(low), float(high), fine), default, **rest)


def choice(options: Sequence[str | int], default: Any = None, **rest: Any) -> Any:
    """Declare one of a few words or numbers, the first of them unless a default is given."""
    return Field(Choice(tuple(options)), options[0] if default is None else default, **rest)


def flag(default: bool = False, **rest: Any) -> Any:
    """Declare what is on or off."""
    return Field(Flag(), default, **rest)


def text(default: str = "", longest: int = 200, *, lines: bool = False, **rest: Any) -> Any:
    """Declare a text of at most so many characters."""
    return Field(Text(longest, lines), default, **rest)


def listed(item: Any, least: int, most: int, default: Any = REQUIRED, **rest: Any) -> Any:
    """Declare a tuple of at least and at most so many values; `item` is what declares one."""
    return Field(Listed(item.kind, least, most), default, **rest)


def maybe(item: Any, **rest: Any) -> Any:
    """Declare a value that may be None, and is at first; `item` is what declares it."""
    return Field(Maybe(item.kind), None, **rest)


@dataclass(frozen=True)
class Nested(Kind):
    """A record in a record: an object in JSON, its fields with points between them in a link."""

    record: type[Record]

    def check(self, value: Any, label: Message) -> Record:
        """Return a record as it is; it was checked when it was made."""
        if not isinstance(value, self.record):
            raise Refusal(OBJECT, field=label, given=short(value))
        return value

    def read(self, raw: Any, label: Message) -> Record:
        """Read an object; a record stays as it is."""
        if isinstance(raw, self.record):
            return raw
        if not isinstance(raw, Mapping):
            raise Refusal(OBJECT, field=label, given=short(raw))
        return self.record.read(raw)

    def write(self, value: Record) -> dict[str, Any]:
        """Write an object."""
        return value.write()

    def parse(self, text: str, label: Message) -> Record:
        """Read as many texts as there are fields."""
        texts, fields = text.split("."), self.record.schema
        if len(texts) != len(fields):
            raise Refusal(FORM, field=label, given=short(text))
        pairs = zip(fields.values(), texts, strict=True)
        return self.record(*(field.parse(each) for field, each in pairs))

    def format(self, value: Record) -> str:
        """Write each field, a point between."""
        return ".".join(
            field.format(getattr(value, name)) for name, field in self.record.schema.items()
        )


def nested(record: type[Record], default: Any = REQUIRED, **rest: Any) -> Any:
    """Declare a record within."""
    return Field(Nested(record), default, **rest)


def custom(
    default: Any,
    parse: Callable[[str], Any],
    format: Callable[[Any], str],
    read: Callable[[Any], Any] | None = None,
    write: Callable[[Any], Any] | None = None,
    checked: type | None = None,
    **rest: Any,
) -> Any:
    """Declare values with functions of their own: for a link, and for JSON.

    Those of the class `made` cannot exist with a wrong value, and are not checked again.
    """
    return Field(Custom(parse, format, read, write, checked), default, **rest)
