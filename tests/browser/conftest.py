"""One Chromium for all browser tests, a tab without memories for each test, no console errors."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.browser.screen import Screen
from tests.chromium import ASK_NO_MORE, DEBIAN, FLAGS
from tests.patience import MILLISECONDS
from tests.served import Server

# What the engine goes on computing when nobody looks any more is not there for the next test.
FORGET_RUNS = """async () => {
  const owner = sessionStorage.getItem("forward-pass:owner")
  if (!owner) return
  const base = "/forward-pass/runs"
  const { runs } = await (await fetch(`${base}?owner=${owner}`)).json()
  const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" }
  for (const { id, shipped } of runs) if (!shipped) await fetch(`${base}/${id}/forget`, post)
}"""

WINDOW = {"width": 1280, "height": 860}

# What can be changed in a tab that is there: one that has shown the application need not be new.
MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference"}

# On a slow machine Streamlit's start gives its server five seconds, says so, and asks again.
STREAMLIT_IS_IMPATIENT = re.compile(r"DoInitPings timed out|Connection timed out")

GONE = r"Failed to load resource|ERR_|WebSocket|_stcore|disconnected|/static/js/"
"""What the browser and Streamlit's own scripts report when a server is gone."""

Open = Callable[..., Screen]

expect.set_options(timeout=MILLISECONDS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable(playwright), args=FLAGS)
        yield browser
        asyncio._set_running_loop(browser._loop)
        browser.close()


@pytest.fixture(autouse=True, scope="module")
def _loop_of_playwright(chromium: Browser) -> Iterator[None]:
    """While Playwright's event loop counts as running, no other test of the process can use one."""
    asyncio._set_running_loop(chromium._loop)
    yield
    asyncio._set_running_loop(None)


def _executable(playwright: Playwright) -> Path:
    for path in (DEBIAN, Path(playwright.chromium.executable_path)):
        if path.exists():
            return path
    pytest.skip("There is no Chromium: apt install chromium, or playwright install chromium.")


@pytest.fixture
def forgiven() -> list[str]:
    """Patterns of console errors that the test provokes on purpose."""
    return []


class Tabs:
    """Browser tabs that forget everything between two tests.

    A tab that has shown the application has Streamlit's scripts compiled: in it a page opens in
    half of the time that it takes in a fresh context.
    """

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._free: dict[str, list[Page]] = {}
        self._lent: list[tuple[str, Page]] = []
        self.wrong: list[str] = []

    def lend(self, options: dict[str, Any]) -> Page:
        """A tab in a context with Playwright's `options`, that remembers nothing."""
        media = MEDIA | {name: options[name] for name in MEDIA if name in options}
        fixed = {name: value for name, value in options.items() if name not in MEDIA}
        key = repr(sorted(fixed.items()))
        free = self._free.setdefault(key, [])
        page = free.pop() if free else self._new(dict(fixed))
        page.set_viewport_size(fixed["viewport"])
        page.emulate_media(**media)
        self._lent.append((key, page))
        return page

    def _new(self, options: dict[str, Any]) -> Page:
        guesses = options.pop("guesses", False)
        context = self._chromium.new_context(**options)
        if not guesses:
            context.add_init_script(ASK_NO_MORE)
        context.set_default_timeout(MILLISECONDS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        return context.new_page()

    def _on_console(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        usual = STREAMLIT_IS_IMPATIENT.search(message.text)
        if message.type == "error" and not usual:
            self.wrong.append(f"{message.text} ({where})")

    def take_back(self, whole: bool) -> None:
        """Take all back; those that are `whole` are lent again, the others closed."""
        for key, page in self._lent:
            if whole and page.context.pages == [page]:
                page.unroute_all()
                page.context.set_offline(False)
                page.evaluate(FORGET_RUNS)
                page.context.clear_cookies()
                page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
                page.goto("about:blank")
                page.mouse.move(0, 0)
                self._free[key].append(page)
            else:
                page.context.close()
        self._lent.clear()
        self.wrong.clear()


@pytest.fixture(scope="session")
def tabs(chromium: Browser) -> Tabs:
    return Tabs(chromium)


@pytest.fixture
def open_page(
    tabs: Tabs, server: Server, forgiven: list[str], request: pytest.FixtureRequest
) -> Iterator[Open]:
    """A function that opens a page in a tab that remembers nothing.

    It takes a path with its query, `url` for another server, Playwright's options of a context, and
    `guesses`: whether the pages ask before they show.
    """

    def opened(path: str = "/draw-a-digit", *, url: str = server.url, **options: Any) -> Screen:
        page = tabs.lend({"viewport": WINDOW, "locale": "en-US"} | options)
        screen = Screen(page)
        screen.bodies.clear()
        screen.goto(url + path)
        return screen

    failed = request.session.testsfailed
    yield opened
    wrong = list(tabs.wrong)
    tabs.take_back(whole=request.session.testsfailed == failed)
    assert [text for text in wrong if not any(re.search(p, text) for p in forgiven)] == []


@pytest.fixture
def screen(open_page: Open) -> Screen:
    """The page "Draw a digit", as first seen."""
    return open_page().ready()
