"""The lesson texts: Markdown in each language, with figures that come from where they are made."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import streamlit as st

from core import claims
from pages.kit import terms
from pages.kit.behind import behind
from pages.kit.language import ROOT, _, language, sentence

MEASURE = 720
"""Pixels that a column of prose is wide at most."""
MORE = "more"
"""The part that goes on where the text before the first part ends, one click deeper."""

_PART = re.compile(r"^<!-- *([a-z0-9-]+) *-->[ \t]*\n", re.MULTILINE)


def prose(page: str, part: str = "") -> None:
    """Draw the lesson text of a page, or one part of it.

    A part begins with a line `<!-- name -->` in the page's `lesson.<language>.md` and goes on to
    the next; the text before the first one has the empty name. A figure says where it comes from
    to whoever points at it, and a term what it means.
    """
    code = language()
    text = terms.defined(parts(code, page)[part], code, page.split("/")[0].replace("_", "-"))
    filled = claims.fill(text, _figure)
    st.markdown(filled, unsafe_allow_html="<span" in filled)


def folded(page: str, *columns: str) -> None:
    """Draw parts of a lesson text side by side behind "Read more": one click deeper.

    Args:
        page: whose text it is.
        *columns: the parts; the first is the widest.
    """

    def draw() -> None:
        widths = (3, 2) if len(columns) > 1 else (1,)
        for column, part in zip(st.columns(widths, gap="large"), columns, strict=True):
            with column:
                prose(page, part)

    behind(_("Read more"), "-".join(["fp-more", page.replace("/", "-"), *columns]), draw)


def has_text(page: str) -> bool:
    """Tell whether a page has a lesson text."""
    return _file("en", page).is_file()


@cache
def parts(code: str, page: str) -> dict[str, str]:
    """The text of a page by its parts, with references to figures as they are written."""
    pieces = _PART.split(_file(code, page).read_text(encoding="utf-8"))
    return {
        "": pieces[0].strip(),
        **dict(zip(pieces[1::2], map(str.strip, pieces[2::2]), strict=True)),
    }


def _file(code: str, page: str) -> Path:
    """`lesson.<language>.md` in the page's folder, or `home.<language>.md`."""
    pages = ROOT / "pages"
    return pages / (f"home.{code}.md" if page == "home" else f"{page}/lesson.{code}.md")


def _figure(claim: claims.Claim) -> str:
    source = html.escape(sentence(claim.source), quote=True)
    return f'<span title="{source}">{claim.text}</span>'
