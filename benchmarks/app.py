"""How soon the application is there: from the command, from page to page, over the wire."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import PAINTED, WINDOW, application, browser, percentile

STARTS = 3
ROUND_TRIPS = 25

# Clicks a link of the navigation and waits, frame by frame, until the page that it leads to is
# complete: what it shows is there, what the other one showed is gone, and the script has ended. The
# picture lies in a shadow root, which a selector of the document does not enter.
SWITCH = """
([link, here, gone]) => new Promise((done, fail) => {
  const within = (root) => [root, ...[...root.querySelectorAll("*")]
    .filter((host) => host.shadowRoot).flatMap((host) => within(host.shadowRoot))];
  const find = (selector) => within(document).some((root) => root.querySelector(selector));
  const start = performance.now();
  const look = () => {
    const { testScriptState } = document.querySelector("[data-testid=stApp]").dataset;
    const took = performance.now() - start;
    if (testScriptState === "notRunning" && find(here) && !find(gone)) done(took);
    else if (took > 20000) fail(new Error(`${link} did not lead to ${here}`));
    else requestAnimationFrame(look);
  };
  document.querySelector(link).click();
  look();
})
"""
HOME = ".st-key-fp-home img"
TO_HOME = ".st-key-fp-brand a"
TO_DRAW = "[class*=st-key-fp-go] a"


@measures(
    Figure("app.cold_start_s", "command to first usable picture", "s", at_most=8),
)
def cold_start() -> Values:
    """From `streamlit run` to a painted picture; the browser is already open."""
    times = []
    with browser() as chromium:
        for _ in range(STARTS):
            page = chromium.new_page(viewport=WINDOW)
            start = time.perf_counter()
            with application() as address:
                page.goto(f"{address}/draw-a-digit", wait_until="commit")
                page.wait_for_selector(PAINTED)
                times.append(time.perf_counter() - start)
                page.close()
    return {"app.cold_start_s": percentile(times, 50)}


@measures(
    Figure("app.page_switch_ms.p95", "click in the navigation to complete page", "ms", None, 300),
)
def page_switch() -> Values:
    """Home and "Draw a digit" in turn, the first visit included."""
    times = []
    with application() as address, browser() as chromium:
        page = chromium.new_page(viewport=WINDOW)
        page.goto(address)
        page.wait_for_selector(HOME)
        for _ in range(ROUND_TRIPS):
            for way in ([TO_DRAW, PAINTED, HOME], [TO_HOME, HOME, PAINTED]):
                page.wait_for_timeout(300)
                times.append(page.evaluate(SWITCH, way))
    return {"app.page_switch_ms.p95": percentile(times, 95)}


@measures(
    Figure("app.first_view_kb", "our own assets and answers of a first visit", "kB", None, 300),
)
def first_view() -> Values:
    """Bytes over the wire below /forward-pass/ with an empty cache, of the heavier page."""
    with application() as address, browser() as chromium:
        sizes = [
            _carried(chromium, address, path, shown)
            for path, shown in (("/", HOME), ("/draw-a-digit", PAINTED))
        ]
    return {"app.first_view_kb": max(sizes) / 1000}


def _carried(chromium: Browser, address: str, path: str, shown: str) -> float:
    page: Page = chromium.new_page(viewport=WINDOW)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    ours: dict[str, float] = {}

    def on_response(event: dict[str, Any]) -> None:
        if event["response"]["url"].startswith(f"{address}/forward-pass/"):
            ours[event["requestId"]] = 0.0

    def on_finish(event: dict[str, Any]) -> None:
        if event["requestId"] in ours:
            ours[event["requestId"]] = event["encodedDataLength"]

    network.on("Network.responseReceived", on_response)
    network.on("Network.loadingFinished", on_finish)
    page.goto(address + path)
    page.wait_for_selector(shown)
    page.wait_for_timeout(1500)
    page.close()
    return sum(ours.values())
