"""The PyTorch for exactly this state: runnable as it stands, folded until asked for."""

from __future__ import annotations

import streamlit as st

from pages.kit.downloads import downloads
from pages.kit.language import _


def code(name: str, source: str, title: str = "") -> None:
    """Draw the program, to copy or to take away.

    Args:
        name: the file's name without its ending.
        source: a whole program that prints the numbers on the page.
        title: what it is, translated, where a page has several programs.
    """
    with st.expander(title or _("The PyTorch for exactly this state")):
        st.code(source, language="python")
        downloads(name, py=source.encode)
