"""All runs of all owners: who may compute, who waits, and what each owner may do with a run."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from core.address import find
from core.schema import Refusal, mark, short
from core.training.job import Job, State
from core.training.limits import COUNT, MAX_COUNT, RATE, Denied, Limits
from core.training.recording import Recording
from core.training.run import ENDED, Run

CROWDED = mark("This server holds as many networks as it can. Try again in a few minutes.")

EXPECTED = 2_000_000
"""Bytes of a state of a job of which none has come yet."""

Listener = Callable[[bytes], None]


class Runs:
    """The table of runs. It computes nothing: `admit` and `drop` say what shall be computed.

    It is only touched from the engine's own thread.

    Args:
        jobs: where each job is found ("package.module:NAME"), by name.
        limits: what one owner and all together may take.
        admit: called with a run that shall compute from now on.
        drop: called with a run whose computing shall be forgotten; it may go on at once.
        told: called after each change of a run.
    """

    def __init__(
        self,
        jobs: Mapping[str, str],
        limits: Limits,
        admit: Callable[[Run], None],
        drop: Callable[[Run], None],
        notify: Callable[[Run], None],
    ) -> None:
        """Begin without runs and without anywhere to compute."""
        self.jobs = dict(jobs)
        self.limits = limits
        self.capacity = 0
        self._admit, self._drop, self._notify = admit, drop, notify
        self._runs: dict[str, Run] = {}
        self._starts: WeakValueDictionary[bytes, State] = WeakValueDictionary()
        self._largest: dict[str, int] = {}
        self._grown = 0

    def __getitem__(self, name: str) -> Run:
        """Return the run of that id, or raise Denied."""
        if name not in self._runs:
            raise Denied("unknown", mark("There is no such run; it may have been forgotten."))
        return self._runs[name]

    def __iter__(self) -> Iterator[Run]:
        """Go through all runs."""
        return iter(self._runs.values())

    def of(self, owner: str | None) -> list[Run]:
        """Return the runs of an owner, oldest first."""
        return [run for run in self._runs.values() if run.owner == owner]

    @property
    def running(self) -> list[Run]:
        """The runs that compute."""
        return [run for run in self._runs.values() if run.status == "running"]

    @property
    def waiting(self) -> list[Run]:
        """The runs that wait, in the order in which they get a place.

        Network addresses get places in turn, and at one address whoever waits longest.
        """
        entry = [run for run in self._runs.values() if run.status == "waiting"]
        places = Counter(run.client for run in self.running)
        keys: dict[str, tuple[int, float]] = {}
        for run in sorted(entry, key=lambda run: run.touched):
            keys[run.id] = places[run.client], run.touched
            places[run.client] += 1
        return sorted(entry, key=lambda run: keys[run.id])

    def begin(self, owner: str, job: str, config: object, play: bool, client: str = "") -> Run:
        """Make a new run, asked for from a network address.

        Raises:
            ValueError: the job or its config cannot be used.
            Denied: the owner, or all together, have too many.
        """
        if job not in self.jobs:
            raise Refusal(mark("There is no job {name}."), name=short(job))
        if not isinstance(config, Mapping):
            raise Refusal(mark("A config is an object of names and values."))
        entry: Job = find(self.jobs[job])
        read = entry.read(config)
        if entry.steps(read) > self.limits.steps:
            raise Refusal(mark("A run has at most {most} steps."), most=self.limits.steps)
        recording = Recording(job, entry.write(read), [(0, entry.learning_rate(read))])
        run = Run(entry, self.jobs[job], read, recording, owner, client=client)
        if play:
            self._may_compute(run)
        self._add(run)
        self._want(run, None if play else 0)
        return run

    def publish(self, recording: Recording, name: str) -> Run:
        """Show a recording to every owner, as a run that is done."""
        job: Job = find(self.jobs[recording.job])
        config = job.read(recording.config)
        run = Run(job, self.jobs[recording.job], config, recording, None, name)
        run.rest("done")
        self._runs[run.id] = run
        return run

    def play(self, run: Run) -> None:
        """Compute to the end."""
        self._may_go_on(run)
        if not (run.computing and run.ahead is None):
            self._want(run, None)

    def take(self, run: Run, count: object) -> None:
        """Take `count` steps from the last state that came back, then pause.

        Asked for again before they are taken, they are added up.
        """
        steps = COUNT.check(count)
        self._may_go_on(run)
        if run.computing and run.ahead and run.recording.saved:  # pressed again meanwhile
            run.ahead = min(MAX_COUNT, run.ahead + steps)
            self._notify(run)
        else:
            self._want(run, steps)

    def pause(self, run: Run) -> None:
        """Stop computing; a chunk on its way is discarded."""
        self._own(run)
        if run.computing:
            self._rest(run, "paused")

    def stop(self, run: Run) -> None:
        """End it for good."""
        self._own(run)
        if run.status not in ENDED:
            self._rest(run, "stopped")

    def reset(self, run: Run) -> None:
        """Back to before the first step, with the same seed."""
        self._own(run)
        self._drop(run)
        run.clear()
        run.rest("paused")
        self._want(run, 0)

    def rate(self, run: Run, rate: object) -> None:
        """Change the learning rate of all steps that have not come back."""
        value = RATE.check(rate)
        self._own(run)
        if run.status == "done":
            raise Denied("now", mark("The run is done; a new learning rate would change nothing."))
        run.change_rate(value)
        self._notify(run)

    def fork(self, run: Run, step: object) -> Run:
        """Return a new run that stands at a saved state, with the history up to there."""
        self._own(run)
        if isinstance(step, bool) or not isinstance(step, int) or not 0 <= step <= run.step:
            raise Refusal(mark("The run has steps from 0 to {last}."), last=run.step)
        if not run.recording.saved:
            raise Denied("now", mark("Nothing has been computed yet."))
        history = run.recording.until(step)
        other = Run(run.job, run.address, run.config, history, run.owner, client=run.client)
        if other.step >= other.steps:
            other.rest("done")
        self._add(other)
        return other

    def forget(self, run: Run) -> None:
        """Let go of everything."""
        self._own(run)
        self._drop(run)
        self._runs.pop(run.id, None)
        run.rest("stopped")
        self._notify(run)
        self.settle()

    def settle(self) -> None:
        """Hand free places to those that wait, and note where the others stand."""
        free = self.capacity - len(self.running)
        for place, run in enumerate(self.waiting, 1 - max(0, free)):
            if place <= 0:
                run.status, run.place, run.turn = "running", 0, 0.0
                self._notify(run)
                self._admit(run)
            else:
                run.place = place

    def tell_places(self) -> None:
        """Tell those that wait where they stand: now and then, for turns are short."""
        for run in self.waiting:
            if run.place != run.told_place:
                run.told_place = run.place
                self._notify(run)

    def came(self, run: Run) -> None:
        """Note what a chunk has brought: what it takes in memory, and whether its turn is over."""
        saved = run.recording.saved
        if saved:
            if len(saved) == 1:
                saved[0] = replace(saved[0], state=self._shared(saved[0].state))
            size = saved[-1].size
            self._largest[run.job.name] = max(size, self._largest.get(run.job.name, 0))
            self._grown += size
            if self._grown > self.limits.all_bytes // 50:
                self.bound()
        if run.status == "running" and run.turn >= self.limits.turn and self.waiting:
            run.yield_place()

    def _shared(self, state: State) -> State:
        """The same state, held once: a class that follows a lecture begins with the same seed."""
        digest = hashlib.blake2b(state.tensors).digest()
        return self._starts.setdefault(digest, state)

    def lose(self) -> None:
        """The cluster is gone: runs that used it or waited for it keep what they have."""
        for run in list(self._runs.values()):
            if run.computing:
                self._drop(run)
                run.rest("lost", "cluster")
                self._notify(run)

    def again(self) -> None:
        """There is another cluster: runs in progress continue there."""
        for run in self.running:
            self._drop(run)
            run.status = "waiting"
        self.settle()

    def bound(self) -> None:
        """Keep the memory of all runs within its limit.

        They are thinned, those longest at rest first and those that compute last. If that is not
        enough, those that nobody would miss are forgotten, and at last the newest of those that
        compute has to begin again later.
        """
        self._grown = 0
        most = self.limits.all_bytes
        if self.held() <= most:
            return
        runs = [run for run in self._runs.values() if not run.shipped]
        for states in (8, 2):
            for run in sorted(runs, key=lambda run: (run.computing, run.touched)):
                if len(run.recording.saved) > states:
                    run.recording.thin(states)
                    self._notify(run)
                    if self.held() <= most:
                        return
        for run in runs:
            if run.unused:
                self.forget(run)
        for run in sorted(runs, key=lambda run: -run.created):
            if self.held() <= most:
                return
            if run.computing:
                self._drop(run)
                run.clear()
                run.rest("lost", "full")
                self._notify(run)
        self.settle()

    def held(self, least: bool = False) -> int:
        """Bytes of all runs but the shipped ones.

        Args:
            least: what they would take if all were thinned, and those that have not begun had.
        """
        states: dict[int, int] = {}
        other = 0
        for run in self._runs.values():
            if run.shipped:
                continue
            other += run.weight + run.recording.series_size
            saved = run.recording.saved
            if not saved and least and run.computing:
                other += self._expected(run)
            for each in (saved[0], saved[-1]) if saved and least else saved:
                states[id(each.state)] = each.size
        return other + sum(states.values())

    def _expected(self, run: Run) -> int:
        """Bytes that a run will take at least: its first and its latest state."""
        return 2 * self._largest.get(run.job.name, EXPECTED)

    def _own(self, run: Run) -> None:
        if run.shipped:
            raise Denied(
                "now", mark("The example is there to be looked at; begin a run of your own.")
            )

    def _may_go_on(self, run: Run) -> None:
        self._own(run)
        if run.status in ENDED:
            raise Denied("now", mark("The run has ended; go on from one of its states."))
        if not self._fits(run):
            raise Denied("many", CROWDED)
        self._may_compute(run)

    def _may_compute(self, run: Run) -> None:
        others = [other for other in self.of(run.owner) if other.computing and other is not run]
        if len(others) >= self.limits.computing:
            most = self.limits.computing
            raise Denied(
                "many",
                mark("You train {most} networks at once already; pause one first."),
                most=most,
            )
        others = [other for other in self._runs.values() if other.computing and other is not run]
        here = sum(other.client == run.client for other in others)
        if len(others) >= self.limits.computes or here >= self.limits.computes_here:
            raise Denied(
                "many", mark("Too many networks are trained at once; try again in a moment.")
            )

    def _want(self, run: Run, steps: int | None) -> None:
        was = run.status == "running"
        self._drop(run)
        run.want(steps)
        if was and self.capacity:  # it keeps its place
            run.status = "running"
            self._notify(run)
            self._admit(run)
        else:
            run.touched = time.monotonic()
            self._notify(run)
            self.settle()

    def _rest(self, run: Run, status: Any) -> None:
        self._drop(run)
        run.rest(status)
        run.touched = time.monotonic()
        self._notify(run)
        self.settle()

    def _add(self, run: Run) -> None:
        """Take a new run in, without taking anything from others that they would miss."""
        own = self.of(run.owner)
        if len(own) >= self.limits.owned:
            resting = [each for each in own if not each.computing and not each.listeners]
            if not resting:
                raise Denied(
                    "many",
                    mark("You have {most} networks, and all are in use; forget one of them first."),
                    most=self.limits.owned,
                )
            self.forget(min(resting, key=lambda each: each.touched))
        everyone = [each for each in self._runs.values() if not each.shipped]
        here = [each for each in everyone if each.client == run.client]
        for runs, most in ((here, self.limits.live_here), (everyone, self.limits.live)):
            if len(runs) >= most:
                self._make_room(run, runs)
        self._runs[run.id] = run
        try:
            while not self._fits(run):
                self._make_room(run, [each for each in self._runs.values() if each is not run])
        except Denied:
            del self._runs[run.id]
            raise

    def _fits(self, run: Run) -> bool:
        """Whether there is memory for a run that begins, when all others are thinned."""
        more = 0 if run.recording.saved or run.computing else self._expected(run)
        return self.held(least=True) + more <= self.limits.all_bytes

    def _make_room(self, new: Run, runs: list[Run]) -> None:
        """Forget a run that nobody would miss, of whoever has most of them; or one of one's own.

        Where nothing was ever computed and nobody listens, whoever comes back begins anew.
        """
        unused = [each for each in runs if each.unused]
        own = [each for each in runs if each.owner == new.owner]
        resting = [each for each in own if not each.computing and not each.listeners]
        if unused:
            counts = Counter(each.client for each in unused)
            self.forget(min(unused, key=lambda each: (-counts[each.client], each.touched)))
        elif resting:
            self.forget(min(resting, key=lambda each: each.touched))
        else:
            raise Denied("many", CROWDED)
