"""What comes while something is being stored is then stored in one: a single commit for all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from core.schema import mark
from pages.kit.requests import Refused

A = TypeVar("A")
B = TypeVar("B")

MANY = mark("Many are asking at once. Ask again in a moment.")


class Together(Generic[A, B]):
    """Those who wait, and the one storing that goes on.

    Nobody waits for company: who comes alone is stored alone.

    Args:
        store: all of a list at once; of each its outcome, which may be an error.
        seats: how many may wait.
    """

    def __init__(
        self, store: Callable[[list[A]], Awaitable[list[B | Exception]]], seats: int
    ) -> None:
        """Begin with nobody."""
        self._store, self._seats = store, seats
        self._waiting: list[tuple[A, asyncio.Future[B]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def put(self, one: A) -> B:
        """Have one stored; its outcome.

        Raises:
            Refused: too many wait.
            Exception: what the storing made of this one.
        """
        if len(self._waiting) >= self._seats:
            raise Refused(503, MANY)
        outcome: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, outcome))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._run())
        return await outcome

    async def _run(self) -> None:
        while self._waiting:
            those, self._waiting = self._waiting, []
            outcomes: list[B | Exception]
            try:
                outcomes = await self._store([one for one, _ in those])
            except Exception as error:
                outcomes = [error] * len(those)
            for (_, told), outcome in zip(those, outcomes, strict=True):
                if told.done():  # whoever asked has hung up
                    continue
                if isinstance(outcome, Exception):
                    told.set_exception(outcome)
                else:
                    told.set_result(outcome)
