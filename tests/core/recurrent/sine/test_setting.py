"""What a run on a series may be."""

import math
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.recurrent.sine.setting import MAX_VALUES, SERIES, SineSetting


def test_the_defaults_are_the_notes_run() -> None:
    setting = SineSetting.read({})
    assert (setting.samples, setting.length, setting.hidden, setting.epochs) == (1000, 50, 32, 100)
    assert (setting.optimiser, setting.learning_rate, setting.kind) == ("adam", 0.01, "notes")
    assert (setting.batch, setting.clip, setting.warm_up, setting.output) == (0, 0.0, 0, "every")
    assert (setting.windows, setting.batches, setting.steps) == (800, 1, 100)


def test_every_field_has_its_limits() -> None:
    assert {field.name for field in fields(SineSetting)} == set(SineSetting.schema)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "kind": st.sampled_from([k for k in SERIES if k != "table"]),
            "cell": st.sampled_from(("rnn", "gru", "lstm", "race")),
            "hidden": st.integers(1, 32),
            "learning_rate": st.floats(1e-5, 1.0),
            "batch": st.integers(40, 400),
            "dropout": st.floats(0, 0.5),
            "epochs": st.integers(1, 20),
            "seed": st.integers(0, 2**31 - 1),
        },
    )
)
def test_what_is_written_reads_the_same(given: dict[str, Any]) -> None:
    setting = SineSetting.read(given)
    assert SineSetting.read(setting.write()) == setting
    assert setting.size <= setting.windows and setting.steps >= setting.epochs
    assert (setting.batches - 1) * setting.size < setting.windows <= setting.batches * setting.size


def test_unknown_fields_are_named() -> None:
    with pytest.raises(ValueError, match="no field 'hiden'; there are kind,"):
        SineSetting.read({"hiden": 3})


def test_whole_numbers_may_come_as_floats() -> None:
    setting = SineSetting.read({"hidden": 8.0, "clip": 1})
    assert setting.hidden == 8 and type(setting.hidden) is int and type(setting.clip) is float


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"length": 10, "warm_up": 10}, "warm-up must be shorter"),
        (
            {"cell": "lstm", "hidden": 128, "length": 200},
            "hold [0-9]+ million numbers, at most 60 million",
        ),
        ({"cell": "race", "hidden": 128, "samples": 1000, "batch": 600}, "One step would take"),
        ({"batch": 1, "epochs": 100}, "at most 20,000 are possible"),
        ({"cell": "race", "hidden": 128, "batch": 50, "epochs": 1000}, "would cost"),
        ({"kind": "table"}, "A column of 0 numbers is too short"),
        ({"kind": "table", "values": [1, 2] * 127}, "254 numbers is too short.*255 are needed"),
        ({"kind": "table", "values": [1.0] * 300}, "All numbers of the column are equal"),
        ({"kind": "table", "values": [1.0] * (MAX_VALUES + 1)}, "0 to 5,000 items, not 5,001"),
        ({"kind": "table", "values": [1.0, None]}, "Column, item 2 is a number from .*, not None"),
        (
            {"kind": "table", "values": [1.0, math.nan]},
            "Column, item 2 is a number .* nan",
        ),
        ({"kind": "table", "values": [1e13]}, "Column, item 1"),
        ({"kind": "table", "values": "1,2,3"}, "Column is a list"),
        ({"values": [1.0]}, "kind “table” only"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        SineSetting.read(given)


def test_the_shortest_table_is_long_enough() -> None:
    setting = SineSetting.read({"kind": "table", "values": [float(i % 7) for i in range(255)]})
    assert setting.windows == 204 - 50
