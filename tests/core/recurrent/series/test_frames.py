"""The shipped series are what their files say, and nothing heavy is loaded to read them."""

import subprocess
import sys

import pytest

from core.recurrent.series import frames
from core.recurrent.series.setting import SeriesSetting


def test_the_shipped_series_have_dates_and_units() -> None:
    apple = frames.stock("AAPL")
    assert apple.unit == "$" and apple.values.shape == (123, 1)
    assert apple.values[0, 0] == 25.94 and apple.values[-1, 0] == 223.02
    assert apple.times[0] == frames.days("2000-01-01", "%Y-%m-%d")
    days = frames.weather()
    assert days.values.shape == (1461, 4) and days.unit == "°C"
    assert days.values[0].tolist() == [12.8, 5.0, 0.0, 4.7]
    assert set(days.times[1:] - days.times[:-1]) == {1.0}
    assert len(frames.hourly().values) == 8759


@pytest.mark.parametrize("symbol", frames.SYMBOLS)
def test_every_share_is_long_enough(symbol: str) -> None:
    assert SeriesSetting(symbol=symbol).windows >= 10


def test_reading_them_loads_no_pandas() -> None:
    code = (
        "from core.recurrent.series import frames; frames.weather(); frames.stock('IBM')\n"
        "import sys; print({'pandas', 'vega_datasets'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_without_the_package_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "find_spec", lambda _: None)
    with pytest.raises(frames.Missing, match="pip install vega-datasets"):
        frames.shipped_file("stocks.csv")
