"""Tells everybody in a room what is so now, by server-sent events, as soon as it changes.

However many votes come at once, a room is counted and told at most a few times a second, and nobody
is told twice what is so; whoever listens slowly gets the newest and nothing in between. What only
the lecturer sees is read for the lecturer alone, and who comes late hears what the others heard.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from core.room.limits import NotTaken
from pages.kit.requests import Refused
from pages.kit.run.stream import END, PULSE, open_streams

PAUSE = 0.15
"""Seconds between two tellings of a room."""
LATER = 1.0
"""The same while many are asking, or the database is away."""

_BEAT = b"event: pulse\ndata:\n\n"
_GONE = b"event: gone\ndata:\n\n"
_NEW = b"new"

Told = Callable[[str, bool], Awaitable[bytes]]


@dataclass(eq=False)
class _Listener:
    """One who listens, and what was sent last."""

    lecturer: bool
    waiting: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)
    seen: bytes = b""


@dataclass
class _Channel:
    """Those who listen to a room.

    Attributes:
        listeners: they.
        latest: what is so for its people and for its lecturer, of those who listen.
        stale: for whom of them it has changed since.
        telling: at work on that.
    """

    listeners: set[_Listener] = field(default_factory=set)
    latest: dict[bool, bytes] = field(default_factory=dict)
    stale: set[bool] = field(default_factory=set)
    telling: asyncio.Task[None] | None = None

    @property
    def audiences(self) -> set[bool]:
        """Who is among the listeners: people, the lecturer, both."""
        return {listener.lecturer for listener in self.listeners}


class Hub:
    """All that listen in this process.

    Args:
        told: what is so in a room, for its people or for its lecturer, as JSON.
    """

    def __init__(self, told: Told) -> None:
        """Begin with nobody."""
        self._told = told
        self._channels: dict[str, _Channel] = {}

    async def events(self, code: str, lecturer: bool) -> AsyncIterator[bytes]:
        """What is so in a room, and every change, for as long as somebody listens."""
        listener = _Listener(lecturer)
        channel = self._channels.setdefault(code, _Channel())
        channel.listeners.add(listener)
        open_streams.add(listener.waiting)
        try:
            event = channel.latest.get(lecturer) or await self._now(code, lecturer)
            if event is not None:
                event = channel.latest.setdefault(lecturer, event)  # a newer one came meanwhile
            while event is not None:  # else the line ends, and the browser takes it up again
                if event is not _BEAT:
                    listener.seen = event
                yield event
                if event is _GONE:
                    return
                event = await self._next(listener, channel)
        finally:
            open_streams.discard(listener.waiting)
            channel.listeners.discard(listener)
            if lecturer not in channel.audiences:  # nobody keeps it new
                channel.latest.pop(lecturer, None)
            if not channel.listeners and self._channels.get(code) is channel:
                del self._channels[code]

    def knows(self, code: str) -> bool:
        """Whether somebody listens to a room, which then is there."""
        return code in self._channels

    def changed(self, code: str, lecturers: bool = False) -> None:
        """A room has changed, perhaps for its lecturer alone; "": any may have."""
        for each in [code] if code else list(self._channels):
            channel = self._channels.get(each)
            if channel is None:
                continue
            channel.stale |= {True} if lecturers else {True, False}
            if channel.telling is None or channel.telling.done():
                channel.telling = asyncio.create_task(self._tell(each, channel))

    async def _next(self, listener: _Listener, channel: _Channel) -> bytes | None:
        """What is sent next; None: nothing more."""
        try:
            came = await asyncio.wait_for(listener.waiting.get(), PULSE)
        except TimeoutError:
            return _BEAT
        return None if came is END else channel.latest[listener.lecturer]

    async def _now(self, code: str, lecturer: bool) -> bytes | None:
        """What is so in the room; None: it cannot be told now."""
        try:
            return _event(await self._told(code, lecturer))
        except NotTaken as error:
            return _GONE if error.kind == "unknown" else None
        except Refused:
            return None

    async def _tell(self, code: str, channel: _Channel) -> None:
        while stale := channel.stale & channel.audiences:
            channel.stale = set()
            untold = set()
            for lecturer in stale:
                event = await self._now(code, lecturer)
                if event is None:
                    untold.add(lecturer)
                elif lecturer in channel.audiences:
                    channel.latest[lecturer] = event
            for listener in channel.listeners:
                latest = channel.latest.get(listener.lecturer, listener.seen)
                if listener.waiting.empty() and latest != listener.seen:
                    listener.waiting.put_nowait(_NEW)
            channel.stale |= untold
            await asyncio.sleep(LATER if untold else PAUSE)


def _event(content: bytes) -> bytes:
    return b"data: " + content + b"\n\n"
