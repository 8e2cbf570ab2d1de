"""A place in a link: read and write are exact inverses, and rubbish is refused in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.recurrent.cell.place import MOST, NAMES, Place, read_place, write_place


@given(
    some.sampled_from(NAMES),
    some.integers(0, MOST["layer"] - 1),
    some.integers(0, MOST["time"] - 1),
    some.integers(0, MOST["unit"] - 1),
)
def test_what_is_written_is_read_again(gate: str, layer: int, time: int, unit: int) -> None:
    place = Place(gate, layer, time, unit)
    assert read_place(write_place(place)) == place


@pytest.mark.parametrize(
    "text",
    ["", "forget", "forget.0.1", "forget.0.1.2.3", "reboot.0.1.2", "forget.0.01.2", "forget.-1.0.0",
     "forget.0.1.x", "forget.0.1.²", "forget.3.0.0", "forget.0.500.0", "forget.0.0.256",
     "h.0.1.99999"],
)  # fmt: skip
def test_rubbish_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[A-Z].*\."):
        read_place(text)


@pytest.mark.parametrize("change", [{"layer": True}, {"time": 1.0}, {"unit": "3"}, {"gate": None}])
def test_a_place_is_a_name_and_whole_numbers(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"whole number|A cell has"):
        Place(**({"gate": "h", "layer": 0, "time": 0, "unit": 0} | change))  # type: ignore[arg-type]
