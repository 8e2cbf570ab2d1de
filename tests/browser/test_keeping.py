"""A drawing is never lost: not by a rerun, another page, another language, another theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.vision.drawing import Drawing
from core.vision.question import DrawingQuestion
from tests.browser.conftest import Open
from tests.browser.hand import SEVEN, THREE
from tests.browser.screen import Screen


def _control(screen: Screen, name: str) -> None:
    screen.page.get_by_role("radio", name=name).click()
    screen.idle()


def _another_page_and_back(screen: Screen) -> None:
    screen.page.locator(".st-key-fp-brand a").click()
    screen.page.wait_for_selector(".st-key-fp-home")
    screen.idle()
    screen.bodies.clear()
    screen.page.locator(".st-key-fp-sidebar a[href$=draw-a-digit]").click()
    screen.ready()


def _another_language(screen: Screen) -> None:
    screen.bodies.clear()
    screen.page.locator(".st-key-fp-language button").click()
    screen.page.wait_for_selector("html[lang=ko]", state="attached")
    screen.ready()


def _a_reload(screen: Screen) -> None:
    screen.bodies.clear()
    screen.page.reload()
    screen.ready()


def _another_theme(screen: Screen) -> None:
    paper = screen.paper
    screen.page.locator(".st-key-fp-theme button").click()
    screen.until(lambda: (screen.paper != paper).any())


HAPPENS: dict[str, Callable[[Screen], None]] = {
    "another network": lambda screen: _control(screen, "the notes' recipe"),
    "another scale": lambda screen: _control(screen, "this layer"),
    "another theme": _another_theme,
    "another page and back": _another_page_and_back,
    "another language": _another_language,
    "a reload": _a_reload,
}


def test_a_drawing_survives_whatever_happens_to_the_page(screen: Screen) -> None:
    screen.draw_anew([*SEVEN, *THREE])
    screen.click("undo")
    for name, happens in HAPPENS.items():
        screen.saved()
        drawn = screen.drawing
        happens(screen)
        screen.until(lambda drawn=drawn: screen.drawing == drawn)
        dot = (0.05 + 0.05 * len(drawn), 0.95)  # and it goes on from there
        screen.scribble([[dot, (dot[0], 0.97)]])
        screen.until(lambda drawn=drawn: len(screen.drawing) == len(drawn) + 1)
        assert screen.drawing[:-1] == drawn, name
    assert len(screen.drawing) == 1 + len(HAPPENS)


def test_what_is_drawn_during_a_rerun_stays(screen: Screen) -> None:
    """The page answers each gesture with a rerun; what came after it must not be put back."""
    screen.click("clear")
    screen.scribble(SEVEN)
    for _ in range(6):
        screen.scribble([[(0.8, 0.8), (0.9, 0.9)]])
        screen.let_pass(70)  # the page is told by then
    screen.saved()
    assert len(screen.drawing) == 7


def test_a_link_restores_everything_and_hands_it_on_unchanged(open_page: Open) -> None:
    drawing = Drawing.of([[[200, 200], [800, 200], [500, 900]], [[300, 500], [600, 520]]])
    query = {
        "seed": "12",
        "model": "notes",
        "scale": "layer",
        "drawing": drawing.encode(),
        "stages": "crop,fit",
        "place": "pool2.40.3.5",
        "off": "conv1.3.17,conv2.5",
        "why": "1",
    }
    text = "&".join(f"{name}={value}" for name, value in query.items())
    screen = open_page(f"/draw-a-digit?{text}").ready()
    assert screen.drawing == drawing.lists()
    asked = screen.question
    assert asked == DrawingQuestion(
        drawing,
        "notes",
        type(asked.stages)(centre=False, pen=False),
        type(asked.off)((3, 17), (5,)),
        type(asked.place)("pool2", 40, 3, 5),
        asked.strip,
    )
    assert screen.part("why").get_attribute("aria-expanded") == "true"
    screen.page.wait_for_selector(".fp .reasons:not(.stale) .effects li")
    address = screen.page.url.partition("?")[2].replace("%2C", ",")
    assert set(address.split("&")) == set(text.split("&"))


def test_what_a_person_did_is_in_the_copied_link(open_page: Open) -> None:
    clipboard = {"permissions": ["clipboard-read", "clipboard-write"]}
    lecturer = open_page(**clipboard).ready()
    lecturer.draw_anew(THREE)
    _control(lecturer, "the notes' recipe")
    lecturer.pick("relu2", 20)
    lecturer.until(lambda: lecturer.body["place"]["layer"] == "relu2")
    lecturer.pick_pixel(5, 6)
    lecturer.until(lambda: lecturer.body["place"]["row"] == 5)
    lecturer.click("switch-off")
    lecturer.until(lambda: lecturer.body["off"] == {"conv2": [20]})
    lecturer.until(lambda: "off=conv2.20" in lecturer.page.url)
    lecturer.idle()
    lecturer.page.evaluate("navigator.clipboard.writeText('')")  # all tabs share one clipboard
    lecturer.page.locator(".st-key-fp-link button").click()
    link = lecturer.until(lambda: _copied(lecturer))
    student = open_page("", url=link).ready()
    student.until(lambda: _but_strip(student) == _but_strip(lecturer))
    student.until(lambda: student.digit == lecturer.digit != "")


def _copied(screen: Screen) -> str:
    link: str = screen.page.evaluate("navigator.clipboard.readText()")
    assert link.startswith("http")
    return link


def _but_strip(screen: Screen) -> dict[str, object]:
    return {name: value for name, value in screen.body.items() if name != "strip"}


def test_parts_of_the_picture_can_be_hidden_by_the_link(open_page: Open) -> None:
    parts = {"drawing": "pen", "stages": "stage-fit", "place": "total", "why": "why"}
    whole = open_page().ready()
    assert all(whole.part(part).is_visible() for part in parts.values())
    bare = open_page(f"/draw-a-digit?hide={','.join(parts)}").ready()
    assert not any(bare.part(part).is_visible() for part in parts.values())
    assert bare.part("canvas").is_visible()
    assert bare.digit


@pytest.mark.parametrize(
    "rubbish",
    [
        "drawing=AQAA",
        "drawing=" + "A" * 3000,
        "model=zzz&place=conv9.1.2.3&off=conv1.99&stages=pen,crop&scale=7&seed=-5&nonsense=1",
        "%00=%00&hide=%3Cscript%3E&place=conv1.0.28.0",
    ],
)
def test_rubbish_in_a_link_opens_the_page_and_one_sentence_says_so(
    open_page: Open, rubbish: str
) -> None:
    screen = open_page(f"/draw-a-digit?{rubbish}").ready()
    assert screen.digit
    notice = screen.page.locator(".st-key-fp-notice")
    assert notice.count() == 1
    assert notice.inner_text().startswith("Not used from the link")
    assert screen.page.get_by_test_id("stException").count() == 0
