"""The table of runs by itself: what is refused, who makes room for whom. Nothing is computed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from core.training.job import Log, State
from core.training.limits import COUNT, RATE, Denied, Limits
from core.training.run import Run
from core.training.runs import Runs
from tests.core.training.conftest import JOBS

SMALL = Limits(computing=2, kept=3, live=5, steps=100, all_bytes=1000)


class Table(Runs):
    """Runs that are admitted but never come back."""

    def __init__(self, limits: Limits = SMALL) -> None:
        self.log: list[tuple[str, Run]] = []
        super().__init__(
            JOBS,
            limits,
            lambda run: self.log.append(("admit", run)),
            lambda run: self.log.append(("drop", run)),
            lambda run: self.log.append(("told", run)),
        )
        self.capacity = 8

    def new(self, owner: str = "owner", play: bool = True, client: str = "") -> Run:
        return self.begin(owner, "line", {}, play, client)

    def done(self, owner: str = "owner", client: str = "") -> Run:
        """A run that has taken all its steps."""
        run = self.new(owner, client=client)
        run.add(State(0, b""), Log({}), Limits())
        run.add(State(run.steps, b""), Log({}), Limits())
        assert run.status == "done"
        return run


def test_too_many_at_once_are_refused_until_one_rests() -> None:
    table = Table()
    first, _ = table.new(), table.new()
    with pytest.raises(Denied, match="You train 2 networks at once already"):
        table.new()
    table.new("another")
    table.pause(first)
    table.new()
    with pytest.raises(Denied, match="You train 2"):
        table.play(first)


def test_the_oldest_run_at_rest_makes_room() -> None:
    table = Table()
    runs = [table.new() for _ in range(1)]
    for _ in range(4):
        table.pause(runs[-1])
        runs.append(table.new())
    assert table.of("owner") == runs[-3:]
    with pytest.raises(Denied, match="no such run"):
        table[runs[0].id]


def test_a_run_that_is_looked_at_goes_last() -> None:
    table = Table()
    runs = [table.new() for _ in range(1)]
    runs[0].listeners.add(print)
    for _ in range(3):
        table.pause(runs[-1])
        runs.append(table.new())
    assert runs[0] in table.of("owner") and runs[1] not in table.of("owner")


def test_all_owners_together_have_a_limit_and_those_who_compute_stay() -> None:
    table = Table()
    for number in range(5):
        table.new(f"owner{number}")
    with pytest.raises(Denied, match="as many networks as it can"):
        table.new("late")
    table.pause(table.of("owner2")[0])
    table.new("late")
    assert not table.of("owner2") and table.of("owner1")


def test_nobody_loses_what_was_computed_to_a_newcomer() -> None:
    """Neither a run that is done, nor one that is paused, nor one that is looked at."""
    table = Table()
    done, paused, seen = table.done("a"), table.new("b"), table.new("c", play=False)
    paused.add(State(0, b""), Log({}), Limits())
    paused.add(State(3, b""), Log({}), Limits())
    for run in (paused, seen):
        table.pause(run)
    seen.listeners.add(print)
    for number in range(300):
        with suppress(Denied):
            table.pause(table.new(f"hostile{number}", play=False))
    for run in (done, paused, seen):
        assert table[run.id] is run


def test_one_address_leaves_room_for_the_others() -> None:
    table = Table(Limits(live=6, live_here=4, computes=5, computes_here=3))
    for number in range(3):
        table.new(f"owner{number}", client="there")
    with pytest.raises(Denied, match="trained at once; try again"):
        table.new("late", client="there")
    table.done("d", "here")
    table.pause(table.new("waits", play=False, client="there"))
    table.new("late", play=False, client="there")  # it takes the place of one that never computed
    assert not table.of("waits")
    with pytest.raises(Denied, match="as many networks as it can"):
        table.new("later", play=False, client="there")
    assert table.new("student", client="here")


def test_the_address_with_most_unused_runs_makes_room_first() -> None:
    table = Table(replace(SMALL, live=4))
    mine = table.new("student", play=False, client="here")
    table.pause(mine)
    for number in range(8):
        table.pause(table.new(f"hostile{number}", play=False, client="there"))
    assert table[mine.id] is mine


def test_when_all_of_ones_own_runs_are_in_use_nothing_is_forgotten() -> None:
    table = Table()
    for _ in range(3):
        run = table.new()
        table.pause(run)
        run.listeners.add(print)
    with pytest.raises(Denied, match="all are in use"):
        table.new()
    assert len(table.of("owner")) == 3


def test_memory_of_all_runs_is_bounded_by_those_at_rest() -> None:
    table = Table()
    old, new = table.new("a"), table.new("b")
    for run in (old, new):
        for step in range(10):
            values = np.zeros(1 if step else 0, np.float32)
            run.add(State(step, bytes(60)), Log({"loss": values}), Limits())
    table.pause(old)
    table.bound()
    assert [saved.step for saved in old.recording.saved] == [0, 9]
    assert len(new.recording.saved) == 10
    new.recording.saved[-1] = new.recording.saved[-1].__class__(State(9, bytes(900)))
    table.bound()
    assert not table.of("a") and table.of("b")


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        (None, "A config is an object"),
        ([], "A config is an object"),
        ({"steps": 0}, "Steps are 1"),
        ({"steps": 101}, "A run has at most 100 steps."),
        ({"what": 1}, "A line has no 'what'."),
    ],
)
def test_a_config_outside_its_limits_is_refused(config: object, sentence: str) -> None:
    table = Table()
    with pytest.raises(ValueError, match=sentence):
        table.begin("owner", "line", config, True)
    with pytest.raises(ValueError, match="There is no job 'circle'"):
        table.begin("owner", "circle", {}, True)
    assert not table.of("owner")


@pytest.mark.parametrize("count", [0, -1, 1001, 1.5, "1", True, None])
def test_a_count_that_is_none_is_refused(count: object) -> None:
    with pytest.raises(ValueError, match="whole number from 1 to 1,000"):
        COUNT.check(count)


@pytest.mark.parametrize("rate", [0, -1, 11, float("nan"), float("inf"), "1", True, None])
def test_a_rate_that_is_none_is_refused(rate: object) -> None:
    with pytest.raises(ValueError, match="to 10"):
        RATE.check(rate)


def test_the_first_chunk_has_one_step_and_the_next_ones_grow_to_their_time() -> None:
    run = Table().new()
    run.steps = 1000
    run.add(State(0, b""), Log({}), Limits())
    sizes = []
    for _ in range(8):
        sizes.append(run.budget())
        run.add(State(run.step + sizes[-1], b""), Log({}, seconds=0.004 * sizes[-1]), Limits())
    assert sizes == [1, 4, 16, 50, 50, 50, 50, 50]


@pytest.mark.parametrize(("size", "steps"), [(0, 50), (10_000_000, 112), (80_000_000, 200)])
def test_a_large_state_is_carried_less_often_but_still_seen(size: int, steps: int) -> None:
    run = Table().new()
    run.steps = 10_000
    run.add(State(0, b""), Log({}), Limits())
    state = bytes(size)
    for _ in range(6):
        budget = run.budget()
        run.add(State(run.step + budget, state), Log({}, seconds=0.004 * budget), Limits())
    assert run.budget() == steps


def test_time_left_follows_the_pace_of_late(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("core.training.run.time.monotonic", lambda: now)
    run = Table().new()
    run.steps = 1000
    assert run.left is None
    run.add(State(0, b""), Log({}), Limits())
    run.add(State(10, b""), Log({}), Limits())
    now += 5
    run.add(State(20, b""), Log({}), Limits())
    assert run.left == pytest.approx(980 * 0.5)
    now += 10
    run.add(State(30, b""), Log({}), Limits())
    assert run.left == pytest.approx(970 * (0.7 * 0.5 + 0.3 * 1.0))
    run.rest("paused")
    assert run.left is None


def test_a_slow_step_is_a_chunk_and_no_chunk_goes_beyond_the_end() -> None:
    run = Table().new()
    run.add(State(0, b""), Log({}), Limits())
    run.add(State(1, b""), Log({}, seconds=3.0), Limits())
    assert run.budget() == 1
    run.add(State(59, b""), Log({}, seconds=1e-9), Limits())
    assert run.budget() == 1 and run.budget(1) == 0


def test_a_chunk_without_a_step_is_an_error_not_a_loop() -> None:
    run = Table().new()
    run.add(State(0, b""), Log({}), Limits())
    with pytest.raises(RuntimeError, match="took no step"):
        run.add(State(0, b""), Log({}), Limits())


def test_without_a_place_to_compute_runs_wait_and_when_it_goes_they_are_lost() -> None:
    table = Table()
    table.capacity = 0
    runs = [table.new(), table.new()]
    assert [(run.status, run.place) for run in runs] == [("waiting", 1), ("waiting", 2)]
    table.capacity = 8
    table.settle()
    assert [(run.status, run.place) for run in runs] == [("running", 0)] * 2
    table.capacity = 0
    table.again()
    assert [run.status for run in runs] == ["waiting"] * 2
    table.lose()
    assert [(run.status, run.trouble) for run in runs] == [("lost", "cluster")] * 2
    table.play(runs[0])
    assert runs[0].status == "waiting" and runs[0].trouble is None


def test_no_chunk_takes_more_steps_than_were_asked_for() -> None:
    run = Table().new(play=False)
    run.add(State(0, b""), Log({}), Limits())
    run.want(5)
    assert run.budget() == 1 and run.budget(5) == 0
    run.add(State(1, b""), Log({}, seconds=1e-6), Limits())
    assert (run.ahead, run.budget(), run.budget(3)) == (4, 4, 1)
