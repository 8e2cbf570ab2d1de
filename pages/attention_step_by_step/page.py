"""Attention, step by step: from words to queries, keys, values, weights and back to words."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.attention.steps import picture
from core.attention.steps.question import (
    HEADS,
    KINDS,
    MASKS,
    NUMBERS,
    SEEDS,
    TEMPERATURES,
    Question,
    example,
    first_place,
    read_edits,
    read_place,
    read_text,
    read_words,
    write_cell,
    write_edits,
)
from core.schema import Table, choice, custom, flag, mark, number, whole
from pages.attention_step_by_step import view as attention_steps
from pages.attention_step_by_step.lesson import lesson as show_lesson
from pages.kit.exchange import View, exchange
from pages.kit.language import _, language
from pages.kit.state import PageState, page_state

TABLE = Table(
    "steps",
    {
        "seed": whole(3, *SEEDS),
        "words": custom("", read_text, str),
        "context": custom("", read_text, str),
        "kind": choice(KINDS),
        "numbers": choice(NUMBERS),
        "positions": flag(False),
        "scaled": flag(True),
        "mask": choice(MASKS),
        "temperature": number(1.0, *TEMPERATURES),
        "heads": choice(tuple(map(str, HEADS))),
        "place": custom(None, read_place, write_cell),
        "edits": custom((), read_edits, write_edits),
    },
)

PARTS = {
    "words": ("sentence", mark("The sentence and its numbers")),
    "mask": ("flow", mark("All matrices at a glance")),
    "place": ("lens", mark("One step at full size")),
}
"""Fields without a control of their own, each with the part of the picture that sets it."""

STEPS = [
    ("all talk", mark("The teacher asks the class: in this sentence, what is “it”?")),
    ("X", mark("Each word goes in as a row of eight numbers. The network sees nothing else.")),
    ("Q Wq", mark("The question is the query: “it” asks for a noun, and for something living.")),
    ("K Wk", mark("What a word offers to be found by is its key. The cat offers both.")),
    ("S", mark("Query times key, number by number: how well does each word fit the question?")),
    ("scaled", mark("Divided by the root of d, so that the softmax is not decided beforehand.")),
    ("masked", mark("A mask would hide words here: those to come, or padding.")),
    ("A talk", mark("Softmax: shares that add up to one. Most of the class says “cat”.")),
    ("A talk lens", mark("A few say “mat”. It is the runner-up: a smaller weight, nothing else.")),
    ("V Wv", mark("What is carried home is the value: what a word means, not how it is found.")),
    ("Z", mark("“It” takes home a mixture of all values, and most of it is the cat.")),
    ("O Wo", mark("Put beside each other, the heads are mixed once more. That is attention.")),
    ("heads A", mark("More heads ask more questions at once, each with its own columns.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    try:
        question(state)
    except ValueError:
        state.set(
            "mask", "none"
        )  # each part of a link makes sense, but a mask may not fit the rest
    with st.container(key="picture"):
        _picture(state)
    show_lesson(question(state))


def question(state: PageState) -> Question:
    """The state of the page as one question, with the example where nothing was typed."""
    return Question.of(_view(state) | _texts(state))


def _texts(state: PageState) -> dict[str, str]:
    words, context = example(language())
    return {"words": state["words"] or words, "context": state["context"] or context}


def _picture(state: PageState) -> None:

    def receive(view: View) -> None:
        texts = {
            name: view[name] or asked
            for name, asked in zip(("words", "context"), example(language()), strict=True)
        }
        asked = Question.of({name: value for name, value in view.items() if name != "told"} | texts)
        state.set("words", view["words"])
        state.set("context", view["context"])
        for name in ("kind", "numbers", "seed", "positions", "scaled", "mask", "edits"):
            state.set(name, getattr(asked, name))
        state.set("temperature", asked.temperature)
        state.set("heads", str(asked.heads))
        state.set("place", asked.place)

    attention_steps.steps_picture(
        exchange("steps", lambda: _view(state), receive),
        hidden=[part for name, (part, label) in PARTS.items() if not state.offer(name, _(label))],
        language=language(),
    )


def _view(state: PageState) -> dict[str, Any]:
    place = state["place"] or first_place(read_words(_texts(state)["words"]), language())
    return {
        **{name: value for name, value in state.values.items() if name not in ("place", "edits")},
        "heads": int(state["heads"]),
        "place": vars(place),
        "edits": [[vars(cell), number] for cell, number in state["edits"]],
    }


def thumbnail() -> str:
    """The weights of the example, computed here and now, as a data URL."""
    return picture.thumbnail()
