"""BERT: hide a word and guess it from both sides; then teach the same network a task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.language.bert.numbers import Place
from core.language.bert.question import Game
from core.language.bert.setting import STARTS, BertSetting
from core.language.bert.topics import Language
from core.language.bert.writing import ORDERS
from core.schema import Field, Table, choice, flag, mark, maybe, nested, number, text, whole
from core.schema.kinds import Number, Whole
from core.weights import WeightsError
from pages.bert import lesson
from pages.bert import real as bert_real
from pages.bert import run as bert_run
from pages.bert import tokens as bert_tokens
from pages.bert.places import HEAD, HIDDEN
from pages.bert.questions import game_question, number_question
from pages.bert.view import bert_games, facts
from pages.bert.words import starts
from pages.kit.controls import Control, more
from pages.kit.exchange import shared
from pages.kit.language import LANGUAGES, _, language, sentence
from pages.kit.state import PageState, page_state

TABS = ("hidden", "tokens", "follows", "tune", "write", "real")
LONGEST = 400
"""Characters of a text in the link; the route takes longer ones."""
LOOK = {
    "text": text(longest=LONGEST),
    "next": text(longest=LONGEST),
    "covered": HIDDEN,
    "net": choice(("both", "left")),
    "head": HEAD,
    "attention": flag(),
    "drawn": flag(),
    "draw": whole(0, 0, 999_999),
    "first": text(longest=LONGEST),
    "second": text(longest=LONGEST),
    "review": text(longest=LONGEST),
    "question": text(longest=LONGEST),
    "passage": text(longest=LONGEST),
    "start": choice(STARTS),
    "prefix": text(longest=LONGEST),
    "length": whole(8, 1, 16),
    "temperature": number(0.0, 0, 2),
    "seed": whole(0, 0, 999_999),
    "order": choice(ORDERS),
    "cell": maybe(nested(Place)),
}
"""What a person chooses in the games. Empty texts stand for the first example, "#2" for another; a
cell is the number that is opened."""

RUN = {
    "begin": "start",
    "labels": "labels",
    "direction": "direction",
    "negatives": "negatives",
    "share": "share",
    "layers": "layers",
    "heads": "heads",
    "width": "width",
    "batch": "batch",
    "steps": "steps",
    "rate": "learning_rate",
    "run_seed": "seed",
}
"""Fields of the page, each with the name that a run has for it."""

OWN = ("labels", "batch", "steps", "rate")
"""Fields whose first value is each objective's own; 0 stands for it."""


def _field(name: str) -> Field:
    field = BertSetting.schema[RUN[name]]
    return field.beginning(0, low=0) if name in OWN else field


TABLE = Table(
    "bert",
    {
        "tab": choice(TABS),
        "task": choice(("sentiment", "answer", "pretrain")),
        "read": choice(("page", *LANGUAGES)),
        **{name: _field(name) for name in RUN},
        **LOOK,
        **bert_real.FIELDS,
        **bert_tokens.FIELDS,
    },
)

PARTS = {
    "text": ("guess", mark("The guess")),
    "drawn": ("draw", mark("The 80/10/10 rule")),
    "attention": ("attention", mark("Heads")),
    "cell": ("numbers", mark("Any number, opened")),
}

STEPS = {
    "hidden": [
        ("tokens", mark("Click a word: it is hidden, here and from the network.")),
        ("guess", mark("Guess it yourself first.")),
        ("answers", mark("One network reads both sides, the other only what comes before.")),
        (
            "draw",
            mark(
                "This is how it learned: some words are hidden, it guesses them and is corrected."
            ),
        ),
        ("attention", mark("Which words it read for its guess.")),
        ("numbers", mark("Click any of these numbers: here is how it comes about.")),
    ],
    "tokens": [
        ("merges", mark("Which two pieces stand side by side most often? They are merged.")),
        ("pairs vocabulary", mark("Count, merge the first, count again: so the vocabulary grows.")),
        ("cut", mark("Frequent words become one piece, and so do endings that many words share.")),
        ("sentence", mark("A new word is cut into pieces that are known.")),
        ("compared", mark("Shorter than characters, and hardly anything is unknown.")),
    ],
    "follows": [
        ("pair", mark("Two sentences. Did the second one come after the first?")),
        ("follows", mark("The network says so with a probability.")),
        ("kinds", mark("Another topic is easy to tell. The order of two sentences is not.")),
    ],
    "tune": [
        ("starts panel", mark("The same labels, three beginnings.")),
        ("learning panel", mark("How many labels each of them needs.")),
        ("panel", mark("Play trains it here and now.")),
    ],
    "write": [
        ("steps", mark("One step at a time: which word comes next, and how sure it is.")),
        ("write-left", mark("Made for writing: each word is predicted from those before it.")),
        ("write-fill", mark("Masks filled one after another: made for gaps, not for writing.")),
    ],
    "real": [("real", mark("The same tasks with a network that was trained on far more text."))],
}


def steps() -> Sequence[tuple[str, str]]:
    """The walk through the tab that is open."""
    return STEPS[page_state(TABLE)["tab"]]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    names = {
        "hidden": _("Guess the hidden word"),
        "tokens": _("How text is cut"),
        "follows": _("Does it follow?"),
        "tune": _("Fine-tune"),
        "write": _("Why it cannot simply write"),
        "real": _("A real BERT"),
    }
    state.control("tab", _("Part"), names=names, listed=False, label_visibility="collapsed")
    try:
        facts(model(state))
    except WeightsError as error:
        st.error(sentence(error))
        return
    shown = game(state)
    with st.container(key="picture"):
        if state["tab"] == "real":
            bert_real.show(state)
        else:
            _controls(state)
            if state["tab"] == "tokens":
                bert_tokens.show(state, model(state))
            _games(state)
            if state["tab"] == "tune":
                question = game_question(state, shown or "hidden", model(state))
                bert_run.show(state, config(state), RUN, question)
    number = number_question(state, shown, model(state)) if shown else None
    cut = bert_tokens.question(state, model(state)) if state["tab"] == "tokens" else None
    lesson.lesson(state["tab"], model(state), config(state), number, cut)


def model(state: PageState) -> Language:
    """The language that the networks read."""
    code = language() if state["read"] == "page" else state["read"]
    return "ko" if code == "ko" else "en"


def config(state: PageState) -> dict[str, Any]:
    """A run that begins here, as plain values, each of those left at 0 as its objective has it."""
    chosen: dict[str, Any] = {
        of_run: state[name] for name, of_run in RUN.items() if not (name in OWN and not state[name])
    }
    chosen |= {"objective": state["task"], "language": model(state)}
    for name in {"labels", "batch", "learning_rate"} & chosen.keys():
        kind = BertSetting.schema[name].kind
        assert isinstance(kind, Number | Whole)
        chosen[name] = max(kind.low, chosen[name])
    if state["task"] != "pretrain" and state["begin"] != "scratch":
        shipped = BertSetting()
        chosen |= {name: getattr(shipped, name) for name in ("layers", "heads", "width")}
    return BertSetting.read(chosen).write()


def game(state: PageState) -> Game | None:
    """The game of the tab that is open, or of the task; a run alone and some tabs have none."""
    shown = state["task"] if state["tab"] == "tune" else state["tab"]
    return None if shown in ("pretrain", "tokens", "real") else shown


def _games(state: PageState) -> None:
    if (shown := game(state)) is None:
        return

    bert_games(
        shared("bert", state, LOOK),
        game=shown,
        model=model(state),
        hidden=state.hidden_parts(PARTS),
    )


def _controls(state: PageState) -> None:
    reads = {"page": _("this page's"), **LANGUAGES}
    with st.container(horizontal=True, key="controls-bert", vertical_alignment="bottom"):
        if state["tab"] == "tune":
            tasks = {
                "sentiment": _("Good or bad?"),
                "answer": _("Find the answer"),
                "pretrain": _("Pre-training itself"),
            }
            state.control("task", _("Task"), names=tasks)
        state.control("read", _("Language of the network"), names=reads)
        if state["tab"] != "tune":
            return
        if state["task"] == "pretrain":
            state.control(
                "direction",
                _("Context"),
                names={"both": _("both sides"), "left": _("left only")},
            )
        else:
            state.control("begin", _("A run of one's own begins"), names=starts())
        more(state, "fp-more-bert", _further(state))


def _further(state: PageState) -> dict[str, Control]:
    """The controls of the rest of the setting."""
    pretraining = state["task"] == "pretrain"
    controls: dict[str, Control] = {
        "steps": (_("Steps (0: automatic)"), {"number": True}),
        "batch": (_("Batch (0: automatic)"), {"number": True}),
        "run_seed": (_("Seed"), {"number": True}),
    }
    if pretraining:
        controls |= {
            "negatives": (
                _("What does not follow"),
                {"names": {"random": _("a random sentence"), "swapped": _("the two swapped")}},
            ),
            "share": (_("Share of hidden words"), {}),
        }
    else:
        controls["labels"] = (_("Labels (0: automatic)"), {"number": True})
    if pretraining or state["begin"] == "scratch":
        controls |= {
            "layers": (_("Layers"), {"number": True}),
            "heads": (_("Heads"), {}),
            "width": (_("Width"), {}),
        }
    return controls


def thumbnail() -> str:
    """The hidden word of the first example and what both networks say, as a data URL."""
    return lesson.thumbnail()
