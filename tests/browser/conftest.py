"""One Chromium for each file of tests, a fresh context for each test, no error in its console."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Playwright, sync_playwright

from tests.browser.screen import Screen
from tests.chromium import DEBIAN, FLAGS
from tests.served import Server

WINDOW = {"width": 1280, "height": 860}

# On a deep link Streamlit's own start looks for its server below the page's address first, and
# the browser reports each 404. Nothing of ours.
STREAMLIT_LOOKS_AROUND = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")

Open = Callable[..., Screen]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


# Of a file, not of the session: while Playwright runs, no other test can use asyncio.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable(playwright), args=FLAGS)
        yield browser
        browser.close()


def _executable(playwright: Playwright) -> Path:
    for path in (DEBIAN, Path(playwright.chromium.executable_path)):
        if path.exists():
            return path
    pytest.skip("There is no Chromium: apt install chromium, or playwright install chromium.")


@pytest.fixture
def forgiven() -> list[str]:
    """Patterns of console errors that the test provokes on purpose."""
    return []


@pytest.fixture
def open_page(chromium: Browser, server: Server, forgiven: list[str]) -> Iterator[Open]:
    """A function that opens a page in a browser context of its own.

    It takes a path with its query, `url` for another server, and Playwright's options of a context.
    """
    contexts, wrong = [], []

    def on_console(message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type == "error" and not STREAMLIT_LOOKS_AROUND.search(where):
            wrong.append(f"{message.text} ({where})")

    def opened(path: str = "/draw-a-digit", *, url: str = server.url, **options: Any) -> Screen:
        options = {"viewport": WINDOW, "locale": "en-US", "color_scheme": "light"} | options
        context = chromium.new_context(**options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        context.on("console", on_console)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        screen = Screen(context.new_page())
        screen.goto(url + path)
        return screen

    yield opened
    for context in contexts:
        context.close()
    assert [text for text in wrong if not any(re.search(p, text) for p in forgiven)] == []


@pytest.fixture
def screen(open_page: Open) -> Screen:
    """The page "Draw a digit", as first seen."""
    return open_page().ready()
