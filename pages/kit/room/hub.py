"""Tells everybody in a room what is so now, by server-sent events, as soon as it changes.

However many votes come at once, a room is counted and told at most a few times a second; whoever
listens slowly gets the newest and nothing in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from core.room.limits import NotTaken
from pages.kit.run.stream import END, PULSE, open_streams

PAUSE = 0.15
"""Seconds between two tellings of a room."""

_BEAT = b"event: pulse\ndata:\n\n"
_GONE = b"event: gone\ndata:\n\n"
_NEW = b"new"

Told = Callable[[str, bool], Awaitable[bytes]]


@dataclass
class _Channel:
    """Those who listen to a room, each with whether it is the lecturer."""

    listeners: dict[asyncio.Queue[bytes], bool] = field(default_factory=dict)
    latest: dict[bool, bytes] = field(default_factory=dict)
    telling: asyncio.Task[None] | None = None
    again: bool = False


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
        waiting: asyncio.Queue[bytes] = asyncio.Queue()
        channel = self._channels.setdefault(code, _Channel())
        channel.listeners[waiting] = lecturer
        open_streams.add(waiting)
        try:
            yield _event(await self._told(code, lecturer))
            while True:
                try:
                    came = await asyncio.wait_for(waiting.get(), PULSE)
                except TimeoutError:
                    yield _BEAT
                    continue
                if came is END:
                    return
                event = channel.latest[lecturer]
                yield event
                if event is _GONE:
                    return
        except NotTaken:
            yield _GONE
        finally:
            open_streams.discard(waiting)
            channel.listeners.pop(waiting, None)
            if not channel.listeners and self._channels.get(code) is channel:
                del self._channels[code]

    def changed(self, code: str) -> None:
        """A room has changed; "": any may have."""
        for each in [code] if code else list(self._channels):
            channel = self._channels.get(each)
            if channel is None:
                continue
            channel.again = True
            if channel.telling is None or channel.telling.done():
                channel.telling = asyncio.create_task(self._tell(each, channel))

    async def _tell(self, code: str, channel: _Channel) -> None:
        while channel.again:
            channel.again = False
            for lecturer in set(channel.listeners.values()):
                try:
                    channel.latest[lecturer] = _event(await self._told(code, lecturer))
                except NotTaken as error:
                    if error.kind != "unknown":  # the database is away: it will be told then
                        return
                    channel.latest[lecturer] = _GONE
            for waiting, lecturer in channel.listeners.items():
                if waiting.empty() and lecturer in channel.latest:
                    waiting.put_nowait(_NEW)
            await asyncio.sleep(PAUSE)


def _event(content: bytes) -> bytes:
    return b"data: " + content + b"\n\n"
