"""Collections of labelled drawings: everybody has one of their own, and can open it to a room.

A collection holds pictures and labels, in memory only: no names, no strokes, nothing on a disk; of
addresses a digest that only this process can make. An hour after the last drawing it is forgotten.
Nobody loses drawings, nor an open collection, because others fill the server: they have to wait.
All of it is touched from one thread.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from collections.abc import Collection as Some
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from core import memory
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
ROOM_PACE = (120, 8.0)
"""The same for one collection, whoever sends."""
HERE = 375
"""Drawings in one collection that came from one network address: a room sits behind one."""
COLLECTIONS, COLLECTIONS_HERE = 1024, 768
"""Collections, all together and of one network address."""
ALL = memory.DRAWINGS // 1_500  # a drawing takes about as many bytes
ALL_HERE = ALL * 3 // 4
"""Drawings in all collections, and in those of one network address."""
HOUR = 3600.0

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of a code: none that is taken for another one when it is read from a wall."""
LENGTH = 6

CLOSED = mark("This collection is closed, or there was none of that code.")
FULL = mark("The collection is full: it holds {most} drawings.")
SENT = mark("You have sent {most} drawings, as many as one person may.")
FAST = mark("That is faster than anybody draws. Try again in a moment.")
MANY = mark("Many are sending at once. Try again in a moment.")
CROWDED = mark("This server holds as many drawings as it can. Try again in a few minutes.")
OUT = mark("What you sent was taken out, and no more is taken from you.")

Kind = Literal["unknown", "full", "fast", "out"]


class NotTaken(Refusal):
    """A drawing that is not taken; `kind` says why in a word."""

    def __init__(self, kind: Kind, rule: Message, /, **values: object) -> None:
        """Keep the kind beside the rule."""
        super().__init__(rule, **values)
        self.kind: Kind = kind


class Sender(NamedTuple):
    """Who sent a drawing: the text that a browser made up, and a digest of its address."""

    name: str
    client: str


Whole = Literal["name", "client"]
"""Whose drawings are all taken out: of the one who sent one, or of that one's address."""


@dataclass
class Collection:
    """One person's drawings, and those that a room sent.

    Attributes:
        client: a digest of the owner's network address.
        code: what a room sends to; "" while the collection is closed.
        drawings: by number, in the order in which they came.
        guests: who sent those that others sent, by number.
        counts: how many each sender put in so far.
        pieces: of those that came from a room's wall: its code and their numbers there.
        out: who sent the drawing of a guest that was taken out last.
        refused: names and addresses from which no more is taken.
        touched: when the last drawing came, or the collection was opened or closed.
        last: the number of the last drawing.
        times: when the last drawings of guests came.
    """

    client: str = ""
    code: str = ""
    drawings: dict[int, Drawn] = field(default_factory=dict)
    guests: dict[int, Sender] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    pieces: dict[tuple[str, int], int] = field(default_factory=dict)
    out: Sender | None = None
    refused: set[str] = field(default_factory=set)
    touched: float = 0.0
    last: int = 0
    times: deque[float] = field(default_factory=lambda: deque(maxlen=ROOM_PACE[0]))

    def of(self, sender: Sender, whole: Whole) -> list[int]:
        """The numbers of all drawings of a sender, or of a sender's address."""
        key = getattr(sender, whole)
        return [i for i, guest in self.guests.items() if getattr(guest, whole) == key]

    @property
    def others(self) -> dict[Whole, int]:
        """How many more there are of whoever sent what was taken out last."""
        if self.out is None:
            return {"name": 0, "client": 0}
        return {"name": len(self.of(self.out, "name")), "client": len(self.of(self.out, "client"))}


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
        self._secret = secrets.token_bytes(16)
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
        return {
            "code": own.code,
            "ids": list(own.drawings),
            "new": new,
            "most": MOST,
            "others": own.others,
        }

    def add(self, owner: str, label: object, drawing: object, client: str = "") -> int:
        """Put a drawing into the owner's collection; its number.

        Raises:
            NotTaken: too many, or too fast.
            Refusal: the drawing or the label cannot be used.
        """
        drawn = prepared(label, drawing)
        self._pace(owner)
        return self._put(self._own(owner, client), drawn)

    def send(self, code: str, sender: str, label: object, drawing: object, client: str = "") -> int:
        """Put a drawing into the open collection of that code; how many the sender has put there.

        Raises:
            NotTaken: there is no such collection, too many, or too fast.
            Refusal: the drawing or the label cannot be used.
        """
        room = self.opened(code)
        drawn = prepared(label, drawing)
        guest = Sender(sender, self._digest(client))
        if room.refused & set(guest):
            raise NotTaken("out", OUT)
        self._pace(sender)
        count = room.counts.get(sender, 0)
        if count >= EACH:
            raise NotTaken("full", SENT, most=EACH)
        if len(room.of(guest, "client")) >= HERE:
            raise NotTaken("full", FULL, most=HERE)
        _keep_pace(room.times, ROOM_PACE, self._clock(), MANY)
        room.guests[self._put(room, drawn)] = guest
        room.counts[sender] = count + 1
        return count + 1

    def take(self, owner: str, room: str, digits: Mapping[int, Drawn], client: str = "") -> None:
        """Make the digits of a room's wall part of the owner's collection; what was taken out goes.

        As many as it holds, the newest of them.

        Raises:
            NotTaken: this server holds as many drawings as it can.
        """
        own = self._own(owner, client)
        for (code, piece), number in list(own.pieces.items()):
            if code == room and piece not in digits:
                self.remove(owner, [number])
                del own.pieces[code, piece]
        new = [piece for piece in digits if (room, piece) not in own.pieces]
        left = MOST - len(own.drawings)
        for piece in new[max(0, len(new) - left) :]:
            number = self._put(own, digits[piece])
            own.pieces[room, piece] = number
            own.guests[number] = Sender(room, room)

    def opened(self, code: str) -> Collection:
        """The open collection of a code.

        Raises:
            NotTaken: there is none.
        """
        self._tidy()
        if code not in self._codes:
            raise NotTaken("unknown", CLOSED)
        return self._all[self._codes[code]]

    def open(self, owner: str, client: str = "") -> str:
        """Open the owner's collection to a room; its code, the same while it stays open.

        Raises:
            NotTaken: there are too many collections.
        """
        own = self._own(owner, client)
        if not own.code:
            own.code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
            self._codes[own.code] = owner
        return own.code

    def close(self, owner: str) -> None:
        """Take no more from the room; what has come stays with the owner."""
        own = self._all.get(owner)
        if own is None:
            return
        self._codes.pop(own.code, None)
        own.code, own.out = "", None
        own.counts.clear()
        own.refused.clear()

    def remove(self, owner: str, numbers: Some[int] | None = None) -> None:
        """Take drawings out, by number; all of them without numbers."""
        own = self._all.get(owner, Collection())
        for number in list(own.drawings) if numbers is None else numbers:
            own.drawings.pop(number, None)
            own.out = own.guests.pop(number, own.out)

    def expel(self, owner: str, whole: Whole) -> None:
        """Take out all of whoever sent what was taken out last, and take no more from there."""
        own = self._all.get(owner, Collection())
        if own.out is None:
            return
        own.refused.add(getattr(own.out, whole))
        for number in own.of(own.out, whole):
            del own.drawings[number], own.guests[number]

    def _own(self, owner: str, client: str) -> Collection:
        self._tidy()
        if owner not in self._all:
            here = self._digest(client)
            self._make_room(here)
            self._all[owner] = Collection(here)
        self._all[owner].touched = self._clock()
        return self._all[owner]

    def _put(self, into: Collection, drawn: Drawn) -> int:
        if len(into.drawings) >= MOST:
            raise NotTaken("full", FULL, most=MOST)
        counts = Counter[str]()
        for each in self._all.values():
            counts[each.client] += len(each.drawings)
        if counts.total() >= ALL or counts[into.client] >= ALL_HERE:
            raise NotTaken("full", CROWDED)
        into.touched = self._clock()
        into.last += 1
        into.drawings[into.last] = drawn
        return into.last

    def _pace(self, sender: str) -> None:
        times = self._sent.setdefault(sender, deque(maxlen=PACE[0]))
        _keep_pace(times, PACE, self._clock(), FAST)

    def _make_room(self, client: str) -> None:
        """Forget the oldest collection without anything in it, if one more would be too many."""
        here = sum(each.client == client for each in self._all.values())
        if len(self._all) < COLLECTIONS and here < COLLECTIONS_HERE:
            return
        empty = {
            owner: each
            for owner, each in self._all.items()
            if not each.drawings and not each.code
            if here < COLLECTIONS_HERE or each.client == client
        }
        if not empty:
            raise NotTaken("full", CROWDED)
        self._forget(min(empty, key=lambda owner: empty[owner].touched))

    def _digest(self, client: str) -> str:
        return hashlib.blake2b(client.encode(), key=self._secret, digest_size=8).hexdigest()

    def _tidy(self) -> None:
        now = self._clock()
        for owner in [o for o, each in self._all.items() if now - each.touched > HOUR]:
            self._forget(owner)
        for sender in [s for s, times in self._sent.items() if now - times[-1] > PACE[1]]:
            del self._sent[sender]

    def _forget(self, owner: str) -> None:
        self._codes.pop(self._all.pop(owner).code, None)


def _keep_pace(times: deque[float], pace: tuple[int, float], now: float, rule: Message) -> None:
    """Note that something comes now.

    Raises:
        NotTaken: it comes too soon after the others.
    """
    count, seconds = pace
    if len(times) == count and now - times[0] < seconds:
        raise NotTaken("fast", rule)
    times.append(now)


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
