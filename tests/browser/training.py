"""A page that trains, as a person meets it: its controls, its numbers, and the run behind them."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator

from tests.browser.screen import Screen

BASE = "/forward-pass"


class Training(Screen):
    """A browser page with the controls of a training run.

    Args:
        screen: the page, opened.
        name: the `data-fp` of its picture.
    """

    def __init__(self, screen: Screen, name: str) -> None:
        super().__init__(screen.page)
        self.name = name

    def ready(self) -> Training:
        """Wait until a run is painted and Streamlit's script has ended."""
        self.page.wait_for_selector(f"[data-fp={self.name}][data-answers]")
        self.page.wait_for_selector(".panel[data-run]")
        self.idle()
        self.settled()
        return self

    # -- what the page says --------------------------------------------------------------------

    @property
    def panel(self) -> Locator:
        return self.page.locator(".panel")

    @property
    def id(self) -> str:
        return self.panel.get_attribute("data-run") or ""

    @property
    def status(self) -> str:
        return self.panel.get_attribute("data-status") or ""

    @property
    def step(self) -> int:
        """The step at which the run stands, as painted."""
        return int(self.panel.get_attribute("data-step") or -1)

    @property
    def updates(self) -> int:
        """How many changes of the run have been painted."""
        return int(self.part(self.name).get_attribute("data-updates") or 0)

    @property
    def status_text(self) -> str:
        return self.part("status").inner_text()

    @property
    def rows(self) -> list[str]:
        """The runs in the list, by id."""
        rows = self.page.locator(".runs tr[data-run]").all()
        return [row.get_attribute("data-run") or "" for row in rows]

    # -- what a person does --------------------------------------------------------------------

    def play(self) -> None:
        """Press play, and wait for the first step of a run of one's own."""
        self.click("play")
        self.until(lambda: not self.id.startswith("shipped") and self.step > 0)

    def pause(self) -> None:
        self.click("play")
        self.reaches("paused")

    def reaches(self, status: str) -> None:
        """Wait for a status."""
        self.until(lambda: self.status == status)

    def drag(self, name: str, value: float) -> None:
        """Set a slider and let go of it."""
        self.part(name).evaluate(
            "(e, v) => { e.value = v; e.dispatchEvent(new Event('input'));"
            " e.dispatchEvent(new Event('change')) }",
            value,
        )

    # -- what the server says ------------------------------------------------------------------

    def run(self, name: str = "") -> dict[str, Any]:
        """The run as the server tells it."""
        return self._get(f"/runs/{name or self.id}")

    def at(self, step: int) -> dict[str, Any]:
        """A saved state of the run as the server tells it."""
        return self._get(f"/runs/{self.id}/at/{step}")

    def _get(self, path: str) -> dict[str, Any]:
        origin = re.match(r"https?://[^/]+", self.page.url)
        assert origin
        # A server closes a connection that has been idle for a while, at times just as it is used.
        answer = self.page.request.get(origin[0] + BASE + path, max_retries=3)
        assert answer.ok, answer.text()
        found: dict[str, Any] = answer.json()
        return found
