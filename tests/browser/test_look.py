"""Both languages, both themes, a phone, a projector, and less motion, inside the picture itself."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Locator

from tests import present
from tests.browser.conftest import Open
from tests.browser.screen import PAINTED, Screen

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BLOCKS = "[data-block]"
SMALLEST = 12.9
"""Pixels that any text in the picture has at least."""


def test_each_theme_has_its_own_paper_and_the_maps_follow_the_switch(open_page: Open) -> None:
    dark, light = open_page(color_scheme="dark").ready(), open_page().ready()
    assert dark.paper.sum() < 200 < 700 < light.paper.sum()
    night = {layer: dark.pixels(layer) for layer in PAINTED}
    light.page.locator(".st-key-fp-theme button").click()
    for layer, pixels in night.items():
        light.until(lambda layer=layer, pixels=pixels: np.array_equal(light.pixels(layer), pixels))
    ink = dark.pixels("canvas")
    light.until(lambda: np.array_equal(light.pixels("canvas"), ink))


def test_a_phone_shows_everything_below_each_other(open_page: Open) -> None:
    screen = open_page("/draw-a-digit?why=1", **PHONE).ready()
    screen.page.wait_for_selector(".fp .reasons:not(.stale) .effects li")
    assert screen.box("canvas")["width"] >= 260
    for part in ("draw", "canvas", *PAINTED, "lens", "total", "verdict", "why-piece"):
        box = screen.box(part)
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390, part
    wide = """() => [...document.querySelectorAll('[data-testid=stMain], html')]
        .filter(e => e.scrollWidth > e.clientWidth + 1).length"""
    assert screen.page.evaluate(wide) == 0


def test_every_word_can_be_read_and_no_layer_lies_on_another(screen: Screen) -> None:
    boxes = [block.bounding_box() for block in screen.page.locator(".network .layer").all()]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a and b
            across = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
            down = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
            assert across <= 1 or down <= 1, (a, b)
    assert min(_sizes(screen.part("draw"))) >= SMALLEST


def test_presenting_enlarges_the_picture_and_the_walk_leads_through_its_blocks(
    screen: Screen,
) -> None:
    page = screen.page
    before = _size(screen.part("verdict"))
    page.locator(".st-key-fp-presenter [data-do=present]").click()
    screen.until(lambda: _size(screen.part("verdict")) > 1.2 * before)
    assert _shown(screen) == "everything"
    for key, block in [(" ", "canvas"), ("ArrowRight", "strip"), ("PageDown", "input")]:
        page.keyboard.press(key)
        screen.until(lambda block=block: _shown(screen) == block)
    page.keyboard.press("ArrowLeft")
    screen.until(lambda: _shown(screen) == "strip")
    page.keyboard.press("f")
    screen.until(lambda: page.locator("html").get_attribute("data-fp-full") == "1")
    covered = page.locator(".st-key-picture").bounding_box()
    assert covered and covered["width"] >= 1270 and covered["height"] >= 850
    screen.draw([[(0.5, 0.2), (0.5, 0.8)]])  # the picture is as live as ever
    screen.until(lambda: len(screen.drawing) == 2)
    page.keyboard.press("Escape")
    screen.until(lambda: page.locator("html").get_attribute("data-fp-full") is None)


SEEN = """async (block) => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect()
  const look = () => {
    const [top, bar] = [box(".st-key-fp-header"), box(".fp-steps")]
    const { left, right, top: y, bottom, width } = block.getBoundingClientRect()
    return [left >= 0, right <= innerWidth + 1, y >= top.bottom, bottom <= bar.top + 1,
      top.top >= 0, width / block.offsetWidth]
  }
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  for (let seen = look(), still = 0; ; seen = look()) {
    await frame()
    still = String(look()) === String(seen) ? still + 1 : 0
    if (still === 3) return seen
  } }"""
"""Whether a block is in the window, below the title and above the bar; how large it is drawn. It
is looked at when it has come to rest."""


def _scale(block: Locator) -> float:
    """How large a block is drawn that is wholly in the window, and no smaller than laid out."""
    *whole, scale = block.evaluate(SEEN)
    assert all(whole) and scale >= 1
    return float(scale)


def test_each_step_brings_what_it_means_into_the_window_as_large_as_it_fits(
    open_page: Open,
) -> None:
    screen = open_page("/draw-a-digit?present=1").ready()
    page = screen.page
    for width, height in [(1024, 768), (1280, 800), (1920, 1080)]:
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press("Home")
        larger = []
        for block in ("canvas", "strip", "input", "conv1", "relu1", "pool1", "conv2"):
            page.keyboard.press("PageDown")
            page.wait_for_selector(f"html[data-fp-step={block}]", state="attached")
            meant = page.locator(f"[data-block={block}]").first
            larger.append(screen.until(lambda meant=meant: _scale(meant)))
            assert [text for size, text in present.texts(page) if size < 20] == []
        assert max(larger) > 1.8
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    screen.draw([[(0.2, 0.2), (0.8, 0.8)]])
    screen.until(lambda: len(screen.drawing) == 2)


def test_keys_of_the_lens_do_not_turn_the_page_while_presenting(screen: Screen) -> None:
    screen.page.locator(".st-key-fp-presenter [data-do=present]").click()
    screen.until(lambda: _shown(screen) == "everything")
    column = screen.body["place"]["column"]
    screen.part("lens").focus()
    screen.page.keyboard.press("ArrowRight")
    screen.until(lambda: screen.body["place"]["column"] == column + 1)
    assert _shown(screen) == "everything"


def test_nothing_moves_when_less_motion_is_asked_for(open_page: Open) -> None:
    moving = """e => [...e.querySelectorAll('*')].filter(each => {
        const { transitionDuration, animationName } = getComputedStyle(each)
        return animationName !== 'none'
            || transitionDuration.split(',').some(text => parseFloat(text) > 0.001) }).length"""
    assert open_page().ready().part("draw").evaluate(moving) > 0
    assert open_page(reduced_motion="reduce").ready().part("draw").evaluate(moving) == 0


def _size(part: Locator) -> float:
    return float(part.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))


def _sizes(part: Locator) -> list[float]:
    """Font sizes of everything that holds a word and is shown."""
    sizes: list[float] = part.evaluate(
        """e => [...e.querySelectorAll('*')]
        .filter(each => each.offsetParent && each.tagName !== 'STYLE'
            && [...each.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
        .map(each => parseFloat(getComputedStyle(each).fontSize))"""
    )
    return sizes


def _shown(screen: Screen) -> str:
    """The blocks that the walk leaves in front."""
    blocks, aside = screen.page.locator(f".fp {BLOCKS}"), screen.page.locator(f".fp {BLOCKS}.aside")
    if aside.count() == 0:
        return "everything"
    front = screen.page.locator(f".fp {BLOCKS}:not(.aside)")
    assert front.count() < blocks.count()
    return " ".join(str(block.get_attribute("data-block")) for block in front.all())
