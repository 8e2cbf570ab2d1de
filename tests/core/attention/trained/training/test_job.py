"""The job "it": the same bits however it is cut, learning that works, settings that are checked."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
import torch

from core.attention.trained.shipped import EXAMPLES
from core.attention.trained.training.job import EVERY, JOB, example, model_of
from core.attention.trained.training.measure import accuracy, held_out
from core.attention.trained.training.setting import ReferentSetting
from core.training.record import record

SMALL = ReferentSetting(layers=1, heads=2, width=16, steps=45)


@pytest.mark.parametrize("objective", ["referent", "masked"])
def test_the_same_bits_however_it_is_cut(objective: Any) -> None:
    language = "ko" if objective == "masked" else "en"
    setting = ReferentSetting(1, 2, 16, steps=45, objective=objective, language=language)
    whole, pieces = record(JOB, setting, chunk=45), record(JOB, setting, chunk=7)
    assert whole.saved[-1].state == pieces.saved[-1].state
    for name, values in whole.series.items():
        assert np.array_equal(values, pieces.series[name], equal_nan=True)
    assert whole.saved[-1].marks == pieces.saved[-1].marks


def test_another_seed_is_another_run() -> None:
    first = record(JOB, SMALL, steps=3).series["loss"]
    other = record(JOB, ReferentSetting(1, 2, 16, steps=45, seed=2), steps=3).series["loss"]
    assert not np.array_equal(first, other)


def test_the_log_says_what_the_state_computes() -> None:
    found = record(JOB, SMALL)
    last = found.saved[-1]
    model = model_of(SMALL, last.state)
    assert found.step == 45
    known = np.flatnonzero(~np.isnan(found.series["accuracy"]))
    assert known.tolist() == [EVERY - 1, 2 * EVERY - 1, 44]
    right = accuracy(model, held_out("pairs", 128))
    assert last.marks["accuracy"] == right == pytest.approx(found.series["accuracy"][-1])
    words = len(example("en").words)
    assert last.pictures["weights"].shape == (1, 2, words, words)
    assert np.allclose(last.pictures["weights"].sum(-1), 1, atol=1e-6)
    assert last.pictures["ahead"].shape == (1, 2)
    for number, shown in (
        ("ahead.1.2", last.pictures["ahead"][0, 1]),
        ("layer_0_attention_weights.2.9.2", last.pictures["weights"][0, 1, 8, 1]),
    ):
        answer = JOB.inspections["number"](SMALL, last.state, {"number": number})
        assert answer["opened"]["value"] == pytest.approx(float(shown), abs=1e-6)
        assert number == answer["number"]
    assert 0 < last.pictures["probabilities"].sum() < 1


def test_a_small_model_learns_what_it_is() -> None:
    setting = ReferentSetting(1, 1, width=32, steps=300, learning_rate=1e-2)
    found = record(JOB, setting, chunk=100)
    assert found.series["loss"][0] > math.log(194)
    assert found.series["loss"][-20:].mean() < 1.5
    assert found.saved[-1].marks["accuracy"] > 0.5  # 90 nouns: by chance 0.01


def test_weights_decay_apart_from_the_gradient() -> None:
    state, _ = JOB.start(SMALL)
    kept, _ = JOB.advance(ReferentSetting(1, 2, 16, steps=45, decay=0), state, 1, 1.0)
    shrunk, _ = JOB.advance(ReferentSetting(1, 2, 16, steps=45, decay=10), state, 1, 1.0)
    before, after, less = (model_of(SMALL, s).embedding.weight for s in (state, kept, shrunk))
    # the rate rises over 50 steps: the first takes a fiftieth of it
    assert torch.allclose(after - less, before * 10 / 50, atol=1e-5)


def test_a_loss_that_is_no_number_ends_the_run_before_it() -> None:
    state, _ = JOB.start(SMALL)
    last, log = JOB.advance(SMALL, state, 45, 1e38)
    assert log.failure == "diverged"
    assert last.step < 45 and len(log.series["loss"]) == last.step


def test_a_question_about_a_state() -> None:
    state, log = JOB.start(SMALL)
    question = json.dumps({"sentence": EXAMPLES["en"][0], "cuts": [{"layer": 0, "head": 1}]})
    found = JOB.inspections["answer"](SMALL, state, {"q": question})
    assert (found["layers"], found["heads"]) == (1, 2)
    assert np.array_equal(found["maps"]["before"], log.pictures["weights"])
    assert (found["maps"]["after"][0, 1] == 0).all()
    for wrong in (
        "",
        "{",
        '{"sentence": ""}',
        json.dumps({"sentence": "cat", "cuts": [{"layer": 1}]}),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            JOB.inspections["answer"](SMALL, state, {"q": wrong})


def test_a_korean_run_learns_from_korean_sentences() -> None:
    setting = ReferentSetting(1, 2, 16, steps=45, language="ko")
    found = record(JOB, setting)
    model = model_of(setting, found.saved[-1].state)
    right = accuracy(model, held_out("pairs", 128, "ko"))
    assert found.saved[-1].marks["accuracy"] == right
    words = len(example("ko").words)
    assert found.saved[-1].pictures["weights"].shape == (1, 2, words, words)
    question = json.dumps({"sentence": EXAMPLES["ko"][0]})
    answered = JOB.inspections["answer"](setting, found.saved[-1].state, {"q": question})
    assert [word["text"] for word in answered["words"]] == list(example("ko").words)


def test_settings_go_to_json_and_back() -> None:
    assert ReferentSetting.read(json.loads(json.dumps(SMALL.write()))) == SMALL
    assert ReferentSetting.read({}) == ReferentSetting()


@pytest.mark.parametrize(
    "raw",
    [
        {"layers": 4},
        {"layers": True},
        {"heads": 0},
        {"heads": 5},
        {"heads": 3, "width": 64},
        {"width": 48},
        {"inner": 1},
        {"objective": "both"},
        {"steps": 5_001},
        {"steps": 10.5},
        {"learning_rate": 0},
        {"learning_rate": float("nan")},
        {"decay": -1},
        {"seed": -1},
        {"seed": "1"},
        {"batch": 64},
        [],
    ],
)
def test_settings_that_cannot_be(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        ReferentSetting.read(raw)
