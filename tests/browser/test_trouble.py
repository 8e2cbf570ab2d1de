"""The network goes, the server dies, the route refuses: a sentence says so, the drawing stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import GONE, Open
from tests.browser.hand import SEVEN, THREE
from tests.browser.screen import Screen
from tests.browser.training import Training
from tests.chromium import NO_SOCKET
from tests.served import Server

ROUTES = re.compile("/forward-pass/(?!assets/)")  # a script that is still on its way arrives
TRACES = "**/forward-pass/trace"
UPLOADS = re.compile("/_stcore/upload_file/")


@pytest.fixture
def own_server() -> Iterator[Server]:
    server = Server().start()
    yield server
    server.kill()


def _posts(screen: Screen) -> None:
    """From now on the page posts its questions, as where a proxy passes no socket."""
    screen.page.evaluate(f"() => {{ {NO_SOCKET} dispatchEvent(new Event('offline')) }}")


def _speaks(screen: Screen, word: str) -> bool:
    return word in screen.message


def test_without_the_route_the_drawing_stays_and_goes_on_by_itself(
    screen: Screen, forgiven: list[str]
) -> None:
    forgiven.append(GONE)
    screen.draw_anew(SEVEN)
    screen.until(lambda: screen.digit == "7")
    _posts(screen)
    screen.page.route(ROUTES, lambda route: route.abort())
    screen.click("clear")
    screen.until(lambda: _speaks(screen, "cannot be reached"))
    screen.scribble(THREE)
    assert (screen.pixels("canvas") != 0).any()
    assert screen.digit == "7"  # the last answer that there was
    screen.page.unroute(ROUTES)
    screen.until(lambda: screen.digit == "3")
    screen.until(lambda: screen.message == "")
    assert len(screen.drawing) == 1


def test_offline_the_drawing_stays_and_comes_back(screen: Screen, forgiven: list[str]) -> None:
    forgiven.append(GONE)
    screen.draw_anew(SEVEN)
    screen.page.context.set_offline(True)
    screen.scribble([THREE[0]])
    screen.until(lambda: _speaks(screen, "cannot be reached"))
    screen.page.context.set_offline(False)
    screen.until(lambda: screen.message == "")
    screen.until(lambda: len(screen.drawing) == 2)


def test_a_sentence_of_the_route_is_shown_as_it_is(screen: Screen, forgiven: list[str]) -> None:
    forgiven.append(GONE)

    def refuse(route: Route) -> None:
        route.fulfill(status=503, body="The weights are missing. Make them with: this command")

    _posts(screen)
    screen.page.route(ROUTES, refuse)
    screen.scribble([THREE[0]])
    screen.until(lambda: _speaks(screen, "Make them with: this command"))
    screen.page.unroute(ROUTES)
    screen.click("undo")
    screen.until(lambda: screen.message == "")


def test_an_answer_that_takes_long_is_overtaken_by_nothing_older(screen: Screen) -> None:
    """One question in flight: what is painted last is what was drawn last."""
    screen.click("clear")
    screen.until(lambda: screen.digit == "")
    screen.settled()
    screen.bodies.clear()
    held: list[Route] = []
    _posts(screen)
    screen.page.route(TRACES, lambda route: held.append(route))
    screen.scribble(THREE)
    screen.until(lambda: len(held) == 1)
    screen.page.unroute(TRACES)  # lets it go
    screen.until(lambda: screen.digit == "3")
    screen.settled()
    first, last = (len(body["drawing"][0]) for body in screen.bodies)
    assert first == 1 < len(THREE[0]) - 2 <= last  # those between were replaced, not queued


COVERED = """() => {
  window.covered = 0
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes)
      if (node.dataset?.testid === "stDialog") window.covered++
  }).observe(document.body, { childList: true })
}"""


def test_streamlits_dialog_takes_no_stroke_and_a_line_says_what_happens(
    own_server: Server, open_page: Open, forgiven: list[str]
) -> None:
    forgiven.append(GONE)
    screen = open_page("/draw-a-digit?lang=ko", url=own_server.url).ready()
    screen.draw_anew(SEVEN)
    line = screen.page.locator(".fp-away")
    assert line.is_hidden()
    screen.page.evaluate(COVERED)
    own_server.kill()
    screen.until(lambda: screen.page.evaluate("window.covered > 0"))
    before = screen.pixels("canvas")
    with screen.stroke(THREE[0]):
        screen.until(lambda: (screen.pixels("canvas") != before).any())
    assert "서버" in line.inner_text()
    assert line.bounding_box() is not None
    own_server.start()
    screen.until(lambda: line.is_hidden() and screen.message == "")
    screen.until(lambda: len(screen.drawing) == 2)  # without another gesture
    screen.saved()


def test_a_drawing_of_ones_own_is_labelled_when_the_server_is_back(
    own_server: Server, open_page: Open, forgiven: list[str]
) -> None:
    """Drawn and labelled while it was away: nothing has to be pressed again."""
    forgiven.append(GONE)
    path = "/train-a-cnn?tab=hand&hand_steps=2"
    page = Training(open_page(path, url=own_server.url), "hand").ready()
    own_server.kill()
    page.scribble(SEVEN)
    page.page.keyboard.press("7")
    page.until(lambda: "cannot be reached" in page.message)
    own_server.start()
    drawings = page.part("hand")
    page.until(lambda: drawings.get_attribute("data-drawings") == "1")
    page.until(lambda: page.message == "")


def test_play_that_was_pressed_while_the_server_was_away_plays_when_it_is_back(
    own_server: Server, open_page: Open, forgiven: list[str]
) -> None:
    forgiven.append(GONE)
    page = Training(open_page("/sine-live", url=own_server.url), "sine").ready()
    own_server.kill()
    page.click("play")
    page.until(lambda: "cannot be reached" in page.status_text)
    own_server.start()
    page.until(lambda: page.step > 0 and not page.id.startswith("shipped"))


def test_a_file_is_sent_when_the_server_is_back_and_once_more_to_one_that_forgot_it(
    own_server: Server, open_page: Open, forgiven: list[str]
) -> None:
    forgiven.append(GONE)
    screen = open_page("/words-as-vectors?tab=own", url=own_server.url)
    place = screen.page.get_by_test_id("stFileUploader")
    held: list[Route] = []
    screen.page.route(UPLOADS, lambda route: held.append(route))
    vectors = {"name": "a.vec", "mimeType": "text/plain", "buffer": b"a 1 0\nb 0 1\nc 1 1\n"}
    screen.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(vectors)
    screen.until(lambda: len(held) == 1)
    own_server.kill()
    held[0].abort()
    screen.page.unroute(UPLOADS)
    screen.until(lambda: bool(place.get_attribute("data-fp-refused")))
    own_server.start()
    field, near = screen.part("field-own-word"), screen.part("near")
    screen.until(lambda: near.get_attribute("data-word") == "a")
    assert place.get_attribute("data-fp-refused") is None

    own_server.kill()
    screen.page.locator(".fp-away").wait_for()
    with screen.page.expect_request(UPLOADS):
        own_server.start()
    near.wait_for()

    def asked() -> bool:
        field.fill("c")  # what is written while the file is on its way, its words replace
        return near.get_attribute("data-word") == "c"

    screen.until(asked)


def test_a_server_that_dies_and_comes_back_finds_the_drawing(
    own_server: Server, open_page: Open, forgiven: list[str]
) -> None:
    forgiven.append(GONE)
    screen = open_page(url=own_server.url).ready()
    screen.draw_anew(SEVEN)
    own_server.kill()
    screen.scribble([THREE[0]])
    screen.until(lambda: _speaks(screen, "cannot be reached"))
    own_server.start()
    screen.until(lambda: screen.message == "")
    screen.until(lambda: len(screen.drawing) == 2)
    drawn = screen.drawing
    screen.saved()
    screen.page.reload()
    screen.ready()
    screen.until(lambda: screen.drawing == drawn)
