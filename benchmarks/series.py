"""Real series: how good our settings for prices and weather are, beside persistence."""

from __future__ import annotations

import statistics

import torch

from benchmarks.figures import Figure, Values, measures
from core.recurrent.series.job import JOB
from core.recurrent.series.presets import PRESETS
from core.recurrent.series.setting import SeriesSetting

SEEDS = (0, 1, 2)


@measures(
    Figure(
        "series.stock_over_persistence",
        "Apple's price, log-returns: mean squared error held out, over that of persistence",
        "ratio",
        at_most=1.2,
    ),
)
def stocks() -> Values:
    """Median of three seeds."""
    return {"series.stock_over_persistence": _median(_marks("stocks"), "over") ** 2}


@measures(
    Figure(
        "series.weather_over_persistence",
        "Seattle's temperature of the next day: the same",
        "ratio",
        at_most=0.8,
    ),
    Figure(
        "series.coverage_90",
        "share of its held-out days within intervals that are to hold 90%",
        "share",
        at_least=0.87,
        at_most=0.93,
    ),
)
def weather() -> Values:
    """Medians of three seeds."""
    marks = _marks("weather")
    return {
        "series.weather_over_persistence": _median(marks, "over") ** 2,
        "series.coverage_90": _median(marks, "coverage"),
    }


def _marks(name: str) -> list[dict[str, float]]:
    """What is measured at the end of a run of each seed."""
    torch.set_num_threads(1)
    found = []
    for seed in SEEDS:
        setting = SeriesSetting.read({**PRESETS[name], "seed": seed})
        state, _ = JOB.start(setting)
        _, log = JOB.advance(setting, state, JOB.steps(setting), setting.learning_rate)
        found.append(dict(log.marks))
    return found


def _median(marks: list[dict[str, float]], what: str) -> float:
    return statistics.median(one[f"lstm.{what}"] for one in marks)
