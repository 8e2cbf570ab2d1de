"""What a notebook says about the page that it was taken from: its link, settings and provenance.

The frame begins the sheet of a page before the page is drawn, and badges of provenance are noted on
it. It is written out when a notebook is asked for, from the state as it is by then.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from core.notebook import notebook
from pages.kit.language import _
from pages.kit.state import PageState

_KEY = "fp.notebook"
LONGEST = 80
"""Characters of a setting; a drawing is longer, and is in the link."""


class Sheet:
    """What is told of one page. It knows its words, so that it needs no session."""

    def __init__(self, title: str, address: str, state: PageState | None) -> None:
        """Begin it, at the address of the page without its query."""
        self.address, self.state = address, state
        self.origins: list[str] = []
        self.title = f"# {title}"
        self.opens = _("[Open this lesson as it was]({link})")
        self.settings = _("Settings")
        self.provenance = _("Where the numbers come from")

    def cells(self) -> list[str]:
        """The cells of text, in Markdown."""
        query = urlencode(self.state.link()) if self.state else ""
        link = f"{self.address}?{query}" if query else self.address
        cells = [f"{self.title}\n\n{self.opens.format(link=link)}"]
        if self.state:
            cells.append(f"**{self.settings}**\n\n{_settings(self.state)}")
        if self.origins:
            cells.append("\n\n".join([f"**{self.provenance}**", *self.origins]))
        return cells


def begin(title: str, path: str, state: PageState | None) -> None:
    """Begin the sheet of the page that is drawn now.

    Args:
        title: of the page, translated.
        path: its path in the address.
        state: its state.
    """
    parts = urlsplit(st.context.url or "")
    folder = parts.path.rpartition("/")[0]
    address = urlunsplit((parts.scheme, parts.netloc, f"{folder}/{path}", "", ""))
    st.session_state[_KEY] = Sheet(title, address, state)


def note(origin: str) -> None:
    """Note on the sheet where numbers come from, in Markdown."""
    if _KEY in st.session_state:
        st.session_state[_KEY].origins.append(origin)


def maker(py: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes a notebook of this program, with what the sheet tells by then."""
    sheet: Sheet | None = st.session_state.get(_KEY)
    return lambda: notebook(py().decode(), sheet.cells() if sheet else [])


def _settings(state: PageState) -> str:
    rows = []
    for name, value in state.values.items():
        text = state.table[name].format(value).replace("|", "\\|")
        short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        rows.append(f"| {state.labels.get(name, name)} | {short} |")
    return "\n".join(["| | |", "| --- | --- |", *rows])
