"""The application as a user starts it, and a browser to meet it with."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from tests.chromium import ASK_NO_MORE, DEBIAN, FLAGS
from tests.served import ROOT, Server

WINDOW = ViewportSize(width=1280, height=860)
PAINTED = "[data-fp=draw][data-answers]"
"""The picture of "Draw a digit", once it shows an answer of the network."""


@contextmanager
def application(**environment: str) -> Iterator[str]:
    """`streamlit run dashboard.py` on a free port, until the block ends: its address."""
    server = Server(ROOT, **environment)
    try:
        yield server.start().url
    finally:
        server.kill()


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window, driven by Playwright's ordinary (blocking) calls.

    Pages show their answers at once, to somebody who has asked not to guess first.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch())
        new_context = chromium.new_context

        def asks_no_more(**options: Any) -> BrowserContext:
            context = new_context(**options)
            context.add_init_script(ASK_NO_MORE)
            return context

        chromium.new_context = asks_no_more  # type: ignore[method-assign]
        chromium.new_page = lambda **options: asks_no_more(**options).new_page()  # type: ignore[method-assign]
        try:
            yield chromium
        finally:
            chromium.close()


def launch() -> dict[str, Any]:
    """How Chromium is started: the system's where there is one, else Playwright's own."""
    return {"args": FLAGS} | ({"executable_path": DEBIAN} if DEBIAN.exists() else {})


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of the values do not exceed.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 50), percentile(range(1, 101), 95)
    (2.0, 95)
    """
    if not values:
        raise RuntimeError("Nothing was measured.")
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]
