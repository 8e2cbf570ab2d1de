"""Attention in a trained model: who attends to whom, and what the answer really hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.attention.places import read_cuts, read_pair, write_cuts, write_pair
from core.attention.trained import lesson
from core.attention.trained.knockout import Cut
from core.attention.trained.live import EXAMPLES, MODELS, Question
from core.attention.trained.sentence import MAX_CHARACTERS
from core.schema import Table, choice, custom, flag, mark, text, whole
from pages.attention_in_a_trained_model import encoder
from pages.attention_in_a_trained_model import run as trained_run
from pages.attention_in_a_trained_model import view as trained
from pages.attention_in_a_trained_model.lesson import lesson as show_lesson
from pages.kit.exchange import View, exchange
from pages.kit.language import _, language
from pages.kit.state import PageState, page_state

VIEWS = ("map", "lines", "rollout")

LOOK = {
    "sentence": text(EXAMPLES[0], MAX_CHARACTERS),
    "model": choice(tuple(MODELS)),
    "head": custom(None, read_pair, write_pair),
    "view": choice(VIEWS),
    "cuts": custom((), read_cuts, write_cuts),
    "renormalise": flag(True),
    "norms": flag(False),
    "cell": custom(None, read_pair, write_pair),
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
        mark("One square: query times key, softmax, and what is carried home."),
    ),
    (
        "says map lines scissors",
        mark("Does the answer hang on what the map shows? Cut it and see."),
    ),
    ("models", mark("One layer with one head is right as often, and its map is a coin.")),
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


def question(state: PageState) -> Question:
    """The state of the page as one question, with the example where its sentence cannot be read."""
    asked = _asked(state.values)
    return Question.of(
        asked if _fits(asked) else {"sentence": EXAMPLES[0], "model": asked["model"]}
    )


def _picture(state: PageState) -> None:
    if not _fits(_asked(state.values)):
        for name in ("head", "cell", "cuts"):  # each part of a link made sense, but not together
            state.set(name, TABLE[name].default)

    def receive(view: View) -> None:
        found = {
            **{name: view[name] for name in ("sentence", "model", "view", "renormalise", "norms")},
            **{name: view[name] for name in ("from", "to")},
            **{name: view[name] and tuple(view[name]) for name in ("head", "cell")},
            "cuts": tuple(
                Cut(cut["layer"], cut["head"], cut["from"], cut["to"]) for cut in view["cuts"]
            ),
        }
        Question.of(_asked(found))
        for name, value in {name: TABLE[name].check(found[name]) for name in found}.items():
            state.set(name, value)

    trained.trained_picture(
        exchange("trained", lambda: _view(state), receive),
        hidden=[part for name, (part, label) in PARTS.items() if not state.offer(name, _(label))],
        language=language(),
    )


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    """Values of the page as a question, as the live route takes it."""
    head, cell = values["head"], values["cell"]
    place = head and {"layer": head[0], "head": head[1]}
    return {
        "sentence": values["sentence"],
        "model": values["model"],
        "head": place,
        "cell": place and cell and place | {"from": cell[0], "to": cell[1]},
        "cuts": [_plain(cut) for cut in values["cuts"]],
        "renormalise": values["renormalise"],
        "maps": "norms" if values["norms"] else "weights",
    }


def _fits(asked: dict[str, Any]) -> bool:
    try:
        Question.of(asked)
    except ValueError:
        return False
    return True


def _view(state: PageState) -> dict[str, Any]:
    return {name: state[name] for name in LOOK} | {
        "head": state["head"] and list(state["head"]),
        "cell": state["cell"] and list(state["cell"]),
        "cuts": [_plain(cut) for cut in state["cuts"]],
    }


def _plain(cut: Cut) -> dict[str, int | None]:
    return {"layer": cut.layer, "head": cut.head, "from": cut.source, "to": cut.target}


def thumbnail() -> str:
    """The head that finds the referent, computed here and now, as a data URL."""
    return lesson.thumbnail()
