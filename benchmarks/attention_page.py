"""Attention, step by step, in a real browser: a click to the arithmetic, a drag to all matrices."""

from __future__ import annotations

from playwright.sync_api import Page

from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import WINDOW, application, browser, percentile

PAINTED = "[data-fp=steps][data-answers]"
CLICKS = 60
MOVES = 120

READ = "name => performance.getEntriesByName(name).map((entry) => entry.duration)"

OPEN = "attention.cell_open_ms.p95"
DRAG = "attention.drag_value_ms.p50"


@measures(
    Figure(OPEN, "click on a number to its arithmetic, 95 of 100", "ms", at_most=120),
    Figure(DRAG, "number dragged to all later matrices painted, median", "ms", at_most=33),
)
def attention_page() -> Values:
    """Numbers of the scores are clicked one after the other; then one weight is dragged."""
    with application() as address, browser() as chromium:
        page = chromium.new_page(viewport=WINDOW)
        page.goto(f"{address}/attention-step-by-step")
        page.wait_for_selector(PAINTED)
        _enlarge(page, "S")
        for i in range(CLICKS):
            page.locator(f'[data-fp=matrix-S] [data-at="{i // 10}.{i % 10}"]').click()
            page.wait_for_timeout(120)
        _enlarge(page, "Q")
        place = page.locator('[data-fp=matrix-Wq] [data-at="3.0"]')
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        for i in range(MOVES):
            page.mouse.move(x, y - 10 - 60 * (i % 20) / 20)
            page.wait_for_timeout(1000 / 60)
        page.mouse.up()
        page.wait_for_timeout(500)
        opened: list[float] = page.evaluate(READ, "fp:opened")
        dragged: list[float] = page.evaluate(READ, "fp:painted")
    return {OPEN: percentile(opened, 95), DRAG: percentile(dragged, 50)}


def _enlarge(page: Page, matrix: str) -> None:
    page.locator(f"[data-fp=heat-{matrix}]").click(position={"x": 30, "y": 30})
    page.wait_for_selector(f"[data-fp=matrix-{matrix}]")
