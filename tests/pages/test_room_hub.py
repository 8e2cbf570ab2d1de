"""Whoever listens to a room hears everything at first, then the newest, and that it has ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.room import limits
from core.room.limits import NotTaken
from pages.kit.requests import Refused
from pages.kit.room.hub import Hub
from pages.kit.run.stream import END, open_streams
from tests.patience import PATIENCE


class _Room:
    """What is told of a room; None: there is none."""

    def __init__(self) -> None:
        self.now: str | None = "0"
        self.tellings = 0
        self.trouble: Exception | None = None

    async def told(self, code: str, lecturer: bool) -> bytes:
        self.tellings += 1
        if self.trouble:
            raise self.trouble
        if self.now is None:
            raise NotTaken("unknown", limits.NO_ROOM)
        return f"{code} {'all' if lecturer else 'some'} {self.now}".encode()


async def _next(events: AsyncIterator[bytes]) -> str:
    return (await anext(events)).decode().strip()


def test_many_changes_are_told_once_and_the_last_is_among_them() -> None:
    async def room() -> None:
        about = _Room()
        hub = Hub(about.told)
        phone, lecturer = hub.events("A", False), hub.events("A", True)
        other = hub.events("B", False)
        assert await _next(phone) == "data: A some 0"
        assert await _next(lecturer) == "data: A all 0"
        assert await _next(other) == "data: B some 0"
        for i in range(60):
            about.now = str(i)
            hub.changed("A")
        assert await _next(phone) == "data: A some 59"
        assert await _next(lecturer) == "data: A all 59"
        assert about.tellings <= 7
        hub.changed("")
        assert await _next(other) == "data: B some 59"
        about.now = None
        hub.changed("A")
        assert "event: gone" in await _next(phone)
        for each in (phone, lecturer, other):
            await each.aclose()
        assert not hub._channels

    asyncio.run(room())


def test_who_sees_nothing_new_is_not_told_again() -> None:
    """Votes change what the lecturer sees: phones, of which there are hundreds, hear nothing."""

    async def room() -> None:
        about = _Room()
        hub = Hub(about.told)
        phone = hub.events("A", False)
        assert await _next(phone) == "data: A some 0"
        hub.changed("A")
        for _ in range(10):
            await asyncio.sleep(0)
        assert about.tellings == 2
        about.now = "1"
        hub.changed("A")
        assert await _next(phone) == "data: A some 1"
        await phone.aclose()

    asyncio.run(room())


def test_what_changes_while_it_is_read_is_told_after_the_usual_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A vote that comes while bars are counted is no sign of trouble: it does not wait a second."""
    monkeypatch.setattr("pages.kit.room.hub.LATER", 3600.0)

    async def room() -> None:
        about = _Room()

        async def told(code: str, lecturer: bool) -> bytes:
            content = await about.told(code, lecturer)
            if about.now == "1":
                about.now = "2"
                hub.changed("A", lecturers=True)
            return content

        hub = Hub(told)
        lecturer = hub.events("A", True)
        assert await _next(lecturer) == "data: A all 0"
        about.now = "1"
        hub.changed("A")
        assert await _next(lecturer) == "data: A all 1"
        assert await asyncio.wait_for(_next(lecturer), PATIENCE) == "data: A all 2"
        await lecturer.aclose()

    asyncio.run(room())


def test_what_the_lecturer_alone_sees_is_read_for_the_lecturer_alone() -> None:
    """A vote, a drawing, somebody who joins: three hundred phones cost nothing."""

    async def room() -> None:
        about = _Room()
        hub = Hub(about.told)
        phone, lecturer = hub.events("A", False), hub.events("A", True)
        await _next(phone)
        await _next(lecturer)
        about.now = "1"
        hub.changed("A", lecturers=True)
        assert await _next(lecturer) == "data: A all 1"
        assert about.tellings == 3
        hub.changed("A")
        assert await _next(phone) == "data: A some 1"
        for each in (phone, lecturer):
            await each.aclose()

    asyncio.run(room())


def test_who_comes_late_hears_what_the_others_heard() -> None:
    """A hall whose phones come back all at once does not ask the database for each of them."""

    async def room() -> None:
        about = _Room()
        hub = Hub(about.told)
        phones = [hub.events("A", False) for _ in range(3)]
        for phone in phones:
            assert await _next(phone) == "data: A some 0"
        assert about.tellings == 1
        about.now = "1"
        hub.changed("A")
        assert await _next(phones[0]) == "data: A some 1"
        late = hub.events("A", False)
        assert await _next(late) == "data: A some 1"
        assert about.tellings == 2
        for each in (*phones, late):
            await each.aclose()
        about.now = "2"  # while nobody listens
        phone = hub.events("A", False)
        assert await _next(phone) == "data: A some 2"
        await phone.aclose()

    asyncio.run(room())


@pytest.mark.parametrize("trouble", [NotTaken("away", limits.AWAY), Refused(503, limits.MANY)])
def test_a_room_that_cannot_be_told_now_has_not_ended(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is away, and more questions than are taken: neither is the room's end."""
    monkeypatch.setattr("pages.kit.room.hub.LATER", 0.01)

    async def room() -> None:
        about = _Room()
        hub = Hub(about.told)
        phone = hub.events("A", False)
        assert await _next(phone) == "data: A some 0"
        about.trouble, about.now = trouble, "1"
        assert [event async for event in hub.events("B", False)] == []  # it comes again
        hub.changed("A")
        heard = asyncio.create_task(_next(phone))
        while about.tellings < 5:
            await asyncio.sleep(0)
        about.trouble = None
        assert await heard == "data: A some 1"
        await phone.aclose()

    asyncio.run(room())


def test_a_stream_ends_with_the_server() -> None:
    async def room() -> None:
        events = Hub(_Room().told).events("A", False)
        await anext(events)
        for waiting in open_streams:
            waiting.put_nowait(END)
        assert [event async for event in events] == []

    asyncio.run(room())
