"""Sine, live, in a real browser: from Play to the first loss, and how quickly it is steered."""

from __future__ import annotations

import asyncio

from playwright.async_api import Page, async_playwright

from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import WINDOW, application, launch, percentile

STARTS = 5
HALTS = 20
SECONDS = 6.0
"""How long updates are counted."""

READY = "[data-fp=sine][data-answers]"
FIRST = "sine.first_loss_visible_s"
UPDATES = "sine.updates_per_s"
PAUSE = "sine.pause_ms.p95"
STOP = "sine.stop_ms.p95"


@measures(
    Figure(FIRST, "Play pressed to the first loss on the screen, median", "s", at_most=1.0),
    Figure(UPDATES, "pictures a second while the notes' run trains", "per s", at_least=4),
    Figure(PAUSE, "Pause pressed to standstill, 95 of 100", "ms", at_most=500),
    Figure(STOP, "Stop pressed to standstill, 95 of 100", "ms", at_most=500),
)
def steering() -> Values:
    """The notes' run, with all charts on; the engine is warm, as it is seconds after the start."""
    return asyncio.run(_steering())


async def _steering() -> Values:
    with application() as address:
        async with async_playwright() as playwright:
            chromium = await playwright.chromium.launch(**launch())
            page = await chromium.new_page(viewport=WINDOW)
            await page.goto(f"{address}/sine-live?epochs=1000")  # the run itself takes two seconds
            await page.wait_for_selector(READY)
            await _begin(page)  # loads the job into the workers
            await page.evaluate("performance.clearMeasures()")
            for _ in range(STARTS):
                await _click(page, "stop")
                await _at(page, "stopped")
                await _begin(page)
            first = await _read(page, "fp:first-loss")
            updates = await _updates(page)
            for verb in ("pause", "stop"):
                for _ in range(HALTS):
                    await _going(page)
                    await _click(page, "play" if verb == "pause" else "stop")
                    await _at(page, "paused" if verb == "pause" else "stopped")
            pauses, stops = await _read(page, "fp:pause"), await _read(page, "fp:stop")
            await chromium.close()
    return {
        FIRST: percentile(first, 50) / 1000,
        UPDATES: updates,
        PAUSE: percentile(pauses, 95),
        STOP: percentile(stops, 95),
    }


async def _begin(page: Page) -> None:
    """Train from the first step, until a loss is to be seen."""
    await _click(page, "play")
    await _at(page, "running", "&& Number(panel.dataset.step) > 0")


async def _going(page: Page) -> None:
    """Have it train, whether it was paused, stopped or done."""
    if await page.locator(".panel").get_attribute("data-status") != "running":
        await _click(page, "play")
    await _at(page, "running")
    await asyncio.sleep(0.2)


async def _updates(page: Page) -> float:
    """Changes painted a second; the run is longer than it is looked at."""
    count = f"Number({_IN}('[data-fp=sine]').dataset.updates)"
    await _click(page, "stop")
    await _at(page, "stopped")
    await _begin(page)
    before, start = await page.evaluate(count), asyncio.get_running_loop().time()
    await asyncio.sleep(SECONDS)
    after = await page.evaluate(count)
    status = await page.locator(".panel").get_attribute("data-status")
    assert status == "running", "the run ended before it had been looked at"
    return float((after - before) / (asyncio.get_running_loop().time() - start))


async def _click(page: Page, name: str) -> None:
    await page.locator(f"[data-fp={name}]").click()


# The picture stands in the shadow of its component.
_IN = """((name) => {
  for (const host of document.querySelectorAll('*')) {
    const found = host.shadowRoot?.querySelector(name)
    if (found) return times
  }
})"""


async def _at(page: Page, status: str, also: str = "") -> None:
    await page.wait_for_function(
        f"() => {{ const panel = {_IN}('.panel');"
        f" return panel && panel.dataset.status === '{status}' {also} }}"
    )


async def _read(page: Page, name: str) -> list[float]:
    """Milliseconds, as the page has measured them."""
    times: list[float] = await page.evaluate(
        f"performance.getEntriesByName('{name}', 'measure').map((entry) => entry.duration)"
    )
    return times
