"""A normalisation knows the training part alone, and is undone exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.recurrent.series.scaling import CHANGES, SCALINGS, fitted, normalised
from core.recurrent.series.setting import SeriesSetting

PRICES = np.exp(np.cumsum(np.random.default_rng(0).normal(0, 0.1, 60)))


@pytest.mark.parametrize("kind", SCALINGS)
def test_what_comes_later_changes_nothing(kind: str) -> None:
    other = PRICES.copy()
    other[40:] *= 50
    assert fitted(kind, PRICES, 40) == fitted(kind, other, 40)
    one, _ = normalised(kind, np.stack([PRICES, PRICES], 1), 40)
    two, _ = normalised(kind, np.stack([other, other], 1), 40)
    assert np.array_equal(one[:40], two[:40], equal_nan=True)


@pytest.mark.parametrize("kind", SCALINGS)
@given(st.lists(st.floats(-5, 5), min_size=1, max_size=6))
def test_it_is_undone(kind: str, outputs: list[float]) -> None:
    found = fitted(kind, PRICES, 40)
    said = np.array(outputs)
    before = PRICES[: len(said)]
    assert np.allclose(found.scaled(found.restored(said, before), before), said, atol=1e-6)


def test_they_are_what_they_are_called() -> None:
    scaled = {kind: normalised(kind, PRICES[:, None], 40)[0][:, 0] for kind in SCALINGS}
    assert np.array_equal(scaled["none"], PRICES)
    assert scaled["minmax"][:40].min() == 0 and scaled["minmax"][:40].max() == 1
    assert scaled["zscore"][:40].mean() == pytest.approx(0)
    assert scaled["zscore"][:40].std() == pytest.approx(1)
    for kind in CHANGES:
        assert np.isnan(scaled[kind][0])
        assert scaled[kind][1:40].std() == pytest.approx(1)
    assert np.allclose(
        np.diff(np.log(PRICES)) / np.diff(np.log(PRICES[:40])).std(), scaled["log_returns"][1:]
    )


def test_an_output_of_zero_is_persistence_where_changes_are_read() -> None:
    for kind in CHANGES:
        found = fitted(kind, PRICES, 40)
        assert np.array_equal(found.restored(np.zeros(5), PRICES[:5]), PRICES[:5])


def test_a_logarithm_of_nothing_is_refused_wherever_it_stands() -> None:
    values = [5.0 + i % 7 for i in range(80)]
    values[70] = -2.0
    given = {"source": "table", "values": values}
    with pytest.raises(ValueError, match="row 71 has -2: take differences instead"):
        SeriesSetting.read({**given, "scaling": "log_returns"})
    assert SeriesSetting.read({**given, "scaling": "differences"}).windows
