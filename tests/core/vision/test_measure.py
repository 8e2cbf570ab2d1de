import pytest
import torch

from core.vision import measure
from core.vision.mnist import Digits


def test_wilson_by_hand() -> None:
    low, high = measure.interval(9927, 10_000)
    assert (round(low, 4), round(high, 4)) == (0.9908, 0.9942)
    assert measure.interval(10, 10)[1] == pytest.approx(1)
    assert measure.interval(0, 10)[0] == pytest.approx(0)


def test_score_counts() -> None:
    logits = torch.eye(10).repeat(2, 1)
    labels = torch.arange(10).repeat(2)
    labels[3] = 0
    found = measure.score(logits, Digits(torch.zeros(20, 28, 28, dtype=torch.uint8), labels))
    assert found["accuracy"] == 0.95
    assert found["of"] == 20
    assert found["interval"][0] < 0.95 < found["interval"][1]
