"""All that an element has been, what lasted shorter than a look at the page included."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator

_RECORD = """(element, attribute) => {
  const now = () => attribute ? element.getAttribute(attribute) : element.textContent
  const seen = [now()]
  const hear = () => { if (now() !== seen.at(-1)) seen.push(now()) }
  const all = { attributes: true, childList: true, characterData: true, subtree: true }
  new MutationObserver(hear).observe(element, all)
  return seen
}"""


class History:
    """All values of an element's attribute, or of its text, from now on."""

    def __init__(self, element: Locator, attribute: str | None = None) -> None:
        self._seen = element.evaluate_handle(_RECORD, attribute)

    @property
    def values(self) -> list[Any]:
        """The first is that of the beginning."""
        found: list[Any] = self._seen.json_value()
        return found
