"""The real engine: whatever is done to a run, it has the bits of a run in one process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.training.job import State
from core.training.limits import Denied
from core.training.record import record
from core.training.recording import Recording
from tests.core.training.conftest import Desk
from tests.core.training.line import ENDLESS, JOB, same
from tests.patience import PATIENCE


def test_a_run_through_the_engine_has_the_bits_of_a_run_without_one(desk: Desk) -> None:
    run = desk.ended(desk.begin(steps=300, pause=0.001))
    assert run.status == "done" and run.step == 300
    same(run)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(["pause", "step", "rate", "stir"]), min_size=2, max_size=5))
def test_whatever_is_done_in_mid_run_the_bits_are_the_same(desk: Desk, verbs: list[str]) -> None:
    run = desk.begin(steps=200, pause=0.001, learning_rate=0.05)
    with suppress(Denied):  # it may be done before all is asked for
        for number, verb in enumerate(verbs):
            goal = run.step + 10 * number
            desk.until(lambda goal=goal: run.step >= goal or not run.computing)
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
    run = desk.begin(**ENDLESS, learning_rate=0.05)
    desk.until(lambda: run.step > 5)

    def at_once() -> None:
        if verb == "play":
            desk.engine.runs.take(run, 200)
        desk.engine.runs.rate(run, 0.01)
        getattr(desk.engine.runs, verb)(*((run, 20) if verb == "take" else (run,)))

    desk.ask(at_once)
    desk.advances(run)
    desk.do("pause", run)
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
    run = desk.begin(**ENDLESS)
    desk.until(lambda: run.step > 5)

    def paused() -> int:
        desk.engine.runs.pause(run)
        assert run.status == "paused"
        return run.step

    step = desk.ask(paused)
    desk.do("take", run, 1)
    desk.ended(run)
    assert (run.status, run.step) == ("paused", step + 1)  # what was on its way has not come
    desk.do("play", run)
    desk.advances(run)


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
    asyncio.run_coroutine_threadsafe(closed(), loop).result(PATIENCE)
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
    run = desk.begin(**ENDLESS)
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
    run = desk.begin(**ENDLESS, learning_rate=0.01)
    desk.until(lambda: run.step > 20)
    desk.do("rate", run, 0.001)
    assert run.rate == 0.001
    desk.until(lambda: len(run.recording.rates) == 2 and run.step > run.recording.rates[1][0])
    desk.do("pause", run)
    (_, first), (step, second) = run.recording.rates
    assert (first, second) == (0.01, 0.001) and 20 < step < run.step
    same(run)
    desk.do("reset", run)
    assert run.rate == 0.01


def test_a_rate_moved_all_the_time_does_not_hold_the_run_up(desk: Desk) -> None:
    run = desk.begin(**ENDLESS, learning_rate=0.01)
    desk.until(lambda: run.step > 0)
    before, random = run.step, np.random.default_rng(0)

    def moved() -> bool:
        desk.engine.runs.rate(run, 0.01 + 0.001 * random.random())
        return run.step > before + 100

    desk.until(moved)


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
    with pytest.raises(ValueError, match="has ended"):
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


@pytest.mark.parametrize(
    ("limit", "trouble"), [({"seconds": 0.3}, "time"), ({"run_bytes": 3000}, "limit")]
)
def test_time_and_size_are_limited(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, limit: dict[str, Any], trouble: str
) -> None:
    monkeypatch.setattr(desk.engine, "limits", replace(desk.engine.limits, **limit))
    run = desk.ended(desk.begin(**ENDLESS, width=400, learning_rate=0.001))
    assert (run.status, run.trouble) == ("stopped", trouble)


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


def test_time_left_is_told_while_a_run_computes(desk: Desk) -> None:
    run = desk.begin(**ENDLESS)
    desk.until(lambda: run.left is not None)
    assert run.left > 0  # how near it comes: test_runs
    desk.do("pause", run)
    assert run.left is None


def test_who_does_not_listen_is_paused_and_then_forgotten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.engine, "grace", 0.5)
    run = desk.begin(**ENDLESS)
    event = desk.ask(lambda: desk.engine.listen(run, print_nothing))
    assert event.startswith(b"event: run")
    desk.advances(run, 150)  # three times as long as is given to those who do not listen
    assert run.status == "running"
    desk.ask(lambda: desk.engine.leave(run, print_nothing))
    desk.until(lambda: run.status == "paused")
    assert desk.ask(lambda: desk.engine.runs[run.id]) is run
    monkeypatch.setattr(desk.engine, "memory", 0.0)
    with pytest.raises(ValueError, match="no such run"):
        desk.until(lambda: desk.engine.runs[run.id] is None)


def print_nothing(event: bytes) -> None:
    pass


def test_eight_runs_on_two_workers_go_on_together(desk: Desk) -> None:
    """None starves while the others compute; how alike they are is a figure of benchmarks/."""
    runs = [desk.begin(**ENDLESS, seed=seed) for seed in range(8)]
    for _ in range(2):
        before = [run.step for run in runs]
        desk.until(lambda old=before: all(run.step > old[i] for i, run in enumerate(runs)))
    assert {run.status for run in runs} == {"running"}


def test_twenty_runs_take_turns_on_eight_places_and_have_the_same_bits(desk: Desk) -> None:
    runs = [desk.begin(**ENDLESS, seed=seed) for seed in range(20)]
    for _ in range(2):
        before = [run.step for run in runs]
        desk.until(lambda old=before: all(run.step > old[i] for i, run in enumerate(runs)))
    statuses = desk.ask(lambda: [run.status for run in runs])
    assert (statuses.count("running"), statuses.count("waiting")) == (8, 12)
    places = desk.ask(lambda: [run.place for run in desk.engine.runs.waiting])
    assert places == list(range(1, 13))
    for run in runs:
        desk.do("pause", run)
        same(run)


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
