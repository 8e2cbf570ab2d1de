"""Server-sent events: changes in a run, sent to every browser that watches it."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from core.training.engine import Engine
from core.training.run import Run

PULSE = 10.0
"""Seconds of silence after which a comment is sent, so that the connection is not given up."""
BEHIND, BYTES = 32, 1_000_000
"""Events, and bytes of them, by which a slow listener may lag; beyond that it is sent everything
again."""

_ANEW, END = b"anew", b"end"
open_streams: set[asyncio.Queue[bytes]] = set()
"""What each stream waits for; it ends with `END`."""


async def events(engine: Engine, run: Run) -> AsyncIterator[bytes]:
    """The whole run, then its changes, for as long as somebody listens."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[bytes] = asyncio.Queue()
    behind = 0

    def put(event: bytes) -> None:
        nonlocal behind
        if behind > BYTES or waiting.qsize() > BEHIND:
            return  # it is told everything anyway
        behind += len(event)
        full = behind > BYTES or waiting.qsize() == BEHIND
        waiting.put_nowait(_ANEW if full else event)

    def listener(event: bytes) -> None:
        with suppress(RuntimeError):  # the server's loop has been closed
            loop.call_soon_threadsafe(put, event)

    def leave() -> None:
        engine.leave(run, listener)

    async def anew() -> bytes:
        nonlocal behind
        await asyncio.wrap_future(engine.ask(leave))
        while not waiting.empty():
            waiting.get_nowait()
        behind = 0
        return await asyncio.wrap_future(engine.ask(lambda: engine.listen(run, listener)))

    open_streams.add(waiting)
    try:
        yield await anew()
        while True:
            try:
                event = await asyncio.wait_for(waiting.get(), PULSE)
            except TimeoutError:
                event = b":\n\n"
            if event is END:
                return
            behind -= len(event)
            yield await anew() if event is _ANEW else event
    finally:
        open_streams.discard(waiting)
        engine.ask(leave)


def end_with_the_server() -> None:
    """Let the server end while browsers listen: it waits until every answer has been given."""
    if threading.current_thread() is not threading.main_thread():
        return  # a test; signals are the main thread's
    loop = asyncio.get_running_loop()

    def end() -> None:
        for waiting in open_streams:
            waiting.put_nowait(END)

    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)

        def handle(number: int, frame: Any, before: Any = before) -> None:
            loop.call_soon_threadsafe(end)
            if callable(before):
                before(number, frame)

        signal.signal(number, handle)
