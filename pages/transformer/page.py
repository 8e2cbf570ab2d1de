"""Transformer: a sentence in, a sentence out, one token at a time until the end token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.language.transformer import lesson
from core.language.transformer.networks import network
from core.language.transformer.question import DecodingQuestion
from core.language.transformer.tasks import TASKS, task
from core.language.transformer.texts import MAX_CHARACTERS
from core.language.transformer.views import BEAM, names
from core.schema import Refusal, Table, choice, custom, mark, text, whole
from pages.kit.exchange import shared
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language
from pages.kit.state import PageState, page_state
from pages.transformer import run as transformer_run
from pages.transformer import view as transformer
from pages.transformer.guess import guess
from pages.transformer.lesson import lesson as show_lesson

QUESTION = DecodingQuestion.schema
END, UNDECIDED = -1, -2
_WRITTEN = text("", 400)
"""A prefix in a link. Whether its tokens are any of the task's the question says."""


def _prefix(written: str) -> tuple[str, ...]:
    """Read the tokens of a link."""
    return tuple(_WRITTEN.read(written).split())


FIELDS = {
    **QUESTION,
    "task": choice(TASKS),
    "text": text("", MAX_CHARACTERS),
    "prefix": custom((), _prefix, " ".join, QUESTION["prefix"].read, list),
    "block": choice((*names(1), BEAM), "decoder.0.cross"),
    "step": whole(UNDECIDED, UNDECIDED, 30),
}
"""What the tab "Translate" has of the page's state: the fields of a question and the step on show.

No text is the first example, step -1 the end, and -2 the token that the network is least sure of.
"""

TABLE = Table(
    "transformer", {"tab": choice(("translate", "train")), **FIELDS, **transformer_run.FIELDS}
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
        mark("It reads only what it has generated so far. The matrix grows by a row."),
    ),
    (
        "cross cross-heads diagram decoder",
        mark("And it reads the source: here, what is needed for this very token."),
    ),
    ("said player", mark("What it generates goes back in, and so on until the end token.")),
    ("opened working", mark("Any block, any number: open it and see what it was made from.")),
    ("teacher", mark("With teacher forcing it reads the right tokens, in generation its own.")),
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
    show_lesson(_question(state.values))


def _picture(state: PageState) -> None:
    if not _fits(state.values):  # a link's parts make no sense together
        for name in ("text", "prefix", "block", "cell"):
            state.set(name, TABLE[name].default)
    asked = any(state[name] != TABLE[name].default for name in FIELDS)
    if asked and state["step"] == UNDECIDED:  # a link without a step always opened at the end
        state.set("step", END)

    transformer.transformer_picture(
        shared("transformer", state, FIELDS, _question),
        guess=guessed(lambda: guess(_question(state.values))),
        hidden=state.hidden_parts(PARTS),
        language=language(),
    )


def _question(values: dict[str, Any]) -> DecodingQuestion:
    """The question that the picture asks, of values of the page.

    Raises:
        Refusal: they make no sense together.
    """
    fields = {name: values[name] for name in QUESTION}
    fields["text"] = fields["text"] or task(fields["task"]).examples[0]
    shape = network(fields["task"]).shape
    return DecodingQuestion(**fields).fitting(shape["layers"], shape["heads"])


def _fits(values: dict[str, Any]) -> bool:
    try:
        _question(values)
    except Refusal:
        return False
    return True


def thumbnail() -> str:
    """What each word of a translation has read, computed here and now, as a data URL."""
    return lesson.thumbnail("ko-en" if language() == "ko" else "en-ko")
