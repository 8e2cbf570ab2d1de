"""Pen strokes of people: read as they were written, split by writer, and varied as hands vary."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.vision.drawing import SIDE, Drawing
from core.vision.hand import people, sample
from core.vision.hand.mood import LARGEST, SMALLEST, varied
from core.vision.hand.people import StrokesMissing

TWO = """\
.INCLUDE        dene.doc
.SEGMENT DIGIT    0 ? "8"
.COMMENT 8 12  224
.PEN_DOWN
 100  300
 200  300
.PEN_UP
.DT 100
.PEN_DOWN
 150  250
.PEN_UP
.SEGMENT DIGIT    1 ? "2"
.COMMENT 2 26   54
.PEN_DOWN
 0  500
 500  0
.PEN_UP
"""


def test_a_file_is_read_stroke_by_stroke_with_y_turned_over() -> None:
    who = people.read(TWO.splitlines())
    assert who.labels.tolist() == [8, 2]
    assert who.writers.tolist() == [12, 26]
    assert who.drawings[0].lists() == [[[200, 400], [400, 400]], [[300, 500]]]
    assert who.drawings[1].lists() == [[[0, 0], [1000, 1000]]]
    assert len(who.where(who.writers == 26)) == 1


@pytest.mark.parametrize("text", ["", "pen", '.SEGMENT DIGIT 0 ? "8"\n.PEN_DOWN\n 1 2', "\x00"])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no digit|begins with|before the pen"):
        people.read(text.splitlines())


def test_what_is_missing_or_damaged_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people.mnist, "places", lambda: [tmp_path])
    people.load.cache_clear()
    try:
        with pytest.raises(StrokesMissing, match=str(tmp_path)):
            people.load()
        (tmp_path / "pendigits").mkdir()
        for damage in (b"nothing of the kind", TWO.encode(), b"\xff\xfe"):
            (tmp_path / people.FILE).write_bytes(damage)
            with pytest.raises(StrokesMissing, match="not the file"):
                people.load()
    finally:
        people.load.cache_clear()


def test_the_real_file_holds_thirty_writers() -> None:
    try:
        who = people.load()
    except StrokesMissing as error:
        pytest.skip(str(error))
    assert len(who) == people.COUNT
    assert set(who.writers.tolist()) == set(range(1, people.WRITERS + 1))
    assert np.bincount(who.labels).min() > 700
    assert all(drawing.points > 5 for drawing in who.drawings)


def test_every_writer_is_kept_out_once_and_whole() -> None:
    writers = np.repeat(np.arange(1, 31), 3)
    parts = people.folds(writers)
    assert len(parts) == people.FOLDS
    assert (np.sum(parts, axis=0) == 1).all()
    for part in parts:
        assert len(set(writers[part])) == 6
        assert not set(writers[part]) & set(writers[~part])


@given(seed=st.integers(0, 2**32), which=st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_a_mood_is_decided_by_its_seed_and_stays_on_the_canvas(seed: int, which: int) -> None:
    one = sample(which)
    again = [varied(one, np.random.default_rng(seed)) for _ in range(2)]
    assert again[0] == again[1]
    assert again[0] != varied(one, np.random.default_rng(seed + 1))
    points = np.concatenate(again[0].strokes)
    assert points.min() >= 0
    assert points.max() < SIDE
    assert SMALLEST - 2 <= np.ptp(points, axis=0).max() <= LARGEST + 2


def test_a_mood_is_still_that_digit_and_a_dot_stays_a_dot() -> None:
    from core import weights
    from core.vision import refusal
    from core.vision.hand import rendered
    from core.vision.hand.people import People

    drawings = tuple(sample(i) for i in range(40))
    labels = np.arange(40) % 10
    who = People(drawings, labels, np.zeros(40, np.int64))
    moods = rendered.moods(who, 5, seed=1)
    assert len(moods) == 6 * 40
    assert (moods.labels.view(6, 40) == moods.labels[:40]).all()
    model = weights.load("simple_cnn_ours")[0]
    right = refusal.features(model, moods.images)[1].argmax(1) == moods.labels  # type: ignore[arg-type]
    assert right.double().mean() > 0.97
    dot = varied(Drawing.of([[[500, 500]]]), np.random.default_rng(0))
    assert dot.points <= 4
