"""Attention in a trained model, in a real browser: a long sentence to the maps of all heads."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.figures import Figure, Unmeasured, Values, measures
from benchmarks.harness import WINDOW, application, browser, percentile
from core.pretrained import shelf
from tests.core.pretrained.tiny import save

ENTERS = 40
WORDS = "the cat sat on the mat be it was tired".split()
TOKENS = 64
"""Pieces of a sentence, [CLS] and [SEP] among them."""
LAYERS, HEADS, WIDTH = 4, 4, 256
"""Sixteen heads in the shape of BERT mini (Turc and others 2019); its numbers are random."""

# From the key to the frame after the one in which the picture has been painted.
ENTER = """
([root, field, text]) => new Promise((done) => {
  field.value = text;
  const event = new KeyboardEvent("keydown", { key: "Enter", bubbles: true });
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  });
  seen.observe(root, { attributes: true, attributeFilter: ["data-answers"] });
  const start = performance.now();
  field.dispatchEvent(event);
})
"""

KEY = "attention.64_tokens_16_heads_ms.p95"


@measures(
    Figure(KEY, "Enter to all maps painted, 64 pieces and 16 heads, 95 of 100", "ms", at_most=500),
)
def sixteen_heads() -> Values:
    """A pretrained encoder is asked one long sentence after another, as a person would."""
    if not shelf.available():
        raise Unmeasured("It needs requirements-pretrained.txt.")
    with tempfile.TemporaryDirectory() as models:
        save(Path(models) / "mini", layers=LAYERS, heads=HEADS, width=WIDTH)
        with (
            application(FORWARD_PASS_MODELS=models) as address,
            browser() as chromium,
        ):
            page = chromium.new_page(viewport=WINDOW)
            page.goto(f"{address}/attention-in-a-trained-model?tab=encoder")
            page.wait_for_selector("[data-fp=encoder][data-answers]")
            root = page.locator("[data-fp=encoder]").element_handle()
            field = page.locator("[data-fp=encoder-sentence]").element_handle()
            times = []
            for i in range(ENTERS):
                text = " ".join(WORDS[(i + j) % len(WORDS)] for j in range(TOKENS - 2))
                times.append(page.evaluate(ENTER, [root, field, text]))
                page.wait_for_timeout(300)
            shown = page.locator("[data-fp=encoder] .heads canvas").evaluate_all(
                "all => all.filter((map) => map.width === 64).length"
            )
    if shown != LAYERS * HEADS:
        raise RuntimeError(f"{shown} maps of {TOKENS} pieces were painted.")
    return {KEY: percentile(times, 95)}
