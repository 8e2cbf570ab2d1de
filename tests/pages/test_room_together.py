"""Votes that come while others are stored share one commit, and each hears its own outcome."""

from __future__ import annotations

import asyncio

import pytest

from pages.kit.requests import Refused
from pages.kit.room.together import Together


class _Store:
    """A database that takes its time; odd numbers are refused."""

    def __init__(self) -> None:
        self.stored: list[list[int]] = []
        self.ready = asyncio.Event()

    async def __call__(self, numbers: list[int]) -> list[str | Exception]:
        self.stored.append(numbers)
        await self.ready.wait()
        return [ValueError(str(each)) if each % 2 else str(each) for each in numbers]


def test_who_comes_alone_is_stored_alone_and_the_others_together() -> None:
    async def run() -> None:
        store = _Store()
        together: Together[int, str] = Together(store, 10)
        asked = [asyncio.create_task(together.put(0))]
        await asyncio.sleep(0.01)
        asked += [asyncio.create_task(together.put(i)) for i in range(1, 6)]
        await asyncio.sleep(0.01)
        assert not asked[0].done(), "nothing is acknowledged before it is stored"
        asked[2].cancel()  # who hangs up keeps nobody from an answer
        store.ready.set()
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        assert store.stored == [[0], [1, 2, 3, 4, 5]]
        assert [o if isinstance(o, str) else type(o) for o in outcomes] == [
            "0", ValueError, asyncio.CancelledError, ValueError, "4", ValueError
        ]  # fmt: skip

    asyncio.run(run())


def test_a_storing_that_fails_is_told_to_all_and_the_next_is_tried() -> None:
    async def run() -> None:
        fails = True

        async def store(numbers: list[int]) -> list[int | Exception]:
            if fails:
                raise OSError("The disk is full.")
            return [*numbers]

        together: Together[int, int] = Together(store, 10)
        for outcome in await asyncio.gather(*map(together.put, (1, 2)), return_exceptions=True):
            assert isinstance(outcome, OSError)
        fails = False
        assert await together.put(3) == 3

    asyncio.run(run())


def test_no_more_wait_than_there_are_seats() -> None:
    async def run() -> None:
        store = _Store()
        together: Together[int, str] = Together(store, 2)
        first = asyncio.create_task(together.put(0))
        await asyncio.sleep(0.01)
        waiting = [asyncio.create_task(together.put(2)) for _ in range(2)]
        await asyncio.sleep(0.01)
        with pytest.raises(Refused):
            await together.put(4)
        store.ready.set()
        assert await asyncio.gather(first, *waiting) == ["0", "2", "2"]

    asyncio.run(run())
