"""The judge: parts that do not overlap, baselines by hand, the lag test, intervals that hold."""

import math

import numpy as np
import pytest

from core.recurrent.series import judge
from core.recurrent.series.baselines import BASELINES, flat, line
from core.recurrent.series.frames import Array
from core.recurrent.series.judge import Judged, everyone, of_baseline, outside, rmse
from core.recurrent.series.members import network
from core.recurrent.series.parts import Known, known
from core.recurrent.series.setting import SeriesSetting


def table(values: Array, **more: object) -> SeriesSetting:
    given = {"source": "table", "scaling": "zscore", "values": values.flatten().tolist()}
    return SeriesSetting.read({**given, **more})


WALK = np.cumsum(np.random.default_rng(2).standard_normal(400))
NOISE = np.random.default_rng(3).standard_normal(1000)


def test_parts_follow_one_another_and_share_no_target() -> None:
    found = known(SeriesSetting(source="weather", scaling="zscore"))
    rows = [part.rows for part in (found.train, found.calibration, found.held_out)]
    assert rows[0][-1] + 1 == rows[1][0] == int(0.6 * 1461)
    assert rows[1][-1] + 1 == rows[2][0] == int(0.8 * 1461) and rows[2][-1] == 1460


def test_a_window_ends_right_before_its_target() -> None:
    found = known(SeriesSetting(scaling="none", length=5))
    for part in (found.train, found.held_out):
        prices = found.frame.values[:, 0]
        row = part.rows[3]
        assert np.allclose(part.x[3, :, 0], prices[row - 5 : row])
        assert part.truth[3] == prices[row] and part.before[3] == prices[row - 1]


def test_several_columns_go_in_and_one_comes_out() -> None:
    one, every = (
        SeriesSetting(source="weather", scaling="zscore", inputs=i) for i in ("target", "all")
    )
    assert known(one).train.x.shape[2] == 1 and known(every).train.x.shape[2] == 4
    assert np.array_equal(known(one).train.y, known(every).train.y)
    assert network(every, "gru").rnn.input_size == 4


def test_baselines_are_what_they_are_called() -> None:
    setting = table(WALK, period=7)
    found = known(setting)
    rows = found.held_out.rows
    assert np.array_equal(of_baseline(setting, "persistence").held_out, WALK[rows - 1])
    assert np.array_equal(of_baseline(setting, "seasonal").held_out, WALK[rows - 7])


@pytest.mark.parametrize("scaling", ["none", "minmax", "zscore", "differences"])
def test_autoregression_finds_a_linear_rule(scaling: str) -> None:
    values = [1.0, 2.0]
    for _ in range(298):  # a wave that no three numbers tell apart
        values.append(2 * math.cos(0.3) * values[-1] - values[-2])
    found = of_baseline(table(np.array(values), scaling=scaling, length=4), "autoregression")
    assert found.error < 1e-4


def test_autoregression_is_least_squares_on_the_training_windows() -> None:
    setting = table(NOISE, length=3)
    part, found = known(setting).train, line(setting)
    wrong = found.outputs(part.x) - part.y.double().numpy()
    assert abs(wrong.mean()) < 1e-6 and np.abs(flat(part.x).T @ wrong).max() < 1e-3


def test_the_lag_test_knows_who_repeats_yesterday() -> None:
    assert of_baseline(table(WALK), "persistence").lag == 1
    assert of_baseline(table(WALK), "persistence").repeats
    week = np.sin(np.arange(400) * 2 * np.pi / 12)
    assert of_baseline(table(week, period=3), "seasonal").lag == 3
    assert not of_baseline(table(week, period=12), "seasonal").repeats
    shifts = of_baseline(table(WALK), "persistence").lags
    assert shifts[1] == 0 and len(shifts) == judge.SHIFTS + 1


@pytest.mark.parametrize("name", BASELINES)
def test_intervals_of_noise_hold_nine_of_ten(name: str) -> None:
    """On what is alike in all parts; by chance within two standard deviations, 0.04."""
    one = of_baseline(table(NOISE, length=4), name)
    assert 0.86 <= one.coverage <= 0.94
    low, high = one.band
    truth = one.found.held_out.truth
    assert one.coverage == ((low <= truth) & (truth <= high)).mean()


def test_intervals_follow_a_series_that_becomes_wilder() -> None:
    """Ten times the noise from the held-out part on: a fixed interval would hold every sixth."""
    wild = np.concatenate([NOISE[:800], 10 * NOISE[800:]])
    one = of_baseline(table(wild, length=4), "autoregression")
    misses = one.misses("held_out")
    fixed = np.quantile(one.misses("calibration"), judge.LEVEL)
    assert (misses <= fixed).mean() < 0.3 and 0.85 <= one.coverage <= 0.95
    assert one.halves[-1] > 5 * one.halves[0]


def test_an_interval_knows_nothing_of_its_own_row() -> None:
    before, misses = np.abs(NOISE[:100]), np.abs(NOISE[100:150])
    halves = judge.adaptive(before, misses)
    for row in (0, 7, 49):
        later = misses.copy()
        later[row:] = 1e3
        assert np.array_equal(judge.adaptive(before, later)[: row + 1], halves[: row + 1])


def test_intervals_of_log_returns_grow_with_the_price() -> None:
    one = of_baseline(SeriesSetting(scaling="log_returns"), "persistence")
    low, high = one.band
    growth = np.exp(one.found.scaling.scale * one.halves)
    assert np.allclose(high / one.found.held_out.before, growth)
    assert np.allclose(one.found.held_out.before / low, growth)
    assert (low > 0).all() and (high - low).std() > 1


def test_held_out_numbers_change_neither_rule_nor_interval() -> None:
    other = WALK.copy()
    other[330:] += 100
    for name in BASELINES:
        one, two = (of_baseline(table(values), name) for values in (WALK, other))
        assert one.halves[0] == two.halves[0]
        assert np.array_equal(one.calibration, two.calibration)


def test_levels_that_drift_leave_what_was_learned_and_returns_do_not() -> None:
    levels = outside(known(SeriesSetting(scaling="zscore")))
    returns = outside(known(SeriesSetting(scaling="log_returns")))
    assert levels > 0.9 and returns < 0.1


def test_everyone_is_judged_alike() -> None:
    setting = SeriesSetting(cell="race", hidden=3)
    found = everyone(setting, {kind: network(setting, kind) for kind in setting.cells})
    assert list(found) == ["rnn", "gru", "lstm", *BASELINES]
    for one in found.values():
        assert one.error == rmse(one.held_out, known(setting).held_out.truth)
        assert isinstance(one, Judged) and isinstance(one.found, Known)
