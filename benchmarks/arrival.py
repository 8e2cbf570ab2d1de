"""How a page arrives: does it stand still, what does it weigh, how soon is its picture there."""

from __future__ import annotations

import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import PAINTED, WINDOW, application, browser, percentile
from pages.registry import PAGES
from tests.patience import PATIENCE
from tests.served import Server

LANGUAGES = ("en", "ko")
SIZES = (ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844))
ADDRESSES = ("", *(entry.path for entry in PAGES))
TRIES = 5
QUIET = 1500
"""Milliseconds without a byte on the wire, after which a page counts as having arrived."""
HALL = {"offline": False, "latency": 40, "downloadThroughput": 2.5e6, "uploadThroughput": 2.5e6}
"""The hall's Wi-Fi: 40 ms, 20 Mbit/s."""

# All entries are added up: no windows of time, and what follows a click counts as well.
WATCH = """
window.shifted = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
ASKS = "body:not([data-fp-asking]), body[data-fp-asking='0']"


class Visit:
    """A tab: what has moved in it, and what has come over the wire."""

    def __init__(self, page: Page) -> None:
        """Watch a tab that has not been anywhere yet."""
        self.page = page
        self.bytes = 0.0
        self.inside: set[str] = set()
        """Requests for what stands in the page itself: `data:` and `blob:` come over no wire."""
        self.last = time.monotonic()
        page.set_default_timeout(1000 * PATIENCE)
        page.add_init_script(WATCH)
        self.network = page.context.new_cdp_session(page)
        self.network.send("Network.enable")
        self.network.on("Network.requestWillBeSent", self._asked)
        self.network.on("Network.loadingFinished", self._finished)
        self.network.on("Network.webSocketFrameReceived", self._frame)

    def _asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith(("data:", "blob:")):
            self.inside.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self.inside:
            self._carried(event["encodedDataLength"])

    def _carried(self, size: float) -> None:
        self.bytes += size
        self.last = time.monotonic()

    def _frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        content = frame["payloadData"]
        self._carried(len(content if frame["opcode"] == 1 else b64decode(content)))

    def settled(self) -> None:
        """Wait until the script has ended and nothing has come for a while."""
        self.page.wait_for_selector(IDLE)
        self.page.wait_for_selector(ASKS, state="attached")
        self.page.wait_for_selector("html:not([data-fp-arriving])", state="attached")
        self.last = time.monotonic()
        while time.monotonic() - self.last < QUIET / 1000:
            self.page.wait_for_timeout(QUIET / 10)

    def open(self, url: str) -> tuple[float, float]:
        """Open an address: how much moved, and how many bytes came."""
        before = self.bytes
        self.page.goto(url, wait_until="commit")
        self.settled()
        return self.page.evaluate("window.shifted"), self.bytes - before

    def go(self, path: str) -> tuple[float, float]:
        """Go to another page by its link in the navigation: the same of that."""
        before, shifted = self.bytes, self.page.evaluate("window.shifted")
        self.page.evaluate(f"document.querySelector('.st-key-fp-go-{path} a').click()")
        self.page.wait_for_selector(f".st-key-fp-go-{path}", state="detached")
        self.settled()
        return self.page.evaluate("window.shifted") - shifted, self.bytes - before


@contextmanager
def visit(chromium: Browser, size: ViewportSize, language: str) -> Iterator[Visit]:
    """A tab of a browser that has never been here."""
    context = chromium.new_context(viewport=size, locale=language)
    try:
        yield Visit(context.new_page())
    finally:
        context.close()


@measures(
    Figure("load.cls.max", "layout shift of any page, cold or from another", "share", None, 0.05),
    Figure("load.first_visit_kb", "a first visit on the wire, heaviest page", "kB", None, 1400),
    Figure("load.next_page_kb", "the next page on the wire, heaviest", "kB", None, 60),
)
def arrival() -> Values:
    """Every page, wide and on a phone, in both languages."""
    shifts, first, following = [], [], []
    with application() as address, browser() as chromium:
        for size in SIZES:
            for language in LANGUAGES:
                for path in ADDRESSES:
                    with visit(chromium, size, language) as tab:
                        shift, carried = tab.open(f"{address}/{path}")
                        shifts.append(shift)
                        first.append(carried)
                for before, after in pairwise(ADDRESSES):
                    with visit(chromium, size, language) as tab:
                        tab.open(f"{address}/{before}")
                        shift, carried = tab.go(after)
                        shifts.append(shift)
                        following.append(carried)
    return {
        "load.cls.max": max(shifts),
        "load.first_visit_kb": max(first) / 1000,
        "load.next_page_kb": max(following) / 1000,
    }


@measures(
    Figure(
        "load.first_picture_over_streamlit",
        "first picture, over an empty page of Streamlit",
        "ratio",
        None,
        1.3,
    ),
    Figure("load.first_picture_hall_s", "first picture at 40 ms and 20 Mbit/s", "s", None, 3),
)
def first_picture() -> Values:
    """An empty page and "Draw a digit" in turn, with an empty cache each time."""
    empty, ours, hall = [], [], []
    with application() as address, nothing() as bare, browser() as chromium:
        for _ in range(TRIES):
            empty.append(_until(chromium, bare, "h1"))
            ours.append(_until(chromium, f"{address}/draw-a-digit", PAINTED))
            hall.append(_until(chromium, f"{address}/draw-a-digit", PAINTED, hall=True))
    return {
        "load.first_picture_over_streamlit": percentile(ours, 50) / percentile(empty, 50),
        "load.first_picture_hall_s": percentile(hall, 50),
    }


@contextmanager
def nothing() -> Iterator[str]:
    """An application of Streamlit that shows a title and nothing else: its address."""
    with tempfile.TemporaryDirectory() as folder:
        script = "import streamlit as st\n\nst.title('Nothing')\n"
        Path(folder, "dashboard.py").write_text(script, encoding="utf-8")
        server = Server(Path(folder))
        try:
            yield server.start().url
        finally:
            server.kill()


def _until(chromium: Browser, url: str, shown: str, hall: bool = False) -> float:
    with visit(chromium, WINDOW, "en") as tab:
        if hall:
            tab.network.send("Network.emulateNetworkConditions", HALL)
        start = time.perf_counter()
        tab.page.goto(url, wait_until="commit")
        tab.page.wait_for_selector(shown)
        return time.perf_counter() - start
