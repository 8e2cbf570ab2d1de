"""The frame in a real Chromium: what its own JavaScript does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Tabs
from tests.browser.history import History
from tests.served import Server

PAGE = "/draw-a-digit"
DARK = "rgb(16, 22, 46)"
LIGHT = "rgb(252, 251, 248)"


@pytest.fixture
def tab(tabs: Tabs, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    failed = request.session.testsfailed
    yield tabs.lend(
        {
            "base_url": server.url,
            "locale": "en-US",
            "viewport": {"width": 1280, "height": 800},
            "color_scheme": "light",
            "permissions": ["clipboard-read", "clipboard-write"],
        }
    )
    problems = list(tabs.wrong)
    tabs.take_back(whole=request.session.testsfailed == failed)
    assert problems == []


def _open(tab: Page, path: str) -> None:
    tab.goto(path)
    _settle(tab)
    expect(tab.locator(".st-key-fp-link button")).not_to_be_empty()
    expect(tab.locator(".st-key-fp-presenter [data-do=present]")).not_to_be_empty()


def _settle(tab: Page) -> None:
    tab.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def _marks(tab: Page) -> dict[str, str]:
    marks: dict[str, str] = json.loads(
        tab.evaluate("JSON.stringify(document.documentElement.dataset)")
    )
    return {name: value for name, value in marks.items() if name.startswith("fp")}


def _copied(tab: Page, part: str) -> str:
    """Copy the link once it holds this part."""
    expect(tab.locator(".fp-link")).to_have_value(re.compile(part))
    tab.evaluate("navigator.clipboard.writeText('')")  # all tabs share one clipboard
    button = tab.locator(".st-key-fp-link button")
    texts = History(button)
    button.click()
    tab.wait_for_function("navigator.clipboard.readText().then((text) => text !== '')")
    link: str = tab.evaluate("navigator.clipboard.readText()")
    assert part in link and "Link copied" in texts.values
    return link


def _ground(tab: Page) -> Locator:
    return tab.locator('[data-testid="stApp"]')


BLOCKED = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
  });
}
"""


@pytest.fixture
def frame(chromium: Browser, server: Server) -> Iterator[Page]:
    """A page in which nothing can be kept, and in which no script may fail."""
    context = chromium.new_context(base_url=server.url, locale="en-US")
    context.add_init_script(BLOCKED)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def test_a_frame_shows_the_picture_alone_and_needs_no_storage(frame: Page) -> None:
    tab = frame
    tab.goto(f"{PAGE}?embed=true&seed=7")
    canvas = tab.locator("[data-fp=canvas]")
    expect(canvas).to_be_visible()
    _settle(tab)
    for rest in ("h1", '[data-testid="stSidebar"]', ".st-key-fp-links", ".st-key-fp-closing"):
        expect(tab.locator(rest).first).to_be_hidden()
    expect(tab.locator(".st-key-controls").first).to_be_visible()
    canvas.click()
    expect(tab).to_have_url(re.compile("embed=true"))
    assert tab.evaluate("document.documentElement.lang") == "en"


def test_a_link_can_be_made_for_a_frame(tab: Page) -> None:
    _open(tab, PAGE)
    tab.get_by_role("button", name="Link options").click()
    tab.get_by_text("only the picture with its controls").click()
    expect(tab.locator(".fp-link")).to_have_value(re.compile(r"[?&]embed=true"))


def test_a_link_that_went_through_a_messenger_opens_what_it_meant(tab: Page) -> None:
    _open(tab, f"{PAGE}?seed=0&amp;model=notes&amp;lang=ko.&amp;present=1&utm_source=chat&fbclid=x")
    expect(tab).to_have_url(re.compile(r"\?seed=0&model=notes&present=1&lang=ko$"))
    assert _marks(tab)["fpPresent"] == "1"
    assert tab.locator("html").get_attribute("lang") == "ko"
    assert not tab.locator(".st-key-fp-notice").count()


def test_the_theme_changes_without_a_reload_and_holds_on_every_page(tab: Page) -> None:
    _open(tab, f"{PAGE}?model=notes")
    tab.evaluate("window.sameDocument = true")
    expect(_ground(tab)).to_have_css("background-color", LIGHT)
    tab.locator(".st-key-fp-theme button").click()
    expect(_ground(tab)).to_have_css("background-color", DARK)
    expect(tab.locator(".st-key-fp-theme button")).to_have_text("Light")
    assert tab.evaluate("window.sameDocument")
    assert "model=notes" in tab.url
    _open(tab, "/")
    expect(_ground(tab)).to_have_css("background-color", DARK)
    tab.locator(".st-key-fp-theme button").click()
    expect(_ground(tab)).to_have_css("background-color", LIGHT)


def test_the_theme_falls_back_to_a_reload_that_keeps_the_state(tab: Page) -> None:
    _open(tab, f"{PAGE}?model=notes&seed=5")
    tab.evaluate("document.querySelector('[data-testid=stMainMenu]').remove()")
    tab.locator(".st-key-fp-theme button").click()
    expect(_ground(tab)).to_have_css("background-color", DARK)
    assert "model=notes&seed=5" in tab.url or "seed=5&model=notes" in tab.url


def test_the_language_changes_and_a_reload_keeps_it(tab: Page) -> None:
    _open(tab, PAGE)
    expect(tab.locator("h1")).to_have_text("Draw a digit")
    tab.locator(".st-key-fp-language button").click()
    expect(tab.locator("h1")).to_have_text("숫자 그리기")
    expect(tab.locator("html")).to_have_attribute("lang", "ko")
    tab.wait_for_url(re.compile("lang=ko"))
    tab.reload()
    expect(tab.locator("h1")).to_have_text("숫자 그리기")


def test_the_copied_link_opens_the_same_page_for_somebody_else(
    tab: Page, chromium: Browser
) -> None:
    _open(tab, PAGE)
    tab.get_by_role("radio", name="the notes' recipe").click()
    tab.wait_for_url(re.compile("model=notes"))
    tab.get_by_role("tab", name="Export", exact=True).click()
    link = _copied(tab, "model=notes")
    assert "seed=" in link and "lesson=take" in link
    with chromium.new_context() as other:
        guest = other.new_page()
        _open(guest, link)
        chosen = guest.get_by_role("radio", name="the notes' recipe")
        expect(chosen).to_have_attribute("aria-checked", "true")
        lesson = guest.get_by_role("tab", name="Export", exact=True)
        expect(lesson).to_have_attribute("aria-selected", "true")


def test_a_tab_is_filled_when_it_is_opened_and_nothing_below_it_moves(tab: Page) -> None:
    _open(tab, PAGE)
    tab.evaluate(
        """() => {
          const lesson = document.querySelector('[class*="st-key-fp-lesson-"]');
          const [, panel] = lesson.querySelectorAll('[data-testid=stTabPanel]');
          const height = () => lesson.getBoundingClientRect().height;
          const empty = () => !panel.inert && !panel.textContent;
          window.before = height();
          window.least = Infinity;
          const look = () => {
            if (empty()) window.least = Math.min(window.least, height());
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    numbers = tab.get_by_role("tab", name="Formula and PyTorch", exact=True)
    numbers.click()
    shown = tab.locator('[role="tabpanel"]:not([inert])')
    expect(shown.get_by_text("The PyTorch for exactly this state")).to_be_visible()
    assert tab.evaluate("window.least") == tab.evaluate("window.before")
    tab.locator(".st-key-fp-language button").click()
    expect(tab.locator("h1")).to_have_text("숫자 그리기")
    _settle(tab)
    expect(tab.get_by_role("tab").nth(1)).to_have_attribute("aria-selected", "true")
    expect(shown.get_by_text("PyTorch").first).to_be_visible()


def test_without_a_clipboard_the_link_is_shown_selected(tab: Page) -> None:
    _open(tab, PAGE)
    tab.evaluate(
        "navigator.clipboard.writeText = () => Promise.reject();document.execCommand = () => false"
    )
    tab.locator(".st-key-fp-link button").click()
    box = tab.locator(".fp-link")
    expect(box).to_be_visible()
    assert tab.evaluate("getSelection().toString()") == box.input_value()


def test_a_term_shows_its_definition_and_moves_nothing(tab: Page) -> None:
    _open(tab, PAGE)
    term = tab.locator(".fp-term").first
    meaning = tab.locator(".fp-meaning")
    term.scroll_into_view_if_needed()
    before = term.bounding_box()
    term.hover()
    expect(meaning).to_be_visible()
    assert meaning.inner_text() and term.bounding_box() == before
    tab.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    tab.locator(".fp-term").nth(1).focus()
    expect(meaning).to_be_visible()
    tab.keyboard.press("Tab")
    expect(meaning).not_to_contain_text(tab.locator(".fp-term b").nth(1).text_content() or "-")


SCROLLED = """(term) => new Promise((done) => {
  const scroller = document.querySelector('[data-testid="stMain"]');
  scroller.addEventListener("scroll", () => requestAnimationFrame(() => {
    const meaning = document.querySelector(".fp-meaning");
    const below = meaning.getBoundingClientRect().top - term.getClientRects()[0].bottom;
    done(meaning.matches(":popover-open") ? below : null);
  }), { once: true });
  scroller.scrollBy(0, -4);
})"""


def test_a_page_that_scrolls_by_itself_takes_the_definition_along(tab: Page) -> None:
    _open(tab, PAGE)
    term = tab.locator(".fp-term").first
    term.scroll_into_view_if_needed()
    term.hover()
    expect(tab.locator(".fp-meaning")).to_be_visible()
    assert term.evaluate(SCROLLED) == 0
    expect(tab.locator(".fp-meaning")).to_be_visible()
    button = tab.locator(".st-key-fp-links button").first
    button.evaluate("node => node.focus({ preventScroll: true })")  # a page that moves the focus
    expect(tab.locator(".fp-meaning")).to_be_visible()


def test_a_term_lights_what_it_names_in_the_picture_and_brings_it_into_sight(tab: Page) -> None:
    _open(tab, "/draw-a-digit")
    term = tab.locator(".fp-term[data-shows=conv1]").first
    block = tab.locator(".fp [data-block=conv1]")
    term.scroll_into_view_if_needed()
    expect(block).not_to_be_in_viewport()
    term.hover()
    expect(block).to_have_class(re.compile(r"\bnamed\b"))
    expect(tab.locator(".fp-meaning small")).to_be_visible()
    term.click()
    expect(block).to_be_in_viewport()
    expect(block).not_to_have_class(re.compile(r"\bnamed\b"))


SEEN_EARLY = """(state) => {
  document.documentElement.dataset.fpArriving = state;
  const main = document.querySelector('[data-testid="stMainBlockContainer"]');
  const top = main.querySelector(".st-key-fp-top");
  const picture = main.querySelector(".st-key-picture");
  const after = (node) => !picture.contains(node)
    && picture.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
  const seen = [...main.querySelectorAll("p, label, h2, button, svg, canvas")].filter((node) =>
    node.checkVisibility({ visibilityProperty: true })
    && (state === "rest" ? after(node) : !top.contains(node)));
  delete document.documentElement.dataset.fpArriving;
  return seen.map((node) => node.outerHTML.slice(0, 100));
}"""


@pytest.mark.parametrize("path", [PAGE, "/words-as-vectors"])
def test_nothing_is_seen_before_the_page_stands_though_streamlit_calls_it_visible(
    tab: Page, path: str
) -> None:
    _open(tab, path)
    expect(tab.locator("html[data-fp-arriving]")).to_have_count(0)
    assert tab.evaluate(SEEN_EARLY, "all") == []
    assert tab.evaluate(SEEN_EARLY, "rest") == []


def test_the_glossary_is_drawn_once_it_is_opened(tab: Page) -> None:
    tab.goto("/")
    _settle(tab)
    expect(tab.locator(".st-key-fp-home .katex")).to_have_count(0)
    tab.get_by_text("Glossary", exact=True).click()
    expect(tab.get_by_role("textbox", name="Search the glossary")).to_be_visible()
    expect(tab.locator(".st-key-fp-home .katex").first).to_be_visible()


def test_a_control_hidden_by_the_lecturer_is_not_in_the_opened_page(tab: Page) -> None:
    _open(tab, PAGE)
    tab.locator(".st-key-fp-hide button").first.click()
    options = tab.get_by_test_id("stPopoverBody")
    options.get_by_text("Network", exact=True).click()
    _settle(tab)
    tab.keyboard.press("Escape")
    link = _copied(tab, "hide=model")
    _open(tab, link)
    expect(tab.get_by_role("radio", name="the notes' recipe")).to_have_count(0)


def test_presenting_steps_by_keys_without_a_rerun(tab: Page) -> None:
    _open(tab, f"{PAGE}?present=1")
    tab.evaluate(
        "window.heard = [];"
        "document.addEventListener('forward-pass:step', event => heard.push(event.detail))"
    )
    first = _marks(tab)
    assert first["fpPresent"] == "1"
    expect(tab.locator('[data-testid="stSidebar"]')).not_to_be_visible()
    assert tab.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 20
    for key in ("Space", "ArrowRight", "PageDown", "PageUp", "ArrowLeft", "Shift+Space"):
        tab.keyboard.press(key)
    tab.keyboard.press("End")
    tab.keyboard.press("Home")
    heard: list[dict[str, Any]] = tab.evaluate("heard")
    steps = [step["index"] for step in heard]
    told = [new for old, new in zip([0, *steps], steps, strict=False) if new != old]
    last = told[-2]
    assert told == [1, 2, 3, 2, 1, 0, last, 0]
    assert last > 3
    assert _marks(tab)["fpStep"] == first["fpStep"] == heard[-1]["id"]


def test_a_new_language_does_not_make_the_walk_listen_twice(tab: Page) -> None:
    _open(tab, f"{PAGE}?present=1")
    tab.locator(".st-key-fp-language button").click()
    expect(tab.locator("h1")).to_have_text("숫자 그리기")
    expect(tab.locator("[data-do=leave]")).to_have_text("닫기")
    answers = tab.evaluate(
        """() => {
          let heard = 0;
          document.addEventListener("forward-pass:step", () => heard++);
          document.dispatchEvent(new CustomEvent("forward-pass:step?"));
          return heard;
        }"""
    )
    assert answers == 1


def test_f_shows_the_picture_alone_and_escape_leaves(tab: Page) -> None:
    _open(tab, f"{PAGE}?present=1")
    tab.keyboard.press("f")
    assert _marks(tab)["fpFull"] == "1"
    box = tab.locator(".st-key-picture").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, 1280)
    tab.keyboard.press("Escape")
    assert "fpFull" not in _marks(tab)


def test_the_walk_remembers_its_step_and_leaves_no_trace_when_closed(tab: Page) -> None:
    _open(tab, PAGE)
    tab.get_by_role("button", name="Walk me through").click()
    tab.keyboard.press("ArrowRight")
    step = _marks(tab)["fpStep"]
    assert "fpPresent" not in _marks(tab)
    tab.reload()
    expect(tab.locator(".fp-steps")).to_be_visible()
    assert _marks(tab)["fpStep"] == step
    tab.get_by_role("button", name="Close").click()
    assert _marks(tab) == {}


def test_a_phone_that_presents_scrolls_down_and_never_sideways(tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    _open(tab, f"{PAGE}?lang=ko&present=1")
    width = tab.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390
