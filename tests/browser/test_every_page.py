"""Every page and every tab: on a phone, by keys, numbers opened, in both languages and themes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from string import Formatter

import pytest
from playwright.sync_api import ViewportSize, expect

from pages.kit.language import catalogue
from pages.registry import PAGES
from tests import axe, present
from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.browser.shown_numbers import every_number_opens
from tests.browser.training import Training
from tests.browser.views import VIEWS, View

SMALL_WINDOW = ViewportSize(width=390, height=844)
PHONE = {"viewport": SMALL_WINDOW, "has_touch": True, "is_mobile": True}
WIDE_WINDOW = ViewportSize(width=1280, height=800)
WORD = re.compile("[A-Za-z]{3}")


def test_no_page_is_forgotten() -> None:
    paths = {view.path.partition("?")[0] for view in VIEWS}
    assert paths == {"/", *(f"/{page.path}" for page in PAGES)}


# -- what is to be seen, and how -----------------------------------------------------------------

_ALL = """const all = []
  const walk = (root) => { for (const e of root.querySelectorAll("*")) {
    all.push(e)
    if (e.shadowRoot) walk(e.shadowRoot) } }
  walk(document.querySelector("[data-testid=stMain]"))
  const above = (e) => e.assignedSlot ?? e.parentElement ?? e.getRootNode().host
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })"""
"""All elements of the page's own part, and how to go on from one."""

WIDE = f"""() => {{ {_ALL}
  const scrolls = (e) => getComputedStyle(e).overflowX !== "visible"
  const held = (e) => {{ for (let a = above(e); a; a = above(a))
    if (a.dataset.testid !== "stMain" && scrolls(a)) return true
    return false }}
  return all.filter((e) => shown(e) && e.getBoundingClientRect().width
      && e.getBoundingClientRect().right > innerWidth + 1 && !held(e))
    .map((e) => e.dataset.fp || e.className || e.tagName).slice(0, 9) }}"""
"""What goes over the right edge and is not inside something that scrolls by itself."""

SIDEWAYS = """() => [...document.querySelectorAll('[data-testid=stMain], html')]
  .filter((e) => e.scrollWidth > e.clientWidth + 1).length"""

TEXTS = f"""() => {{ {_ALL}
  const texts = new Set()
  for (const e of all.filter(shown)) {{
    if (e.tagName === "STYLE" || e.closest(".katex, pre, [data-testid=stCode]")) continue
    for (const node of e.childNodes) if (node.nodeType === 3) texts.add(node.textContent.trim())
    for (const name of ["aria-label", "title", "placeholder"])
      texts.add((e.getAttribute(name) ?? "").trim()) }}
  return [...texts] }}"""
"""All that is to be read, seen or spoken."""

CLIPPED = """(root) => [...root.querySelectorAll('[role=radiogroup]')]
  .filter((group) => group.scrollWidth > group.clientWidth + 1)
  .map((group) => group.parentElement.innerText)"""

SHIFTED = """async () => {
  const all = []
  const observer = new PerformanceObserver((list) => all.push(...list.getEntries()))
  observer.observe({ type: "layout-shift", buffered: true })
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  return [...all, ...observer.takeRecords()].reduce((sum, { value }) => sum + value, 0) }"""
"""How much has moved by itself since the page began to load."""

HEAVY = """() => performance.getEntriesByType("resource").map(({ name }) => name)
  .filter((name) => /SyntaxHighlighter|SourceSans/.test(name))"""
"""What Streamlit would fetch for each page, and no page of ours needs."""

ERRORS = "[data-testid=stAlertContentError], [data-testid=stException]"


@cache
def english() -> re.Pattern[str]:
    """Every sentence or label of ours that is another one in Korean, with any values in it.

    Lower-case words are terms, which Korean prose names in English as well.
    """
    messages = catalogue("ko")._catalog  # type: ignore[attr-defined]
    ours = {a for a, b in messages.items() if a and isinstance(a, str) and a != b}
    patterns = []
    for message in ours:
        pieces = [(text, name) for text, name, *_ in Formatter().parse(message)]
        if message[0].isupper() and WORD.search("".join(text for text, _ in pieces)):
            patterns.append(
                "".join(re.escape(text) + (".+?" if name else "") for text, name in pieces)
            )
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.DOTALL)


def speaks_korean(screen: Screen) -> None:
    expect(screen.page.locator("html")).to_have_attribute("lang", "ko")
    screen.until(
        lambda: [text for text in screen.page.evaluate(TEXTS) if english().fullmatch(text)] == []
    )


def is_dark(screen: Screen) -> bool:
    ground = screen.page.locator("[data-testid=stApp]")
    colour = ground.evaluate("e => getComputedStyle(e).backgroundColor")
    return int(screen.rgb(colour).sum()) < 200


def state(screen: Screen, selector: str, attribute: str) -> str:
    element = screen.page.locator(selector).first
    return (element.get_attribute(attribute) if attribute else element.text_content()) or ""


LISTEN = f"""() => {{ {_ALL}
  const ways = "a[href], button, input, select, textarea, summary, [tabindex]"
  const ours = (e) => e.getRootNode() !== document || e.closest(".fp")
  window.reached = new Set()
  const hear = (event) => reached.add(event.composedPath()[0])
  const roots = new Set([document, ...all.filter((e) => e.shadowRoot).map((e) => e.shadowRoot)])
  for (const root of roots) root.addEventListener("focusin", hear)
  window.wanted = all.filter((e) => ours(e) && e.matches(ways) && e.tabIndex >= 0 && !e.disabled
    && shown(e))
  all[0].tabIndex = -1
  all[0].focus()
  return all.filter((e) => e.matches(ways) && e.tabIndex >= 0).length }}"""
"""All that keys should reach in the pictures; the next Tab goes to the first of the page's part."""

MISSED = """() => wanted.filter((e) => e.isConnected && !e.disabled && e.checkVisibility()
    && !reached.has(e)).map((e) => e.dataset.fp || e.ariaLabel || e.className || e.tagName)"""


def the_last_row_can_read_it(screen: Screen) -> None:
    """Presented in a window, no text is smaller than 20 pixels, and Esc leaves."""
    page = screen.page
    page.set_viewport_size(WIDE_WINDOW)
    page.locator(".st-key-fp-presenter [data-do=present]").press("Enter")
    page.wait_for_selector("html[data-fp-present]", state="attached")
    screen.until(lambda: [text for size, text in present.texts(page) if size < 20] == [])
    page.keyboard.press("Escape")
    page.wait_for_selector("html:not([data-fp-present])", state="attached")
    page.set_viewport_size(SMALL_WINDOW)


def everybody_can_use_it(screen: Screen, wide: bool) -> None:
    """It can be presented, and axe-core finds nothing to mend; turn by turn on a phone and in a
    window. What axe-core has looked at is restyled many times more slowly: so it comes last.
    """
    the_last_row_can_read_it(screen)
    if not axe.SCRIPT.exists():
        return
    page = screen.page
    if wide:
        page.set_viewport_size(WIDE_WINDOW)

    def no_violation() -> None:
        assert axe.violations(page) == []

    screen.until(no_violation)
    page.set_viewport_size(SMALL_WINDOW)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.path)
def test_it_is_whole_on_a_phone_by_touch_and_by_keys_in_both_languages_and_themes(
    open_page: Open, view: View
) -> None:
    screen = view.ready(open_page(view.path, **PHONE))
    page = screen.page
    assert page.evaluate(SHIFTED) < 0.1
    assert page.evaluate(HEAVY) == []
    for _ in range(page.evaluate(LISTEN) + 10):
        page.keyboard.press("Tab")
    assert page.evaluate(MISSED) == []
    every_number_opens(screen, view)
    fits(screen)
    assert not is_dark(screen)
    number = VIEWS.index(view)
    if number % 2:
        everybody_can_use_it(screen, wide=number % 4 == 1)
    page.locator(".st-key-fp-theme button").press("Enter")
    screen.until(lambda: is_dark(screen))
    page.locator(".st-key-fp-language button").press("Enter")
    page.wait_for_selector("html[lang=ko]", state="attached")
    speaks_korean(view.ready(screen))
    fits(screen)
    if not number % 2:
        everybody_can_use_it(screen, wide=number % 4 == 0)
    if view.tap:
        target, selector, attribute = view.tap
        before = state(screen, selector, attribute)
        screen.part(target).first.tap()
        screen.until(lambda: state(screen, selector, attribute) != before)
    more = page.locator("[class*=st-key-fp-more] button")
    assert (more.count() > 0) == view.more
    if view.more:
        more.first.tap()
        popover = page.locator("[data-testid=stPopoverBody]")
        popover.locator("[data-testid=stNumberInput]").first.wait_for()
        screen.idle()
        labels = [text for text in popover.locator("label").all_inner_texts() if text.strip()]
        assert len(labels) == len(set(labels)) >= 2
        assert popover.evaluate(CLIPPED) == []
    assert is_dark(screen)
    assert page.locator(ERRORS).all_inner_texts() == []


def fits(screen: Screen) -> None:
    """Nothing is wider than the window or cut off."""
    assert screen.page.evaluate(SIDEWAYS) == 0
    assert screen.page.evaluate(WIDE) == []
    assert screen.page.locator("body").evaluate(CLIPPED) == []


# -- a run: play, pause, one step, reset ---------------------------------------------------------


@dataclass(frozen=True)
class Lab:
    """A picture that trains, with a run whose steps are quick and of which there are many."""

    name: str
    path: str


LABS = (
    Lab("cnn", "/train-a-cnn?data=pen&images=1000&channels=4&kernel=3&batch=20&epochs=20"),
    Lab("shuffled", "/convolution-and-pooling?tab=plain&plain_width=4"),
    Lab("hand", "/train-a-cnn?tab=hand"),
    Lab("cell", "/inside-the-cell"),
    Lab("text", "/text-that-writes-itself?hidden=8&context=4&steps=5000"),
    Lab("adding", "/long-dependencies?cell=gru&run_length=50&run_hidden=8&steps=5000"),
    Lab(
        "trained-run",
        "/attention-in-a-trained-model?tab=train"
        "&run_layers=1&run_heads=2&run_width=16&run_steps=5000",
    ),
    Lab("vectors", "/words-as-vectors?dimension=8&window=2&epochs=1000"),
    Lab(
        "transformer-run",
        "/transformer?tab=train&run_task=copy&run_width=32&run_heads=2&run_batch=16&run_steps=5000",
    ),
    Lab("bert-run", "/bert?tab=tune&steps=1000"),
)


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_a_run_plays_pauses_takes_a_step_and_begins_anew(open_page: Open, lab: Lab) -> None:
    run = Training(open_page(lab.path), lab.name).ready()
    run.click("step")
    run.until(lambda: run.step == 1 and run.status == "paused")
    first = run.run()
    run.play()
    run.until(lambda: run.step > 1)
    run.pause()
    stands = run.step
    assert stands == run.run()["step"]
    run.click("step")
    run.until(lambda: run.step == stands + 1 and run.status == "paused")
    run.settled()  # what is asked of this state is answered while there is one
    run.click("reset")
    run.until(lambda: run.step == 0 and run.status == "paused")
    run.click("step")
    run.until(lambda: run.step == 1 and run.status == "paused")
    assert run.run()["series"] == first["series"] != {}


def test_all_pages_in_tabs_of_one_browser_all_draw(open_page: Open) -> None:
    """A browser has six connections to one host, for all its tabs; each shows its picture alone."""
    first = open_page("/")
    origin = first.page.url.rstrip("/")
    views = {view.path.partition("?")[0]: view for view in reversed(VIEWS) if view.tap}
    assert len(views) == len(PAGES)
    screens = []
    for view in views.values():
        screens.append(Screen(first.page.context.new_page()))
        screens[-1].goto(f"{origin}{view.path}{'&' if '?' in view.path else '?'}embed=true")
    for screen, view in zip(screens, views.values(), strict=True):
        view.ready(screen)
        assert screen.page.locator(".st-key-picture").first.is_visible()
        assert screen.page.locator("h1").first.is_hidden()
        screen.page.close()
