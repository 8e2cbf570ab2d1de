"""Collections of labelled drawings: everybody has one of their own, and can open it to a room.

A collection holds pictures and labels, in memory only: no names, no addresses, no strokes, nothing
on a disk. An hour after the last drawing it is forgotten. All of it is touched from one thread.
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable
from collections.abc import Collection as Some
from dataclasses import dataclass, field
from typing import Any, Literal

from core.schema import Message, Refusal, mark
from core.vision.drawing import Drawing
from core.vision.finetune.setting import BLANK, LABEL, Drawn
from core.vision.ink import as_bytes, as_text
from core.vision.models import CLASSES
from core.vision.preprocess import render

MOST = 500
"""Drawings in one collection."""
EACH = 60
"""Drawings that one sender may have in somebody else's collection."""
PACE = (10, 8.0)
"""At most this many drawings from one sender in this many seconds."""
COLLECTIONS = 256
ALL = 20_000
"""Collections, and drawings in all of them together; the one idle for longest goes first."""
HOUR = 3600.0

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of a code: none that is taken for another one when it is read from a wall."""
LENGTH = 6

CLOSED = mark("This collection is closed, or there was none of that code.")
FULL = mark("The collection is full: it holds {most} drawings.")
SENT = mark("You have sent {most} drawings, as many as one person may.")
FAST = mark("That is faster than anybody draws. Try again in a moment.")

Kind = Literal["unknown", "full", "fast"]


class NotTaken(Refusal):
    """A drawing that is not taken; `kind` says why in a word."""

    def __init__(self, kind: Kind, rule: Message, /, **values: object) -> None:
        """Keep the kind beside the rule."""
        super().__init__(rule, **values)
        self.kind: Kind = kind


@dataclass
class Collection:
    """One person's drawings, and those that a room sent.

    Attributes:
        code: what a room sends to; "" while the collection is closed.
        drawings: by number, in the order in which they came.
        guests: the numbers of those that others sent.
        counts: how many each sender put in so far.
        touched: when the last drawing came, or the collection was opened or closed.
        last: the number of the last drawing.
    """

    code: str = ""
    drawings: dict[int, Drawn] = field(default_factory=dict)
    guests: set[int] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    touched: float = 0.0
    last: int = 0

    @property
    def worth(self) -> tuple[bool, bool, float]:
        """Collections of the least worth are forgotten first."""
        return bool(self.code), bool(self.drawings), self.touched


class Collections:
    """All collections, by owner: an unguessable text that a browser made up.

    Args:
        clock: seconds; a test has its own.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any."""
        self._clock = clock
        self._all: dict[str, Collection] = {}
        self._codes: dict[str, str] = {}
        self._sent: dict[str, deque[float]] = {}

    def contents(self, owner: str, after: int = 0) -> dict[str, Any]:
        """What an owner sees: the code, all numbers, and the drawings after a number."""
        self._tidy()
        own = self._all.get(owner, Collection())
        new = [
            {"id": i, "label": each.label, "image": as_text(each.ink), "own": i not in own.guests}
            for i, each in own.drawings.items()
            if i > after
        ]
        return {"code": own.code, "ids": list(own.drawings), "new": new, "most": MOST}

    def add(self, owner: str, label: object, drawing: object) -> int:
        """Put a drawing into the owner's collection; its number.

        Raises:
            NotTaken: too many, or too fast.
            Refusal: the drawing or the label cannot be used.
        """
        drawn = prepared(label, drawing)
        self._pace(owner)
        return self._put(self._own(owner), drawn)

    def send(self, code: str, sender: str, label: object, drawing: object) -> int:
        """Put a drawing into the open collection of that code; how many the sender has put there.

        Raises:
            NotTaken: there is no such collection, too many, or too fast.
            Refusal: the drawing or the label cannot be used.
        """
        room = self.opened(code)
        drawn = prepared(label, drawing)
        self._pace(sender)
        count = room.counts.get(sender, 0)
        if count >= EACH:
            raise NotTaken("full", SENT, most=EACH)
        room.guests.add(self._put(room, drawn))
        room.counts[sender] = count + 1
        return count + 1

    def opened(self, code: str) -> Collection:
        """The open collection of a code.

        Raises:
            NotTaken: there is none.
        """
        self._tidy()
        if code not in self._codes:
            raise NotTaken("unknown", CLOSED)
        return self._all[self._codes[code]]

    def open(self, owner: str) -> str:
        """Open the owner's collection to a room; its code, the same while it stays open."""
        own = self._own(owner)
        if not own.code:
            own.code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
            self._codes[own.code] = owner
        return own.code

    def close(self, owner: str) -> None:
        """Take no more from the room; what has come stays with the owner."""
        own = self._own(owner)
        self._codes.pop(own.code, None)
        own.code = ""
        own.counts.clear()

    def remove(self, owner: str, numbers: Some[int] | None = None) -> None:
        """Take drawings out, by number; all of them without numbers."""
        own = self._own(owner)
        for number in list(own.drawings) if numbers is None else numbers:
            own.drawings.pop(number, None)
            own.guests.discard(number)

    def _own(self, owner: str) -> Collection:
        self._tidy()
        if owner not in self._all:
            self._make_room(len(self._all) >= COLLECTIONS)
            self._all[owner] = Collection()
        self._all[owner].touched = self._clock()
        return self._all[owner]

    def _put(self, into: Collection, drawn: Drawn) -> int:
        if len(into.drawings) >= MOST:
            raise NotTaken("full", FULL, most=MOST)
        into.touched = self._clock()
        self._make_room(sum(len(each.drawings) for each in self._all.values()) >= ALL, into)
        into.last += 1
        into.drawings[into.last] = drawn
        return into.last

    def _pace(self, sender: str) -> None:
        count, seconds = PACE
        now = self._clock()
        times = self._sent.setdefault(sender, deque(maxlen=count))
        if len(times) == count and now - times[0] < seconds:
            raise NotTaken("fast", FAST)
        times.append(now)

    def _make_room(self, needed: bool, but: Collection | None = None) -> None:
        """Forget the collection that is idle for longest, empty ones first and open ones last."""
        others = {owner: each for owner, each in self._all.items() if each is not but}
        if needed and others:
            self._forget(min(others, key=lambda owner: others[owner].worth))

    def _tidy(self) -> None:
        now = self._clock()
        for owner in [o for o, each in self._all.items() if now - each.touched > HOUR]:
            self._forget(owner)
        for sender in [s for s, times in self._sent.items() if now - times[-1] > PACE[1]]:
            del self._sent[sender]

    def _forget(self, owner: str) -> None:
        self._codes.pop(self._all.pop(owner).code, None)


def prepared(label: object, drawing: object) -> Drawn:
    """A labelled drawing as a network sees it.

    Raises:
        Refusal: no digit, no drawing, or a blank one.
    """
    if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label < CLASSES:
        raise Refusal(LABEL)
    return Drawn(label, ink(drawing))


def ink(drawing: object) -> bytes:
    """The 784 bytes of a drawing after the whole preparation.

    Raises:
        Refusal: it is no drawing, or a blank one.
    """
    picture = as_bytes(render(Drawing.of(drawing)))
    if not any(picture):
        raise Refusal(BLANK)
    return picture
