"""What a run leaves behind: it stays small, even over the steps, and comes back from a file."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load, save_file

from core.training.job import Log, State
from core.training.record import record
from core.training.recording import Recording
from tests.core.training.line import JOB


def recorded(*lengths: int, size: int = 10) -> Recording:
    """A recording of chunks of these lengths."""
    recording = Recording("line", {}, [(0, 0.1)])
    recording.add(State(0, bytes(size)), Log({}, {"m": 0.0}, seconds=1.0))
    step = 0
    for length in lengths:
        values = np.arange(step + 1, step + length + 1, dtype=np.float32)
        step += length
        log = Log({"loss": values}, {"m": float(step)}, seconds=1.0)
        recording.add(State(step, bytes(size)), log)
    return recording


@given(st.lists(st.integers(1, 50), max_size=80), st.integers(2, 12))
def test_first_and_last_state_stay_however_much_is_thinned(chunks: list[int], most: int) -> None:
    recording = recorded(*chunks)
    recording.thin(most)
    steps = [saved.step for saved in recording.saved]
    assert steps[0] == 0 and steps[-1] == sum(chunks)
    assert len(steps) == min(most, len(chunks) + 1) and steps == sorted(set(steps))


@pytest.mark.parametrize("chunks", [100, 1000])
def test_states_stay_even_over_the_steps_while_a_run_grows(chunks: int) -> None:
    recording = Recording("line", {}, [(0, 0.1)])
    for step in range(chunks + 1):
        recording.add(State(step, b""), Log({}))
        recording.thin(20)
    gaps = np.diff([saved.step for saved in recording.saved])
    assert len(gaps) == 19
    assert gaps[:-1].max() <= 3 * gaps[:-1].min()


def test_bytes_are_bounded_too_but_two_states_stay() -> None:
    recording = recorded(*[1] * 30, size=1000)
    recording.thin(48, 10_000)
    assert 2 < len(recording.saved) <= 10
    recording.thin(48, 10)
    assert [saved.step for saved in recording.saved] == [0, 30]


def test_series_have_one_value_for_each_step() -> None:
    recording = recorded(3, 1, 4)
    np.testing.assert_array_equal(recording.series["loss"], np.arange(1, 9))
    assert recording.series["loss"].dtype == np.float32
    assert recording.step == 8 and recording.seconds == 4.0


def test_a_chunk_with_too_few_values_is_refused() -> None:
    recording = recorded(3)
    with pytest.raises(ValueError, match=r"2 steps gave \(1,\) values of 'loss'"):
        recording.add(State(5, b""), Log({"loss": np.zeros(1, np.float32)}))


def test_a_series_that_begins_later_or_pauses_has_nan_before() -> None:
    recording = recorded(2)
    recording.add(State(3, b""), Log({"other": np.ones(1, np.float32)}))
    np.testing.assert_array_equal(recording.series["other"], [np.nan, np.nan, 1])
    np.testing.assert_array_equal(recording.series["loss"], [1, 2, np.nan])


def test_the_nearest_state_at_or_before_a_step_is_found() -> None:
    recording = recorded(3, 4)
    found = [recording.at(step).step for step in (0, 2, 3, 6, 7, 100)]
    assert found == [0, 0, 3, 3, 7, 7]
    with pytest.raises(LookupError):
        Recording("line", {}, []).at(0)


def test_a_history_until_a_state_forgets_what_came_later() -> None:
    recording = recorded(3, 4, 2)
    recording.rates += [(3, 0.2), (7, 0.3)]
    other = recording.until(6)
    assert other.step == 3 and other.rates == [(0, 0.1), (3, 0.2)]
    assert other.series["loss"].tolist() == [1, 2, 3] and other.seconds == 2.0
    other.add(State(4, b""), Log({"loss": np.ones(1, np.float32)}))
    assert len(recording.series["loss"]) == 9 and recording.step == 9


def test_a_recording_comes_back_from_its_file(tmp_path: Path) -> None:
    recording = record(JOB, JOB.read({"steps": 30}), keep=5, chunk=4, rates=((0, 0.1), (9, 0.05)))
    recording.save(tmp_path / "r.safetensors", keep=lambda name: name.startswith("line."))
    again = Recording.load(tmp_path / "r.safetensors")
    assert (again.job, again.config, again.rates) == ("line", recording.config, recording.rates)
    np.testing.assert_array_equal(again.series["line.loss"], recording.series["line.loss"])
    assert [saved.step for saved in again.saved] == [saved.step for saved in recording.saved]
    for new, old in zip(again.saved, recording.saved, strict=True):
        assert (new.marks, new.seconds) == (old.marks, old.seconds)
        np.testing.assert_array_equal(new.pictures["weight"], old.pictures["weight"])
        tensors, whole = load(new.state.tensors), load(old.state.tensors)
        assert set(tensors) == {"line.weight"}
        np.testing.assert_array_equal(tensors["line.weight"], whole["line.weight"])


def test_another_file_is_no_recording(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    save_file({"a": np.zeros(1)}, tmp_path / "weights")
    for name in ("text", "weights", "nothing"):
        with pytest.raises(ValueError, match=f"{name} is no recording of a run."):
            Recording.load(tmp_path / name)


def test_how_a_run_is_cut_makes_no_difference() -> None:
    config = JOB.read({"steps": 40})
    whole = record(JOB, config, chunk=40)
    cut = record(JOB, config, chunk=7)
    assert whole.saved[-1].state == cut.saved[-1].state
    np.testing.assert_array_equal(whole.series["line.loss"], cut.series["line.loss"])


def test_a_rate_holds_from_its_step_on() -> None:
    config = JOB.read({"steps": 20})
    changed = record(JOB, config, rates=((0, 0.1), (10, 0.01)))
    plain = record(JOB, config)
    same = changed.series["line.loss"] == plain.series["line.loss"]
    assert same[:11].all() and not same[11:].any()


def test_a_run_that_diverges_ends_with_its_last_good_state() -> None:
    recording = record(JOB, JOB.read({"learning_rate": 5.0}))
    assert 0 < recording.step < 60
    assert np.isfinite(recording.series["line.loss"]).all()


def test_the_bytes_of_a_state_travel_beside_its_pickle() -> None:
    state, beside = State(7, bytes(range(256)) * 4000), []
    inside = pickle.dumps((state, Log({})), 5, buffer_callback=beside.append)
    assert len(inside) < 1000
    assert sum(len(buffer.raw()) for buffer in beside) == len(state.tensors)
    arrived, _log = pickle.loads(inside, buffers=[bytearray(buffer.raw()) for buffer in beside])
    assert arrived == state and type(arrived.tensors) is bytes


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_state_can_be_pickled_and_copied_as_anything_else(protocol: int) -> None:
    state = State(7, b"bytes")
    assert pickle.loads(pickle.dumps(state, protocol)) == copy.deepcopy(state) == state
