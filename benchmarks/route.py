"""The live route without a browser: alone, with a room full of students, and with hostile posts."""

from __future__ import annotations

import asyncio

from benchmarks.client import JSON, TRACE, Client
from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import application, percentile
from benchmarks.pen import questions
from core.vision.drawing import MAX_BYTES

CLIENTS = 60
SECONDS = 10
ROUNDS = 50

STRIP_EVERY, STRIP_SHARE = 0.12, 24
"""The page asks for the strip once in so many seconds, or in so many answers if they are slow."""


@measures(
    Figure("draw.route_ms.p50", "answer of the live route, median", "ms", None, 4),
)
def route() -> Values:
    """One student at 60 Hz over ten digits."""
    with application() as address:
        asyncio.run(_student(address, 0, 60, 1))
        times, _ = asyncio.run(_student(address, 0, 60, SECONDS))
    return {"draw.route_ms.p50": percentile(times, 50)}


@measures(
    Figure("draw.route_ms.p95", "the same with 60 students at 10 Hz, 95 of 100", "ms", None, 150),
    Figure("draw.room_answered_share", "of their moves, answered each for itself", "share"),
)
def crowd() -> Values:
    """Sixty students, ten seconds; this process asks, the application's own answers."""

    async def room(address: str) -> list[tuple[list[float], int]]:
        students = (_student(address, number, 10, SECONDS) for number in range(CLIENTS))
        return list(await asyncio.gather(*students))

    with application() as address:
        asyncio.run(_student(address, 0, 60, 1))
        answers = asyncio.run(room(address))
    times = [time for each, _ in answers for time in each]
    total = sum(total for _, total in answers)
    return {
        "draw.route_ms.p95": percentile(times, 95),
        "draw.room_answered_share": len(times) / total,
    }


async def _student(address: str, number: int, hz: float, seconds: float) -> tuple[list[float], int]:
    """Milliseconds of each answer, and how often the pen moved.

    As on the page (pages/draw_a_digit/view.js, pages/kit/live.js), one question is in flight at a
    time, what the pen does meanwhile is asked about together, and the strip comes along now and
    then.
    """
    digits = [questions(number + i, round(hz)) for i in range(10)]
    bodies = [body for digit in digits for body in digit]
    client = await Client(address).connect()
    loop = asyncio.get_running_loop()
    await asyncio.sleep(number / CLIENTS / hz)  # nobody draws in step with the others
    start, last_strip, tick = loop.time(), -1.0, 0
    times: list[float] = []
    while tick < seconds * hz:
        await asyncio.sleep(max(0.0, start + tick / hz - loop.time()))
        sent = loop.time()
        strip = sent - last_strip > max(STRIP_EVERY, STRIP_SHARE * (times[-1] if times else 0))
        last_strip = sent if strip else last_strip
        status, _ = await client.post(bodies[tick % len(bodies)][strip])
        if status != 200:
            raise RuntimeError(f"The live route answered {status}.")
        times.append(loop.time() - sent)
        tick = max(tick + 1, int((loop.time() - start) * hz))
    client.close()
    return [1000 * time for time in times], round(seconds * hz)


@measures(
    Figure("route.hostile_ms.p95", "a hostile post refused, 95 of 100", "ms", None, 2),
)
def hostile() -> Values:
    """Every kind of hostile post in turn, each over a connection that is open."""
    with application() as address:
        times = asyncio.run(_refused(address))
    return {"route.hostile_ms.p95": percentile(times, 95)}


def _hostile() -> list[tuple[bytes, dict[str, str], int | None]]:
    """Body, headers, and the length that is claimed where that is a lie."""
    good = questions(3, 60)[-1][0]
    full = (MAX_BYTES - 40) // len(b"[1,1],")
    return [
        (b"", JSON, None),
        (b"{", JSON, None),
        (b"null", JSON, None),
        (b'{"drawing": 3}', JSON, None),
        (b'{"drawing": [[[NaN, 1]]]}', JSON, None),
        (b'{"drawing": [[[1e999, 1]]]}', JSON, None),
        (b'{"drawing": [["a", "b"]]}', JSON, None),
        (b'{"drawing": [[[1, 99999]]]}', JSON, None),
        (b'{"drawing": [' + b"[[1,2]]," * 300 + b"[[1,2]]]}", JSON, None),
        (b'{"drawing": [[' + b"[1,1]," * full + b"[1,1]]]}", JSON, None),
        (b"[" * 100_000, JSON, None),
        (b" " * 65_536, JSON, 10**9),  # a million points and more
        (good, {"Content-Type": "text/plain"}, None),
        (good, JSON | {"Origin": "https://elsewhere.example"}, None),
    ]


async def _refused(address: str) -> list[float]:
    client = await Client(address).connect()
    loop = asyncio.get_running_loop()
    times = []
    for turn in range(ROUNDS + 5):
        for body, headers, length in _hostile():
            start = loop.time()
            status, sentence = await client.post(body, headers, TRACE, length)
            if turn >= 5:  # the first ones warm the paths
                times.append(1000 * (loop.time() - start))
            if not (400 <= status < 500 and sentence.endswith(b".")):
                raise RuntimeError(f"{body[:40]!r} was answered {status}: {sentence[:80]!r}.")
            if length is not None:
                await client.connect()
    client.close()
    return times
