"""Small line pictures: every value stands where it belongs, and what is missing is left out."""

from __future__ import annotations

import re
from base64 import b64decode

import numpy as np
import pytest

from core.figures.curves import GAP, HEIGHT, MARGIN, WIDTH, Curve, picture


def points(url: str) -> list[list[tuple[float, float]]]:
    """The points of each line in a picture."""
    svg = b64decode(url.removeprefix("data:image/svg+xml;base64,")).decode()
    return [
        [tuple(map(float, pair.split(","))) for pair in line.split()]
        for line in re.findall(r'points="([^"]*)"', svg)
    ]


def test_a_line_fills_its_panel_from_corner_to_corner() -> None:
    (line,) = points(picture([[Curve(np.arange(3.0), np.array([0.0, 1.0, 2.0]), "red")]]))
    assert line == [
        (MARGIN, HEIGHT - MARGIN),
        (WIDTH / 2, HEIGHT / 2),
        (WIDTH - MARGIN, MARGIN),
    ]


def test_curves_of_a_panel_share_its_scale_and_panels_stand_side_by_side() -> None:
    low = Curve(np.arange(2.0), np.array([0.0, 0.0]), "red")
    high = Curve(np.arange(2.0), np.array([4.0, 4.0]), "blue")
    first, second, alone = points(picture([[low, high], [high]]))
    assert {y for _, y in first} == {HEIGHT - MARGIN} and {y for _, y in second} == {MARGIN}
    assert first[-1][0] == pytest.approx((WIDTH - GAP) / 2, abs=0.1)
    assert alone[0][0] == pytest.approx((WIDTH + GAP) / 2, abs=0.1)


def test_what_is_not_finite_is_left_out() -> None:
    values = np.array([1.0, np.nan, 3.0, np.inf, -np.inf])
    (line,) = points(picture([[Curve(np.arange(5.0), values, "red")]]))
    assert len(line) == 2


def test_one_value_alone_is_no_division_by_zero() -> None:
    (line,) = points(picture([[Curve(np.zeros(1), np.ones(1), "red")]]))
    assert line == [(MARGIN, MARGIN)]
