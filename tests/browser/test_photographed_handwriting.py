"""Photographed handwriting: a photo is brought, looked at step by step, corrected and taught."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.browser.test_look import PHONE
from tests.pages.test_photographed_handwriting import photo

PATH = "/photographed-handwriting"


def opened(open_page: Open, query: str = "", **options: object) -> Screen:
    screen = open_page(f"{PATH}?digit=2{query}", **options)  # a state that is asked for: no guess
    screen.page.wait_for_selector("[data-fp=photo][data-answers][data-stage]")
    screen.idle()
    screen.settled()
    return screen


def boxes(screen: Screen) -> int:
    return screen.page.locator("[data-fp^=box-]").count()


def test_a_photo_is_chosen_and_a_bad_file_loses_nothing(open_page: Open) -> None:
    screen = opened(open_page)
    assert boxes(screen) == 24
    fetched = "performance.getEntriesByType('resource').map(({ name }) => name)"
    assert not [name for name in screen.page.evaluate(fetched) if "MaterialSymbols" in name]
    with screen.page.expect_file_chooser() as chooser:
        screen.page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files({"name": "six.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    screen.until(lambda: boxes(screen) == 6)
    expect(screen.part("photo-found")).to_contain_text("6 found in 2 lines")
    bad = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo()[:1500]}
    screen.page.locator(".st-key-fp-photo input[type=file]").set_input_files(bad)
    expect(screen.page.get_by_text("the file is damaged or cut short")).to_be_visible()
    assert boxes(screen) == 6


def test_the_keyboard_corrects_and_the_hand_is_taught(open_page: Open) -> None:
    screen = opened(open_page)
    keys = screen.page.keyboard
    screen.part("box-2").focus()
    keys.press("ArrowRight")
    expect(screen.part("box-3")).to_be_focused()
    keys.press("x")
    expect(screen.part("box-3")).to_have_attribute(
        "aria-label", re.compile("corrected to no digit")
    )
    expect(screen.part("photo-score")).to_contain_text("23 of 24 boxes")
    screen.click("stage-light")
    expect(screen.part("photo")).to_have_attribute("data-stage", "light")
    screen.part("pixels").focus()
    keys.press("ArrowDown")
    number = screen.page.locator("section.opened-number:not([hidden])")
    expect(number).to_have_attribute("data-number", "sheet.dark.1.0")
    screen.part("flatten").uncheck()
    expect(screen.part("photo-found")).to_contain_text("Nothing is written here")
    expect(screen.part("photo-pair")).to_be_hidden()
    screen.part("flatten").check()
    expect(screen.part("photo-pair")).to_be_visible()
    expect(screen.part("box-23")).to_be_visible()
    screen.click("teach")
    expect(screen.part("taught")).to_contain_text("23 digits")
    screen.click("to-train")
    expect(screen.part("hand")).to_have_attribute("data-drawings", "23")


def test_a_finger_corrects_on_a_phone_in_korean(open_page: Open) -> None:
    screen = opened(open_page, locale="ko-KR", **PHONE)
    screen.part("box-5").tap()
    expect(screen.part("box-5")).to_have_attribute("aria-pressed", "true")
    screen.part("really-7").tap()
    expect(screen.part("photo-score")).to_contain_text("24칸 가운데")
    assert screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
