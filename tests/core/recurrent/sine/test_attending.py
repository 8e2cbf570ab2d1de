"""Attention on a series: it is scaled dot-product attention, and finds windows that are alike."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.recurrent.sine.attending import SPREAD, attended, attention
from core.recurrent.sine.job import JOB
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting


def test_the_weights_are_a_gaussian_of_the_distance() -> None:
    queries, keys, values = torch.randn(3, 6).double(), torch.randn(9, 6).double(), torch.randn(9)
    said, weights = attended(queries, keys, values.double())
    distances = torch.cdist(queries, keys).square()
    expected = (-distances / (2 * 6 * SPREAD**2)).softmax(1)
    assert torch.allclose(weights, expected)
    assert torch.allclose(said, expected @ values.double())


@pytest.mark.parametrize("kind", ["sine", "saw"])
def test_on_a_wave_it_finds_the_same_phase_and_beats_repetition(kind: str) -> None:
    setting = SineSetting(kind=kind, samples=400, cell="rnn", hidden=4)
    state, _log = JOB.start(setting)
    found = attention(setting, state, {})
    assert found["attention"] < found["persistence"]
    assert found["weights"].sum() == pytest.approx(1)
    assert np.abs(found["query"] - found["match"]).max() < 0.2 or kind == "saw"
    x, y = data(setting).validation
    assert found["persistence"] == pytest.approx(
        float((x[:, -1] - y[:, -1]).double().square().mean()), rel=1e-6
    )
    assert found["value"] == float(y[0, -1, 0])
