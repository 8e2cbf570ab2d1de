"""The data: as in the notes, and windows of other series."""

import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from core.recurrent.sine.series import VALIDATION, Data, data
from core.recurrent.sine.setting import SineSetting


def series(**given: object) -> Data:
    return data(SineSetting.read(given))


def test_the_notes_data_are_the_notes() -> None:
    """The notes' own lines, after `np.random.seed(3)`."""
    known = series(seed=3)
    state = np.random.get_state()  # noqa: NPY002
    np.random.seed(3)  # noqa: NPY002
    xs, ys = [], []
    for _ in range(1000):
        start = np.random.rand()  # noqa: NPY002
        x = np.linspace(start, start + 2 * np.pi, 50)
        xs.append(np.sin(x))
        ys.append(np.sin(x + 0.1))
    np.random.set_state(state)  # noqa: NPY002
    x = torch.tensor(np.array(xs), dtype=torch.float32).unsqueeze(-1)
    y = torch.tensor(np.array(ys), dtype=torch.float32).unsqueeze(-1)
    assert torch.equal(torch.cat([known.train[0], known.validation[0]]), x)
    assert torch.equal(torch.cat([known.train[1], known.validation[1]]), y)
    assert len(known.train[0]) == 800
    assert known.step == pytest.approx(2 * math.pi / 49) and known.shift == 0.1


@pytest.mark.parametrize("kind", ["sine", "sines", "square", "saw", "noise"])
def test_the_target_is_the_next_sample(kind: str) -> None:
    known = series(kind=kind, samples=300, length=40)
    for x, y in (known.train, known.validation):
        assert x.shape == y.shape and x.shape[1:] == (40, 1) and x.dtype == torch.float32
        assert torch.equal(x[:, 1:], y[:, :-1])
    assert len(known.train[0]) == 240 and len(known.validation[0]) == 60


@pytest.mark.parametrize("kind", ["sine", "noise", "table"])
def test_training_never_sees_a_validation_sample(kind: str) -> None:
    values = np.random.default_rng(0).standard_normal(400).tolist() if kind == "table" else []
    known = series(kind=kind, samples=500, length=20, values=values)
    last = known.course("train", len(known.train[0]) - 1, 20, 1)
    first = known.course("validation", 0, 20, 1)
    assert float(last.after[0]) not in first.shown.tolist()
    if kind == "noise":  # no two samples are alike, so the parts are told by value
        train = torch.cat([known.train[0].flatten(), known.train[1].flatten()])
        valid = torch.cat([known.validation[0].flatten(), known.validation[1].flatten()])
        assert not set(train.tolist()) & set(valid.tolist())


@pytest.mark.parametrize("kind", ["notes", "sine", "sines", "square", "saw", "noise", "table"])
def test_a_course_goes_on_from_its_window(kind: str) -> None:
    values = np.cumsum(np.random.default_rng(1).standard_normal(600)).tolist()
    known = series(kind=kind, length=20, **({"values": values} if kind == "table" else {}))
    for part in ("train", "validation"):
        course = known.course(part, 3, 20, 60)
        x, y = known.windows(part)
        assert np.allclose(course.shown, x[3, :, 0], atol=1e-6)
        assert np.allclose(course.targets, y[3, :, 0], atol=1e-6)
        assert course.after.shape == (60,)
        assert course.after[0] == pytest.approx(course.targets[-1], abs=1e-12)


def test_what_follows_the_notes_window_is_a_sine_in_steps_of_the_shift() -> None:
    course = series().course("validation", 0, 50, 3)
    phase = math.asin(course.shown[0]) + 2 * math.pi
    assert np.allclose(course.after, np.sin(phase + 0.1 * np.arange(1, 4)))


def test_a_table_is_scaled_by_its_training_part_and_ends() -> None:
    values = [5 + 3 * math.sin(i / 4) for i in range(300)]
    known = series(kind="table", values=values, samples=1000)
    cut = np.array(values[:240])
    assert known.mean == pytest.approx(cut.mean()) and known.scale == pytest.approx(cut.std())
    assert known.train[0].shape == (190, 50, 1) and known.validation[0].shape == (10, 50, 1)
    course = known.course("validation", 0, 50, 500)
    assert len(course.after) == 10
    assert np.allclose(course.after * known.scale + known.mean, values[290:])
    with pytest.raises(ValueError, match="ends within"):
        known.course("validation", 0, 60, 5)


def test_a_long_table_is_thinned_evenly() -> None:
    known = series(kind="table", values=[float(i) for i in range(4000)], samples=100)
    starts = known.train[0][:, 0, 0] * known.scale + known.mean
    assert len(starts) == 80 and starts[0] == pytest.approx(0, abs=1e-3)
    assert torch.allclose(starts.diff(), torch.tensor(3149 / 79), atol=0.9)
    assert len(known.validation[0]) == 20


def test_seeds() -> None:
    for kind in ("notes", "sine", "noise"):
        one, same, other = (
            series(kind=kind),
            data(SineSetting(kind=kind)),
            series(kind=kind, seed=1),
        )
        assert torch.equal(one.train[0], same.train[0])
        assert not torch.equal(one.train[0], other.train[0])


def test_at_most_so_many_windows_are_validated_on() -> None:
    assert len(series(samples=5000, length=10).validation[0]) == VALIDATION


def test_shapes_of_the_waves() -> None:
    square = series(kind="square").train[0]
    assert set(square.unique().tolist()) == {-1.0, 1.0}
    saw = series(kind="saw").train[0]
    assert saw.min() >= -1 and saw.max() < 1
    rises = saw[:, 1:] - saw[:, :-1]
    assert torch.allclose(rises[rises > 0], torch.tensor(0.1 / math.pi), atol=1e-5)


def test_bad_places_are_refused() -> None:
    known = series()
    with pytest.raises(ValueError, match="examples 0 to 199, not 200"):
        known.course("validation", 200, 50, 10)
    with pytest.raises(ValueError, match="train or validation"):
        known.windows("test")


@given(st.integers(55, 400), st.integers(20, 400), st.integers(10, 60))
def test_a_setting_knows_how_many_windows_its_table_has(
    points: int, samples: int, length: int
) -> None:
    values = [float(i % 7) for i in range(points)]
    try:
        setting = SineSetting.read(
            {"kind": "table", "values": values, "samples": samples, "length": length}
        )
    except ValueError:
        assume(False)
    assert len(data(setting).train[0]) == setting.windows
