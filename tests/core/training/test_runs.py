"""The table of runs by itself: what is refused, who makes room for whom. Nothing is computed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from core.training import runs
from core.training.job import Log, State
from core.training.limits import COUNT, RATE, Denied, Limits
from core.training.run import Run
from core.training.runs import Runs
from tests.core.training.conftest import JOBS

SMALL = Limits(computing=2, owned=3, live=5, steps=100)


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

    def compute(self, size: int = 0, seconds: float = 0.2) -> None:
        """A chunk of one step for each run that has a place, as the engine does it."""
        for run in self.running:
            begun = bool(run.recording.saved)
            state = f"{run.id} {run.step + 1} ".encode() + bytes(size)
            log = Log({"loss": np.zeros(1 if begun else 0, np.float32)}, seconds=seconds)
            run.add(State(run.step + 1 if begun else 0, state), log, self.limits)
            self.came(run)
        self.settle()


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


def test_memory_is_bounded_by_those_at_rest_first_and_then_by_those_that_compute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "EXPECTED", 1_000)
    table = Table(Limits(all_bytes=1_000_000))
    old, new = table.new("a"), table.new("b")
    for _ in range(10):
        table.compute(40_000)
    table.pause(old)
    for _ in range(5):
        table.compute(40_000)
    assert len(old.recording.saved) == 8 and old.recording.saved[-1].step == 9
    assert len(new.recording.saved) == 15
    table.compute(400_000)
    assert [saved.step for saved in old.recording.saved] == [0, 9]
    assert len(new.recording.saved) == 8
    table.compute(400_000)
    table.bound()
    assert [saved.step for saved in new.recording.saved] == [0, 16]
    assert table.held() <= 1_000_000 and new.status == "running"


def test_three_hundred_hostile_runs_hold_no_more_than_the_server_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However large their states turn out to be; and what others have computed is still there."""
    monkeypatch.setattr(runs, "EXPECTED", 1_000)
    table = Table(Limits(all_bytes=1_000_000, run_bytes=200_000))
    victim = table.new("victim", client="here")
    for _ in range(12):
        table.compute(5_000)
    table.pause(victim)
    step = victim.step
    for number in range(300):
        with suppress(Denied):
            run = table.new(f"hostile{number}", client="there")
            run.listeners.add(print)
    for _ in range(100):
        table.compute(60_000)
        assert table.held() <= 1_000_000
        with suppress(Denied):
            table.play(run)
    assert table[victim.id] is victim and victim.step == step
    assert len(victim.recording.saved) >= 2
    assert any(run.trouble == "full" for run in table._runs.values())
    with pytest.raises(Denied, match="as many networks as it can"):
        table.new("newcomer", client="elsewhere")


def test_a_class_that_begins_with_the_same_seed_holds_its_start_once() -> None:
    table = Table()
    for number in range(3):
        run = table.new(f"student{number}")
        run.add(State(0, bytes(1_000_000)), Log({}), Limits())
        table.came(run)
    assert 1_000_000 < table.held() < 1_100_000


def test_sixty_who_press_play_get_their_turn_within_eight_chunks() -> None:
    """Of 0.2 s, on two workers that four runs share each: six seconds of computing, then again."""
    table = Table(Limits())
    runs = [table.new(f"student{number}") for number in range(60)]
    for steps in range(1, 4):
        for _ in range(8):
            table.compute()
        assert min(run.step for run in runs) >= steps - 1  # the first chunk makes the first state
    assert max(run.step for run in runs) - min(run.step for run in runs) <= 1
    table.pause(runs[0])
    assert [run.place for run in table.waiting] == list(range(1, 52))


def test_a_run_keeps_its_place_while_nobody_waits_and_until_its_turn_is_over() -> None:
    table = Table(Limits())
    alone = table.new("alone")
    for _ in range(5):
        table.compute()
    assert alone.status == "running"
    others = [table.new(f"student{number}") for number in range(8)]
    assert others[-1].status == "waiting"
    for _ in range(3):
        table.compute(seconds=0.05)
        assert (alone.status, others[-1].status) == ("waiting", "running")
    table.compute(seconds=0.05)
    assert alone.status == "running"


def test_network_addresses_get_places_in_turn() -> None:
    """Who has many runs at one address holds up nobody at another."""
    table = Table(Limits())
    many = [table.new(f"hostile{number}", client="there") for number in range(60)]
    table.compute()
    one = table.new("student", client="here")
    table.compute()
    assert one.status == "running"
    for _ in range(5):
        table.compute()
    assert one.status == "running" and one.step > max(run.step for run in many)


def test_places_in_the_queue_are_told_now_and_then() -> None:
    table = Table(Limits())
    waits = [table.new(f"student{number}") for number in range(10)][-1]
    table.log.clear()
    table.compute()
    assert ("told", waits) not in table.log or waits.status == "running"
    table.log.clear()
    table.tell_places()
    table.tell_places()
    told = [run for what, run in table.log if what == "told"]
    assert len(told) == len(set(told)) == len(table.waiting)


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
