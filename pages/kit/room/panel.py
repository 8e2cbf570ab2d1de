"""The lecturer's panel: one button on every page that opens a room, asks it, and shows its answers.

The room's token stands in the lecturer's browser, so the session learns only that somebody leads a
room here: then, and only then, it sends the panel the questions of the page with their answers.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from core.room.question import MOST, SIDE, WORDS
from core.room.shown import LONGEST
from core.vision.ink import as_bytes, as_text
from pages.kit import place, quiz
from pages.kit.assets import loader
from pages.kit.language import LANGUAGES, _, language, said_in
from pages.kit.room.words import PANEL, translated
from pages.kit.state import PageState

KEY = "fp-room"
_NUMBER, _WANTED = "fp.room.number", "fp.room.wanted"

# Named until its words have come, for whoever hears the page while it loads.
_HTML = """<button class="fp-button" aria-label="Room"></button>"""

_component = st.components.v2.component(
    "fp_room", html=_HTML, js=loader("kit/room/panel.js"), isolate_styles=False
)


def wanted() -> tuple[str, dict[str, str]] | None:
    """The page that the lecturer has just shown, and its link, until this browser is there.

    Kept beside what the panel has told: that is forgotten when a page is left before it is drawn.
    """
    told = _told().get("follow")
    try:
        page, query = str(told["page"]), dict(parse_qsl(str(told["link"])[:LONGEST]))
        number = int(told["number"])
    except (KeyError, OverflowError, TypeError, ValueError):
        pass
    else:
        if number != st.session_state.get(_NUMBER):
            st.session_state[_NUMBER] = number
            st.session_state[_WANTED] = page, query
    found: tuple[str, dict[str, str]] | None = st.session_state.get(_WANTED)
    return found


def followed() -> None:
    """This browser is where the lecturer wanted it: what is done here from now on stays."""
    st.session_state.pop(_WANTED, None)


def panel(path: str, title: str, state: PageState | None) -> None:
    """Draw the button; the panel itself is drawn by the browser.

    Args:
        path: the page's path; "" for the course.
        title: the page's name, translated.
        state: of the page, if it has any.
    """
    _component(
        key=KEY,
        data={
            "words": translated(PANEL, _),
            "language": language(),
            "shown": {
                "page": path,
                "link": urlencode(state.address()) if state else "",
                "title": title,
            },
            "questions": _questions() if leads() else [],
            "picture": _picture() if leads() else None,
        },
        on_leads_change=lambda: None,
        on_follow_change=lambda: None,
        width="content",
    )


def leads() -> bool:
    """Whether this session leads a room."""
    return bool(_told().get("leads"))


def _told() -> Any:
    """What the panel has told this session."""
    return st.session_state.get(KEY, {})


def _picture() -> dict[str, Any] | None:
    """The picture that the page is about, as the phones get it."""
    plane = place.picture()
    if plane is None or not 0 < plane.size or max(plane.shape) > SIDE:
        return None
    rows, columns = plane.shape
    return {"rows": rows, "columns": columns, "picture": as_text(as_bytes(plane.clip(0, 1)))}


def _questions() -> list[dict[str, Any]]:
    """What the page asks, that which is answered by a tap first."""
    tapped = place.offered()
    where = _tapped(tapped) if tapped else None
    asked = [each for each in quiz.here() if not (where and tapped and each.name == tapped.name)]
    return [*([where] if where else []), *(_plain(each) for each in asked)]


def _tapped(asked: place.Place) -> dict[str, Any] | None:
    """A question that is answered by a tap; None where there is nothing to tap."""
    count = len(asked.words)
    shown = {"rows": 1, "columns": count, "words": list(asked.words)} if count else _picture()
    if shown is None or count > WORDS:
        return None
    wordings = [
        {
            "language": code,
            "prompt": _unmarked(said_in(asked.prompt, code)),
            "choices": [],
            "explanation": _unmarked(said_in(asked.explanation, code)),
        }
        for code in LANGUAGES
        if code != language()
    ]
    return {
        "name": _named(asked.name, asked.about),
        "prompt": _unmarked(asked.prompt),
        "kind": "place",
        "choices": [],
        "answer": " ".join(map(str, sorted(asked.right))),
        "tolerance": asked.tolerance,
        "explanation": _unmarked(asked.explanation),
        "wordings": wordings,
        **shown,
    }


def _named(name: str, about: str) -> str:
    """The name of a question, which holds what it is about."""
    return f"{name[:60]}:{hashlib.sha256(about.encode()).hexdigest()[:12]}"


def _plain(question: quiz.Question) -> dict[str, Any]:
    """A question as the room is asked it."""
    choices = [_unmarked(text) for text in (question.choices or {}).values()][:MOST]
    wordings = [
        {
            "language": code,
            "prompt": _unmarked(said_in(question.prompt, code)),
            "choices": [
                _unmarked(said_in(text, code)) for text in (question.choices or {}).values()
            ][:MOST],
            "explanation": _unmarked(said_in(question.explanation, code)),
        }
        for code in LANGUAGES
        if code != language()
    ]
    if question.choices is None:
        answer = quiz.number(float(question.answer), question.tolerance)
    else:
        answer = _unmarked(question.choices[str(question.answer)])
    return {
        "name": _named(question.name, question.about),
        "prompt": _unmarked(question.prompt),
        "kind": "number" if question.choices is None else "choice",
        "choices": choices,
        "answer": answer,
        "tolerance": question.tolerance,
        "explanation": _unmarked(question.explanation),
        "wordings": wordings,
    }


def _unmarked(text: str) -> str:
    """A text without the marks of Markdown: a phone shows it as it is.

    >>> _unmarked("**Four** `weights` of [[a]]")
    'Four weights of [[a]]'
    """
    return re.sub(r"\*\*|`", "", text)
