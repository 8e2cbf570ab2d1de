"""The language of a session: `_()` for strings; the lesson texts are in `prose`.

English is written in the code and is the key of the catalogue, so a string that lacks a translation
is still readable. Widget keys, state and links never depend on the language.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.korean import particles
from core.schema import Explained, Translate
from pages.kit.query import word

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"en": "English", "ko": "한국어"}
"""Each language under its code, by the name that its readers give it."""

_KEY = "fp.language"
_CHOSEN = "fp.language.chosen"


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """Load the catalogue of a language from its .po file; English needs none."""
    path = ROOT / "locale" / code / "LC_MESSAGES" / "forward_pass.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        messages = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language() -> str:
    """Return the code of this session's language: the link, else the switch, else the browser."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return "en"
    if _KEY not in st.session_state:
        wanted = word("lang", LANGUAGES)
        st.session_state[_CHOSEN] = bool(wanted)
        st.session_state[_KEY] = wanted or _of_browser()
    code: str = st.session_state[_KEY]
    return code


def chosen() -> bool:
    """Tell whether somebody asked for this language, by a link or by the switch."""
    language()
    return bool(st.session_state.get(_CHOSEN))


def _of_browser() -> str:
    code = (st.context.locale or "en").split("-")[0].lower()
    return code if code in LANGUAGES else "en"


class _Said(str):
    """A translated sentence that remembers what it says: it can be said in another language."""

    message: str
    named: dict[str, object]

    @classmethod
    def of(cls, message: str, code: str, named: dict[str, object] | None = None) -> _Said:
        """Say it in a language, filled in if there are values."""
        text = catalogue(code).gettext(message)
        if named is not None:
            values = {name: said_in(value, code) for name, value in named.items()}
            text = text.format(**values)
            if code == "ko":  # its particles follow what stands before them
                text = particles(text)
        said = cls(text)
        said.message, said.named = message, named or {}
        return said

    def format(self, *values: object, **named: object) -> str:
        if values or self.named:
            return particles(super().format(*values, **named))
        return _Said.of(self.message, language(), named)


def said_in(text: Any, code: str) -> Any:
    """A sentence of ours in another language; any other value as it is."""
    if not isinstance(text, _Said):
        return text
    return _Said.of(text.message, code, text.named or None)


def _(message: str) -> str:
    """Translate a string into the language of this session."""
    return _Said.of(message, language()) if message else ""


def sentence(error: Exception, translate: Translate | None = None) -> str:
    """What an error tells a person, in the language of this session or as translated otherwise."""
    return error.sentence(translate or _) if isinstance(error, Explained) else str(error)


def switch() -> None:
    """Draw the switch: one button, named after the language that it leads to."""
    other = next(code for code in LANGUAGES if code != language())
    st.button(LANGUAGES[other], key="fp-language", on_click=_choose, args=(other,))


def _choose(code: str) -> None:
    st.session_state[_KEY] = code
    st.session_state[_CHOSEN] = True
