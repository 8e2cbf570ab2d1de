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
  field.dispatchEvent(new KeyboardEvent("keyup", { key: "Enter", bubbles: true }));
})
"""

KEY = "attention.64_tokens_16_heads_ms.p95"
REAL = "encoder.sentence_ms.p95"
SENTENCE = 32
"""Pieces of a sentence for the encoder that the extra brings: 6 layers of 12 heads."""


@measures(
    Figure(KEY, "Enter to all maps painted, 64 pieces and 16 heads, 95 of 100", "ms", at_most=500),
)
def sixteen_heads() -> Values:
    """A pretrained encoder is asked one long sentence after another, as a person would."""
    if not shelf.available():
        raise Unmeasured("It needs requirements-pretrained.txt.")
    with tempfile.TemporaryDirectory() as models:
        save(Path(models) / "mini", layers=LAYERS, heads=HEADS, width=WIDTH)
        return {KEY: percentile(_entered(models, TOKENS, LAYERS * HEADS), 95)}


@measures(
    Figure(
        REAL,
        "a sentence of 32 pieces to all 72 heads of a real encoder painted, warm, 95 of 100",
        "ms",
        at_most=500,
    ),
)
def a_real_encoder() -> Values:
    """The encoder that comes with the extra `pretrained` is asked in the same way."""
    (name,) = shelf.PACKAGES
    with tempfile.TemporaryDirectory() as models:
        if not shelf.available() or name not in shelf.ready():
            raise Unmeasured("It needs requirements-pretrained.txt.")
        return {REAL: percentile(_entered(models, SENTENCE, 6 * 12), 95)}


def _entered(models: str, pieces: int, heads: int) -> list[float]:
    """Milliseconds from Enter to the maps of all heads, of many sentences of so many pieces."""
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
            text = " ".join(WORDS[(i + j) % len(WORDS)] for j in range(pieces - 2))
            times.append(page.evaluate(ENTER, [root, field, text]))
            page.wait_for_timeout(300)
        shown = page.locator("[data-fp=encoder] .heads canvas").evaluate_all(
            "(all, pieces) => all.filter((map) => map.width === pieces).length", pieces
        )
    if shown != heads:
        raise RuntimeError(f"{shown} maps of {pieces} pieces were painted.")
    return times
