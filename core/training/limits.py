"""How much one person, one network address, and everyone together may ask of the engine.

A lecture room sits behind one address: what an address may take is a room of 120's, and leaves the
others something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core import memory
from core.schema import Message, Refusal, number, whole

MOST_WORKERS = 8
"""Processes that compute, at most; a setting may ask for fewer."""


@dataclass(frozen=True)
class Limits:
    """Bounds that the engine holds; tests make them smaller.

    Attributes:
        computing: runs of one owner that compute or wait at a time.
        owned: runs of one owner; the oldest at rest to which nobody listens is forgotten for a new
            one.
        live, live_here: runs of all owners together, and of those at one network address. A new one
            takes the place of one in which nothing was ever computed, or has to wait.
        computes, computes_here: the same for runs that compute or wait for their turn.
        shared: runs that share one worker; further ones wait in a queue.
        steps: of one run.
        seconds: of computing for one run.
        saved: states of one run that can be gone back to.
        turn: seconds of computing after which a run lets those compute that wait.
        run_bytes: that the saved states of one run may take.
        all_bytes: that all runs together may take, those that compute or wait included; they are
            thinned, those longest at rest first, and what does not fit has to wait.
        failures: times that the same chunk may fail before its run is given up.
    """

    computing: int = 2
    owned: int = 12
    live: int = 2048
    live_here: int = 1536
    computes: int = 384
    computes_here: int = 256
    shared: int = 4
    steps: int = 20_000
    seconds: float = 900.0
    saved: int = 48
    turn: float = 0.2
    run_bytes: int = 96_000_000
    all_bytes: int = memory.RUNS
    failures: int = 3


MAX_COUNT = 1000
"""Most steps that are asked for at once with "n steps"."""
MAX_RATE = 10.0
"""Largest learning rate that can be set in mid-run."""


class Denied(Refusal):
    """Something that would be too much, or that makes no sense now.

    `kind` is "many" where it is too much, "now" where it makes no sense in this state, "unknown"
    where there is no such run.
    """

    def __init__(
        self, kind: Literal["many", "now", "unknown"], rule: Message, /, **values: object
    ) -> None:
        """Keep the kind beside the rule."""
        super().__init__(rule, **values)
        self.kind = kind


COUNT = whole(low=1, high=MAX_COUNT).named("steps")
"""Steps to take at once."""
RATE = number(low=1e-9, high=MAX_RATE).named("learning_rate")
"""A learning rate in mid-run."""
