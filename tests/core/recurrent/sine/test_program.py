"""The program that repeats a run prints what the run said."""

import re
from typing import Any

import numpy as np
import pytest

from core.recurrent.sine.job import JOB
from core.recurrent.sine.presets import PRESETS
from core.recurrent.sine.setting import SineSetting
from core.training.record import record
from tests.program import printed

TABLE = [float(np.sin(i / 3) + i / 200) for i in range(300)]
CASES: dict[str, dict[str, Any]] = {
    "notes": {"samples": 60, "epochs": 10},
    "race": {**PRESETS["race"], "samples": 60, "epochs": 3},
    "table": {
        "kind": "table", "values": TABLE, "samples": 50, "output": "last", "layers": 2,
        "dropout": 0.3, "optimiser": "rmsprop", "learning_rate": 0.001, "epochs": 4,
    },
    "noise": {"kind": "noise", "samples": 60, "optimiser": "sgd", "epochs": 4, "cell": "gru"},
}  # fmt: skip


@pytest.mark.parametrize("case", list(CASES))
def test_it_repeats_the_run(case: str) -> None:
    config = JOB.read(CASES[case])
    rates = ((0, config.learning_rate), (2, config.learning_rate / 3))
    run = record(JOB, config, rates=rates)
    assert JOB.program is not None
    lines = re.findall(r"(\w+) loss (\S+) validation (\S+)", printed(JOB.program(config, rates)))
    assert [line[0] for line in lines] == list(config.cells)
    for cell, loss, validation in lines:
        assert float(loss) == pytest.approx(float(run.series[f"{cell}.loss"][-1]), rel=1e-3)
        assert float(validation) == pytest.approx(run.saved[-1].marks[f"{cell}.one_step"], rel=1e-3)


@pytest.mark.parametrize("kind", ["sines", "square", "saw"])
def test_every_series_is_made_the_same(kind: str) -> None:
    config = JOB.read({"kind": kind, "samples": 30, "length": 10})
    assert JOB.program is not None
    data = JOB.program(config, ((0, 0.01),)).partition("class Forecaster")[0]
    found: dict[str, Any] = {}
    exec(data, found)
    from core.recurrent.sine.series import data as made

    assert np.array_equal(found["train_x"], made(config).train[0])
    assert np.array_equal(found["valid_y"], made(config).validation[1])


def test_it_reads_well() -> None:
    for fields in PRESETS.values():
        config = SineSetting.read(fields)
        assert JOB.program is not None
        text = JOB.program(config, ((0, config.learning_rate),))
        assert max(map(len, text.splitlines())) <= 100 and "\n\n\n\n" not in text
        assert ("clip_grad" in text) == bool(config.clip)
        assert ("randperm" in text) == (config.size < config.windows)


def test_presets_are_settings_within_their_ranges() -> None:
    for fields in PRESETS.values():
        SineSetting.read(fields)
        assert set(fields) <= set(SineSetting.schema)
    assert SineSetting.read(PRESETS["notes"]) == SineSetting.read({})
    assert JOB.steps(SineSetting.read(PRESETS["fast"])) == 1500


def test_too_large_a_learning_rate_diverges_at_once() -> None:
    config = SineSetting.read(PRESETS["too_large"])
    for seed in (0, 1, 2):
        config = SineSetting.read({**PRESETS["too_large"], "seed": seed})
        state, log = JOB.advance(config, JOB.start(config)[0], 100, config.learning_rate)
        assert log.failure == "diverged" and state.step < 20


def test_one_hidden_unit_is_not_enough() -> None:
    config = SineSetting.read({**PRESETS["hidden_1"], "samples": 300})
    _, log = JOB.advance(config, JOB.start(config)[0], 100, config.learning_rate)
    assert log.failure is None and log.marks["rnn.one_step"] > 10 * log.marks["persistence"]
