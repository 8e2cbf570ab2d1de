"""Convolution, in a real browser: from a slider's move to the repainted picture."""

from __future__ import annotations

from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import WINDOW, application, browser, percentile

PAINTED = "[data-fp=convolution][data-answers]"
MOVES = 100
SLIDER = "convolution.slider_ms.p95"

READ = "name => performance.getEntriesByName(name).map((entry) => entry.duration)"
TURN = """(slider, value) => {
    slider.value = value;
    slider.dispatchEvent(new Event("input"));
}"""


@measures(Figure(SLIDER, "slider moved to everything repainted, 95 of 100", "ms", at_most=100))
def convolution() -> Values:
    """Stride, rows of the kernel, dilation and padding in turn, over a digit of 28 x 28.

    The clock starts when the slider says that it moved and stops in the frame after the answer was
    painted; each move waits for the one before, as a hand that watches does.
    """
    ways = (("stride", (2, 3, 1)), ("rows", (5, 7, 3)), ("dilation", (2, 1)), ("padding", (4, 1)))
    moves = [(name, value) for name, values in ways for value in values]
    with application() as address, browser() as chromium:
        page = chromium.new_page(viewport=WINDOW)
        page.goto(f"{address}/convolution-and-pooling")
        page.wait_for_selector(PAINTED)
        page.wait_for_timeout(1000)
        for i in range(MOVES):
            name, value = moves[i % len(moves)]
            page.locator(f"[data-fp={name}]").evaluate(TURN, value)
            page.wait_for_timeout(150)
        page.wait_for_timeout(500)
        took: list[float] = page.evaluate(READ, "fp:painted")
    return {SLIDER: percentile(took, 95)}
