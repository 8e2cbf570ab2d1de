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
from core.attention.trained.shipped import EXAMPLES, MODELS, network
from core.opened.linked import NUMBER_FIELD
from core.schema import Table, choice, flag, mark, text, whole
from pages.attention_in_a_trained_model import view as trained
from pages.attention_in_a_trained_model.encoder import view as encoder
from pages.attention_in_a_trained_model.lesson import lesson as show_lesson
from pages.attention_in_a_trained_model.train import view as trained_run
from pages.kit.exchange import View, exchange
from pages.kit.language import _, language
from pages.kit.state import PageState, page_state

VIEWS = ("map", "lines", "rollout")

LOOK = {
    "sentence": text(EXAMPLES[0], MAX_CHARACTERS),
    "model": choice(tuple(MODELS)),
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
"""What the tab "Look and cut" has of the page's state."""

TABS = ("look", "train", "encoder")
TABLE = Table(
    "trained",
    {"tab": choice(TABS), **LOOK, **trained_run.FIELDS, **encoder.FIELDS},
)

PARTS = {
    "sentence": ("sentence", mark("The sentence")),
    "model": ("models", mark("Which network")),
    "cuts": ("scissors", mark("The scissors")),
    "cell": ("working", mark("The arithmetic of one weight")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("sentence", mark("The cat sat on the mat because it was tired. Who is “it”?")),
    ("answer", mark("The network says: the cat. It was never told a rule, only shown sentences.")),
    (
        "map lines scissors",
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
        "says map lines scissors",
        mark("Does the answer hang on what the map shows? Cut it and see."),
    ),
    (
        "models",
        mark(
            "One layer with one head is right as often, and its map is no better than a coin toss."
        ),
    ),
]


def steps() -> Sequence[tuple[str, str]]:
    """The walk through the tab that is open."""
    walks = {"look": STEPS, "train": trained_run.STEPS, "encoder": encoder.STEPS}
    return walks[page_state(TABLE)["tab"]]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    names = {"look": _("Look and cut"), "train": _("Train it"), "encoder": _("A real encoder")}
    state.control("tab", _("Part"), names=names, label_visibility="collapsed")
    if state["tab"] == "train":
        trained_run.show(state)
    elif state["tab"] == "encoder":
        with st.container(key="picture"):
            encoder.show(state)
    else:
        with st.container(key="picture"):
            _picture(state)
        show_lesson(question(state))


def question(state: PageState) -> ReferentQuestion:
    """The state of the page as one question, with the example where its sentence cannot be read."""
    try:
        return _question(state.values)
    except ValueError:
        return ReferentQuestion(EXAMPLES[0], state["model"])


def _picture(state: PageState) -> None:
    try:
        _question(state.values)
    except ValueError:
        for name in ("head", "cell", "number", "cuts"):  # each makes sense, but not together
            state.set(name, TABLE[name].default)

    def receive(view: View) -> None:
        values = {name: TABLE[name].read(view[name]) for name in LOOK if name in view}
        _question(state.values | values)
        for name, value in values.items():
            state.set(name, value)

    trained.trained_picture(
        exchange("trained", lambda: _view(state), receive),
        hidden=[part for name, (part, label) in PARTS.items() if not state.offer(name, _(label))],
        language=language(),
    )


def _question(values: Mapping[str, Any]) -> ReferentQuestion:
    """Values of the page as a question that the network can answer.

    Raises:
        Refusal: the network has no such head, or the sentence no such word.
    """
    head, cell = values["head"], values["cell"]
    names = ("sentence", "model", "cuts", "renormalise", "number")
    asked = ReferentQuestion(
        **{name: values[name] for name in names},
        head=head,
        cell=(*head, *cell) if head and cell else None,
        maps="norms" if values["norms"] else "weights",
    )
    model = network(asked.model).model
    asked.check_shape(model.shape["layers"], model.shape["heads"])
    if asked.number is not None:
        numbers(model, asked).open(asked.number)
    return asked


def _view(state: PageState) -> View:
    return {name: TABLE[name].write(state[name]) for name in LOOK}


def thumbnail() -> str:
    """The head that finds the referent, computed here and now, as a data URL."""
    return lesson.thumbnail()
