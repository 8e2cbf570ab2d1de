"""Teach it your handwriting: digits are drawn, alone or by a room, and a network goes on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from core.training import shipped
from tests.browser.conftest import Open
from tests.browser.hand import ONE, SEVEN, ZERO, Stroke
from tests.browser.screen import Screen
from tests.browser.training import Training

PAGE = "/train-a-cnn?tab=hand"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def opened(open_page: Open, path: str = PAGE + "&hand_steps=10", **options: object) -> Training:
    page = Training(open_page(path, **options), "hand").ready()
    page.until(lambda: page.page.locator(".drawn").count() > 0)
    return page


def label(page: Screen, digit: int, strokes: list[Stroke]) -> None:
    """Draw a digit and press its key; wait until the canvas is free again."""
    page.draw(strokes)
    expect(page.part(f"label-{digit}")).to_be_enabled()
    page.page.keyboard.press(str(digit))
    expect(page.part(f"label-{digit}")).to_be_disabled()


def drawings(page: Screen) -> int:
    return int(page.part("hand").get_attribute("data-drawings") or 0)


def test_first_sight_shows_what_is_forgotten_and_the_remedy_beside_it(open_page: Open) -> None:
    page = opened(open_page, PAGE)
    marks = shipped.load("hand_run").saved[-1]
    assert page.id == "shipped-hand"
    assert page.rows == ["shipped-hand", "shipped-hand_rehearsal"]
    confusion = marks.pictures["confusion"]
    for digit in range(10):
        kept = confusion[digit, digit] / confusion[digit].sum()
        page.until(lambda d=digit, k=kept: abs(page.value(f"kept-{d}") - k) < 1e-6)
    expect(page.part("right-of")).to_have_text("60 of 60 right")
    page.drag("time", 0)
    expect(page.part("time-text")).to_have_text("step 0 of 100")
    expect(page.page.locator(".drawn.wrong")).not_to_have_count(0)
    expect(page.page.locator(".drawn.held")).to_have_count(15)


def test_digits_are_drawn_labelled_taken_out_and_learned(open_page: Open) -> None:
    page = opened(open_page)
    page.draw(ZERO)
    expect(page.part("says-before")).to_have_text(re.compile(r"^0 · \d"))
    for when in ("before", "now"):
        page.click(f"open-{when}")
        panel = page.page.locator(".opened-number:not([hidden])")
        expect(panel).to_have_attribute("data-number", re.compile(rf"^{when}\.probabilities\.0$"))
        assert page.value("number") == pytest.approx(page.value(f"says-{when}"), abs=1e-5)
    page.click("onward")
    expect(panel).to_have_attribute("data-number", "now.logits.0")
    page.click("label-0")
    page.until(lambda: drawings(page) == 1)
    assert page.page.locator(".drawn").count() == 1, "one's own take the example's place"
    for digit, strokes in ((1, ONE), (7, SEVEN), (7, SEVEN), (1, ONE), (0, ZERO)):
        label(page, digit, strokes)
    page.until(lambda: drawings(page) == 6)
    page.page.locator(".drawn .out").first.click(force=True)
    page.until(lambda: drawings(page) == 5)
    page.play()
    page.reaches("done")
    run = page.run()
    assert sorted(each[0] for each in run["config"]["drawings"]) == [0, 1, 1, 7, 7]
    assert run["step"] == run["steps"] == 10
    confusion = run["pictures"]["confusion"]
    kept = confusion[4][4] / sum(confusion[4])
    page.until(lambda: abs(page.value("kept-4") - kept) < 1e-6)
    page.page.reload()
    page.ready()
    page.until(lambda: drawings(page) == 5)
    page.until(lambda: page.id == run["id"])  # a reload finds run and drawings again
    page.click("clear-digits")
    page.until(lambda: drawings(page) == 0)


def test_a_room_draws_and_its_lecturer_sees_it(open_page: Open) -> None:
    page = opened(open_page)
    page.draw(ZERO)
    page.click("label-0")
    page.until(lambda: drawings(page) == 1)
    page.click("collect")
    page.part("room-code").wait_for()
    code = page.part("room-code").inner_text()
    phone = open_page(f"/j/{code}", **PHONE)
    phone.page.locator("main canvas").wait_for()
    for digit, strokes in ((7, SEVEN), (1, ONE)):
        label(phone, digit, strokes)
    page.until(lambda: drawings(page) == 3)
    expect(page.part("room-score")).to_contain_text("of 2")
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("room-shut")
    expect(page.part("room-digits")).to_have_text(f"Room {code}: 2 digits on its wall")
    expect(page.page.locator(".drawn figcaption")).to_have_text(["0", "1", "7"])
    page.page.locator(".drawn .out").nth(1).click(force=True)
    page.until(lambda: drawings(page) == 2)
    page.click("collect")
    expect(page.part("room-wall").locator(".tile")).to_have_count(1)
    page.page.get_by_role("button", name="End the room").click()
    page.page.get_by_role("button", name="Yes, end it").click()
    page.until(lambda: drawings(page) == 1)


def test_the_network_that_was_taught_reads_in_draw_a_digit(open_page: Open) -> None:
    page = opened(open_page, f"{PAGE}&hand_steps=2&hand_network=notes&hand_rate=0.001")
    expect(page.part("adopt")).to_be_hidden()
    page.play()
    page.reaches("done")
    page.click("adopt")
    page.page.wait_for_selector("[data-fp=draw][data-answers]")
    taught = Screen(page.page)
    taught.idle()
    assert "own=run-" in taught.page.url
    taught.draw_anew(SEVEN)
    assert taught.body["model"].startswith("run-")
    taught.until(lambda: taught.digit == "7")
