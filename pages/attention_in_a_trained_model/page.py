"""Attention in a trained model: who attends to whom, and what the answer really hangs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.attention.places import pair
from core.attention.trained import lesson
from core.attention.trained.cuts import cut_list
from core.attention.trained.numbers import numbers
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.reading import MAX_CHARACTERS
from core.attention.trained.sentences.vocabulary import LANGUAGES, Language
from core.attention.trained.shipped import EXAMPLES, MODELS, network
from core.opened.linked import NUMBER_FIELD
from core.schema import Table, choice, flag, mark, text, whole
from pages.attention_in_a_trained_model import view as trained
from pages.attention_in_a_trained_model.encoder import view as encoder
from pages.attention_in_a_trained_model.guess import guess, place_of
from pages.attention_in_a_trained_model.lesson import lesson as show_lesson
from pages.attention_in_a_trained_model.train import view as trained_run
from pages.kit import place
from pages.kit.exchange import View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import LANGUAGES as NAMES
from pages.kit.language import _, language
from pages.kit.state import PageState, page_state

VIEWS = ("map", "lines", "rollout")

LOOK = {
    "read": choice(("page", *LANGUAGES)),
    "sentence": text(EXAMPLES["en"][0], MAX_CHARACTERS),
    "model": choice(MODELS),
    "head": pair(),
    "view": choice(VIEWS),
    "cuts": cut_list(),
    "renormalise": flag(True),
    "norms": flag(False),
    "cell": pair(),
    "number": NUMBER_FIELD,
    "from": whole(-1, -1, 63),
    "to": whole(-1, -1, 63),
}
"""What the tab "Look and cut" has of the page's state.

The language of the network, "read", is that of the page until something is chosen: then the link
has to keep it. A link without it is older than the Korean network, and what it chose is English.
"""
OF_SENTENCE = ("sentence", "head", "cuts", "cell", "number", "from", "to")
"""Fields that make sense with one sentence or one network only."""

TABS = ("look", "train", "encoder")
TABLE = Table(
    "trained",
    {"tab": choice(TABS), **LOOK, **trained_run.FIELDS, **encoder.FIELDS},
)

PARTS = {
    "read": ("read", mark("Language of the network")),
    "sentence": ("sentence", mark("The sentence")),
    "model": ("models", mark("Which network")),
    "cuts": ("scissors", mark("The scissors")),
    "cell": ("working", mark("The arithmetic of one weight")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("sentence", mark("The cat sat on the mat because it was tired. What does “it” stand for?")),
    (
        "arcs answer",
        mark("The network says: the cat. It was never told a rule, only shown sentences."),
    ),
    (
        "arcs map lines scissors",
        mark("A row is a word that reads. How dark a square is: how much it reads there."),
    ),
    (
        "heads all",
        mark("Eight heads, eight maps. One of them looks at the right noun, nearly always."),
    ),
    (
        "working query-key carried",
        mark("One square: query times key, softmax, and what is passed along."),
    ),
    (
        "says arcs map lines scissors",
        mark("Does the answer depend on what the map shows? Cut it and see."),
    ),
    (
        "models",
        mark(
            "One layer with one head is right as often, and its map is no better than a coin toss."
        ),
    ),
]


KOREAN_STEPS = [
    ("sentence", mark("“고양이가 매트 위에 앉았다. 그것이 피곤해서였다.” Which noun is “그것”?")),
    (
        "arcs answer",
        mark("The network says: 고양이. It was never told a rule, only shown sentences."),
    ),
    *STEPS[2:],
]


def steps() -> Sequence[tuple[str, str]]:
    """The walk through the tab that is open."""
    state = page_state(TABLE)
    look = STEPS if reads(state.values) == "en" else KOREAN_STEPS
    return {"look": look, "train": trained_run.STEPS, "encoder": encoder.STEPS}[state["tab"]]


def reads(values: Mapping[str, Any]) -> Language:
    """The language of the network that is on show."""
    if values["read"] != "page":
        return "ko" if values["read"] == "ko" else "en"
    chosen = any(values[name] != TABLE[name].default for name in LOOK)
    return "ko" if language() == "ko" and not chosen else "en"


def sentence(values: Mapping[str, Any]) -> str:
    """The sentence; the default stands for the first example of each language."""
    default = values["sentence"] == TABLE["sentence"].default
    return EXAMPLES[reads(values)][0] if default else str(values["sentence"])


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    names = {"look": _("Look and cut"), "train": _("Train it"), "encoder": _("A real encoder")}
    with st.container(horizontal=True, key="controls-trained", vertical_alignment="bottom"):
        state.control("tab", _("Part"), names=names, label_visibility="collapsed")
        if state["tab"] == "look":
            _choose_language(state)
    if state["tab"] == "train":
        trained_run.show(state)
    elif state["tab"] == "encoder":
        with st.container(key="picture"):
            encoder.show(state)
    else:
        with st.container(key="picture"):
            _picture(state)
        show_lesson(question(state))
        place.offer(lambda: place_of(question(state)))


def question(state: PageState) -> ReferentQuestion:
    """The state of the page as one question, with the example where its sentence cannot be read."""
    try:
        return _question(state.values)
    except ValueError:
        read = reads(state.values)
        return ReferentQuestion(EXAMPLES[read][0], state["model"], language=read)


def _picture(state: PageState) -> None:
    try:
        _question(state.values)
    except ValueError:
        read = reads(state.values)
        for name in ("head", "cell", "number", "cuts"):  # each makes sense, but not together
            state.set(name, TABLE[name].default)
        _keep(state, read)

    def receive(view: View) -> None:
        values = {name: TABLE[name].read(view[name]) for name in LOOK if name in view}
        told = state.values | values
        _question(told)
        read = reads(told)
        if values.get("sentence") == EXAMPLES[read][0]:
            values["sentence"] = TABLE["sentence"].default
        for name, value in values.items():
            if name != "read":
                state.set(name, value)
        _keep(state, read)

    trained.trained_picture(
        exchange("trained", lambda: _view(state), receive),
        read=reads(state.values),
        guess=guessed(lambda: guess(question(state))),
        hidden=state.hidden_parts(PARTS),
        language=language(),
    )


def _keep(state: PageState, read: Language) -> None:
    """Keep the language of the network, in the link too, where it would be another otherwise."""
    if reads(state.values) != read or read != "en":
        state.set("read", read)


def _choose_language(state: PageState) -> None:
    """Draw the switch. Another language has a network of its own, and no word of the other."""
    if not state.offer("read", _("Language of the network")):
        return
    key = state.widget_key("read")
    st.session_state[key] = reads(state.values)

    def change() -> None:
        for name in OF_SENTENCE:
            state.set(name, TABLE[name].default)
        state.set("read", st.session_state[key])

    st.segmented_control(
        _("Language of the network"),
        LANGUAGES,
        format_func=lambda code: NAMES[code],
        required=True,
        key=key,
        on_change=change,
        label_visibility="collapsed",
    )


def _question(values: Mapping[str, Any]) -> ReferentQuestion:
    """Values of the page as a question that the network can answer.

    Raises:
        Refusal: the network has no such head, or the sentence no such word.
    """
    head, cell = values["head"], values["cell"]
    names = ("model", "cuts", "renormalise", "number")
    asked = ReferentQuestion(
        sentence(values),
        **{name: values[name] for name in names},
        language=reads(values),
        head=head,
        cell=(*head, *cell) if head and cell else None,
        maps="norms" if values["norms"] else "weights",
    )
    model = network(asked.model, asked.language).model
    asked.check_shape(model.shape["layers"], model.shape["heads"])
    if asked.number is not None:
        numbers(model, asked).open(asked.number)
    return asked


def _view(state: PageState) -> View:
    written = {name: TABLE[name].write(state[name]) for name in LOOK}
    return written | {"read": reads(state.values), "sentence": sentence(state.values)}


def thumbnail() -> str:
    """The head that finds the referent, computed here and now, as a data URL."""
    return lesson.thumbnail("ko" if language() == "ko" else "en")
