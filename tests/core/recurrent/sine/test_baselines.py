"""What needs no network."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.recurrent.sine.baselines import exact, fitted, two_tap
from core.recurrent.sine.scores import measure
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting


@given(st.floats(0.05, 1.5), st.floats(0.01, 2.0), st.floats(-6, 6))
def test_the_rule_is_exact_for_every_sine(step: float, shift: float, phase: float) -> None:
    x = phase + step * np.arange(20)
    found = exact(step, shift).one_step(np.sin(x))
    assert math.isnan(found[0])
    assert np.allclose(found[1:], np.sin(x[1:] + shift), atol=1e-10)


def test_the_textbooks_rule() -> None:
    rule = exact(0.1, 0.1)
    assert rule.a == pytest.approx(2 * math.cos(0.1), abs=1e-14) and rule.b == -1.0


def test_run_freely_it_stays_a_sine_only_if_the_target_is_the_next_sample() -> None:
    x = np.sin(0.3 + 0.1 * np.arange(50))
    after = np.sin(0.3 + 0.1 * np.arange(50, 200))
    assert np.abs(exact(0.1, 0.1).free_run(x, 150) - after).max() < 1e-9
    # The notes' samples are 0.128 apart and their targets 0.1 ahead: the product of the roots of
    # z^2 = a z + b is -b = sin(0.1) / sin(0.128) < 1, so what is fed back dies away.
    step = 2 * math.pi / 49
    rule = exact(step, 0.1)
    assert -rule.b == pytest.approx(math.sin(0.1) / math.sin(step)) and -rule.b < 0.8
    fading = rule.free_run(np.sin(0.3 + step * np.arange(50)), 150)
    assert np.abs(fading[-20:]).max() < 1e-3


def test_least_squares_find_the_exact_rule_on_a_sine() -> None:
    rule = fitted(*data(SineSetting.read({"kind": "sine"})).train)
    assert rule.a == pytest.approx(2 * math.cos(0.1), abs=1e-5)
    assert rule.b == pytest.approx(-1, abs=1e-5)


def test_least_squares_beat_persistence_and_the_exact_rule_on_noise() -> None:
    known = data(SineSetting.read({"kind": "noise"}))
    x, y = (part.double().numpy()[..., 0] for part in known.train)
    rule = two_tap(known, sine=False)
    own = ((rule.one_step(x) - y)[:, 1:] ** 2).mean()
    assert own < ((exact(0.1, 0.1).one_step(x) - y)[:, 1:] ** 2).mean()
    assert own < ((x - y)[:, 1:] ** 2).mean()


def test_the_marks_of_the_notes_data() -> None:
    marks, pictures = measure(SineSetting.read({}), {})
    assert marks["persistence"] == pytest.approx(2 * math.sin(0.05) ** 2, rel=0.02)  # 0.0050
    assert marks["two_tap"] < 1e-13
    assert marks["two_tap.free_run"] > 0.3
    assert pictures["free.truth"].shape == (200,) and marks["warm"] == 50
    sine, _ = measure(SineSetting.read({"kind": "sine", "warm_up": 10}), {})
    assert sine["two_tap"] < 1e-13 and sine["two_tap.free_run"] < 1e-20
    assert sine["persistence"] == pytest.approx(0.005, rel=0.05)


def test_persistence_by_hand() -> None:
    setting = SineSetting.read({"kind": "table", "length": 10, "values": [0.0, 1.0, 1.0, 0.0] * 20})
    marks, _ = measure(setting, {})
    x, y = data(setting).validation
    assert marks["persistence"] == pytest.approx(float((x - y).square().mean()), rel=1e-6)
    assert torch.equal(x[:, 1:], y[:, :-1])
