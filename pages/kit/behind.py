"""What stands behind a line that is opened: drawn and sent only once it is.

A closed expander of Streamlit has all that it holds in the page: sixty formulas behind "Glossary"
took longer than the rest of the home page.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


@st.fragment
def behind(label: str, key: str, draw: Callable[[], object]) -> None:
    """Draw the line, and what is behind it while it is open.

    Args:
        label: of the line, translated.
        key: under which it is kept open while the page is redrawn.
        draw: what is behind it.
    """
    with st.expander(label, key=key, on_change="rerun") as part:
        if part.open:
            draw()
