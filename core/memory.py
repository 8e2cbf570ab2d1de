"""What this server holds for its visitors: one number, how it is shared, and who makes room.

Whoever runs the server sets the number with FORWARD_PASS_MEMORY, in megabytes. Beside it stand the
networks that ship, Streamlit's sessions and the workers: docs/deploy.md has their sizes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from core.schema import Message, Refusal, mark

VARIABLE = "FORWARD_PASS_MEMORY"
USUAL = 3_600
"""Megabytes: sixty people who train, adopt a network each and open a file of vectors."""
LEAST = 100


def megabytes(environment: Mapping[str, str]) -> int:
    """How much may be held.

    Raises:
        ValueError: the variable is no whole number, or too small a one.
    """
    text = environment.get(VARIABLE, "").strip() or str(USUAL)
    if not (text.isascii() and text.isdigit()) or int(text) < LEAST:
        raise ValueError(f"{VARIABLE} is a number of megabytes, at least {LEAST}: not {text!r}.")
    return int(text)


BYTES = megabytes(os.environ) * 1_000_000
"""All that is held for visitors."""
RUNS = BYTES * 44 // 100
"""Of it, the saved states and curves of training runs; those that compute or wait included."""
NETWORKS = BYTES * 16 // 100
"""Networks that somebody took from a run to "Draw a digit", 6.5 MB each."""
BROUGHT = BYTES * 6 // 100
"""Networks that somebody brought."""
BESIDE = BYTES * 1 // 100
"""Pictures for them."""
VECTORS = BYTES * 16 // 100
"""Files of word vectors."""
PICTURES = BYTES * 2 // 100
"""Pictures for networks of real pictures, half a megabyte each."""
SHEETS = BYTES * 7 // 100
"""Photographs of handwriting, 4.7 MB each at most."""
UPLOADS = BYTES * 8 // 100
"""Files as they came, until they are read; tables and texts while their page is open."""

IDLE = 3600.0
"""Seconds after which what nobody has used may go for something new."""

FULL = mark("This server holds as much as it can for its visitors. Try again in a few minutes.")

T = TypeVar("T")


class Full(Refusal):
    """There is no room now; later there may be."""


@dataclass
class _Item(Generic[T]):
    """What is held, and by whom, with the network address of each."""

    value: T
    size: int
    used: float
    owners: dict[str, str] = field(default_factory=dict)


class Store(Generic[T]):
    """What visitors keep here for a while, within a number of bytes.

    A newcomer takes the place of the newcomer's own oldest, then of what nobody has used for an
    hour, then of what somebody has beside something newer; nobody loses their last. An owner has a
    twentieth of the bytes, or else one thing of any size; a network address three quarters: a room
    sits behind one.

    >>> store = Store[str](100)
    >>> store.put("a", "first", 5, owner="me")
    >>> store.put("b", "second", 5, owner="me")
    >>> store.get("a"), store.get("b")
    (None, 'second')
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold nothing yet."""
        self.most = most
        self._clock = clock
        self._items: dict[str, _Item[T]] = {}
        self._lock = Lock()

    @property
    def held(self) -> int:
        """Bytes."""
        return sum(item.size for item in self._items.values())

    def get(self, name: str) -> T | None:
        """What is held under a name; it counts as used."""
        with self._lock:
            item = self._items.get(name)
            if item is None:
                return None
            item.used = self._clock()
            return item.value

    def find(self, name: str, forgotten: Message) -> T:
        """The same, where something must be there.

        Raises:
            Refusal: it has been forgotten.
        """
        found = self.get(name)
        if found is None:
            raise Refusal(forgotten)
        return found

    def put(self, name: str, value: T, size: int, owner: str, client: str = "") -> None:
        """Hold something; what is there under the name already is held for one more.

        Raises:
            Full: there is no room for it.
        """
        with self._lock:
            own = self._of(owner)
            item = self._items.get(name)
            if item is None:
                while own and sum(self._items[one].size for one in own) + size > self.most // 20:
                    self._let_go(own.pop(0), owner)
                self._make_room(size, owner, client)
                item = self._items[name] = _Item(value, size, 0.0)
            item.used = self._clock()
            item.owners[owner] = client

    def clear(self) -> None:
        """Let go of everything."""
        self._items.clear()

    def _of(self, owner: str) -> list[str]:
        """The names of what somebody has, longest unused first."""
        found = [name for name, item in self._items.items() if owner in item.owners]
        return sorted(found, key=lambda name: self._items[name].used)

    def _let_go(self, name: str, owner: str) -> None:
        owners = self._items[name].owners
        owners.pop(owner, None)
        if not owners:
            del self._items[name]

    def _make_room(self, size: int, owner: str, client: str) -> None:
        def here() -> int:
            items = self._items.values()
            return sum(item.size for item in items if client in item.owners.values())

        while (crowded := here() + size > self.most * 3 // 4) or self.held + size > self.most:
            if own := self._of(owner):
                self._let_go(own[0], owner)
                continue
            others = [
                n for n, i in self._items.items() if not crowded or client in i.owners.values()
            ]
            now = self._clock()
            spare = [n for n in others if now - self._items[n].used > IDLE or self._is_spare(n)]
            if not spare:
                raise Full(FULL)
            del self._items[min(spare, key=lambda name: self._items[name].used)]

    def _is_spare(self, name: str) -> bool:
        """Whether each of its owners has something that was used later."""
        return all(self._of(owner)[-1] != name for owner in self._items[name].owners)
