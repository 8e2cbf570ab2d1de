"""Columns as people paste them, and as nobody should."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.recurrent.sine.setting import MAX_VALUES
from core.recurrent.sine.table import column


@pytest.mark.parametrize(
    ("text", "values", "name"),
    [
        ("1\n2\n3", (1, 2, 3), "column 1"),
        ("\ufeffwarm\r\n1.5\r\n-2e3\r\n", (1.5, -2000), "warm"),
        ("1,5\t2\n2,5\t3\n", (1.5, 2.5), "column 1"),
        ("day;warm\n1;20,5\n2;21\n", (1, 2), "day"),
        ("value\n1,5\n2,25\n", (1.5, 2.25), "value"),
        ("day,warm\n1,20\n2,21\n", (1, 2), "day"),
        ("2024-01-01,3\n2024-01-02,4\n", (3, 4), "column 2"),
        ("a b\n1 2\n3 4", (1, 3), "a"),
        ("my long name\n1\n2", (1, 2), "my long name"),
        ('name,"a, b"\nx,1\ny,2', (1, 2), "a, b"),
        ("\n\n 1 \n\n 2 \n", (1, 2), "column 1"),
        (" \t1\n\t2", (1, 2), "column 2"),
    ],
)
def test_what_is_understood(text: str, values: tuple[float, ...], name: str) -> None:
    found = column(text)
    assert (found.values, found.name) == (values, name)
    assert name in found.names


def test_which_column() -> None:
    text = "x,y,y,\n1,2,3,4\n5,6,7,8"
    assert column(text).names == ("x", "y", "y (3)", "column 4")
    assert column(text, "y (3)").values == (3, 7)
    with pytest.raises(ValueError, match="no column 'z'; there are x, y"):
        column(text, "z")


def test_bytes_of_files() -> None:
    assert column("온도\n1\n2".encode()).name == "온도"
    assert column("온도\n1\n2".encode("cp949")).name == "온도"
    assert column(b"\xef\xbb\xbf1\n2").values == (1, 2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "It is empty"),
        (" \n\n", "It is empty"),
        ("1", "no more than one row"),
        ("1,2,3,4", "no more than one row"),
        ("name\n1", "no more than one row"),
        ("hello\nworld\nagain", "Line 2 has 'world' where a number"),
        ("1\nabc\n3", "Line 2 has 'abc' where a number"),
        ("a,b\n1,2\n,3\n", "Line 3 has a gap"),
        ("a\n1\n\nNaN\n", "Line 4 has a gap"),
        ("1\ninf\n", "Line 2 has 'inf'"),
        ("1\n1_000\n", "Line 2 has '1_000'"),
        ("1;2\n3\n", "Line 2 has 1 columns, the first line has 2"),
        ("1,5\n2,5\n", "comma may divide columns"),
        ("1\n1e300\n", "at most 1,000,000,000,000"),
        ("1\n" * (MAX_VALUES + 2), "5,002 lines; at most 5,000"),
        ("1\n" * 1_000_000, "larger than 1 MB"),
        (b"PK\x03\x04\x00\x00", "not text"),
        (b"\xff\xff\xff1\n2", "not text"),
        ("," * 300 + "\n" + "," * 300, "301 columns; at most 200"),
    ],
)
def test_what_is_refused_with_a_sentence(text: str | bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why) as caught:
        column(text)
    assert len(str(caught.value)) < 300


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_nothing_else_can_happen(text: str | bytes) -> None:
    with contextlib.suppress(ValueError):
        assert len(column(text).values) >= 2


@given(st.lists(st.floats(-1e12, 1e12), min_size=2, max_size=20))
def test_numbers_come_back(values: list[float]) -> None:
    assert column("x\n" + "\n".join(map(repr, values))).values == tuple(values)
