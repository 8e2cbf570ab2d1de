"""How much one person, and everyone together, may ask of the engine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds that the engine holds; tests make them smaller.

    Attributes:
        computing: runs of one owner that compute or wait at a time.
        kept: runs of one owner; the oldest that is at rest is forgotten for a new one.
        live: runs of all owners together, forgotten in the same way.
        shared: runs that share one worker; further ones wait in a queue.
        steps: of one run.
        seconds: of computing for one run.
        saved: states of one run that can be gone back to.
        run_bytes: that the saved states of one run may take.
        all_bytes: the same for all runs together; the oldest at rest are thinned, then forgotten.
        failures: times that the same chunk may fail before its run is given up.
    """

    computing: int = 2
    kept: int = 12
    live: int = 256
    shared: int = 4
    steps: int = 20_000
    seconds: float = 900.0
    saved: int = 48
    run_bytes: int = 96_000_000
    all_bytes: int = 1_000_000_000
    failures: int = 3


MAX_COUNT = 1000
"""Most steps that are asked for at once with "n steps"."""
MAX_RATE = 10.0
"""Largest learning rate that can be set in mid-run."""


class Denied(ValueError):
    """Something that would be too much or makes no sense now; the message is a sentence.

    `reason` is "many" where it is too much, "now" where it makes no sense in this state, "unknown"
    where there is no such run.
    """

    def __init__(self, reason: str, sentence: str) -> None:
        """Keep the reason beside the sentence."""
        super().__init__(sentence)
        self.reason = reason


def checked_count(count: object) -> int:
    """Return a number of steps to take.

    Raises:
        ValueError: it is not one.
    """
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MAX_COUNT:
        raise ValueError(f"Steps are a whole number from 1 to {MAX_COUNT}.")
    return count


def checked_rate(rate: object) -> float:
    """Return a learning rate.

    Raises:
        ValueError: it is not one.
    """
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate <= MAX_RATE:
        raise ValueError(f"A learning rate is a number above 0 and at most {MAX_RATE:g}.")
    return float(rate)
