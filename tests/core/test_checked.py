"""Values from outside: what fits comes back, everything else ends in a sentence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from core.checked import Range, finite, number, one_of, short, whole, within


def test_what_fits_comes_back() -> None:
    assert whole("steps", 3, 1, 3) == 3
    assert number("learning_rate", 1, 0.0, 1.0) == 1.0
    one_of("width", 8, (8, 16))
    assert within("batch", 64.0, Range(8, 512)) == 64
    assert isinstance(within("batch", 64.0, Range(8, 512)), int)
    assert within("dropout", 0.5, Range(0, 0.9, False)) == 0.5


@pytest.mark.parametrize("bad", [True, None, "3", [3], math.nan, math.inf, 10**400, 4, -1])
@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda bad: whole("first_steps", bad, 1, 3), "First steps is a whole number from 1 to 3."),
        (lambda bad: number("first_steps", bad, 1, 3), "First steps is a number from 1 to 3."),
        (lambda bad: one_of("first_steps", bad, (1, "3a")), "First steps is one of 1, 3a."),
        (lambda bad: within("first_steps", bad, Range(1, 3)), "first_steps is a whole number from"),
    ],
)
def test_everything_else_is_refused(
    refused: Callable[[Any], object], sentence: str, bad: object
) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}"):
        refused(bad)


def test_a_half_is_no_whole_number() -> None:
    for refused in (lambda: whole("steps", 2.5, 1, 3), lambda: within("steps", 2.5, Range(1, 3))):
        with pytest.raises(ValueError, match="whole number from 1 to 3"):
            refused()


def test_what_was_given_is_repeated_in_short() -> None:
    assert short("a") == "'a'"
    assert len(short("a" * 100)) == 40 and short("a" * 100).endswith("...")
    assert finite(2) == 2.0 and finite(1e301) is None
