"""What axe-core finds on a page: for the browser tests and the benchmarks."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js"
MISSING = "axe-core is not there: `make test` installs it where there is Node."

# Streamlit's own: a place for files that calls itself a presentation and has a name all the same,
# and formulas that scroll where they are wide, which keys reach without our help.
# Answers by rule and place. What stands in a shadow root has a path of selectors.
_HEIGHT = "() => document.querySelector('[data-testid=stMain]').scrollHeight"

_RUN = """async () => {
  const streamlits = ["[data-testid=stFileUploaderDropzone]", ".katex-display"]
  const { violations } = await axe.run({ exclude: streamlits }, { resultTypes: ["violations"] })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, any, all }) => {
    const why = [...any, ...all].map(({ message }) => message).join(" ")
    return `${id}: ${target.flat().join(" > ")} ${html.slice(0, 160)} ${why}`
  }))
}"""


def violations(page: Page) -> list[str]:
    """Every violation of WCAG 2.2 AA or of axe-core's best practices, on the whole of the page.

    The window is as tall as the page afterwards.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    size = page.viewport_size
    assert size is not None
    # For axe-core a text that is scrolled away is not visible, and not looked at.
    page.set_viewport_size({**size, "height": max(size["height"], page.evaluate(_HEIGHT))})
    found: list[str] = page.evaluate(_RUN)
    return found
