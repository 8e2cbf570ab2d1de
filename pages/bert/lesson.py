"""Below the games of "BERT": what they show, questions, and the PyTorch; and its small picture."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
import streamlit as st

from core.figures.sketch import Sketch, Tone, breadth
from core.language.bert import answer, numbers, shelf
from core.language.bert.examples import examples
from core.language.bert.numbers import NumberQuestion
from core.language.bert.question import GameQuestion
from core.language.bert.topics import Language
from core.language.tokenizer import program as tokenizer
from core.language.tokenizer.question import TokensQuestion
from core.opened import latex
from pages.bert.view import scores
from pages.bert.words import number_name
from pages.kit import quiz
from pages.kit.code import code, equation, run_program
from pages.kit.language import _, language
from pages.kit.prose import MEASURE, MORE, folded, prose
from pages.kit.provenance import provenance
from pages.kit.tabs import named

PAGE = "bert"


def lesson(
    tab: str,
    model: Language,
    config: dict[str, Any],
    number: NumberQuestion | None,
    cut: TokensQuestion | None = None,
) -> None:
    """Draw it.

    Args:
        tab: the part of the page that is open.
        model: the language that the networks have read.
        config: of a run that begins here.
        number: that is opened; None where no game is on show.
        cut: a text that is cut into pieces, where that is on show.
    """
    if tab == "tokens":
        provenance("bert-tokens", "trained")
    elif tab != "real":
        provenance("bert", "shipped", shelf.card(shelf.name(model, False)))

    def see() -> None:
        with st.container(width=MEASURE):
            prose(PAGE)
            prose(PAGE, tab)
        folded(PAGE, MORE, "care")

    def python() -> None:
        if number is not None:
            _number(numbers.number(number))
        if cut is not None:
            code("byte_pairs", tokenizer.source(cut), _("The merges, as a program"))
        run_program("bert", "bert", config, _("The training, as a program"))

    named(
        PAGE,
        see=(_("What you are looking at"), see),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(model))),
        numbers=(_("Formula and PyTorch"), python),
    )


def _number(number: numbers.Number) -> None:
    """A number as a formula, and as a program that prints it."""
    formula = latex(number.shown)
    st.caption(number_name(number))
    equation(formula)
    code("a_number_of_bert", numbers.program(number))


def _questions(model: Language) -> list[quiz.Question]:
    measured = scores(model)
    return [_sides(model, measured), _swapped(model, measured), _gain(model)]


def _sides(model: Language, measured: dict[str, Any]) -> quiz.Question:
    return quiz.Question(
        "bert-sides",
        model,
        _(
            "From the left context alone, {left:.0%} of the hidden content words are right."
            " How many percent are right with both sides? (± 8)"
        ).format(left=measured["left_top1"]),
        100 * measured["top1"],
        _("{both:.1%}: {ratio:.2f} times as many, of {of} hidden words.").format(
            both=measured["top1"],
            ratio=measured["top1"] / measured["left_top1"],
            of=measured["of"],
        ),
        {},
        hint=_(
            "The words on the right are read as well, and often decide: it is more than from the "
            "left alone. But some words nobody could guess."
        ),
        tolerance=8,
    )


def _swapped(model: Language, measured: dict[str, Any]) -> quiz.Question:
    """The pair of the examples that stands in the wrong order."""
    row = next(one for one in examples(model)["follows"] if one["kind"] == "swapped")
    question = {"game": "follows", "language": model, "text": row["text"], "next": row["next"]}
    p = _answered(**question)["p"]
    return quiz.Question(
        "bert-swapped",
        model,
        _(
            "A pair in the wrong order: “{first}” “{second}” Does the network say that the second "
            "one follows?"
        ).format(first=row["text"], second=row["next"]),
        "yes" if p >= 0.5 else "no",
        _(
            "Its probability is {p:.1%}. Of swapped pairs {share:.0%} are told apart, of random "
            "ones {random:.0%}: the topic is the same, and only the topic was needed."
        ).format(p=p, share=measured["follows"]["swapped"], random=measured["follows"]["random"]),
        {
            "yes": _("Its probability lies below one half."),
            "no": _(
                "To you the order is wrong. The wrong pairs of the pre-training came from other "
                "texts, so their order never mattered."
            ),
        },
        choices={"yes": _("yes"), "no": _("no")},
    )


def _gain(model: Language) -> quiz.Question:
    """An adjective that no label held, judged by the three."""
    row = next(one for one in examples(model)["sentiment"] if not one["seen"])
    by_start = _answered(game="sentiment", language=model, text=row["text"])["says"]
    names = {"pretrained": _("pretrained"), "scratch": _("from scratch")}
    right = {
        name: by_start[name]["p"] if row["positive"] else 1 - by_start[name]["p"] for name in names
    }
    return quiz.Question(
        "bert-gain",
        model,
        _(
            "“{text}” No labelled sentence contained its adjective. Which network gives "
            "the right answer the higher probability?"
        ).format(text=row["text"]),
        max(right, key=lambda name: right[name]),
        _(
            "Pretrained {pretrained:.1%}, from scratch {scratch:.1%}. In pre-training the "
            "adjective stood in the same places as others of its kind."
        ).format(**right),
        {
            "pretrained": _("Pre-training does not help with every sentence. Here it does not."),
            "scratch": _(
                "To the network trained from scratch this adjective is new: it occurred "
                "neither in a labelled sentence nor in a text that it read."
            ),
        },
        choices=names,
    )


@cache
def _cached(question: bytes) -> Any:
    return orjson.loads(answer.answer(GameQuestion.read(orjson.loads(question))))


def _answered(**question: Any) -> Any:
    """The shipped networks never change: what they answer is computed for the first visitor."""
    return _cached(orjson.dumps(question))


def thumbnail() -> str:
    """The first example: its hidden word, and what both networks make of it, as a data URL."""
    read: Language = "ko" if language() == "ko" else "en"
    row = examples(read)["hidden"][0]
    question = {name: row[name] for name in ("text", "next", "hide")}
    answered = _answered(game="hidden", language=read, **question)
    place = answered["places"][0]
    at = place["at"]
    sketch, x = Sketch(320, 112), 3.0
    for i, token in enumerate(answered["tokens"][1:], 1):
        word = "?" if i == at else token["text"].removeprefix("##")
        wide = breadth(word) + 12 * (i == at)
        x += 0 if token["text"].startswith("##") else 7
        if token["text"] in (".", "[SEP]") or x + wide > sketch.width:
            break
        if i == at:
            sketch.rectangle(x, 6, wide, 22, line="accent", thick=1.5)
        sketch.text(x + wide / 2, 17, word, "accent" if i == at else "ink", anchor="middle")
        x += wide
    for left, side, name in ((10, "both", _("both sides")), (170, "left", _("left only"))):
        sketch.text(left, 44, name, "grey")
        for i, one in enumerate(place[side][:3]):
            y = 63 + 19 * i
            tone: Tone = "accent" if one["token"] == place["truth"] else "ink"
            sketch.text(left, y, one["token"].removeprefix("##"), tone)
            sketch.rectangle(left + 70, y - 3, 1 + 70 * one["p"], 7, fill=tone)
    return sketch.url()
