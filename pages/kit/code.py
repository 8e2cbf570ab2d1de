"""The PyTorch for exactly this state: runnable as it stands, folded until asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from core.training.jobs import program
from pages.kit.downloads import downloads
from pages.kit.language import _, sentence
from pages.kit.listing import listing


def code(name: str, source: str, title: str = "") -> None:
    """Draw the program, to copy or to take away.

    Args:
        name: the file's name without its ending.
        source: a whole program that prints the numbers on the page.
        title: what it is, translated, where a page has several programs.
    """
    with st.expander(title or _("The PyTorch for exactly this state")):
        listing(name, source, "python")
        downloads(name, py=source.encode)


def run_program(name: str, job: str, config: Mapping[str, Any], title: str = "") -> None:
    """Draw the program of a run that would begin here, or why there is none.

    Args:
        name: the file's name without its ending.
        job: the run's.
        config: the run's, as plain values.
        title: what it is, translated, where a page has several programs.
    """
    try:
        code(name, program(job, config), title)
    except ValueError as error:
        st.error(sentence(error))
        return
    st.caption(
        _("It repeats a run of this setting from its first step, and prints the same losses.")
    )


def equation(text: str, key: str = "fp.latex") -> None:
    """Draw a formula, and below it the same as LaTeX to copy; a key for each of a page's."""
    st.latex(text)
    as_latex(text, key)


def as_latex(text: str, key: str = "fp.latex") -> None:
    """Draw formulas as LaTeX to copy; a key for each of a page's."""
    with st.expander(_("The same as LaTeX"), key=key):
        listing(key, text)


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
    equation(number["latex"], f"fp.latex.{name}")
    code(name, number["program"], title)
    return True
