"""Text that writes itself: a network that learns a text letter by letter, and what it writes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.opened.linked import NUMBER_FIELD
from core.recurrent.text import thumbnail as sketch
from core.recurrent.text.setting import TextSetting
from core.recurrent.text.texts import LEAST, MAX_CHARACTERS, read
from core.recurrent.text.units import PROPERTIES
from core.recurrent.text.writing import LENGTH, Manner
from core.schema import Table, choice, fields_of, mark, whole
from core.schema import text as text_field
from pages.kit.cell_words import CELLS
from pages.kit.controls import more
from pages.kit.exchange import View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import LANGUAGES, _, language
from pages.kit.own_text import own_text
from pages.kit.state import PageState, page_state
from pages.text_that_writes_itself.guess import guess
from pages.text_that_writes_itself.lesson import lesson as show_lesson
from pages.text_that_writes_itself.view import text_picture, unit_names

RUN = {
    "cell": "cell",
    "hidden": "hidden",
    "context": "context",
    "glance": "glance",
    "dropout": "dropout",
    "rate": "learning_rate",
    "steps": "steps",
    "clip": "clip",
    "unit": "unit",
    "seed": "seed",
}
"""Fields of the page, each with the name that a run has for it."""

LOOK = ("temperature", "draw", "top_k", "top_p", "letter", "number", "property", "watched")
"""What a person chooses in the picture itself."""

TABLE = Table(
    "text",
    {
        **fields_of(TextSetting, RUN),
        "corpus": choice(("page", *LANGUAGES, "own")),
        "text": text_field("", MAX_CHARACTERS, lines=True),
        **fields_of(Manner, {name: name for name in Manner.schema}),
        "letter": whole(0, 0, LENGTH - 1),
        "number": NUMBER_FIELD,
        "property": choice(("", *PROPERTIES)),
        "watched": whole(-1, -1, 383),
        "run": text_field("", 60, linked=False),
        "at": whole(-1, -1, 1_000_000, linked=False),
    },
)
"""An empty property is the first one that the text has; "watched" is a unit, -1 for the one that
follows the property best."""

PARTS = {
    "temperature": ("sample", mark("What it writes")),
    "property": ("units", mark("What a unit follows")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all", mark("A text goes in letter by letter, and at each one the network guesses the next.")),
    ("panel", mark("Drag the time to the left: it begins with noise, then finds words.")),
    ("sample", mark("It writes by itself: what it drew last, it reads next.")),
    ("candidates", mark("Each letter is drawn from candidates. Temperature evens out their odds.")),
    ("loss", mark("Held-out text surprises it less and less. Dotted: those who only count.")),
    ("scores", mark("The network beside n-grams, on letters that neither has seen.")),
    ("units", mark("One number of its state, coloured over the text. What does it follow?")),
    ("reach", mark("How far back a letter is felt, and where training cuts the gradient.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    with st.container(key="picture"):
        _controls(state)
        text_picture(
            exchange("text", lambda: state.plain({n: n for n in LOOK}), lambda v: _take(state, v)),
            config=config(state),
            guess=guessed(guess),
            hidden=state.hidden_parts(PARTS),
            language=language(),
        )
    show_lesson(state, config(state))


def config(state: PageState) -> dict[str, Any]:
    """A run that begins here, as plain values."""
    corpus = language() if state["corpus"] == "page" else state["corpus"]
    own = corpus == "own" and len(state["text"]) >= LEAST
    return state.plain(RUN) | {
        "language": corpus if corpus in LANGUAGES else language(),
        "text": state["text"] if own else "",
    }


def _take(state: PageState, view: View) -> None:
    """Take over what was chosen in the picture, and which run it shows."""
    for name in (*LOOK, "run", "at"):
        state.set(name, state.table[name].read(view[name]))
    chosen = view["config"]
    for field, name in RUN.items():
        if name in chosen:
            state.set(field, state.table[field].read(chosen[name]))
    if chosen.get("text"):
        state.set("corpus", "own")
        state.set("text", chosen["text"])
    elif "language" in chosen:
        state.set("corpus", "page" if chosen["language"] == language() else chosen["language"])


def _controls(state: PageState) -> None:
    texts = {"page": _("ours"), **LANGUAGES, "own": _("own text")}
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        state.control("corpus", _("Text"), names=texts)
        state.control("cell", _("Cell"), names=CELLS)
        state.control("hidden", _("Hidden size"), width=150)
        state.control(
            "context",
            _("Context"),
            width=150,
            help=_("Letters that a gradient goes back over. The state is carried farther."),
        )
        more(
            state,
            "fp-more-text",
            {
                "unit": (_("Hangul by"), {"names": unit_names()}),
                "glance": (
                    _("Letters at a glance"),
                    {
                        "help": _(
                            "Beside each letter the network reads the pair that ends there, the "
                            "triple, and so on, where the text has them often."
                        )
                    },
                ),
                "dropout": (_("Dropout"), {}),
                "clip": (_("Largest gradient norm (0: no clipping)"), {}),
                "steps": (_("Training steps"), {"number": True}),
                "seed": (_("Seed"), {"number": True}),
            },
        )
    if state["corpus"] == "own":
        with st.container(key="controls-text"):
            own_text(state, "fp.text", _("Paste a text to imitate"), MAX_CHARACTERS, _about)


def _about(given: str) -> str:
    """What a text of one's own holds."""
    tidied = read(given)
    return _("{count} characters, {kinds} different ones.").format(
        count=f"{len(tidied):,}", kinds=len(set(tidied))
    )


def thumbnail() -> str:
    """What the shipped network writes early and late, as a data URL."""
    return sketch.written(language())
