"""The glossary: each term in both languages, with its symbol and its formula, to be searched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from pages.kit.language import _

FILE = Path(__file__).with_suffix(".json")


@dataclass(frozen=True)
class Term:
    """A term of the course.

    Attributes:
        english, korean: as the lesson texts write it.
        page: the address of the page where it is met.
        symbol, formula: in LaTeX, where there is one.
    """

    english: str
    korean: str
    page: str
    symbol: str = ""
    formula: str = ""

    def fits(self, asked: str) -> bool:
        """Tell whether somebody who types this means the term."""
        wanted = asked.strip().casefold()
        return any(wanted in each.casefold() for each in (self.english, self.korean, self.symbol))


@cache
def terms() -> tuple[Term, ...]:
    """All terms, in the order of the course."""
    return tuple(Term(**each) for each in json.loads(FILE.read_text(encoding="utf-8")))


def show(titles: dict[str, str]) -> None:
    """Draw it.

    Args:
        titles: what each page is called, translated, under its address.
    """
    with st.expander(_("Glossary")):
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
