"""Guess first: in the picture, in the walk, and never in a lecturer's way."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open

ANSWER = "[data-block=sum]"
VALUE = "[data-fp=total]"


def _guess(page: Page) -> Locator:
    return page.locator("[data-fp=first-guess]")


def test_the_answer_is_covered_until_it_is_guessed_and_then_remembered(open_page: Open) -> None:
    page = open_page("/convolution-and-pooling", guesses=True).page
    guess, value = _guess(page), page.locator(VALUE)
    expect(guess).to_be_visible()
    expect(value).to_be_hidden()
    guess.get_by_role("button", name="negative").click()
    expect(page.locator("[data-fp=first-said]")).to_contain_text("Try once more.")
    expect(value).to_be_hidden()
    guess.get_by_role("button", name="positive").click()
    expect(page.locator("[data-fp=first-said]")).to_contain_text("Right: positive. The sum is 0.")
    expect(value).to_be_visible()
    said = str(value.get_attribute("data-value"))
    expect(page.locator("[data-fp=first-said]")).to_contain_text(f"{float(said):.3f}")
    guess.get_by_role("button", name="Close").click()
    expect(guess).to_be_hidden()
    page.goto(page.url.partition("?")[0])
    expect(value).to_be_visible()
    expect(guess).to_be_hidden()


def test_a_click_in_the_picture_guesses_and_one_may_pass(open_page: Open) -> None:
    page = open_page("/lenet-alexnet-vgg", guesses=True).page
    guess, row = _guess(page), page.locator("[data-fp=row-3]")
    parameters = row.locator("td").nth(4)
    expect(parameters).to_be_hidden()
    name = row.get_by_role("button", name="conv2", exact=True)
    name.evaluate("each => each.scrollIntoView({ block: 'center' })")
    name.click()
    expect(page.locator("[data-fp=first-said]")).to_contain_text("conv2: not quite.")
    guess.get_by_role("button", name="Show me").click()
    expect(parameters).to_be_visible()
    expect(guess).to_be_hidden()
    name.click()  # now it selects the layer, as ever
    expect(row).to_have_attribute("aria-selected", "true")


def test_the_walk_asks_and_the_next_key_reveals_before_it_goes_on(open_page: Open) -> None:
    page = open_page("/convolution-and-pooling?present=1", guesses=True).page
    guess, value = _guess(page), page.locator(VALUE)
    step = page.locator("html")
    expect(step).to_have_attribute("data-fp-step", "all")
    expect(value).to_be_visible()
    expect(guess).to_be_hidden()
    for name in ("input", "kernel", "sum"):
        page.keyboard.press("ArrowRight")
        expect(step).to_have_attribute("data-fp-step", name)
    expect(guess).to_be_visible()
    expect(value).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(value).to_be_visible()
    expect(page.locator("[data-fp=first-said]")).to_contain_text("The answer is positive.")
    expect(step).to_have_attribute("data-fp-step", "sum")
    page.keyboard.press("ArrowRight")
    expect(step).to_have_attribute("data-fp-step", "output")
    expect(guess).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    expect(value).to_be_visible()
