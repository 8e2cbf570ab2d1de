"""Attention, step by step: from words to queries, keys, values, weights and back to words."""

from __future__ import annotations

import streamlit as st

from core.attention.steps import picture
from core.attention.steps.question import (
    Cell,
    StepsQuestion,
    example,
    first_place,
    read_place,
    read_text,
    read_words,
    write_place,
)
from core.schema import Table, custom, fields_of, mark
from pages.attention_step_by_step import view as attention_steps
from pages.attention_step_by_step.guess import guess, place_of
from pages.attention_step_by_step.lesson import lesson as show_lesson
from pages.kit import place
from pages.kit.exchange import View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import language
from pages.kit.state import PageState, page_state

ORDER = (
    "seed words context kind numbers positions scaled mask temperature heads place edits".split()
)
TABLE = Table(
    "steps",
    fields_of(StepsQuestion, {name: name for name in ORDER})
    | {
        "words": custom("", read_text, str),
        "context": custom("", read_text, str),
        "place": custom(None, read_place, write_place, Cell.read, Cell.write),
    },
)
"""The fields of a question; where no words or no place are chosen, those of the example."""

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
    ("V Wv", mark("What is passed along is the value: what a word means, not how it is found.")),
    ("Z", mark("“It” receives a mixture of all values, and most of it is the cat.")),
    ("O Wo", mark("Put beside each other, the heads are mixed once more. That is attention.")),
    ("heads A", mark("More heads ask more questions at once, each with its own columns.")),
]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    try:
        question(state)
    except ValueError:
        # each part of a link makes sense, but a mask may not fit the rest
        state.set("mask", "none")
    with st.container(key="picture"):
        _picture(state)
    show_lesson(question(state))
    place.offer(lambda: place_of(question(state)))


def question(state: PageState) -> StepsQuestion:
    """The state of the page as one question, with the example where nothing was typed."""
    return _question(_view(state))


def _question(view: View) -> StepsQuestion:
    words, context = example(language())
    texts = {"words": view["words"] or words, "context": view["context"] or context}
    return StepsQuestion.read(view | texts)


def _picture(state: PageState) -> None:
    def receive(view: View) -> None:
        values = {name: TABLE[name].read(view[name]) for name in TABLE.fields}
        _question({name: view[name] for name in TABLE.fields})
        for name, value in values.items():
            state.set(name, value)

    attention_steps.steps_picture(
        exchange("steps", lambda: _view(state), receive),
        guess=guessed(lambda: guess(question(state))),
        hidden=state.hidden_parts(PARTS),
        language=language(),
    )


def _view(state: PageState) -> View:
    words = read_words(state["words"] or example(language())[0])
    values = state.values | {"place": state["place"] or first_place(words, language())}
    return {name: TABLE[name].write(value) for name, value in values.items()}


def thumbnail() -> str:
    """The weights of the example, computed here and now, as a data URL."""
    return picture.thumbnail(language())
