"""What a run on a real series may be."""

from dataclasses import fields
from typing import Any

import pytest

from core.recurrent.series.presets import PRESETS
from core.recurrent.series.setting import MAX_NUMBERS, SeriesSetting

OWN = {"source": "table", "values": [float(i * i % 11) for i in range(80)]}


def test_every_field_has_its_limits() -> None:
    assert {field.name for field in fields(SeriesSetting)} == set(SeriesSetting.schema)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_settings(name: str) -> None:
    given = {**PRESETS[name], **(OWN if name == "table" else {})}
    setting = SeriesSetting.read(given)
    assert SeriesSetting.read(setting.write()) == setting


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"source": "table"}, "0 rows are too few: at least 50"),
        ({**OWN, "values": [1.0, 2.0] * 5}, "10 rows are too few: at least 50"),
        ({**OWN, "values": [1.5] * 80}, "All numbers of “y” are equal"),
        ({**OWN, "length": 60}, "80 rows are too few for windows of 60: at least 119"),
        ({**OWN, "scaling": "log_returns"}, "need numbers above zero, and row 1 has 0"),
        ({"source": "weather", "scaling": "log_returns"}, "Log-returns need numbers above zero"),
        ({**OWN, "period": 50}, "A period of 50 rows is longer than the training part of 48"),
        ({**OWN, "names": ["a", "b", "c"]}, "as many numbers as rows times columns"),
        ({**OWN, "times": [1.0, 2.0]}, "as many numbers as rows times columns"),
        ({**OWN, "times": [float(-i) for i in range(80)]}, "The dates of a series rise"),
        ({**OWN, "values": [1.0] * (MAX_NUMBERS + 1)}, "0 to 10,000 items, not 10,001"),
        ({**OWN, "values": [float("nan")] * 80}, "Table, item 1 is a number"),
        ({"values": [1.0]}, "a table of your own only"),
        ({"batch": 1, "epochs": 300, "source": "weather"}, "at most 20,000 are possible"),
        (
            {"source": "hourly", "length": 120, "hidden": 64, "cell": "race", "epochs": 300},
            "would cost",
        ),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, Any], why: str) -> None:
    if "scaling" not in given and given.get("source") == "table":
        given = {**given, "scaling": "zscore"}
    with pytest.raises(ValueError, match=why):
        SeriesSetting.read(given)


def test_the_shortest_window_that_is_named_is_long_enough() -> None:
    values = [float(i * i % 11) for i in range(119)]
    given = {"source": "table", "scaling": "zscore", "values": values, "length": 60}
    assert SeriesSetting.read(given).windows == 10
