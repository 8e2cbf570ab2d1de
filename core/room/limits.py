"""What a room holds at most, how fast it may be filled, and what whoever goes beyond is told."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Literal

from core.schema import Message, Refusal, mark

VARIABLE = "FORWARD_PASS_DATABASE"
"""Names the database of rooms in the environment, for processes that share them."""
DAY = 86_400.0
"""Seconds after which a room is deleted with all that is in it; sooner when it is ended."""
ROOMS, ROOMS_HERE = 200, 40
"""Rooms at once, all together and opened from one network address."""
SPARE = 60.0
"""Seconds after which a room that nobody has joined goes for another, where there are as many."""
LESSON = 4 * 3600.0
"""The same for one that somebody has joined: lecturers of one university, behind one address, open
more rooms in a day than there may be at once, and forget to end them."""
MEMBERS = 600
"""People in one room: a lecture hall, with those who come back by another browser.

Where it is full, who joined longest ago and has said nothing goes for who comes. A phone of whom
that befalls joins again by itself, so a script that joins a thousand times shuts nobody out.
"""
MEMBERS_HERE = 450
"""Of them from one network address: a room sits behind one."""
QUESTIONS = 100
"""Questions of one room."""
PIECES, EACH = 1200, 40
"""Pieces on the wall of one room, and of one member."""
PIECES_HERE = 900
"""Of them from one network address."""
PACE = (12, 6.0)
"""At most this many votes or pieces from one member in this many seconds."""
JOINS = (500, 20.0)
"""The same for those who join a room, whoever they are."""

Kind = Literal["unknown", "denied", "full", "fast", "closed", "away"]

NO_ROOM = mark("There is no room of these letters. It may have ended.")
NOT_LECTURER = mark("Only whoever opened the room can do that.")
SHUT = mark(
    "The lecturer lets nobody new into this room now. Whoever was in it comes back in the browser "
    "that they joined with."
)
NOT_JOINED = mark("This room does not know you: join it again.")
MANY_ROOMS = mark("There are as many rooms as this server can hold. Try again later.")
FULL = mark("The room is full: it holds {most} people.")
ASKED_ENOUGH = mark("A room holds {most} questions.")
FAST = mark("That is faster than anybody votes. Try again in a moment.")
MANY = mark("Many are joining at once. Try again in a moment.")
SENT = mark("You have sent {most} pieces, as many as one person may.")
WALL_FULL = mark("The wall is full: it holds {most} pieces.")
NOT_TAKING = mark("Nothing of that kind is taken now.")
OUT = mark("What you sent was taken out, and no more is taken from you.")
NO_STEP = mark("Nothing of that name can be done with a question.")
NOT_ON = mark("Another question is on by now, or none.")
CLOSED = mark("The vote is closed.")
AWAY = mark("Rooms cannot be kept now: the database does not answer. Try again in a moment.")


class NotTaken(Refusal):
    """What a room does not take; `kind` says why in a word."""

    def __init__(self, kind: Kind, rule: Message, /, **values: object) -> None:
        """Keep the kind beside the rule."""
        super().__init__(rule, **values)
        self.kind: Kind = kind


class Paces:
    """How fast each of many does something; whoever rests is forgotten."""

    def __init__(
        self, pace: tuple[int, float], rule: Message, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with nobody."""
        self._count, self._seconds = pace
        self._rule, self._clock = rule, clock
        self._times: dict[object, deque[float]] = {}

    def keep(self, who: object) -> None:
        """Note that somebody does it now.

        Raises:
            NotTaken: it comes too soon after the others.
        """
        now = self._clock()
        times = self._times.setdefault(who, deque(maxlen=self._count))
        if len(times) == self._count and now - times[0] < self._seconds:
            raise NotTaken("fast", self._rule)
        times.append(now)
        if len(self._times) > 10_000:
            self._times = {w: t for w, t in self._times.items() if now - t[-1] < self._seconds}
