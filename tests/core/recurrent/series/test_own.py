"""A table of one's own: dates, several columns, gaps; what cannot be used is said."""

import pytest

from core.recurrent.series.own import Own, series
from core.recurrent.sine.table import read

DAYS = [f"2024-01-{day:02d},{10 + day % 5},{day % 3},{day * 7 % 4}" for day in range(1, 31)]
HEAD = "day,warm (°C),rain,wind"
TABLE = "\n".join([HEAD, *DAYS])


def taken(text: str, target: str = "warm (°C)", *beside: str, **more: object) -> Own:
    return series(read(text), target, beside, **more)  # type: ignore[arg-type]


def test_dates_and_units_are_found() -> None:
    found = taken(TABLE)
    assert found.times[0] == 19723 and set(map(float.__sub__, found.times[1:], found.times)) == {1}
    assert found.unit == "°C" and found.values[:3] == (11, 12, 13)
    assert (found.sorted_, found.longer, found.dropped) == (False, 0, 0)


def test_several_columns_stand_row_by_row() -> None:
    found = taken(TABLE, "warm (°C)", "rain", "wind")
    assert found.names == ("warm (°C)", "rain", "wind")
    assert found.values[:6] == (11, 1, 3, 12, 2, 2)


def test_unsorted_dates_are_sorted_and_said() -> None:
    mixed = [HEAD, *DAYS[10:20], *DAYS[:10], *DAYS[20:]]
    found = taken("\n".join(mixed), "warm (°C)", "rain")
    assert found.sorted_ and found.times == taken(TABLE).times
    assert found.values == taken(TABLE, "warm (°C)", "rain").values


def test_a_date_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="Two rows have the date 2024-01-05"):
        taken("\n".join([HEAD, *DAYS, DAYS[4]]))


def test_days_that_are_missing_are_counted() -> None:
    assert taken("\n".join([HEAD, *DAYS[:10], *DAYS[13:]])).longer == 1
    months = "\n".join(["date,price", *(f"{m}/1/2020,{m * m % 7}" for m in range(1, 13))])
    assert taken(months, "price").longer == 0


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("01.02.2024", "02.02.2024", (19724, 19755)),  # months first
        ("Jan 1 2000", "Feb 1 2000", (10957, 10988)),
        ("2024", "2025", (19723, 20089)),
        ("2024-03", "2024-04", (19783, 19814)),
        ("20240131", "20240201", (19753, 19754)),
        ("2024-01-01 06:00", "2024-01-01 12:00", (19723.25, 19723.5)),
    ],
)
def test_dates_as_people_write_them(first: str, second: str, days: tuple[float, float]) -> None:
    assert taken(f"when;price\n{first};3\n{second};5\n", "price").times == days


def test_missing_numbers_are_asked_for_and_rows_stay_whole() -> None:
    rows = [HEAD, *DAYS]
    rows[3] = "2024-01-03,NaN,0,1"
    rows[6] = "2024-01-06,11,,2"
    text = "\n".join(rows)
    with pytest.raises(ValueError, match="Numbers are missing in line 4"):
        taken(text)
    dropped = taken(text, "warm (°C)", "rain", filling="drop")
    assert dropped.dropped == 2 and len(dropped.values) == 56 and len(dropped.times) == 28
    assert dropped.longer == 2 and 19725 not in dropped.times
    assert taken(text, filling="fill").values[2] == 13


def test_a_column_of_text_is_refused() -> None:
    with pytest.raises(ValueError, match="Line 2 has 'sunny' where a number should be"):
        taken("day,sky\n2024-01-01,sunny\n2024-01-02,rain\n2024-01-03,rain\n", "sky")


def test_a_table_without_dates_is_counted() -> None:
    assert taken("v\n1\n2\n5\n", "v").times == ()


def test_more_numbers_than_there_is_room_for_are_refused() -> None:
    rows = [f"{i % 7},{i % 3},{i % 5}" for i in range(4000)]
    with pytest.raises(ValueError, match="12,000 numbers are too many: at most 10,000"):
        taken("\n".join(["a,b,c", *rows]), "a", "b", "c")


def test_a_million_rows_are_refused_before_they_are_read() -> None:
    with pytest.raises(ValueError, match="larger than 1 MB"):
        read("v\n" + "1\n" * 1_000_000)
