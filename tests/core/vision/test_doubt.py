from dataclasses import replace

import numpy as np
import pytest
import torch

from core import weights
from core.figures.reliability import Bin
from core.vision import doubt, hand
from core.vision.doubt import Doubt
from core.vision.drawing import Drawing
from core.vision.models import SimpleCNN
from core.vision.preprocess import render
from core.vision.trace import trace

NAMES = ["simple_cnn_notes", "simple_cnn_ours"]


def _doubt(temperature: float = 1.0, threshold: float = 0.0) -> Doubt:
    g = torch.Generator().manual_seed(0)
    w1, b1 = torch.randn(8, 512, generator=g), torch.randn(8, generator=g)
    return Doubt(temperature, threshold, w1, b1, torch.randn(8, generator=g), torch.tensor(0.3))


def _verdict(name: str, drawing: Drawing) -> doubt.Verdict:
    model, _ = weights.load(name)
    assert isinstance(model, SimpleCNN)
    picture = render(drawing)
    return doubt.load(name).verdict(trace(model, torch.from_numpy(picture)[None]), picture)


@pytest.mark.parametrize("true", [0.4, 1.0, 2.5])
def test_the_temperature_is_found(true: float) -> None:
    g = torch.Generator().manual_seed(0)
    logits = torch.randn(20_000, 10, generator=g) * 3
    labels = torch.multinomial(torch.softmax(logits / true, 1), 1, generator=g)[:, 0]
    assert doubt.fit_temperature(logits, labels) == pytest.approx(true, rel=0.03)


def test_bins_by_hand() -> None:
    probabilities = torch.full((4, 10), 0.0)
    probabilities[0, 3] = probabilities[1, 3] = 0.95
    probabilities[2, 1], probabilities[3, 1] = 0.5, 0.52
    groups = doubt.bins(probabilities, torch.tensor([3, 4, 1, 1]))
    assert [(round(b.confidence, 3), b.accuracy, b.count) for b in groups] == [
        (0.51, 1.0, 2),
        (0.95, 0.5, 2),
    ]
    assert doubt.calibration_error(groups) == pytest.approx((0.49 + 0.45) / 2)
    assert doubt.calibration_error([]) == 0


def test_a_calibrated_network_has_no_calibration_error() -> None:
    g = torch.Generator().manual_seed(1)
    p = torch.softmax(torch.randn(50_000, 10, generator=g) * 2, 1)
    labels = torch.multinomial(p, 1, generator=g)[:, 0]
    assert doubt.calibration_error(doubt.bins(p, labels)) < 0.01
    sharp = torch.softmax(p.log() * 3, 1)
    assert doubt.calibration_error(doubt.bins(sharp, labels)) > 0.1


def test_the_score_is_its_formula() -> None:
    d = _doubt()
    f = torch.rand(5, 512)
    by_hand = [float((d.w1 @ x + d.b1).clamp_min(0) @ d.w2 + d.b2) for x in f]
    np.testing.assert_allclose(d.score(f).numpy(), by_hand, rtol=1e-4, atol=1e-4)


def test_tensors_and_back() -> None:
    d = _doubt(1.7, 0.25)
    again = doubt.of(d.tensors(), "simple_cnn_ours")
    assert (again.temperature, again.threshold) == (pytest.approx(1.7), 0.25)
    assert torch.equal(again.w1.half(), d.w1.half())
    for key in d.tensors():
        part = {k: t for k, t in d.tensors().items() if k != key}
        with pytest.raises(weights.WeightsError, match=r"core train simple_cnn_ours"):
            doubt.of(part, "simple_cnn_ours")


def test_temperature_never_changes_the_answer() -> None:
    logits = torch.randn(100, 10, generator=torch.Generator().manual_seed(0))
    for temperature in (0.2, 1.0, 5.0):
        p = replace(_doubt(), temperature=temperature).probabilities(logits)
        assert torch.equal(p.argmax(1), logits.argmax(1))
        torch.testing.assert_close(p.sum(1), torch.ones(100))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", range(20))
def test_the_neat_samples_are_read(name: str, n: int) -> None:
    verdict = _verdict(name, hand.sample(n))
    assert verdict.is_digit
    assert verdict.reason == "digit"
    assert verdict.probabilities.argmax() == n % 10
    assert verdict.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert verdict.score <= verdict.threshold


@pytest.mark.parametrize("name", NAMES)
def test_blank_dot_and_scribble(name: str) -> None:
    assert _verdict(name, Drawing.empty()).reason == "blank"
    assert _verdict(name, Drawing.of([[[300, 300]]])).reason == "dot"
    r = np.random.default_rng(0)
    kinds = ("zigzag", "hatching", "cross", "spiral", "two digits")
    for kind in kinds:
        verdicts = [_verdict(name, hand.nondigit(r, kind)) for _ in range(20)]
        assert sum(v.is_digit for v in verdicts) <= 3, kind
        assert {v.reason for v in verdicts} <= {"unlike", "digit"}


@pytest.mark.parametrize("name", NAMES)
def test_the_card_keeps_its_promises(name: str) -> None:
    _, card = weights.load(name)
    refusal = card["refusal"]
    assert refusal["digits_refused"] <= 0.01
    assert refusal["nondigits_accepted"] <= 0.15
    groups = doubt.reliability(card["calibration"])
    assert all(isinstance(group, Bin) for group in groups)
    assert sum(group.count for group in groups) == 10_000
    error = card["calibration"]["error_on_mnist_test"]
    assert doubt.calibration_error(groups) == pytest.approx(error, abs=1e-4)
    assert card["calibration"]["temperature"] == pytest.approx(doubt.load(name).temperature)
