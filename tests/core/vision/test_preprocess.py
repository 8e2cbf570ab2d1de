import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.vision import hand
from core.vision.drawing import PEN, SIDE, Drawing
from core.vision.preprocess import (
    BOX,
    MASS,
    NAIVE,
    NAMES,
    PEN_PIXELS,
    PIXELS,
    Placement,
    Stages,
    paint,
    place,
    render,
    strip,
)

MIDDLES = np.arange(PIXELS) + 0.5
ALL = [Stages(*on) for on in itertools.product((False, True), repeat=4)]


def _seven(size: float = 600, x: float = 200, y: float = 150) -> Drawing:
    points = [(0, 0.02), (0.6, 0), (0.25, 1)]
    return Drawing.of([[[x + a * size, y + b * size] for a, b in points]])


def _mass(picture: np.ndarray) -> tuple[float, float]:
    ink = picture.sum()
    return float(picture.sum(0) @ MIDDLES / ink), float(picture.sum(1) @ MIDDLES / ink)


def test_one_line_by_hand() -> None:
    """A level line, 3 wide, in the middle of row 10: three rows full, their neighbours bare."""
    picture = paint([np.array([[5, 10.5], [20, 10.5]])], Placement(1, 0, 0, 3))
    np.testing.assert_allclose(picture[:, 12], [0] * 9 + [1, 1, 1] + [0] * 16, atol=1e-5)
    half = paint([np.array([[5, 10.5], [20, 10.5]])], Placement(1, 0, 0.5, 3))
    np.testing.assert_allclose(half[8:14, 12], [0, 0.5, 1, 1, 0.5, 0], atol=1e-5)
    ends = 10 + np.array([0.5, 1.5, 2.5])  # the round end reaches 1.5 + 0.5 beyond the last point
    expected = np.clip(2 - (ends - 10), 0, 1)
    at_end = paint([np.array([[5, 10.5], [10, 10.5]])], Placement(1, 0, 0, 3))
    np.testing.assert_allclose(at_end[10, 10:13], expected, atol=1e-5)


def test_against_the_distance_to_every_segment() -> None:
    r = np.random.default_rng(0)
    drawing = hand.digit(8, r)
    placement = place(drawing)
    y, x = np.meshgrid(MIDDLES, MIDDLES, indexing="ij")
    nearest = np.full((PIXELS, PIXELS), np.inf)
    for stroke in drawing.strokes:
        points = placement.pixels(stroke)
        for a, b in zip(points, points[1:], strict=False):
            step = b - a
            t = ((x - a[0]) * step[0] + (y - a[1]) * step[1]) / max(step @ step, 1e-12)
            t = np.clip(t, 0, 1)
            away = np.hypot(x - a[0] - t * step[0], y - a[1] - t * step[1])
            nearest = np.minimum(nearest, away)
    expected = np.clip(placement.pen / 2 + 0.5 - nearest, 0, 1)
    np.testing.assert_allclose(render(drawing), expected, atol=1e-3)


@pytest.mark.parametrize("seed", range(6))
def test_fits_the_box_and_centres_the_mass(seed: int) -> None:
    drawing = hand.digit(seed, np.random.default_rng(seed))
    box = render(drawing, Stages(centre=False)) > 0.5
    rows, columns = np.flatnonzero(box.any(1)), np.flatnonzero(box.any(0))
    longest = max(np.ptp(rows), np.ptp(columns)) + 1
    assert abs(longest - BOX) <= 1
    assert rows[0] + rows[-1] + 1 == pytest.approx(PIXELS, abs=1)
    x, y = _mass(render(drawing))
    assert x == pytest.approx(MASS, abs=0.08)  # the mass of the picture before it was moved
    assert y == pytest.approx(MASS, abs=0.08)


def test_place_and_size_on_the_canvas_do_not_matter() -> None:
    one = render(_seven(900, 20, 20))
    two = render(_seven(300, 600, 500))
    np.testing.assert_allclose(one, two, atol=0.05)


def test_without_the_pen_stage_a_small_drawing_gets_fat() -> None:
    fat = place(_seven(150), Stages(pen=False))
    thin = place(_seven(900), Stages(pen=False))
    assert fat.pen > 2 * thin.pen
    assert place(_seven(150)).pen == place(_seven(900)).pen == PEN_PIXELS
    assert fat.pen == pytest.approx(PEN * fat.scale)


def test_as_drawn_is_the_whole_canvas() -> None:
    placement = place(_seven(), NAIVE)
    assert (placement.scale, placement.dx, placement.dy) == (PIXELS / SIDE, 0, 0)
    assert _mass(render(_seven(100, 0, 0), NAIVE))[0] < 5


@pytest.mark.parametrize("stages", ALL)
def test_the_strip_ends_with_what_the_network_gets(stages: Stages) -> None:
    drawing = hand.digit(5, np.random.default_rng(3))
    pictures = strip(drawing, stages)
    assert pictures.shape == (5, PIXELS, PIXELS)
    assert pictures.dtype == np.float32
    np.testing.assert_array_equal(pictures[-1], render(drawing, stages))
    np.testing.assert_array_equal(pictures[0], render(drawing, NAIVE))
    for i, name in enumerate(NAMES):
        if not getattr(stages, name):
            np.testing.assert_array_equal(pictures[i + 1], pictures[i])


@pytest.mark.parametrize("stages", ALL)
def test_placement_and_back(stages: Stages) -> None:
    placement = place(_seven(), stages)
    points = np.array([[0, 0], [512, 700], [-30, 1500]])
    np.testing.assert_allclose(placement.canvas(placement.pixels(points)), points, atol=1e-6)


points = st.tuples(st.integers(-SIDE, 2 * SIDE - 1), st.integers(-SIDE, 2 * SIDE - 1))
drawings = st.lists(st.lists(points, min_size=1, max_size=12), max_size=5)


@given(strokes=drawings, stages=st.sampled_from(ALL))
@settings(max_examples=80, deadline=None)
def test_any_drawing_gives_a_picture(strokes: list[list[tuple[int, int]]], stages: Stages) -> None:
    drawing = Drawing.of(strokes)
    pictures = strip(drawing, stages)
    assert np.isfinite(pictures).all()
    assert pictures.min() >= 0
    assert pictures.max() <= 1
    np.testing.assert_array_equal(pictures, strip(Drawing.of(strokes), stages))
    if stages == Stages() and strokes:
        assert pictures[-1].max() > 0.9


@given(seed=st.integers(0, 1000), stages=st.sampled_from(ALL))
@settings(max_examples=40, deadline=None)
def test_a_point_moved_a_little_moves_the_picture_a_little(seed: int, stages: Stages) -> None:
    r = np.random.default_rng(seed)
    drawing = hand.digit(seed % 10, r)
    strokes = drawing.lists()
    stroke = strokes[r.integers(len(strokes))]
    point = stroke[r.integers(len(stroke))]
    point[r.integers(2)] += 1
    scale = place(drawing, stages).scale
    change = np.abs(render(Drawing.of(strokes), stages) - render(drawing, stages)).max()
    assert change <= 4 * scale + 0.01


def test_blank_and_dots() -> None:
    assert not strip(Drawing.empty()).any()
    dot = render(Drawing.of([[[100, 900]]]))
    assert dot.sum() == pytest.approx(np.pi * PEN_PIXELS**2 / 4, rel=0.1)
    assert _mass(dot) == pytest.approx((MASS, MASS), abs=0.02)
    same = render(Drawing.of([[[100, 900], [100, 900], [100, 900]]]))
    np.testing.assert_allclose(dot, same)


def test_a_speck_is_not_blown_up() -> None:
    speck = Drawing.of([[[500, 500], [503, 504]]])
    assert place(speck).scale == pytest.approx((BOX - PEN_PIXELS) / PEN)
    assert render(speck).sum() < 2 * render(Drawing.of([[[500, 500]]])).sum()


def test_off_the_picture() -> None:
    far = Drawing.of([[[-900, -900], [-950, -950]]])
    assert not render(far, NAIVE).any()
    assert not render(far, Stages(crop=False)).any()
    assert render(far).any()


def test_thousands_of_points_are_drawn_alike() -> None:
    t = np.linspace(0, 2 * np.pi, 9000)
    ring = np.stack([512 + 300 * np.cos(t), 512 + 300 * np.sin(t)], axis=1)
    many, few = Drawing.of([ring.tolist()]), Drawing.of([ring[::60].tolist()])
    np.testing.assert_allclose(render(many), render(few), atol=0.05)
    wild = np.random.default_rng(0).integers(0, SIDE, (10_000, 2))
    assert render(Drawing.of([wild.tolist()])).mean() > 0.3


def test_stamps_and_lines_agree() -> None:
    r = np.random.default_rng(1)
    turns = r.integers(0, SIDE, (400, 2)).tolist()
    whole = Drawing.of([turns])
    halves = [Drawing.of([turns[:130]]), Drawing.of([turns[129:270]]), Drawing.of([turns[269:]])]
    placement = place(whole)
    together = np.maximum.reduce([paint(part.strokes, placement) for part in halves])
    np.testing.assert_allclose(paint(whole.strokes, placement), together, atol=0.3)
