"""A record holds what its fields allow, whatever comes; JSON and link text are inverses."""

from __future__ import annotations

import json
import math
import pickle
from dataclasses import FrozenInstanceError, dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema import (
    NotAChoice,
    OutOfRange,
    Record,
    Refusal,
    TooLong,
    Unknown,
    choice,
    custom,
    flag,
    listed,
    mark,
    maybe,
    nested,
    number,
    text,
    whole,
)


@dataclass(frozen=True)
class Place(Record):
    """A record within."""

    map: str = choice(("a", "b"))
    row: int = whole(0, 0, 9)


@dataclass(frozen=True)
class Setting(Record):
    """One field of each kind."""

    drawn: tuple[int, ...] = listed(whole(low=0, high=255), 1, 4)
    cell: str = choice(("rnn", "lstm"), "lstm")
    heads: int = choice((1, 2, 4))
    hidden: int = whole(32, 1, 128)
    learning_rate: float = number(0.01, 1e-5, 1.0)
    norm: bool = flag()
    note: str = text("", 20)
    place: Place | None = maybe(nested(Place))
    ink: bytes = custom(b"", bytes.fromhex, bytes.hex)

    def check_together(self) -> None:
        """One rule for two fields."""
        if self.norm and self.hidden == 1:
            raise Refusal(mark("A norm needs {most} units."), most=2)


KINDS: dict[str, st.SearchStrategy[Any]] = {
    "drawn": st.lists(st.integers(0, 255), min_size=1, max_size=4).map(tuple),
    "cell": st.sampled_from(("rnn", "lstm")),
    "heads": st.sampled_from((1, 2, 4)),
    "hidden": st.integers(2, 128),
    "learning_rate": st.floats(1e-5, 1.0),
    "norm": st.booleans(),
    "note": st.text(max_size=20).filter(str.isprintable),
    "place": st.none() | st.builds(Place, st.sampled_from("ab"), st.integers(0, 9)),
    "ink": st.binary(max_size=8),
}
SETTINGS = st.fixed_dictionaries(KINDS).map(lambda values: Setting(**values))
RUBBISH = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.sampled_from([10**400, -(10**400), math.nan, math.inf, "1", "1e400", [], {}, ()])
    | st.lists(st.integers() | st.text(), max_size=5)
    | st.dictionaries(st.text(max_size=4), st.integers(), max_size=3)
)


@given(SETTINGS)
def test_json_gives_back_the_record(setting: Setting) -> None:
    written = json.loads(json.dumps(setting.write()))
    assert Setting.read(written) == setting
    assert Setting.read(written).write() == written


@given(SETTINGS)
def test_link_text_gives_back_every_value(setting: Setting) -> None:
    for name, field in Setting.schema.items():
        value = getattr(setting, name)
        assert field.parse(field.format(value)) == value


@given(st.sampled_from(list(KINDS)), RUBBISH)
def test_limits_hold_for_any_value(name: str, value: Any) -> None:
    try:
        setting = Setting.read({"drawn": [1], name: value})
    except Refusal:
        return
    assert Setting.read(setting.write()) == setting
    assert 1 <= setting.hidden <= 128 and type(setting.hidden) is int
    assert 1e-5 <= setting.learning_rate <= 1 and type(setting.learning_rate) is float
    assert setting.heads in (1, 2, 4) and type(setting.heads) is int
    assert type(setting.norm) is bool


@given(st.sampled_from(list(KINDS)), st.text())
def test_limits_hold_for_any_text_of_a_link(name: str, text: str) -> None:
    field = Setting.schema[name]
    try:
        value = field.parse(text)
    except Refusal:
        return
    assert field.parse(field.format(value)) == value


@pytest.mark.parametrize(
    ("given", "kind", "sentence"),
    [
        ({"hidden": 0}, OutOfRange, "Hidden is a whole number from 1 to 128, not 0."),
        ({"hidden": 1.5}, Refusal, "Hidden is a whole number from 1 to 128, not 1.5."),
        ({"hidden": True}, Refusal, "Hidden is a whole number from 1 to 128, not True."),
        ({"hidden": 10**400}, Refusal, "Hidden is a whole number from 1 to 128, not 10^400."),
        (
            {"learning_rate": math.nan},
            Refusal,
            "Learning rate is a number from 0.00001 to 1, not nan.",
        ),
        ({"cell": "gru"}, NotAChoice, "Cell is one of rnn, lstm, not 'gru'."),
        ({"heads": True}, NotAChoice, "Heads is one of 1, 2, 4, not True."),
        ({"norm": 1}, Refusal, "Norm is true or false, not 1."),
        ({"note": "x" * 21}, TooLong, "Note has at most 20 characters, not 21."),
        ({"drawn": []}, Refusal, "Drawn has 1 to 4 items, not 0."),
        (
            {"drawn": [1, 300]},
            OutOfRange,
            "Drawn, item 2 is a whole number from 0 to 255, not 300.",
        ),
        ({"place": {"row": 10}}, OutOfRange, "Row is a whole number from 0 to 9, not 10."),
        ({"place": 3}, Refusal, "Place is an object of names and values, not 3."),
        ({"ink": "xyz"}, Refusal, "Ink cannot be read: 'xyz'."),
        ({"norm": True, "hidden": 1}, Refusal, "A norm needs 2 units."),
        ({"colour": 1}, Unknown, "There is no field 'colour'; there are drawn, cell, heads"),
    ],
)
def test_what_is_not_allowed_is_refused_with_its_rule(
    given: dict[str, Any], kind: type[Refusal], sentence: str
) -> None:
    with pytest.raises(Refusal) as caught:
        Setting.read({"drawn": [1]} | given)
    assert type(caught.value) is kind
    assert str(caught.value).startswith(sentence)


def test_a_field_without_a_default_must_be_given() -> None:
    with pytest.raises(Refusal, match="Drawn is missing"):
        Setting.read({})
    with pytest.raises(Refusal, match="object of names and values"):
        Setting.read([("drawn", [1])])
    with pytest.raises(TypeError):
        Setting()  # type: ignore[call-arg]


def test_a_record_is_checked_however_it_is_made_and_stays_as_it_is() -> None:
    setting = Setting((1,), hidden=64.0)  # type: ignore[arg-type]
    assert (setting.hidden, type(setting.hidden)) == (64, int)
    with pytest.raises(OutOfRange):
        replace(setting, hidden=200)
    with pytest.raises(FrozenInstanceError):
        setting.hidden = 3  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(setting)) == setting


def test_a_default_beyond_the_limits_is_found_when_the_class_is_made() -> None:
    with pytest.raises(OutOfRange):

        class Wrong(Record):
            size: int = whole(7, 0, 5)


def test_a_record_can_stand_on_another() -> None:
    @dataclass(frozen=True)
    class More(Place):
        column: int = whole(3, 0, 9)

    assert list(More.schema) == ["map", "row", "column"]
    assert More.read({"row": 2}) == More("a", 2, 3)
