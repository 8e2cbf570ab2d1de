"""Pots of labelled drawings: everybody has one of their own, and can open it to a room.

A pot holds pictures and labels, in memory only: no names, no addresses, no strokes, nothing on a
disk. An hour after the last drawing it is forgotten. All of it is touched from one thread.
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from core.schema import Message, Refusal, mark
from core.vision.drawing import Drawing
from core.vision.finetune.setting import BLANK, LABEL, Drawn, as_text
from core.vision.models import CLASSES
from core.vision.preprocess import render

MOST = 500
"""Drawings in one pot."""
EACH = 60
"""Drawings that one sender may have in somebody else's pot."""
PACE = (10, 8.0)
"""At most this many drawings from one sender in this many seconds."""
POTS = 256
ALL = 20_000
"""Pots, and drawings in all of them together; those that rest longest go first."""
HOUR = 3600.0

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of a code: none that is taken for another one when it is read from a wall."""
LENGTH = 6

Kind = Literal["unknown", "full", "fast"]


class NotTaken(Refusal):
    """A drawing that is not taken; `kind` says why in a word."""

    def __init__(self, kind: Kind, rule: Message, /, **values: object) -> None:
        """Keep the kind beside the rule."""
        super().__init__(rule, **values)
        self.kind: Kind = kind


@dataclass
class Pot:
    """One person's drawings, and those that a room sent.

    Attributes:
        code: what a room sends to; "" while the pot is closed.
        drawings: by number, in the order in which they came.
        guests: the numbers of those that others sent.
        counts: how many each sender put in so far.
        touched: when the last drawing came, or the pot was opened or closed.
    """

    code: str = ""
    drawings: dict[int, Drawn] = field(default_factory=dict)
    guests: set[int] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    touched: float = 0.0
    last: int = 0


class Pots:
    """All pots, by owner: an unguessable text that a browser made up.

    Args:
        clock: seconds; a test has its own.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any."""
        self._clock = clock
        self._pots: dict[str, Pot] = {}
        self._codes: dict[str, str] = {}
        self._sent: dict[str, deque[float]] = {}

    def told(self, owner: str, after: int = 0) -> dict[str, Any]:
        """What an owner sees of the pot: its code, all numbers, and the drawings after a number."""
        self._tidy()
        pot = self._pots.get(owner, Pot())
        new = [
            {"id": i, "label": each.label, "image": as_text(each.ink), "own": i not in pot.guests}
            for i, each in pot.drawings.items()
            if i > after
        ]
        return {"code": pot.code, "ids": list(pot.drawings), "new": new, "most": MOST}

    def add(self, owner: str, label: object, drawing: object) -> int:
        """Put a drawing of the owner's into their pot; its number.

        Raises:
            NotTaken: too many, or too fast.
            ValueError: the drawing or the label cannot be used.
        """
        drawn = prepared(label, drawing)
        self._pace(owner)
        return self._put(self._own(owner), drawn)

    def send(self, code: str, sender: str, label: object, drawing: object) -> int:
        """Put a drawing into the open pot of that code; how many the sender has put there.

        Raises:
            NotTaken: there is no such pot, too many, or too fast.
            ValueError: the drawing or the label cannot be used.
        """
        pot = self.open_pot(code)
        drawn = prepared(label, drawing)
        self._pace(sender)
        if pot.counts.get(sender, 0) >= EACH:
            raise NotTaken(
                "full",
                mark("You have sent {most} drawings, as many as one person may."),
                most=EACH,
            )
        pot.guests.add(self._put(pot, drawn))
        pot.counts[sender] = pot.counts.get(sender, 0) + 1
        return pot.counts[sender]

    def open_pot(self, code: str) -> Pot:
        """The open pot of a code.

        Raises:
            NotTaken: there is none.
        """
        self._tidy()
        if code not in self._codes:
            raise NotTaken("unknown", mark("This pot is closed, or there was none of that code."))
        return self._pots[self._codes[code]]

    def open(self, owner: str) -> str:
        """Open the owner's pot to a room; its code, the same while it stays open."""
        pot = self._own(owner)
        if not pot.code:
            pot.code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
            self._codes[pot.code] = owner
        return pot.code

    def close(self, owner: str) -> None:
        """Take no more from the room; what has come stays with the owner."""
        pot = self._own(owner)
        self._codes.pop(pot.code, None)
        pot.code = ""
        pot.counts.clear()

    def remove(self, owner: str, numbers: Collection[int] | None = None) -> None:
        """Take drawings out, by number; all of them without numbers."""
        pot = self._own(owner)
        for number in list(pot.drawings) if numbers is None else numbers:
            pot.drawings.pop(number, None)
            pot.guests.discard(number)

    def _own(self, owner: str) -> Pot:
        self._tidy()
        if owner not in self._pots:
            self._room(len(self._pots) >= POTS)
            self._pots[owner] = Pot()
        self._pots[owner].touched = self._clock()
        return self._pots[owner]

    def _put(self, pot: Pot, drawn: Drawn) -> int:
        if len(pot.drawings) >= MOST:
            raise NotTaken("full", mark("The pot is full: it holds {most} drawings."), most=MOST)
        pot.touched = self._clock()
        self._room(sum(len(each.drawings) for each in self._pots.values()) >= ALL, pot)
        pot.last += 1
        pot.drawings[pot.last] = drawn
        return pot.last

    def _pace(self, sender: str) -> None:
        count, seconds = PACE
        now = self._clock()
        times = self._sent.setdefault(sender, deque(maxlen=count))
        if len(times) == count and now - times[0] < seconds:
            raise NotTaken(
                "fast", mark("That is faster than anybody draws. Try again in a moment.")
            )
        times.append(now)

    def _room(self, needed: bool, but: Pot | None = None) -> None:
        """Forget the pot that rests longest, empty ones first and open ones last."""
        others = {owner: pot for owner, pot in self._pots.items() if pot is not but}
        if needed and others:
            self._forget(min(others, key=lambda owner: _worth(others[owner])))

    def _tidy(self) -> None:
        now = self._clock()
        for owner in [o for o, pot in self._pots.items() if now - pot.touched > HOUR]:
            self._forget(owner)
        for sender in [s for s, times in self._sent.items() if now - times[-1] > PACE[1]]:
            del self._sent[sender]

    def _forget(self, owner: str) -> None:
        self._codes.pop(self._pots.pop(owner).code, None)


def _worth(pot: Pot) -> tuple[bool, bool, float]:
    return bool(pot.code), bool(pot.drawings), pot.touched


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
    picture = np.rint(render(Drawing.of(drawing)) * 255).astype(np.uint8)
    if not picture.any():
        raise Refusal(BLANK)
    return picture.tobytes()
