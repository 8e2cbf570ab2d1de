"""The questions at the end of a page: a second try, remembered, and without storage as well."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open

BLOCKED = """
for (const name of ["getItem", "setItem"]) {
  const method = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...rest) {
    if (key === "forward-pass:recall") throw new DOMException("blocked", "SecurityError");
    return method.call(this, key, ...rest);
  };
}
"""
ASKED = "recall-convolution-and-pooling"


def _question(page: Page, name: str) -> Locator:
    return page.locator(f"[data-fp={ASKED}-{name}]")


def _choose(question: Locator, place: int) -> None:
    question.locator("li button").nth(place).click()


def test_a_wrong_answer_is_explained_tried_again_and_remembered(open_page: Open) -> None:
    page = open_page("/convolution-and-pooling").page
    size = _question(page, "size")
    expect(size).to_have_attribute("data-state", "open")
    expect(size.locator("li p")).to_have_count(0)
    _choose(size, 2)
    expect(size).to_have_attribute("data-state", "again")
    expect(size.locator("li p")).to_have_text(
        "That is the size with stride 1. With stride 2 every second place is left out."
    )
    _choose(size, 0)
    expect(size).to_have_attribute("data-state", "over")
    expect(size.locator(".said")).to_have_text("Right at the second try.")
    expect(page.locator("[data-fp=recall-score]")).to_have_text("0 of 1 right at the first try")
    with page.expect_download() as saved:
        page.locator("[data-fp=recall-save]").click()
    assert "how many rows" in saved.value.path().read_text("utf-8").casefold()
    page.reload()
    expect(size).to_have_attribute("data-state", "over")
    expect(size.locator("li[data-state=right]")).to_have_count(1)
    expect(size.locator("li[data-state=wrong]")).to_have_count(1)


def test_two_wrong_answers_show_the_right_one_and_it_is_asked_again_first(open_page: Open) -> None:
    page = open_page("/convolution-and-pooling").page
    winner = _question(page, "winner")
    for place in (0, 1):
        _choose(winner, place)
    expect(winner.locator("li[data-state=right]")).to_have_count(1)
    expect(winner.locator("li p")).to_have_count(3)
    articles = page.locator("[data-fp=recall] article[data-state=open]")
    for name in articles.evaluate_all("all => all.map(each => each.dataset.fp)"):
        right = 0 if name == f"{ASKED}-size" else 1
        page.locator(f"[data-fp={name}] li button").nth(right).click()
    page.locator("[data-fp=recall-again]").click()
    first = page.locator("[data-fp=recall] article").first
    expect(first).to_have_attribute("data-fp", f"{ASKED}-winner")
    expect(first).to_have_attribute("data-state", "open")


def test_without_storage_the_questions_work_and_say_so(open_page: Open) -> None:
    page = open_page("/draw-a-digit").page
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.add_init_script(BLOCKED)
    page.goto(page.url.replace("draw-a-digit", "convolution-and-pooling"))
    size = _question(page, "size")
    _choose(size, 0)
    expect(size).to_have_attribute("data-state", "over")
    expect(page.locator("[data-fp=recall] .foot")).to_contain_text("This browser keeps nothing")
    assert not failed
