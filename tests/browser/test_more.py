"""What stands behind "More": it opens on every page that has it, whole, and the page goes on."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open

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
CLIPPED = """(popover) => [...popover.querySelectorAll('[role=radiogroup]')]
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
