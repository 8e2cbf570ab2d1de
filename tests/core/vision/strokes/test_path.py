"""A path is what a hand wrote, whatever the device, the size and the place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.vision.drawing import Drawing
from core.vision.hand import digit, sample
from core.vision.strokes.path import INPUTS, MOST, SPACING, path


@given(label=st.integers(0, 9), seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_points_lie_in_the_box_and_directions_have_length_one(label: int, seed: int) -> None:
    points = path(digit(label, np.random.default_rng(seed)))
    assert points.shape[1] == len(INPUTS)
    assert 1 <= len(points) <= MOST
    assert np.abs(points[:, :2]).max() <= 1 + 1e-6
    lengths = np.hypot(points[:, 2], points[:, 3])
    assert (np.isclose(lengths, 1, atol=1e-5) | (lengths == 0)).all()
    assert points[0, 2:].tolist() == [0, 0, 1]


def test_size_and_place_do_not_matter() -> None:
    for which in range(10):
        small = Drawing.of([(stroke // 3).tolist() for stroke in sample(which).strokes])
        large = Drawing.of([(2 * stroke + 90).tolist() for stroke in small.strokes])
        np.testing.assert_allclose(path(large), path(small), atol=1e-4)


def test_how_often_the_device_reports_does_not_matter() -> None:
    rough = Drawing.of([[[0, 0], [0, 900]], [[300, 450], [600, 450]]])
    fine = Drawing.of([[[0, y] for y in range(0, 901, 9)], [[x, 450] for x in range(300, 601, 5)]])
    np.testing.assert_allclose(path(fine), path(rough), atol=1e-5)


def test_the_order_of_writing_and_lifting_the_pen_do_matter() -> None:
    down, across = [[300, 0], [300, 600]], [[0, 300], [600, 300]]
    one, other = path(Drawing.of([down, across])), path(Drawing.of([across, down]))
    assert one.shape == other.shape
    assert np.abs(one - other).max() > 0.5
    assert np.flatnonzero(one[:, 4]).tolist() == [0, len(one) // 2]


def test_nothing_a_dot_and_a_very_long_scribble() -> None:
    assert path(Drawing()).shape == (0, 5)
    assert path(Drawing.of([[[500, 500]]])).tolist() == [[0, 0, 0, 0, 1]]
    r = np.random.default_rng(0)
    wild = Drawing.of([r.integers(0, 1000, (30, 2)).tolist() for _ in range(200)])
    assert len(path(wild)) == MOST
    long = path(Drawing.of([r.integers(0, 1000, (400, 2)).tolist()]))
    assert len(long) <= MOST
    assert long[0, :2].max() <= 1


@pytest.mark.parametrize("sides", [1, 3])
def test_points_are_about_as_far_apart_as_is_said(sides: int) -> None:
    corners = [[0, 0], [900, 0], [900, 900], [0, 900]]
    points = path(Drawing.of([corners[: sides + 1]]))
    steps = np.hypot(*np.diff(points[:, :2], axis=0).T)
    assert SPACING * 0.6 < np.median(steps) < SPACING * 1.2
