"""Transformer in a real browser: a step of decoding, from the click to every panel repainted."""

from __future__ import annotations

from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import WINDOW, application, browser, percentile

PAINTED = "[data-fp=transformer][data-answers]"
ROUNDS = 9
PAUSES = (250, 500, 1000)
"""Milliseconds between clicks: before, while and after the page hears of the one before."""

READ = "name => performance.getEntriesByName(name).map((entry) => entry.duration)"

STEP = "transformer.decode_step_ms.p95"


@measures(
    Figure(STEP, "click on the next or another token to all panels painted", "ms", at_most=150),
)
def transformer_page() -> Values:
    """A sentence is walked through; at each place another candidate is chosen and decoded anew."""
    with application() as address, browser() as chromium:
        page = chromium.new_page(viewport=WINDOW)
        page.goto(f"{address}/transformer")
        page.wait_for_selector(PAINTED)
        page.wait_for_timeout(1000)
        for i in range(ROUNDS):
            page.locator("[data-fp=start]").click()
            for _ in range(5):
                page.locator("[data-fp=step]").click()
                page.wait_for_timeout(100)
            for rank in (1, 2, 3):
                page.locator("[data-fp=candidates] button").nth(rank + i % 3).click()
                page.wait_for_timeout(PAUSES[i % len(PAUSES)])
            page.locator("[data-fp=release]").click()
            page.wait_for_timeout(250)
        stepped: list[float] = page.evaluate(READ, "fp:stepped")
        replaced: list[float] = page.evaluate(READ, "fp:replaced")
    assert len(replaced) >= 2 * ROUNDS, "another token was not decoded"
    return {STEP: max(percentile(stepped, 95), percentile(replaced, 95))}
