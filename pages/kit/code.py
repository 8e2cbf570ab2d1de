"""The PyTorch for exactly this state: runnable as it stands, folded until asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


def formula(name: str, answer: Callable[[], dict[str, Any]], title: str = "") -> bool:
    """Draw the formula and the program of the number that is open in the picture.

    Args:
        name: of the program's file, without its ending.
        answer: asks for it, {"latex", "program"}.
        title: of the program, where a page has several.

    Returns:
        Whether there is such a number; if not, nothing is drawn.
    """
    try:
        number = answer()
    except (LookupError, ValueError):
        return False
    st.latex(number["latex"])
    with st.expander(_("The same as LaTeX")):
        st.code(number["latex"], language="latex")
    code(name, number["program"], title)
    return True
