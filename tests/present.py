"""How large the texts of a page are that is presented: for the browser tests and the benchmarks."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

WINDOW = ViewportSize(width=1280, height=800)

# Formulas lower what is an exponent, as everywhere; what is only spoken has no size. A drawing may
# be larger on the screen than its own units, and so may a picture (pages/kit/camera.js).
_TEXTS = """() => {
  const all = []
  const walk = (root) => { for (const e of root.querySelectorAll("*")) {
    all.push(e)
    if (e.shadowRoot) walk(e.shadowRoot) } }
  walk(document.querySelector("[data-testid=stApp]"))
  const has = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const left = "style, script, .katex *, .unseen, [data-testid=stExpandSidebarButton] *"
  return all.filter((e) => has(e) && shown(e) && !e.matches(left)).map((e) => {
    const matrix = e.ownerSVGElement ? e.getScreenCTM()
      : e.closest(".fp") && new DOMMatrix(getComputedStyle(e.closest(".fp")).transform)
    const scale = matrix ? Math.hypot(matrix.a, matrix.b) : 1
    const size = parseFloat(getComputedStyle(e).fontSize) * scale
    return [Math.round(10 * size) / 10, e.textContent.trim().slice(0, 60)]
  })
}"""


def texts(page: Page) -> list[tuple[float, str]]:
    """Each text that is shown, with its size in pixels."""
    found: list[tuple[float, str]] = [(size, text) for size, text in page.evaluate(_TEXTS)]
    return found
