"""The real engine: whatever is done to a run, it has the bits of a run in one process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.training.job import State
from core.training.limits import Denied, Limits
from core.training.record import record
from core.training.recording import Recording
from core.training.run import Run
from tests.core.training.conftest import Desk, made
from tests.core.training.line import JOB


def same(run: Run) -> None:
    """The run has the very bits of a recording made without an engine."""
    expected = record(
        JOB, run.config, rates=tuple(run.recording.rates), steps=run.step, chunk=10_000
    )
    assert run.recording.saved[-1].state == expected.saved[-1].state
    for name, values in expected.series.items():
        np.testing.assert_array_equal(run.recording.series[name], values)
    if run.step:
        assert run.recording.saved[-1].marks == expected.saved[-1].marks


def test_a_run_through_the_engine_has_the_bits_of_a_run_without_one(desk: Desk) -> None:
    run = desk.ended(desk.begin(steps=300, pause=0.001))
    assert run.status == "done" and run.step == 300
    same(run)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(["pause", "step", "rate", "stir"]), min_size=2, max_size=5))
def test_whatever_is_done_in_mid_run_the_bits_are_the_same(desk: Desk, verbs: list[str]) -> None:
    run = desk.begin(steps=200, pause=0.001, learning_rate=0.05)
    with suppress(Denied):  # on a busy machine it may be done before all is asked for
        for number, verb in enumerate(verbs):
            time.sleep(0.03 * number)
            if verb == "pause":
                desk.do("pause", run)
                desk.do("play", run)
            elif verb == "step":
                desk.do("take", run, 7)
            elif verb == "rate":
                desk.do("rate", run, 0.05 / (number + 1))
            else:
                desk.do("play", run)
        desk.do("play", run)
    desk.ended(run)
    assert run.status == "done" and len(run.recording.series["line.loss"]) == 200
    same(run)


@pytest.mark.parametrize("verb", ["take", "play"])
def test_a_rate_that_waits_for_a_chunk_that_is_forgotten_holds_from_the_last_state(
    desk: Desk, verb: str
) -> None:
    run = desk.begin(steps=300, pause=0.002, learning_rate=0.05)
    desk.until(lambda: run.step > 5)

    def at_once() -> None:
        if verb == "play":
            desk.engine.runs.take(run, 200)
        desk.engine.runs.rate(run, 0.01)
        getattr(desk.engine.runs, verb)(*((run, 20) if verb == "take" else (run,)))

    desk.ask(at_once)
    desk.ended(run)
    assert [rate for _, rate in run.recording.rates] == [0.05, 0.01]
    same(run)


def test_one_worker_or_two_make_no_difference(desk: Desk) -> None:
    runs = [desk.begin(steps=200, pause=0.001, seed=seed) for seed in range(6)]
    for run in runs:
        same(desk.ended(run))


def test_a_new_run_that_does_not_play_shows_its_first_state(desk: Desk) -> None:
    run = desk.ended(desk.begin(play=False))
    assert (run.status, run.step) == ("paused", 0)
    assert set(run.recording.saved[0].pictures) == {"weight"}


def test_pause_freezes_at_once(desk: Desk) -> None:
    run = desk.begin(steps=2000, pause=0.002)
    desk.until(lambda: run.step > 5)
    began = time.perf_counter()
    desk.do("pause", run)
    assert time.perf_counter() - began < 0.1
    step = run.step
    time.sleep(0.6)
    assert (run.status, run.step) == ("paused", step)
    desk.do("play", run)
    desk.until(lambda: run.step > step)


def test_a_pause_while_a_result_is_on_its_way_stops_nobody_for_good(desk: Desk) -> None:
    """Dask's client gathers for all who wait at once: one who leaves must not take that along."""
    client = desk.engine._cluster._client  # type: ignore[union-attr]
    gates = client._gather_semaphore
    places = gates._value

    async def closed() -> None:
        for _ in range(places):
            await gates.acquire()

    loop = desk.engine._loop
    assert loop is not None
    asyncio.run_coroutine_threadsafe(closed(), loop).result(10)
    run = desk.begin(steps=100)
    desk.until(lambda: client._gather_keys is not None)  # its first state is ready to come
    desk.do("pause", run)
    desk.ask(lambda: [gates.release() for _ in range(places)])
    desk.do("play", run)
    assert desk.ended(run).status == "done"
    same(run)


def test_steps_are_counted_exactly_and_add_up(desk: Desk) -> None:
    run = desk.ended(desk.begin(play=False, pause=0.002))
    desk.do("take", run, 1)
    assert desk.ended(run).step == 1 and run.status == "paused"
    desk.do("take", run, 25)
    assert desk.ended(run).step == 26
    for _ in range(5):
        desk.do("take", run, 1)
    assert desk.ended(run).step == 31
    desk.do("take", run, 1000)
    assert desk.ended(run).step == 60 and run.status == "done"
    same(run)


def test_stop_is_final_and_keeps_what_there_is(desk: Desk) -> None:
    run = desk.begin(steps=2000, pause=0.002)
    desk.until(lambda: run.step > 5)
    desk.do("stop", run)
    assert run.status == "stopped"
    with pytest.raises(ValueError, match="has ended"):
        desk.do("play", run)
    same(run)


def test_reset_is_the_same_run_again(desk: Desk) -> None:
    run = desk.begin(steps=100)
    first = desk.ended(run).recording
    desk.do("rate", desk.do("fork", run, 0), 0.5)
    desk.do("reset", run)
    desk.ended(run)
    assert (run.status, run.step) == ("paused", 0) and not run.recording.series
    desk.do("play", run)
    desk.ended(run)
    assert run.recording.saved[-1].state == first.saved[-1].state


def test_a_changed_rate_holds_from_the_next_chunk_on_and_after_a_reset_no_more(desk: Desk) -> None:
    run = desk.begin(steps=400, pause=0.002, learning_rate=0.01)
    desk.until(lambda: run.step > 20)
    desk.do("rate", run, 0.001)
    assert run.rate == 0.001
    desk.ended(run)
    (_, first), (step, second) = run.recording.rates
    assert (first, second) == (0.01, 0.001) and 20 < step < 400
    same(run)
    desk.do("reset", run)
    assert run.rate == 0.01


def test_a_rate_moved_all_the_time_does_not_hold_the_run_up(desk: Desk) -> None:
    run = desk.begin(steps=5000, pause=0.002, learning_rate=0.01)
    desk.until(lambda: run.step > 0)
    before, began = run.step, time.perf_counter()
    while time.perf_counter() - began < 1.5:
        desk.do("rate", run, 0.01 + 0.001 * np.random.default_rng(0).random())
        time.sleep(0.02)
    assert run.step > before + 150


def test_a_fork_goes_on_from_an_earlier_state_on_its_own(desk: Desk) -> None:
    run = desk.ended(desk.begin(steps=100, pause=0.002))
    middle = run.recording.saved[len(run.recording.saved) // 2].step
    fork = desk.do("fork", run, middle)
    assert (fork.status, fork.step, fork.id == run.id) == ("paused", middle, False)
    np.testing.assert_array_equal(
        fork.recording.series["line.loss"], run.recording.series["line.loss"][:middle]
    )
    desk.do("rate", fork, 0.01)
    desk.do("play", fork)
    same(desk.ended(fork))
    assert fork.recording.saved[-1].state != run.recording.saved[-1].state
    assert run.step == 100
    last = desk.do("fork", run, 100)
    assert last.status == "done"


@pytest.mark.parametrize("step", [-1, 101, 1.5, "3", None, True])
def test_a_fork_from_nowhere_is_refused(desk: Desk, step: object) -> None:
    run = desk.ended(desk.begin(steps=100))
    with pytest.raises(ValueError, match="steps from 0 to 100"):
        desk.do("fork", run, step)


def test_a_run_that_diverges_says_so_and_keeps_its_last_good_state(desk: Desk) -> None:
    run = desk.ended(desk.begin(learning_rate=5.0))
    assert (run.status, run.trouble) == ("diverged", "diverged")
    same(run)
    with pytest.raises(ValueError, match="diverged"):
        desk.do("play", run)
    fork = desk.do("fork", run, 1)
    desk.do("rate", fork, 0.05)
    desk.do("play", fork)
    assert desk.ended(fork).status == "done"


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [("RuntimeError", "error"), ("MemoryError", "memory"), ("MNISTMissing", "data")],
)
def test_a_chunk_that_fails_ends_its_run_alone_and_says_why(
    desk: Desk, fault: str, trouble: str
) -> None:
    run = desk.begin(fail_at=30, fault=fault, pause=0.001)
    other = desk.begin(steps=300, pause=0.001)
    desk.ended(run)
    assert (run.status, run.trouble) == ("lost", trouble) and run.step <= 30
    assert desk.ended(other).status == "done"


def test_time_and_size_are_limited() -> None:
    for limits, trouble in ((Limits(seconds=0.3), "time"), (Limits(run_bytes=3000), "limit")):
        desk = made(workers=1, limits=limits)
        try:
            run = desk.ended(desk.begin(steps=5000, pause=0.002, width=400, learning_rate=0.001))
            assert (run.status, run.trouble) == ("stopped", trouble)
        finally:
            desk.engine.close()


def test_listeners_hear_every_value_once_and_in_order(desk: Desk) -> None:
    run = desk.ended(desk.begin(play=False, steps=200, pause=0.002))
    heard: list[list[bytes]] = [[], []]

    def listen(number: int) -> Callable[[bytes], None]:
        heard[number].append(desk.ask(lambda: desk.engine.listen(run, heard[number].append)))
        return heard[number].append

    listen(0)
    desk.do("play", run)
    desk.until(lambda: run.step > 30)
    listen(1)
    desk.ended(run)
    for events in heard:
        kinds, abouts = zip(*map(_parsed, events), strict=True)
        assert kinds[0] == "run" and set(kinds[1:]) == {"change"}
        values = list(abouts[0]["series"].get("line.loss", []))
        for about in abouts[1:]:
            assert about["from"] == len(values)
            values += about["series"].get("line.loss", [])
        np.testing.assert_array_equal(
            np.array(values, np.float32), run.recording.series["line.loss"]
        )
        assert abouts[-1]["status"] == "done"
        versions = [about["version"] for about in abouts]
        assert versions == sorted(set(versions))


def test_after_a_reset_everything_is_told_anew(desk: Desk) -> None:
    run = desk.ended(desk.begin(steps=20))
    heard: list[bytes] = []
    desk.ask(lambda: desk.engine.listen(run, heard.append))
    desk.do("reset", run)
    kind, about = _parsed(heard[0])
    assert kind == "run" and about["step"] == 0 and about["series"] == {}


def _parsed(event: bytes) -> tuple[str, dict]:
    kind, data = event.decode().removesuffix("\n\n").split("\n")
    return kind.removeprefix("event: "), orjson.loads(data.removeprefix("data: "))


def test_time_left_and_first_loss_come_soon(desk: Desk) -> None:
    desk.ended(desk.begin(steps=2))
    run = desk.begin(steps=1000, pause=0.002)
    assert desk.until(lambda: run.step > 0) < 3
    desk.until(lambda: run.step > 300)
    shortest = (1000 - run.step) * 0.002
    assert run.left is not None and 0.9 * shortest < run.left < 10 * shortest  # others compute too
    desk.do("pause", run)
    assert run.left is None


def test_who_does_not_listen_is_paused_and_then_forgotten() -> None:
    desk = made(workers=1, grace=0.5, memory=2.0)
    try:
        run = desk.begin(steps=20_000, pause=0.005)
        event = desk.ask(lambda: desk.engine.listen(run, print_nothing))
        assert event.startswith(b"event: run")
        desk.until(lambda: run.step > 0)
        time.sleep(1.5)
        assert run.status == "running"
        desk.ask(lambda: desk.engine.leave(run, print_nothing))
        desk.until(lambda: run.status == "paused", 3)
        assert desk.ask(lambda: desk.engine.runs[run.id]) is run
        with pytest.raises(ValueError, match="no such run"):
            desk.until(lambda: desk.engine.runs[run.id] is None, 5)
    finally:
        desk.engine.close()


def print_nothing(event: bytes) -> None:
    pass


def test_eight_runs_on_two_workers_are_treated_alike(desk: Desk) -> None:
    runs = [desk.begin(steps=20_000, pause=0.002, seed=seed) for seed in range(8)]
    desk.until(lambda: all(run.step > 20 for run in runs), 20)
    before = [run.step for run in runs]
    time.sleep(5)
    progress = [run.step - old for run, old in zip(runs, before, strict=True)]
    assert max(progress) / min(progress) < 3  # how alike they are is a figure of benchmarks/


def test_a_ninth_run_waits_and_knows_its_place(desk: Desk) -> None:
    runs = [desk.begin(steps=20_000, pause=0.005, seed=seed) for seed in range(10)]
    desk.until(lambda: runs[9].place == 2)
    assert [run.status for run in runs] == ["running"] * 8 + ["waiting"] * 2
    assert [run.place for run in runs] == [0] * 8 + [1, 2]
    desk.do("pause", runs[3])
    assert (runs[8].status, runs[9].place) == ("running", 1)
    desk.do("pause", runs[9])
    desk.do("play", runs[3])
    assert (runs[3].status, runs[3].place) == ("waiting", 1)


def test_a_shipped_run_is_there_for_everyone_and_nobody_steers_it(desk: Desk) -> None:
    recording = record(JOB, JOB.read({"steps": 20}))
    run = desk.ask(lambda: desk.engine.runs.publish(recording, "shipped-line"))
    assert run.status == "done" and desk.do("of", None) == [run]
    for verb, *values in (["play"], ["pause"], ["stop"], ["reset"], ["forget"], ["fork", 3]):
        with pytest.raises(ValueError, match="there to be looked at"):
            desk.do(verb, run, *values)


def test_a_state_of_the_past_is_the_state_of_that_step(desk: Desk) -> None:
    run = desk.ended(desk.begin(steps=50, pause=0.002))
    for saved in run.recording.saved:
        expected: Recording = record(JOB, run.config, steps=saved.step)
        assert isinstance(saved.state, State)
        assert saved.state == expected.saved[-1].state
