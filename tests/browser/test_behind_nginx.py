"""The dashboard behind a real nginx, with the configurations of docs/deploy, in a real browser."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import STREAMLIT_IS_IMPATIENT, WINDOW
from tests.browser.hand import THREE
from tests.browser.screen import Screen
from tests.nginx import Nginx, certificate
from tests.patience import MILLISECONDS, PATIENCE
from tests.served import HOST, Server

Visit = Callable[[str], Screen]

HOST_LINE = "proxy_set_header Host $http_host;"

SITES = {
    "as documented": ("plain", "", ""),
    "TLS": ("tls", "", ""),
    "the path taken off": ("stripped-path", "/apps/forward-pass", ""),
    "Host without its port": ("plain", "", "proxy_set_header Host $host;"),
    "Host of the upstream": ("plain", "", "# Host: as nginx has it"),
    "Host of the upstream, forwarded": (
        "plain",
        "",
        "proxy_set_header X-Forwarded-Host $http_host;",
    ),
}
"""Site, path, and what stands in the place of the line that hands Host on."""


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens an address in a browser that has never been here; nothing may go wrong in it."""
    context = chromium.new_context(viewport=WINDOW, locale="en-US", ignore_https_errors=True)
    context.set_default_timeout(MILLISECONDS)
    wrong: list[str] = []
    context.on(
        "console",
        lambda message: (
            wrong.append(f"{message.text} {message.location['url']}")
            if message.type == "error" and not STREAMLIT_IS_IMPATIENT.search(message.text)
            else None
        ),
    )

    def visited(url: str) -> Screen:
        screen = Screen(context.new_page())
        screen.goto(url)
        return screen

    yield visited
    context.close()
    assert wrong == []


def _reads_a_digit(screen: Screen) -> None:
    screen.ready()
    screen.click("clear")
    screen.draw(THREE)
    screen.until(lambda: screen.digit == "3")
    screen.idle()


@pytest.mark.parametrize("case", SITES)
def test_a_digit_is_read_behind_nginx(
    visit: Visit, server: Server, tmp_path: Path, case: str
) -> None:
    site, path, line = SITES[case]
    if site == "tls":
        certificate(tmp_path)
    scheme = "https" if site == "tls" else "http"
    with Nginx(tmp_path, site, server, old=HOST_LINE, new=line or HOST_LINE) as nginx:
        screen = visit(f"{scheme}://{HOST}:{nginx.port}{path}/draw-a-digit")
        _reads_a_digit(screen)
        screen.page.close()  # before the way to the server is gone


def test_below_a_base_path_pages_runs_and_links_work(visit: Visit, tmp_path: Path) -> None:
    """A run streams its events, a link to another page stays below the path, a copied link too."""
    server = Server(base="/forward-pass").start()
    try:
        with Nginx(tmp_path, "sub-path", server) as nginx:
            screen = visit(f"http://{HOST}:{nginx.port}/forward-pass/draw-a-digit")
            _reads_a_digit(screen)
            screen.page.get_by_role("link", name="Sine, live").first.click()
            screen.page.wait_for_url("**/forward-pass/sine-live*")
            play = screen.part("play").first
            play.click()
            screen.until(
                lambda: screen.part("origin").first.inner_text() == "trained here, just now"
            )
            link = screen.page.locator(".fp-link").first
            screen.until(lambda: "/forward-pass/sine-live" in link.input_value())
            screen.page.close()
    finally:
        server.kill()


def test_a_browser_stays_with_one_of_two_processes(server: Server, tmp_path: Path) -> None:
    """A run lives in one process: with its cookie it is always found, and so it is without any."""
    second = Server().start()
    try:
        with Nginx(tmp_path, "two-processes", server, second) as nginx:
            connection = http.client.HTTPConnection(HOST, nginx.port, timeout=PATIENCE)

            def ask(
                method: str, path: str, body: str | None = None, cookie: str = ""
            ) -> tuple[int, str]:
                headers = {"Content-Type": "application/json"} | (
                    {"Cookie": cookie} if cookie else {}
                )
                connection.request(method, f"/forward-pass/{path}", body, headers)
                answer = connection.getresponse()
                found = answer.read().decode()
                return answer.status, answer.getheader("Set-Cookie", "") or found

            cookie = ask("GET", "engine")[1].partition(";")[0]
            assert cookie.startswith("forward_pass=")
            body = json.dumps({"owner": "a" * 32, "job": "sine", "config": {}, "play": False})
            headers = {"Content-Type": "application/json", "Cookie": cookie}
            connection.request("POST", "/forward-pass/runs", body, headers)
            run = json.loads(connection.getresponse().read())["id"]
            assert {ask("GET", f"runs/{run}", cookie=cookie)[0] for _ in range(8)} == {200}
            others = [f"forward_pass={number}" for number in range(40)]
            assert {ask("GET", f"runs/{run}", cookie=each)[0] for each in others} == {200, 404}
            # In a frame of another site a browser keeps no cookies.
            assert len({ask("GET", f"runs/{run}")[0] for _ in range(20)}) == 1
    finally:
        second.kill()
