from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema import Ignored, Refusal, Table, choice, custom, flag, number, text, whole
from core.schema.refusal import LONGEST
from core.schema.table import HIDE, MAX_FIELDS, MAX_TEXT, RESERVED
from core.schema.travelled import arrived, is_tracking


def _pair(written: str) -> tuple[int, int]:
    left, found, right = written.partition(".")
    if not found or not (left.isascii() and left.isdigit() and right.isascii() and right.isdigit()):
        raise ValueError("a pair is two numbers with a point between them.")
    return int(left), int(right)


TABLE = Table(
    "waves",
    {
        "model": choice(("ours", "notes", "none")),
        "seed": whole(3, -5, 99),
        "rate": number(0.1, -1e3, 1e3),
        "noise": flag(),
        "label": text("sine", 30),
        "place": custom((1, 2), _pair, lambda value: f"{value[0]}.{value[1]}"),
        "scratch": whole(0, 0, 9, linked=False),
    },
)

VALUES = st.fixed_dictionaries(
    {
        "model": st.sampled_from(("ours", "notes", "none")),
        "seed": st.integers(-5, 99),
        "rate": st.floats(-1e3, 1e3),
        "noise": st.booleans(),
        "label": st.text(max_size=30).filter(str.isprintable),
        "place": st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)),
    }
)


@given(values=VALUES, hidden=st.sets(st.sampled_from(list(TABLE.fields))))
def test_a_link_gives_back_every_value_exactly(values: dict[str, Any], hidden: set[str]) -> None:
    reading = TABLE.read(TABLE.link(values, hidden))
    assert reading.values == values | {"scratch": 0}
    assert reading.hidden == hidden
    assert reading.ignored == ()


@given(query=st.dictionaries(st.text(max_size=40) | st.sampled_from(["seed", HIDE]), st.text()))
def test_rubbish_never_raises_and_leaves_allowed_values(query: dict[str, str]) -> None:
    reading = TABLE.read(query)
    assert TABLE.link(reading.values, reading.hidden) is not None
    known = {name for name, field in TABLE.fields.items() if field.linked} | RESERVED
    unknown = [name for name in arrived(query) if name not in known and not is_tracking(name)]
    assert len(reading.ignored) >= min(len(unknown), MAX_FIELDS)


@given(value=st.floats(-1e3, 1e3))
def test_a_real_number_keeps_all_its_digits(value: float) -> None:
    field = TABLE["rate"]
    assert field.parse(field.format(value)) == value


def test_a_link_holds_the_seed_and_what_differs_from_the_defaults() -> None:
    assert TABLE.link(TABLE.defaults()) == {"seed": "3"}
    assert TABLE.link({"noise": True, "seed": 4}) == {"seed": "4", "noise": "1"}


def test_a_table_without_a_seed_has_an_empty_link() -> None:
    assert (
        Table(
            "still",
            {
                "on": flag(),
            },
        ).link({})
        == {}
    )


def test_hidden_controls_stand_in_the_order_of_the_table() -> None:
    link = TABLE.link({}, ["rate", "model", "nothing"])
    assert link[HIDE] == "model,rate"


def test_what_is_not_in_the_link_is_neither_written_nor_read() -> None:
    assert "scratch" not in TABLE.link({"scratch": 4})
    reading = TABLE.read({"scratch": "4"})
    assert reading.values["scratch"] == 0
    assert reading.ignored == (Ignored("scratch", "4", "unknown"),)


@pytest.mark.parametrize(
    ("name", "written", "reason"),
    [
        ("model", "theirs", "not a choice"),
        ("model", "", "not a choice"),
        ("seed", "100", "out of range"),
        ("seed", "1_0", "unreadable"),
        ("seed", "٣", "unreadable"),
        ("seed", "1 3", "unreadable"),
        ("seed", "9" * 5000, "unreadable"),
        ("rate", "nan", "unreadable"),
        ("rate", "inf", "unreadable"),
        ("rate", "1e4", "out of range"),
        ("rate", "1e999", "out of range"),
        ("noise", "true", "not a choice"),
        ("label", "x" * 31, "too long"),
        ("place", "3", "unreadable"),
        ("place", "1." + "2" * MAX_TEXT, "too long"),
        ("colour", "red", "unknown"),
        (HIDE, "colour", "unknown"),
        (HIDE, "x" * (MAX_TEXT + 1), "too long"),
    ],
)
def test_what_makes_no_sense_is_ignored_with_its_reason(
    name: str, written: str, reason: str
) -> None:
    reading = TABLE.read({name: written})
    assert reading.values == TABLE.defaults()
    assert [(part.name, part.reason) for part in reading.ignored] == [(name, reason)]
    assert len(reading.ignored[0].text) <= LONGEST


def test_one_bad_part_does_not_spoil_the_others() -> None:
    reading = TABLE.read({"seed": "zero", "noise": "1", HIDE: "rate,colour"})
    assert reading.values == TABLE.defaults() | {"noise": True}
    assert reading.hidden == {"rate"}
    assert {(part.name, part.text) for part in reading.ignored} == {
        ("seed", "zero"),
        (HIDE, "colour"),
    }


def test_names_of_the_frame_are_passed_over_in_silence() -> None:
    assert TABLE.read({"lang": "ko", "present": "1", "embed": "true"}).ignored == ()


def test_a_link_with_very_many_parts_is_cut_short() -> None:
    reading = TABLE.read({f"x{i}": "1" for i in range(10_000)})
    assert len(reading.ignored) == MAX_FIELDS + 1
    assert reading.ignored[-1].reason == "too many"


def test_shown_pieces_of_rubbish_are_short_and_printable() -> None:
    part = TABLE.read({"a\x00b" * 100: "\x1b[31m" + "y" * 100}).ignored[0]
    assert part.name.isprintable()
    assert part.text.isprintable()
    assert max(len(part.name), len(part.text)) <= LONGEST


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", True),
        ("seed", 1.5),
        ("seed", "3"),
        ("seed", 100),
        ("rate", math.nan),
        ("rate", None),
        ("noise", 1),
        ("label", 3),
        ("model", 3),
        ("place", 7),
    ],
)
def test_a_value_that_a_field_does_not_allow_is_refused(name: str, value: object) -> None:
    with pytest.raises(Refusal):
        TABLE[name].check(value)
    with pytest.raises(Refusal):
        TABLE.link({name: value})


def test_a_value_too_long_for_a_link_is_kept_but_not_linked_and_named() -> None:
    table = Table("blobs", {"blob": custom("", str, str), "on": flag()})
    long = {"blob": "x" * (MAX_TEXT + 1), "on": True}
    assert table["blob"].check(long["blob"]) == long["blob"]
    assert table.link(long) == {"on": "1"}
    assert table.unlinked(long) == ["blob"]
    fits = {"blob": "x" * MAX_TEXT}
    assert table.read(table.link(fits)).values["blob"] == fits["blob"]
    assert table.unlinked(fits) == []


def test_minus_zero_is_zero() -> None:
    assert TABLE["rate"].format(-0.0) == "0.0"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Table("waves", {"model": choice(())}),
        lambda: Table("waves", {"model": choice(("a", "a"))}),
        lambda: Table("waves", {"model": choice(("1", 1))}),
        lambda: Table("waves", {"model": choice(("a",), "b")}),
        lambda: Table("waves", {"seed": whole(7, 0, 5)}),
        lambda: Table("waves", {"rate": number(math.inf, 0, 1)}),
        lambda: Table("waves", {"hide": flag()}),
        lambda: Table("waves", {"Noise": flag()}),
        lambda: Table("waves", {"x" * 33: flag()}),
        lambda: Table("Waves", {}),
        lambda: Table("waves", {f"x{i}": flag() for i in range(MAX_FIELDS + 1)}),
    ],
)
def test_a_table_that_could_not_be_linked_is_refused_at_once(make: Any) -> None:
    with pytest.raises(ValueError, match=r"\w+"):
        make()


def test_an_unknown_field_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="colour"):
        TABLE["colour"]


def test_values_without_equality_are_compared_by_their_text() -> None:
    class Blob:
        def __init__(self, text: str) -> None:
            self.text = text

    table = Table("blobs", {"blob": custom(Blob("a"), Blob, lambda blob: blob.text)})
    assert table.link({"blob": Blob("a")}) == {}
    values: Mapping[str, Any] = table.read(table.link({"blob": Blob("b")})).values
    assert values["blob"].text == "b"
