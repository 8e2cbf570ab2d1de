"""The terms of the course: one list for both languages, and their definitions in the prose.

The first time that a term comes in a part of a lesson text it becomes a button. Its definition
stands beside it for screen readers; pages/kit/terms.js shows it by hover, focus and tap, outlines
what it names in the picture, and brings that into sight when the term is pressed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import streamlit as st

from pages.kit.assets import loader
from pages.kit.language import _

FILE = Path(__file__).with_suffix(".json")

_component = st.components.v2.component(
    "fp_terms", html="<span hidden></span>", js=loader("kit/terms.js"), isolate_styles=False
)
_ASIDE = (
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$"  # code, formulas
    r"|\[\[\w+\]\]|\[[^\]]*\]\([^)]*\)"  # references, links
    r"|<[^>]*>|^#[^\n]*"  # HTML, headings
)
"""Where no term is looked for."""
_EMPHASIS = re.compile(
    rf"{_ASIDE}|(?P<mark>\*{{1,2}})(?=[^\s*])(?P<inside>(?:(?!\n\n).)+?)(?<=[^\s*])(?P=mark)(?!\*)",
    re.DOTALL | re.MULTILINE,
)
_PARTICLES = (
    "은|는|이|가|을|를|와|과|의|에|로|도|만|마다|처럼|보다|까지|부터|뿐|들|란|이란|라는|이라는|"
    "입니다"
)
"""With these a Korean name is still the name."""


@dataclass(frozen=True)
class Term:
    """A term of the course.

    Attributes:
        english, korean: as the lesson texts write it.
        page: the address of the page where it is met.
        means, means_ko: its definition in either language, one sentence or two.
        symbol, formula: in LaTeX, where there is one.
        only: addresses of the pages whose texts mean this by it; empty for all.
        shows: the block of a page's picture that it names, by the page's address.
    """

    english: str
    korean: str
    page: str
    means: str
    means_ko: str
    symbol: str = ""
    formula: str = ""
    only: tuple[str, ...] = ()
    shows: Mapping[str, str] = field(default_factory=dict)

    def fits(self, asked: str) -> bool:
        """Tell whether somebody who types this means the term."""
        wanted = asked.strip().casefold()
        return any(wanted in each.casefold() for each in (self.english, self.korean, self.symbol))

    def named(self, code: str) -> str:
        """What a language calls it."""
        return self.korean if code == "ko" else self.english

    def defined(self, code: str) -> str:
        """Its definition in Markdown, with the name in the other language, symbol and formula."""
        means, other = (self.means_ko, self.english) if code == "ko" else (self.means, self.korean)
        name = "" if other == self.named(code) else f" ({other})"
        symbol = "" if self.formula.startswith(self.symbol) else self.symbol
        latex = ", ".join(f"${each}$" for each in (symbol, self.formula) if each)
        return f"<b>{self.named(code)}</b>{name}: {means} {latex}".rstrip()


@cache
def terms() -> tuple[Term, ...]:
    """All terms, in the order of the course."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Term(**each | {"only": tuple(each.get("only", ()))}) for each in read)


@cache
def defined(text: str, code: str, page: str) -> str:
    """A text in Markdown in which the first of each term opens its definition.

    Args:
        text: part of a lesson text.
        code: its language.
        page: the address of its page.
    """
    known = {
        term.named(code).casefold(): term for term in terms() if not term.only or page in term.only
    }
    found: set[str] = set()

    def button(match: re.Match[str]) -> str:
        name = " ".join((match["term"] or "").casefold().split())
        if not name or name in found:
            return match[0]
        found.add(name)
        term = known[name]
        told, block = term.defined(code), term.shows.get(page)
        shows = f' data-shows="{block}"' if block else ""
        label = html.escape(match[0])
        return (
            f'<span class="fp-term" role="button" tabindex="0"{shows}>{label}'
            f'<span class="fp-definition" role="tooltip">{told}</span></span>'
        )

    return _EMPHASIS.sub(_as_html, _pattern(code, tuple(known)).sub(button, text))


def _as_html(match: re.Match[str]) -> str:
    """Emphasis around a term as HTML: Markdown ends none between a tag and a Korean particle."""
    if match["mark"] is None or "fp-term" not in match["inside"]:
        return match[0]
    tag = "em" if match["mark"] == "*" else "strong"
    return f"<{tag}>{match['inside']}</{tag}>"


@cache
def _pattern(code: str, names: tuple[str, ...]) -> re.Pattern[str]:
    """What is left alone, or a name; the longest first, so that a name may hold another one."""
    longest = "|".join(map(re.escape, sorted(names, key=len, reverse=True))).replace(r"\ ", r"\s+")
    if code == "ko":
        term = rf"(?<![가-힣\w])(?P<term>{longest})(?=(?:{_PARTICLES})|[^가-힣\w]|$)"
    else:
        term = rf"(?<![\w-])(?P<term>{longest})(?:e?s)?(?![\w-])"
    return re.compile(f"{_ASIDE}|{term}", re.DOTALL | re.MULTILINE | re.IGNORECASE)


def definitions() -> None:
    """Draw what shows the definitions of a page."""
    words = {"show": _("Press it to see it in the picture.")}
    _component(key="fp-terms", data={"words": words}, width="content")
