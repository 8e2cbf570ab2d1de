"""Drawings: limits, and links that give back every point."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vision.drawing import HIGH, LOW, MAX_POINTS, MAX_STROKES, Drawing, DrawingError

points = st.lists(
    st.tuples(st.integers(LOW, HIGH), st.integers(LOW, HIGH)), min_size=1, max_size=40
)


@given(st.lists(points, max_size=12))
def test_a_link_gives_back_every_point(strokes: list[list[tuple[int, int]]]) -> None:
    drawing = Drawing.of(strokes)
    assert Drawing.decode(drawing.encode()) == drawing
    assert Drawing.of(drawing.lists()) == drawing
    assert hash(Drawing.of(drawing.lists())) == hash(drawing)


def test_golden_code() -> None:
    """Links in printed slides must keep working: this text may never change its meaning."""
    assert Drawing.of([[[10, 20], [30, 41]], [[500, 500]]]).encode() == "AQIUKCgqAegH6Ac"
    assert Drawing.decode("AQIUKCgqAegH6Ac").lists() == [[[10, 20], [30, 41]], [[500, 500]]]


@given(st.text(max_size=60))
def test_rubbish_is_refused_with_a_sentence_or_is_a_drawing(text: str) -> None:
    try:
        assert isinstance(Drawing.decode(text), Drawing)
    except DrawingError as error:
        sentence = str(error)
    else:
        return
    assert sentence.endswith(".")


@given(st.binary(max_size=60))
def test_damaged_bytes_never_raise_anything_else(code: bytes) -> None:
    import base64

    try:
        Drawing.decode(base64.urlsafe_b64encode(b"\x01" + code).rstrip(b"=").decode())
    except DrawingError:
        pass


@pytest.mark.parametrize(
    "strokes",
    [
        None,
        7,
        "strokes",
        {},
        [7],
        [[]],
        [[7]],
        [[[1]]],
        [[[1, 2, 3]]],
        [[[1, 2], [3]]],
        [[["a", "b"]]],
        [[[None, 1]]],
        [[[True, False]]],
        [[[float("nan"), 1]]],
        [[[float("inf"), 1]]],
        [[[LOW - 1, 0]]],
        [[[0, HIGH + 1]]],
        [[[10**400, 0]]],
        [[[[1, 2]]]],
        [[[1, 2]]] * (MAX_STROKES + 1),
        [[[1, 2]] * (MAX_POINTS + 1)],
    ],
)
def test_what_is_not_a_drawing_is_refused(strokes: object) -> None:
    with pytest.raises(DrawingError, match=r"\.$"):
        Drawing.of(strokes)


def test_the_limits_themselves_are_allowed() -> None:
    assert Drawing.of([[[1, 2]] * MAX_POINTS]).points == MAX_POINTS
    assert len(Drawing.of([[[LOW, HIGH]]] * MAX_STROKES).strokes) == MAX_STROKES
    assert Drawing.empty().encode() == "" and Drawing.decode("") == Drawing.empty()


def test_strokes_cannot_be_changed_behind_our_back() -> None:
    drawing = Drawing.of([[[1, 2]]])
    with pytest.raises(ValueError, match="read-only"):
        drawing.strokes[0][0, 0] = 9
    assert drawing.strokes[0].dtype == np.int16
