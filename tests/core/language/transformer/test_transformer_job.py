"""The job "translate": the same bits however it is cut, switches that matter, checked settings."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from core.language.transformer import switches
from core.language.transformer.example import SETTING
from core.language.transformer.job import EVERY, JOB, model_of
from core.language.transformer.measure import scores
from core.language.transformer.setting import TransformerSetting
from core.training import shipped
from core.training.record import record

SMALL = TransformerSetting("copy", width=32, heads=2, steps=30)


def test_the_same_bits_however_it_is_cut() -> None:
    whole, pieces = record(JOB, SMALL, chunk=30), record(JOB, SMALL, chunk=7)
    assert whole.saved[-1].state == pieces.saved[-1].state
    assert whole.saved[-1].marks == pieces.saved[-1].marks
    for name, values in whole.series.items():
        assert np.array_equal(values, pieces.series[name], equal_nan=True)
    known = np.flatnonzero(~np.isnan(whole.series["exact"]))
    assert known.tolist() == [EVERY - 1, 29]


def test_the_log_says_what_the_state_computes() -> None:
    found = record(JOB, SMALL).saved[-1]
    held = SMALL.about.pools[1].take(torch.arange(256))
    seen = scores(model_of(SMALL, found.state), held)
    assert found.marks == {"exact": seen.exact, "token_accuracy": seen.tokens}
    assert found.pictures["cross"].shape == (1, 2, 8, 8)
    assert np.allclose(found.pictures["cross"].sum(-1), 1, atol=1e-5)
    number = JOB.inspections["number"](
        SMALL, found.state, {"number": "decoder_0_cross_weights.2.4.3"}
    )
    assert number["opened"]["value"] == pytest.approx(found.pictures["cross"][0, 1, 3, 2])
    assert found.pictures["said"].ndim == 1


def test_the_loss_begins_at_chance_and_falls() -> None:
    found = record(JOB, TransformerSetting("copy", width=32, heads=2, steps=60))
    assert found.series["loss"][0] > 0.8 * math.log(13)
    assert found.series["loss"][-10:].mean() < 0.9 * found.series["loss"][0]


def test_without_the_mask_the_loss_lies() -> None:
    """The answer stands in what is fed: it is copied, and decoding has nothing to copy."""
    found = record(
        JOB, TransformerSetting("reverse", mask=False, width=32, heads=2, steps=150, batch=32)
    )
    last = found.saved[-1].marks
    assert last["token_accuracy"] > 0.7
    assert last["exact"] < 0.05


def test_what_the_switches_do_was_measured() -> None:
    found = {(row["task"], row["change"]): row for row in switches.results()}
    assert len(found) == len(switches.BASES) * len(switches.CHANGES)
    assert all(row["exact"] <= row["token_accuracy"] <= 1 for row in found.values())
    assert found["copy", "positions"]["exact"] < 0.2 < 0.8 < found["sort", "positions"]["exact"]
    lying = found["en-ko", "mask"]
    assert lying["loss"] < 0.1 and lying["token_accuracy"] > 0.9 and lying["exact"] < 0.1


def test_smoothing_keeps_the_loss_above_nothing() -> None:
    plain, smooth = (
        record(JOB, TransformerSetting("copy", width=32, smoothing=s, steps=1)).series["loss"][0]
        for s in (0.0, 0.3)
    )
    assert plain != smooth


def test_the_rate_rises_and_falls() -> None:
    setting = TransformerSetting(warm_up=100)
    rates = [setting.rate(count, 1.0) for count in range(400)]
    assert rates[0] == pytest.approx(0.01) and rates[99] == 1.0 and rates[399] == pytest.approx(0.5)
    assert TransformerSetting(warm_up=0).rate(17, 0.3) == 0.3


def test_a_rate_beyond_reason_is_no_crash() -> None:
    found = record(JOB, TransformerSetting("copy", width=32, warm_up=0, learning_rate=1.0, steps=5))
    assert found.saved[-1].step <= 5


def test_the_shipped_training_is_whole() -> None:
    found = shipped.load("transformer_run")
    assert JOB.read(found.config) == SETTING  # it was recorded before there were two networks
    assert [saved.step for saved in found.saved] == list(range(0, 401, 50))
    assert len(found.series["loss"]) == 400
    assert found.saved[-1].marks["exact"] > 0.9 > found.saved[2].marks["exact"]


def test_a_setting_is_read_as_it_was_written() -> None:
    setting = TransformerSetting("dates", layers=2, heads=1, width=32, mask=False, smoothing=0.1)
    assert TransformerSetting.read(setting.write()) == setting
    assert TransformerSetting.read({}) == TransformerSetting()


@pytest.mark.parametrize(
    "raw",
    [
        {"task": "fr-de"},
        {"task": ["copy"]},
        {"layers": 3},
        {"layers": True},
        {"heads": 3},
        {"width": 48},
        {"positions": 1},
        {"mask": None},
        {"scaling": "yes"},
        {"smoothing": 0.5},
        {"smoothing": math.nan},
        {"warm_up": 501},
        {"learning_rate": 0},
        {"learning_rate": "fast"},
        {"batch": 8},
        {"steps": 0},
        {"seed": 1.5},
        {"other": 1},
    ],
)
def test_a_setting_beyond_its_limits_gets_a_sentence(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"[A-Z“].*\.$"):
        TransformerSetting.read(raw)


def test_a_program_repeats_the_run() -> None:
    assert JOB.program is not None
    text = JOB.program(SMALL, ((0, 0.005),))
    compile(text, "run.py", "exec")
    config = {name: value for name, value in SMALL.write().items() if name != "network"}
    assert str(config) in text  # both networks is how one without a choice is read
