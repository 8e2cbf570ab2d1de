"""One run: what it is, what it wants, and how many steps its next chunk has."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any, Literal

from core.training.job import Job, Log, State
from core.training.limits import Limits
from core.training.recording import Recording

Status = Literal["waiting", "running", "paused", "done", "stopped", "diverged", "lost"]
Trouble = Literal[
    "diverged",
    "cluster",
    "time",
    "limit",
    "error",
    "memory",
    "code",
    "data",
    "some code",
    "some data",
    "full",
]

CHUNK = 0.2
"""Seconds of computing that a chunk should take: five new pictures a second."""
A_BYTE = 25e-9
"""Seconds more for each byte of the state: a large one costs time to pack, carry and unpack, and
a chunk should be long beside that."""
LONGEST = 0.8
"""Seconds of computing that no chunk should exceed, however large the state."""
GROWTH = 4
"""A chunk has at most this many times the steps of the one before it."""
ENDED = frozenset({"done", "stopped", "diverged"})


class Run:
    """A run of a job. It is only touched from the engine's own thread.

    Attributes:
        id: an unguessable name; who knows it may steer the run.
        owner: whose it is; None for a shipped example.
        client: the network address that asked for it.
        address: where workers find the job.
        place: position in the queue, from 1; 0 when it does not wait.
        told_place: the one that listeners know.
        turn: seconds that it has computed since it got its place.
        unfit: workers that cannot compute it, by address, and what they lack.
        weight: bytes of its config, about.
        ahead: steps that it may take before it pauses; None: to its end.
        version: goes up with every change.
        next_rate: a learning rate that waits until the chunk on its way has come back.
        told: the step up to which listeners know the series; None: they must hear everything.
    """

    def __init__(
        self,
        job: Job,
        address: str,
        config: Any,
        recording: Recording,
        owner: str | None,
        name: str | None = None,
        client: str = "",
    ) -> None:
        """Begin at rest, at the end of the recording."""
        self.id = name or secrets.token_urlsafe(16)
        self.owner = owner
        self.client = client
        self.job = job
        self.address = address
        self.config = config
        self.recording = recording
        self.created = time.time()
        self.touched = time.monotonic()
        self.status: Status = "paused"
        self.trouble: Trouble | None = None
        self.unfit: dict[str, Trouble] = {}
        self.steps = job.steps(config)
        self.place = self.told_place = 0
        self.turn = 0.0
        self.weight = len(repr(recording.config))
        self.ahead: int | None = 0
        self.next_rate: float | None = None
        self.version = 0
        self.announced: int | None = None
        self.listeners: set[Callable[[bytes], None]] = set()
        self._rested()

    def _rested(self) -> None:
        self._seconds_a_step: float | None = None
        self._steps_before = 0
        self._wall: float | None = None
        self._last: float | None = None

    @property
    def shipped(self) -> bool:
        """Whether it is an example that nobody steers."""
        return self.owner is None

    @property
    def computing(self) -> bool:
        """Whether it computes or waits for its turn."""
        return self.status in ("waiting", "running")

    @property
    def unused(self) -> bool:
        """Whether nobody would miss it: nothing was computed beyond its first state."""
        return not (self.step or self.computing or self.listeners or self.shipped)

    @property
    def step(self) -> int:
        """How many steps it has taken."""
        return self.recording.step

    @property
    def rate(self) -> float:
        """The learning rate of its next chunk."""
        return self.recording.rates[-1][1] if self.next_rate is None else self.next_rate

    def change_rate(self, rate: float) -> None:
        """Use another learning rate; a chunk that is on its way still has the old one."""
        if self.status == "running":
            self.next_rate = rate
        else:
            self._rate_from_here(rate)

    def use_next_rate(self) -> None:
        """Apply a waiting learning rate: no chunk with the old one is on its way."""
        if self.next_rate is not None:
            self._rate_from_here(self.next_rate)

    def _rate_from_here(self, rate: float) -> None:
        before = [known for known in self.recording.rates if known[0] < self.step]
        self.recording.rates = [*before, (self.step, rate)]
        self.next_rate = None

    @property
    def left(self) -> float | None:
        """Seconds until it is done at its recent pace, if it runs and has a pace."""
        if self.status != "running" or self._wall is None:
            return None
        return (self.steps - self.step) * self._wall

    def budget(self, submitted: int = 0) -> int:
        """Steps of the next chunk, when `submitted` ones are on their way already; 0: none."""
        left = self.steps - self.step - submitted
        if self.ahead is not None:
            left = min(left, self.ahead - submitted)
        if self._seconds_a_step is None:
            return max(0, min(1, left))
        seconds = min(LONGEST, CHUNK + A_BYTE * len(self.recording.saved[-1].state.tensors))
        wanted = min(seconds / self._seconds_a_step, GROWTH * max(1, self._steps_before))
        return max(0, min(left, max(1, round(wanted))))

    def add(self, state: State, log: Log, limits: Limits) -> None:
        """Take what a chunk has computed."""
        before, begun = self.step, bool(self.recording.saved)
        if begun and log.failure is None and state.step <= before:
            raise RuntimeError(f"A chunk of {self.job.name} took no step.")
        self.recording.add(state, log)
        self.recording.thin(limits.saved, limits.run_bytes)
        taken = self.step - before
        self.turn += log.seconds
        if taken:
            pace = log.seconds / taken
            old = self._seconds_a_step
            self._seconds_a_step = max(1e-6, pace if old is None else (old + pace) / 2)
            self._steps_before = taken
            self._clock(taken)
            if self.ahead is not None:
                self.ahead = max(0, self.ahead - taken)
        self.use_next_rate()
        if log.failure is not None:
            self.status, self.trouble = "diverged", log.failure
        elif self.step >= self.steps:
            self.status, self.trouble = "done", None
        elif self.recording.seconds > limits.seconds:
            self.status, self.trouble = "stopped", "time"
        elif state_too_large(self.recording, limits):
            self.status, self.trouble = "stopped", "limit"
        elif self.ahead == 0:
            self.status, self.trouble = "paused", None

    def _clock(self, taken: int) -> None:
        """Update the pace by the wall clock, time spent waiting for others included."""
        now = time.monotonic()
        if self._last is not None:
            pace = (now - self._last) / taken
            self._wall = pace if self._wall is None else 0.7 * self._wall + 0.3 * pace
        self._last = now

    def rest(self, status: Status, trouble: Trouble | None = None) -> None:
        """Stop computing for now."""
        self.use_next_rate()
        self.status, self.trouble, self.ahead, self.place = status, trouble, 0, 0
        self._last = None

    def yield_place(self) -> None:
        """Let those compute that wait, and wait in turn."""
        self.status, self.turn, self.touched = "waiting", 0.0, time.monotonic()

    def want(self, steps: int | None) -> None:
        """Wait for its turn to take this many steps; None: all that are left."""
        self.status, self.trouble, self.ahead = "waiting", None, steps
        self._last = None

    def clear(self) -> None:
        """Back to before the first step, with the learning rate of its config."""
        self.recording = Recording(
            self.recording.job, self.recording.config, [(0, self.job.learning_rate(self.config))]
        )
        self.next_rate, self.announced = None, None
        self._rested()


def state_too_large(recording: Recording, limits: Limits) -> bool:
    """Whether the first and the latest state alone take more than a run may."""
    return sum(saved.size for saved in recording.saved) > limits.run_bytes
