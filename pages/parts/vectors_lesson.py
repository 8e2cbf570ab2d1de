"""Below the picture of "Words as vectors": what it shows, questions, and the PyTorch."""

from __future__ import annotations

from functools import cache
from statistics import median
from typing import Any

import streamlit as st

from core.language.embeddings.results import results
from pages.parts import quiz
from pages.parts.code import code
from pages.parts.language import _, language, prose
from pages.parts.runs import program
from pages.parts.saved import look
from pages.parts.vectors import scored_name

PAGE = "words-as-vectors"
EXAMPLES = {"en": "shipped-vectors", "ko": "shipped-vectors_ko"}


def lesson(config: dict[str, Any]) -> None:
    """Draw it; `config` is that of a run that begins here."""
    what, predict, python = st.tabs(
        [_("What you are looking at"), _("Predict, then reveal"), _("PyTorch")]
    )
    with what:
        left, right = st.columns([3, 2], gap="large")
        with left:
            prose(PAGE)
        with right:
            prose(PAGE, "care")
    with predict:
        for asked in _questions():
            quiz.ask(asked)
    with python:
        try:
            code("words_as_vectors", program("vectors", config))
        except ValueError as error:  # a text of one's own that nothing can be learnt from
            st.caption(str(error))


def _questions() -> list[quiz.Question]:
    code = language()
    asked = [_control(code)]
    try:
        asked = [_nearest(code), *asked, _sum(code)]
    except (LookupError, ValueError):  # the engine has only just been started
        pass
    return asked


@cache
def _of_example(code: str, name: str, **query: str) -> Any:
    """The shipped runs never change: what they answer is computed for the first visitor only."""
    return look(EXAMPLES[code], None, name, query)


def _nearest(code: str) -> quiz.Question:
    """Of the shipped run: the sum of words whose answer everybody knows, with all words in."""
    a, b, c = _of_example(code, "words")["examples"][0]
    found = _of_example(code, "analogy", a=a, b=b, c=c)
    (first, cosine), (out, _out) = found["including"][0], found["excluding"][0]
    wanted = found["answer"]
    return quiz.Question(
        "vectors-nearest",
        code,
        _(
            "The shipped run: {a} − {b} + {c}. No word is left out of the answers. Which one is "
            "nearest?"
        ).format(a=a, b=b, c=c),
        first if first in (wanted, a, c) else "other",
        _(
            "“{first}”, with a cosine of {cosine:.3f}. With the three words left out: “{out}”."
        ).format(first=first, cosine=cosine, out=out),
        choices={wanted: wanted, a: a, c: c, "other": _("another word")},
    )


def _control(code: str) -> quiz.Question:
    """Which method answers most analogies in the middle of its seeds."""
    scores = {scored_name(row): median(row["excluding"]) for row in results()[code]}
    best = max(scores, key=lambda name: scores[name])
    told = ", ".join(f"{name} {score:.0%}" for name, score in scores.items())
    return quiz.Question(
        "vectors-control",
        code,
        _("Which method answers most of the analogies of our text, in the middle of its seeds?"),
        best,
        told + ".",
        choices={name: name for name in scores},
    )


def _sum(code: str) -> quiz.Question:
    """One pair of the shipped run, which is trained by negative sampling."""
    window = _of_example(code, "window", sentence="0")
    place = next(i for i, pairs in enumerate(window["pairs"]) if pairs)
    beside = next(at for at in window["pairs"][place][0] if at != place)
    tokens = window["tokens"]
    step = _of_example(code, "opened", centre=tokens[place], context=tokens[beside])
    total = sum(step["gradient_scores"])
    return quiz.Question(
        "vectors-sum",
        code,
        _(
            "Negative sampling: the gradients of the scores of one pair and its drawn words, added "
            "up. Are they zero?"
        ),
        "yes" if abs(total) < 1e-4 else "no",
        _(
            "For “{centre}” and “{context}” of the shipped run they add up to {total:.3f}. A "
            "softmax shares out one probability, so what one word gains the others give; here each "
            "word is a question of its own."
        ).format(centre=tokens[place], context=tokens[beside], total=total),
        choices={"yes": _("yes, always"), "no": _("no")},
    )
