"""The race down a loss surface: torch's optimisers on the two-tap rule's own loss."""

from __future__ import annotations

import math
import re
from base64 import b64decode

import numpy as np
import pytest
import torch

from core.recurrent.sine.valley import (
    RACERS,
    START,
    Descent,
    best_rule,
    final,
    loss,
    picture,
    race,
    steepness,
)


def test_the_lowest_point_is_the_exact_rule() -> None:
    a, b = best_rule()
    assert (a, b) == pytest.approx((2 * math.cos(0.1), -1.0), abs=1e-4)
    assert float(loss(torch.tensor([a, b], dtype=torch.float64))) < 1e-9


def test_the_valley_is_narrow() -> None:
    across, along = steepness()
    assert across > 100 * along > 0


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam"])
def test_the_ways_are_those_of_torch(name: str) -> None:
    descent = Descent(rate=0.1, momentum=0.9, steps=20)
    weights = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    theirs: torch.optim.Optimizer
    if name == "adam":
        theirs = torch.optim.Adam([weights], lr=descent.rate)
    else:
        momentum = descent.momentum if name == "momentum" else 0.0
        theirs = torch.optim.SGD([weights], lr=descent.rate, momentum=momentum)
    for _ in range(descent.steps):
        theirs.zero_grad()
        loss(weights).backward()
        theirs.step()
    assert np.allclose(race(descent)[name][-1], weights.detach().numpy(), rtol=1e-6)


def test_momentum_gets_further_and_too_large_a_rate_is_cut() -> None:
    found = final(Descent())
    assert found["momentum"] < found["sgd"]
    gone = race(Descent(rate=1.5, steps=300))["sgd"]
    assert np.isfinite(gone).all() and len(gone) < 300


def test_its_picture_takes_the_colours_of_the_theme() -> None:
    svg = b64decode(picture(Descent()).partition(",")[2]).decode()
    assert "prefers-color-scheme: dark" in svg
    fixed = set(re.findall(r"(?:fill|stroke)=\"([^\"]+)\"", svg)) - {"none"}
    racers = {colour for _name, colour in RACERS.values()}
    assert {colour for colour in fixed if not colour.startswith("var(")} <= racers
    assert len(re.findall("<polyline", svg)) == 3
    assert svg.rindex("<polyline") < svg.index("<circle")
