"""Particles follow the sound before them, in Python and in the browser's scripts alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.korean import particles
from core.schema import Explained, mark

CASES = json.loads((Path(__file__).parents[1] / "golden" / "particles.json").read_text("utf-8"))


@pytest.mark.parametrize(("written", "read"), CASES)
def test_a_particle_fits_the_sound_before_it(written: str, read: str) -> None:
    assert particles(written) == read


@given(st.text(max_size=40))
def test_text_without_pairs_stays_as_it_is(text: str) -> None:
    assert particles(text.replace("(", "")) == text.replace("(", "")


@given(st.text(max_size=40))
def test_it_is_settled_at_once(text: str) -> None:
    assert particles(particles(text + "이(가)")) == particles(text + "이(가)")


def test_a_refusal_in_korean_has_its_particle() -> None:
    error = Explained(mark("{name} is missing."), name="LSTM")
    assert error.sentence({"{name} is missing.": "{name}이(가) 없습니다."}.__getitem__) == (
        "LSTM이 없습니다."
    )
