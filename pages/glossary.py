"""The glossary: each term in both languages, with its symbol and its formula, to be searched."""

from __future__ import annotations

import streamlit as st

from pages.kit.behind import behind
from pages.kit.language import _
from pages.kit.terms import Term, terms


def show(titles: dict[str, str]) -> None:
    """Draw it.

    Args:
        titles: what each page is called, translated, under its address.
    """

    def draw() -> None:
        asked = st.text_input(
            _("Search the glossary"),
            placeholder=_("a term in English or Korean"),
            key="fp.glossary",
            label_visibility="collapsed",
            width=320,
        )
        found = [term for term in terms() if term.fits(asked)]
        if found:
            st.markdown(table(found, titles))
        else:
            st.caption(_("No term of the course is called that."))

    behind(_("Glossary"), "fp-glossary-open", draw)


def table(found: list[Term], titles: dict[str, str]) -> str:
    """The terms as a table in Markdown."""
    head = ["English", "한국어", _("Symbol"), _("Formula"), _("Page")]
    rows = [
        [
            term.english,
            term.korean,
            term.symbol and f"${term.symbol}$",
            term.formula and f"${term.formula}$",
            # a page that cannot be imported is missing; its terms are not
            f"[{titles[term.page]}]({term.page})" if term.page in titles else "",
        ]
        for term in found
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *rows])
