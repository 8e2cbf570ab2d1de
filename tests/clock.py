"""Time for tests of what grows old."""

from __future__ import annotations


class Clock:
    """Time that passes when it is told to; every look takes a second."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now

    def __call__(self) -> float:
        self.now += 1.0
        return self.now
