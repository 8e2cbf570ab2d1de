"""Choices are there whole on a phone, and what stands behind "More" on every page that has it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.test_look import PHONE

PAGES = (
    "/train-a-cnn",
    "/train-a-cnn?tab=hand",
    "/sine-live",
    "/long-dependencies",
    "/attention-in-a-trained-model?tab=train",
    "/words-as-vectors",
    "/words-as-vectors?method=glove",
    "/transformer?tab=train",
    "/bert?tab=tune",
    "/bert?tab=tune&begin=scratch",
    "/bert?tab=tune&task=pretrain",
)
ERRORS = "[data-testid=stAlertContentError], [data-testid=stException]"
CLIPPED = """(root) => [...root.querySelectorAll('[role=radiogroup]')]
    .filter((group) => group.scrollWidth > group.clientWidth + 1)
    .map((group) => group.parentElement.innerText)"""


@pytest.mark.parametrize("path", PAGES)
def test_it_opens_and_shows_every_control_whole(open_page: Open, path: str) -> None:
    page = open_page(path).page
    page.locator("[class*=st-key-fp-more] button").first.click()
    popover = page.locator("[data-testid=stPopoverBody]")
    popover.locator("[data-testid=stNumberInput]").first.wait_for()
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    assert page.locator(ERRORS).all_inner_texts() == []
    labels = [text for text in popover.locator("label").all_inner_texts() if text.strip()]
    assert len(labels) == len(set(labels)) >= 2
    assert popover.evaluate(CLIPPED) == []


@pytest.mark.parametrize(
    "path", ["/train-a-cnn", "/bert?tab=tune", "/train-a-cnn?tab=hand&lang=ko"]
)
def test_a_phone_shows_every_choice(open_page: Open, path: str) -> None:
    page = open_page(path, **PHONE).page
    page.wait_for_selector("[class*=st-key-fp-more] button")
    page.locator("[role=radiogroup]").nth(1).wait_for()
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    assert page.locator("body").evaluate(CLIPPED) == []
