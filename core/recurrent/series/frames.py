"""Real series with their dates and units: shipped ones, a table of one's own, a curve by hand.

The shipped ones are files of `vega-datasets` (MIT; its weather is NOAA's, in the public domain).
They are read as they lie there: to import that package would load pandas.

    T rows, K columns
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.schema import Explained, mark

Array = NDArray[np.float64]

SYMBOLS = ("AAPL", "AMZN", "GOOG", "IBM", "MSFT")
WEATHER = ("temp_max", "temp_min", "precipitation", "wind")
"""Columns of Seattle's days: the highest temperature is forecast, from all of them."""
MISSING = mark("The series of vega-datasets are not installed: pip install vega-datasets.")


class Missing(Explained, LookupError):
    """Shipped data that are not on this machine."""


@dataclass(frozen=True, eq=False)
class Frame:
    """Rows in the order of time.

    Attributes:
        names: of the columns; the first one is forecast.
        unit: of the first column, as it is written behind a number; "" if nobody knows.
        times: days since 1970-01-01, (T,); where a table has no dates its rows, counted from 1.
        values: (T, K).
        dated: whether the times are dates.
    """

    names: tuple[str, ...]
    unit: str
    times: Array
    values: Array
    dated: bool = True


def shipped_file(name: str) -> Path:
    """A file of vega-datasets.

    Raises:
        Missing: the package is not installed.
    """
    found = find_spec("vega_datasets")
    if found is None or not found.submodule_search_locations:
        raise Missing(MISSING)
    return Path(next(iter(found.submodule_search_locations))) / "_data" / name


def days(text: str, form: str) -> float:
    """Days since 1970-01-01 of a date as `strptime` reads it.

    >>> days("Mar 1 2000", "%b %d %Y"), days("1970/01/02 12:00", "%Y/%m/%d %H:%M")
    (11017.0, 1.5)
    """
    moment = datetime.datetime.strptime(text, form).replace(tzinfo=datetime.UTC)
    return moment.timestamp() / 86_400


@lru_cache(len(SYMBOLS))
def stock(symbol: str) -> Frame:
    """The price of a share on the first of each month, 2000 to 2010, in dollars."""
    rows = [row for row in _rows("stocks.csv") if row["symbol"] == symbol]
    times = np.array([days(row["date"], "%b %d %Y") for row in rows])
    prices = np.array([[float(row["price"])] for row in rows])
    return Frame((symbol,), "$", times, prices)


@lru_cache(1)
def weather() -> Frame:
    """Seattle's days, 2012 to 2015: temperatures in °C, precipitation in mm, wind in m/s."""
    rows = _rows("seattle-weather.csv")
    times = np.array([days(row["date"], "%Y/%m/%d") for row in rows])
    values = np.array([[float(row[name]) for name in WEATHER] for row in rows])
    return Frame(WEATHER, "°C", times, values)


@lru_cache(1)
def hourly() -> Frame:
    """Seattle's temperature at each hour of 2010, in °F."""
    rows = _rows("seattle-temps.csv")
    times = np.array([days(row["date"], "%Y/%m/%d %H:%M") for row in rows])
    return Frame(("temp",), "°F", times, np.array([[float(row["temp"])] for row in rows]))


@lru_cache(1)
def example() -> Frame:
    """What stands where nothing has been drawn yet: a wave that climbs, in 240 steps."""
    x = np.arange(240.0)
    y = 0.5 + 0.25 * np.sin(2 * np.pi * x / 24) + 0.15 * (x / 239 - 0.5)
    return Frame(("y",), "", x + 1, y[:, None], dated=False)


def own(names: tuple[str, ...], unit: str, times: tuple[float, ...], values: Array) -> Frame:
    """A table of one's own; without times its rows are counted."""
    rows = len(values)
    at = np.array(times) if times else np.arange(1.0, rows + 1)
    return Frame(names, unit, at, values, dated=bool(times))


def _rows(name: str) -> list[dict[str, str]]:
    with shipped_file(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
