"""A refusal is a rule with values: in any language, and wherever it travels."""

from __future__ import annotations

import math
import pickle
import re

import pytest
from distributed import protocol
from distributed.core import clean_exception, error_message
from hypothesis import given
from hypothesis import strategies as st

from core.schema import OutOfRange, Refusal, mark, short, whole
from core.schema.refusal import Explained, number

KOREAN = {
    "{field} has {n:large} numbers: {why}": "{field}: 숫자 {n:만} 개. {why}",
    "hidden size": "은닉 크기",
    "at most {most} of {names}": "{names} 중 최대 {most}",
}


class Nearest(Refusal):
    """A refusal that knows the way out."""

    def __init__(self, nearest: int) -> None:
        super().__init__(mark("The nearest is {nearest}."), nearest=nearest)
        self.nearest = nearest


def _korean(text: str) -> str:
    return KOREAN.get(text, text)


def test_rule_words_numbers_lists_and_errors_within_are_translated() -> None:
    why = Refusal(mark("at most {most} of {names}"), most=10_000, names=("a", mark("hidden size")))
    error = Refusal(
        mark("{field} has {n:large} numbers: {why}"), field=mark("hidden size"), n=922e6, why=why
    )
    assert str(error) == "Hidden size has 922 million numbers: at most 10,000 of a, hidden size"
    assert error.sentence(_korean) == "은닉 크기: 숫자 9억 2,200만 개. a, 은닉 크기 중 최대 10,000"


def test_what_somebody_typed_is_neither_translated_nor_written_large() -> None:
    error = Refusal(mark("{name} is not known."), name="hidden size")
    assert error.sentence(_korean) == "hidden size is not known."


@given(st.floats() | st.integers() | st.text() | st.none() | st.lists(st.integers()))
def test_any_value_can_be_told(value: object) -> None:
    assert len(short(value)) <= 40
    error = Refusal(mark("It is {value}, {shown}."), value=value, shown=short(value))
    assert str(error) == str(pickle.loads(pickle.dumps(error)))


@given(st.floats(-1e15, 1e15))
def test_a_number_reads_as_what_it_is(value: float) -> None:
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "english", "korean"),
    [
        (922_368_000, "922 million", "9억 2,237만"),
        (8e9, "8 billion", "80억"),
        (2.5e6, "2.5 million", "250만"),
        (20_000, "20 thousand", "2만"),
        (300, "300", "300"),
        (-2.5e6, "-2.5 million", "-250만"),
    ],
)
def test_large_numbers_have_a_word_in_each_language(
    value: float, english: str, korean: str
) -> None:
    error = Explained(mark("{n:large}"), n=value)
    assert str(error) == english
    assert error.sentence(lambda _: "{n:만}") == korean


def test_numbers_beyond_all_bounds_are_told_shortly() -> None:
    assert short(10**400) == "10^400"
    assert re.fullmatch(r"-10\^\d+", short(-(10**5000)))
    assert short([10**5000]) == "list"
    assert number(math.inf) == "inf"


def test_a_copy_from_another_process_has_rule_values_and_what_a_class_adds() -> None:
    again = pickle.loads(pickle.dumps(Nearest(7)))
    assert isinstance(again, Nearest)
    assert (again.rule, again.values, again.nearest) == (
        "The nearest is {nearest}.",
        {"nearest": 7},
        7,
    )
    assert again.sentence(lambda rule: rule.upper().replace("NEAREST}", "nearest}")).endswith("7.")


def test_a_refusal_comes_back_from_a_worker() -> None:
    """A worker sends an error as a message; the client raises what it finds in it."""
    message = protocol.loads(protocol.dumps(error_message(Nearest(12_345))))
    _, error, _ = clean_exception(**message)
    assert isinstance(error, Nearest) and str(error) == "The nearest is 12,345."
    assert error.nearest == 12_345
    assert error.sentence(lambda _: "{nearest}까지 됩니다.") == "12,345까지 됩니다."


def test_a_field_within_a_list_is_named_with_its_place() -> None:
    error = OutOfRange(mark("{field} is {low}."), field=mark("size"), low=1)
    assert str(error) == "Size is 1."
    assert whole(3).named("hidden_size").label == "hidden size"
