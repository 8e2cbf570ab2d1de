import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.vision import hand
from core.vision.drawing import SIDE
from core.vision.hand import HELD_OUT, KINDS, STYLES
from core.vision.hand.curves import arc, curve, line
from core.vision.hand.others import HELD_LETTERS, HELD_SHAPES, LETTERS, SHAPES
from core.vision.preprocess import render

WAYS = [(label, style) for label in STYLES for style in STYLES[label]]


@pytest.mark.parametrize(("label", "style"), WAYS)
def test_every_style_gives_a_drawing(label: int, style: str) -> None:
    for seed in range(5):
        drawing = hand.digit(label, np.random.default_rng(seed), style)
        assert drawing.strokes
        assert 0.02 < render(drawing).mean() < 0.35


@given(label=st.integers(0, 9), seed=st.integers(0, 2**32), held_out=st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_generator_decides_everything(label: int, seed: int, held_out: bool) -> None:
    one = hand.digit(label, np.random.default_rng(seed), held_out=held_out)
    two = hand.digit(label, np.random.default_rng(seed), held_out=held_out)
    other = hand.digit(label, np.random.default_rng(seed + 1), held_out=held_out)
    assert one == two
    assert one != other
    for stroke in one.strokes:
        assert stroke.min() >= -40
        assert stroke.max() < SIDE + 40


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("held_out", [False, True])
def test_every_kind_of_non_digit_gives_a_drawing(kind: str, held_out: bool) -> None:
    for seed in range(5):
        assert hand.nondigit(np.random.default_rng(seed), kind, held_out).strokes


def test_what_is_kept_apart_is_kept_apart() -> None:
    for label in STYLES:
        assert HELD_OUT[label] in STYLES[label]
        assert hand.styles(label, held_out=True) == [HELD_OUT[label]]
        assert HELD_OUT[label] not in hand.styles(label)
        assert len(hand.styles(label)) >= 5
    assert set(LETTERS) > HELD_LETTERS
    assert set(SHAPES) > HELD_SHAPES


def test_people_differ_in_size_place_slant_and_haste() -> None:
    r = np.random.default_rng(0)
    drawings = [hand.digit(1, r, "bar") for _ in range(200)]
    points = [np.concatenate(d.strokes) for d in drawings]
    sizes = np.array([float(np.ptp(p, axis=0).max()) for p in points])
    assert sizes.min() < 200 < 800 < sizes.max()
    assert np.std([p.mean(0) for p in points], axis=0).min() > 100
    lean = np.array([(p[-1, 0] - p[0, 0]) / max(1, abs(p[-1, 1] - p[0, 1])) for p in points])
    assert lean.min() < -0.2 < 0.3 < lean.max()
    counts = [d.points for d in drawings]
    assert min(counts) < 12 < 200 < max(counts)


def test_samples_are_steady_and_neat() -> None:
    for n in range(20):
        assert hand.sample(n) == hand.sample(n)
        points = np.concatenate(hand.sample(n).strokes)
        assert np.abs((points.min(0) + points.max(0)) / 2 - SIDE / 2).max() < 40
        assert 500 < np.ptp(points, axis=0).max() < 720
    assert hand.sample(3) != hand.sample(13)


def test_bad_requests() -> None:
    r = np.random.default_rng(0)
    with pytest.raises(ValueError, match="0 to 9"):
        hand.digit(10, r)
    with pytest.raises(ValueError, match="no style"):
        hand.digit(1, r, "in Roman numerals")
    with pytest.raises(ValueError, match="no kind"):
        hand.nondigit(r, "digit")
    with pytest.raises(ValueError, match="counted from 0"):
        hand.sample(-1)


def test_curves_go_through_their_points() -> None:
    points = [(0.0, 0.0), (0.3, 0.8), (0.9, 0.2), (1.0, 1.0)]
    for drawn in (curve(*points), line(*points)):
        for point in points:
            assert np.abs(drawn - point).sum(1).min() < 1e-9
    ring = arc(0.5, 0.5, 0.4, 0.4, 0, 1)
    np.testing.assert_allclose(np.hypot(*(ring - 0.5).T), 0.4)
    np.testing.assert_allclose(arc(0, 0, 1, 1, 0, 0.25)[-1], (0, 1), atol=1e-9)  # downwards
