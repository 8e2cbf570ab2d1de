"""Transformer: a sentence in, a sentence out, one token at a time until the end token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.language.transformer import lesson, live
from core.language.transformer.question import MODES, Question
from core.language.transformer.tasks import TASKS
from core.language.transformer.texts import MAX_CHARACTERS
from core.schema import Table, choice, mark, number, text, whole
from pages.kit.exchange import View, exchange
from pages.kit.language import _, language
from pages.kit.state import PageState, page_state
from pages.transformer import run as transformer_run
from pages.transformer import view as transformer
from pages.transformer.lesson import lesson as show_lesson

BLOCKS = tuple(lesson.seen(TASKS[0], "")["blocks"])
LONGEST_PREFIX = 400
"""Characters of a prefix in a link: its tokens with a space between."""

LOOK = {
    "task": choice(TASKS),
    "text": text("", MAX_CHARACTERS),
    "mode": choice(MODES),
    "beams": whole(3, 2, 5),
    "temperature": number(1.0, 0.1, 5.0),
    "seed": whole(0, 0, 999_999),
    "prefix": text("", LONGEST_PREFIX),
    "step": whole(-1, -1, 30),
    "block": choice(BLOCKS, "decoder.0.cross"),
    "head": whole(0, 0, 3),
    "cell": text("", 40),
}
"""What the tab "Translate" has of the page's state; no text is the first example, step -1 the end,
a cell "matrix.row.column"."""

TABLE = Table(
    "transformer", {"tab": choice(("translate", "train")), **LOOK, **transformer_run.FIELDS}
)

PARTS = {
    "text": ("sentence", mark("The text and the task")),
    "block": ("opened", mark("The numbers of a block")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("sentence", mark("A text goes in. English puts the verb in the middle, Korean at the end.")),
    (
        "diagram encoder decoder embedding positions input",
        mark("Each token becomes a row of numbers; its place is added."),
    ),
    (
        "diagram encoder attention norm feed",
        mark("The encoder: every token reads every token, once for all."),
    ),
    ("candidates", mark("The decoder begins with the start token. Which token is likely next?")),
    (
        "growing masked-heads diagram decoder masked",
        mark("It reads only what it has said so far. The matrix grows by a row."),
    ),
    (
        "cross cross-heads diagram decoder",
        mark("And it reads the source: here, what is needed for this very token."),
    ),
    ("said player", mark("What it says goes back in, and so on until the end token.")),
    ("opened working", mark("Any block, any number: open it and see what it was made from.")),
    ("teacher", mark("In training it is fed the truth. Alone it is fed what it has said itself.")),
]


def steps() -> Sequence[tuple[str, str]]:
    """The walk through the tab that is open."""
    return transformer_run.STEPS if page_state(TABLE)["tab"] == "train" else STEPS


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    names = {"translate": _("Token by token"), "train": _("Train it")}
    state.control("tab", _("Part"), names=names, label_visibility="collapsed")
    if state["tab"] == "train":
        transformer_run.show(state)
        return
    with st.container(key="picture"):
        _picture(state)
    show_lesson(_asked(state.values))


def _picture(state: PageState) -> None:
    if not _fits(state.values):
        for name in ("text", "prefix", "cell"):  # parts of a link that make no sense together
            state.set(name, TABLE[name].default)

    def receive(view: View) -> None:
        found = {name: view[name] for name in LOOK}
        found["prefix"] = " ".join(view["prefix"])
        found["cell"] = ".".join(map(str, view["cell"] or ()))
        found["temperature"] = float(view["temperature"])
        Question.of(_asked(found), 1, live.shape(found["task"])["heads"])
        for name, value in {name: TABLE[name].check(found[name]) for name in found}.items():
            state.set(name, value)

    transformer.transformer_picture(
        exchange("transformer", lambda: _view(state), receive),
        hidden=[part for name, (part, label) in PARTS.items() if not state.offer(name, _(label))],
        language=language(),
    )


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    """Values of the page as a question, as the live route takes it."""
    asked = {name: values[name] for name in ("task", "mode", "beams", "seed", "block", "head")}
    return asked | {
        "text": values["text"] or live.examples(values["task"])[0],
        "temperature": values["temperature"],
        "prefix": values["prefix"].split(),
        "cell": _cell(values["cell"]),
    }


def _cell(written: str) -> dict[str, Any] | None:
    if not written:
        return None
    matrix, row, column = written.split(".")
    return {"matrix": matrix, "row": int(row), "column": int(column)}


def _fits(values: dict[str, Any]) -> bool:
    try:
        Question.of(_asked(values), 1, live.shape(values["task"])["heads"])
    except ValueError:
        return False
    return True


def _view(state: PageState) -> dict[str, Any]:
    cell = _cell(state["cell"])
    return {name: state[name] for name in LOOK} | {
        "prefix": state["prefix"].split(),
        "cell": cell and [cell["matrix"], cell["row"], cell["column"]],
    }


def thumbnail() -> str:
    """Seven digits said backwards, computed here and now, as a data URL."""
    return lesson.thumbnail()
