"""The job that learns a real series: the same bits however it is cut, and what it tells."""

from typing import Any

import numpy as np
import pytest

from core.recurrent.series.baselines import BASELINES
from core.recurrent.series.job import JOB
from core.recurrent.series.judge import SHIFTS, of_network
from core.recurrent.series.members import models
from core.recurrent.series.setting import SeriesSetting
from core.training.record import record

SMALL: dict[str, Any] = {"hidden": 4, "epochs": 3, "cell": "race"}


def test_the_bits_do_not_depend_on_the_cuts() -> None:
    setting = SeriesSetting.read(SMALL)
    whole, log = JOB.advance(setting, JOB.start(setting)[0], setting.steps, 0.01)
    state = JOB.start(setting)[0]
    for budget in (1, 3, 99):
        state, cut = JOB.advance(setting, state, budget, 0.01)
    assert state == whole and cut.marks == log.marks
    assert all(np.array_equal(cut.pictures[name], log.pictures[name]) for name in log.pictures)


def test_the_first_epoch_goes_through_every_window_once() -> None:
    setting = SeriesSetting.read({"hidden": 2, "epochs": 1, "batch": 7})
    state, log = JOB.advance(setting, JOB.start(setting)[0], 99, 0.01)
    assert state.step == setting.batches == 9 and len(log.series["lstm.loss"]) == 9
    assert np.isfinite(log.series["lstm.validation"]).any()


def test_marks_and_pictures_are_the_judges() -> None:
    run = record(JOB, SeriesSetting.read(SMALL))
    setting, saved = SeriesSetting.read(run.config), run.saved[-1]
    marks, pictures = saved.marks, saved.pictures
    one = of_network(setting, models(setting, saved.state)["gru"])
    assert marks["gru.error"] == one.error and marks["gru.coverage"] == one.coverage
    assert marks["gru.over"] == one.error / marks["persistence.error"]
    assert np.allclose(pictures["gru.forecast"], one.held_out)
    assert np.allclose([pictures["gru.low"], pictures["gru.high"]], one.band)
    assert len(pictures["gru.lags"]) == SHIFTS + 1 and marks["gru.lag"] == one.lag
    held = int(marks["first_judged"])
    assert np.allclose(pictures["truth"][held:], one.found.held_out.truth)
    for name in BASELINES:
        assert marks[f"{name}.error"] > 0 and f"{name}.forecast" in pictures
    assert marks["persistence.over"] == 1 and marks["persistence.lag"] == 1


def test_prices_as_levels_lose_to_persistence_and_as_returns_do_not() -> None:
    """The contrast that the page shows, with a short training."""
    shared = {"hidden": 8, "epochs": 30}
    marks = {
        scaling: record(JOB, SeriesSetting.read({**shared, "scaling": scaling})).saved[-1].marks
        for scaling in ("zscore", "log_returns")
    }
    assert marks["zscore"]["lstm.stands"] == -1 and marks["zscore"]["lstm.over"] > 2
    assert marks["zscore"]["outside"] > 0.9
    assert marks["log_returns"]["lstm.over"] < 1.2 and marks["log_returns"]["outside"] < 0.1


@pytest.mark.parametrize("name", ["stocks", "weather"])
def test_a_state_is_looked_at_in_its_own_run_only(name: str) -> None:
    setting = SeriesSetting.read({**SMALL, "source": name, "scaling": "zscore"})
    state, _ = JOB.start(setting)
    with pytest.raises(ValueError, match="has"):
        JOB.inspections["number"](
            SeriesSetting.read({**SMALL, "source": name, "scaling": "zscore", "cell": "gru"}),
            state,
            {"of": "rnn"},
        )
