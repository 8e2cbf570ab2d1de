"""From the pen to the picture, in a real browser: 60 moves of the mouse a second."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import orjson
from playwright.async_api import Page, async_playwright

from benchmarks.arrival import HALL
from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import PAINTED, WINDOW, application, launch, percentile
from benchmarks.pen import questions, strokes
from core.vision import answer
from core.vision.drawing import SIDE
from core.vision.question import DrawingQuestion
from tests.chromium import ASK_NO_MORE, NO_SOCKET

HZ = 60
MOVES = 60
"""A digit takes about a second."""
ROUNDS = 3

READ = "performance.getEntriesByName('fp:painted').map((entry) => entry.duration)"
FORGET = "performance.clearMeasures('fp:painted')"

LATENCY = "draw.pointer_to_painted_ms"
SHARE = "draw.painted_share_of_pointer_moves"


@measures(
    Figure(f"{LATENCY}.p50", "pen moved to all layers painted, median", "ms", at_most=16),
    Figure(f"{LATENCY}.p95", "the same, 95 of 100", "ms", at_most=25),
    Figure(SHARE, "moves at 60 Hz that are painted", "share", at_least=0.95),
)
def pointer() -> Values:
    """Ten digits, with the pen lifted, the page told and the canvas cleared as a person does it."""
    return asyncio.run(_pointer())


async def _pointer() -> Values:
    times, _, sent = await _digits()
    return {
        f"{LATENCY}.p50": percentile(times, 50),
        f"{LATENCY}.p95": percentile(times, 95),
        SHARE: len(times) / sent,
    }


@measures(
    Figure("draw.answer_kb", "an answer of the pen at 40 ms and 20 Mbit/s", "kB", at_most=25),
    Figure("draw.answer_local_kb", "the same beside the server, not packed", "kB"),
    Figure("draw.painted_hall_ms.p95", "pen moved to painted there, 95 of 100", "ms", at_most=110),
)
def hall() -> Values:
    """The same digits on the hall's network, and beside the server."""
    times, packed, _ = asyncio.run(_digits(HALL))
    _, plain, _ = asyncio.run(_digits())
    return {
        "draw.answer_kb": percentile(packed, 50) / 1000,
        "draw.answer_local_kb": percentile(plain, 50) / 1000,
        "draw.painted_hall_ms.p95": percentile(times, 95),
    }


@measures(
    Figure(
        "draw.socket_over_fetch", "pen to painted, by socket over posted", "ratio", at_most=0.65
    ),
    Figure(
        "draw.painted_over_limit",
        "pen to painted, over the answer and half a frame",
        "ratio",
        at_most=1.2,
    ),
)
def socket() -> Values:
    """Both ways in turns; and what would be left if nothing but the answer took time."""
    ways: dict[str, list[float]] = {"": [], NO_SOCKET: []}
    for _ in range(ROUNDS):
        for script, times in ways.items():
            times += asyncio.run(_digits(script=script))[0]
    quick, posted = (percentile(times, 50) for times in ways.values())
    limit = _answer_ms() + 1000 / HZ / 2
    return {"draw.socket_over_fetch": quick / posted, "draw.painted_over_limit": quick / limit}


def _answer_ms() -> float:
    """Milliseconds of an answer in this very process, median."""
    answer.warm()
    bodies = [body for number in range(10) for body, _ in questions(number, MOVES)]
    times = []
    for body in bodies:
        start = time.perf_counter()
        answer.answer(DrawingQuestion.read(orjson.loads(body)))
        times.append(1000 * (time.perf_counter() - start))
    return percentile(times, 50)


async def _digits(
    network: dict[str, Any] | None = None, script: str = ""
) -> tuple[list[float], list[float], int]:
    """Draw ten digits: ms to painted, bytes of each answer on the wire, and places of the pen."""
    # The page itself measures, from the pointer event's own time stamp to the end of painting. A
    # move that the browser merges with another one was sent, and counts as not painted.
    asked: set[str] = set()
    sizes: list[float] = []

    def sends(event: dict[str, Any]) -> None:
        if event["request"]["url"].endswith("/trace"):
            asked.add(event["requestId"])

    def has(event: dict[str, Any]) -> None:
        if event["requestId"] in asked:
            sizes.append(event["encodedDataLength"])

    with application() as address:
        async with async_playwright() as playwright:
            chromium = await playwright.chromium.launch(**launch())
            page = await chromium.new_page(viewport=WINDOW)
            await page.add_init_script(ASK_NO_MORE + script)
            wire = await page.context.new_cdp_session(page)
            wire.on("Network.requestWillBeSent", sends)
            wire.on("Network.loadingFinished", has)
            await wire.send("Network.enable")
            if network:
                await wire.send("Network.emulateNetworkConditions", network)
            await page.goto(f"{address}/draw-a-digit")
            await page.wait_for_selector(PAINTED)
            await _draw(page, 3)
            await page.evaluate(FORGET)
            sizes.clear()
            sent = sum([await _draw(page, number) for number in range(10)])
            times: list[float] = await page.evaluate(READ)
            await chromium.close()
    return times, sizes, sent


async def _draw(page: Page, number: int) -> int:
    """Draw a sample on an empty canvas; how many places the pen was at."""
    await page.locator("[data-fp=clear]").click()
    await asyncio.sleep(0.5)
    box = await page.locator("[data-fp=canvas]").bounding_box()
    assert box is not None
    loop = asyncio.get_running_loop()
    paths = strokes(number, MOVES)
    for path in paths:
        first, *rest = (
            (box["x"] + x * box["width"] / SIDE, box["y"] + y * box["height"] / SIDE)
            for x, y in path
        )
        await page.mouse.move(*first)
        await page.mouse.down()
        start = loop.time()
        moves = []
        for tick, place in enumerate(rest, 1):
            await asyncio.sleep(start + tick / HZ - loop.time())
            # Not awaited: the browser says that the mouse has moved a frame later, so a mouse that
            # waits for that cannot keep 60 Hz.
            moves.append(asyncio.create_task(page.mouse.move(*place)))
        await asyncio.gather(*moves)
        await page.mouse.up()
        await asyncio.sleep(0.3)
    return sum(map(len, paths))
