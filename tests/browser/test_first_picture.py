"""A page's picture is there before Streamlit, and stays where it is when Streamlit comes."""

from __future__ import annotations

import urllib.request

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.conftest import Open
from tests.served import Server

FOLLOW = """() => {
  window.places = []
  const follow = () => {
    const first = document.querySelector("#fp-first-place")
    const own = document.querySelector(".st-key-picture [data-testid=stBidiComponentIsolated]")
    const picture = (first ?? own)?.shadowRoot?.querySelector(".fp")
    const seen = picture?.checkVisibility({ visibilityProperty: true })
    const { x, y, width, height } = picture?.getBoundingClientRect() ?? {}
    const place = seen ? [x, y, width, height].join(" ") : "not seen"
    if (places.at(-1) !== place) places.push(place)
    requestAnimationFrame(follow)
  }
  follow()
}"""
"""Where the picture is seen, in each frame."""


def asked(url: str) -> bytes:
    """The first HTML of an address, as a browser asks for it."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": "text/html"})) as it:
        return bytes(it.read())


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("path", ["/draw-a-digit", "/words-as-vectors?lang=ko"])
def test_nothing_moves_when_streamlit_takes_it_over(
    open_page: Open, server: Server, path: str, wide: bool
) -> None:
    size = ViewportSize(width=1280, height=800) if wide else ViewportSize(width=390, height=844)
    screen = open_page("/favicon.png", viewport=size)
    page = screen.page

    def known() -> None:
        assert b"fp-first-place" in asked(server.url + path)

    screen.until(known)
    streamlit = "**/static/js/index.*.js"
    page.route(streamlit, lambda route: None)  # holds it
    screen.goto(server.url + path)
    page.wait_for_selector("#fp-first-place[data-seen]", state="attached")
    page.locator("#fp-first-place .fp").evaluate("picture => { picture.mine = 1 }")
    page.evaluate(FOLLOW)
    page.unroute(streamlit)  # lets it go: it is asked for twice, the second time perhaps only now
    page.wait_for_selector("html:not([data-fp-first])", state="attached")
    picture = page.locator(".st-key-picture .fp").first
    assert picture.evaluate("picture => picture.mine") == 1
    screen.idle()
    assert len(page.evaluate("places")) == 1
