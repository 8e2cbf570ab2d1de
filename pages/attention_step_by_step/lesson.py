"""Below the picture of "Attention, step by step": lesson, formula, questions, what to take away."""

from __future__ import annotations

import streamlit as st

from core.attention.steps import lesson as steps_lesson
from core.attention.steps import picture, program
from core.attention.steps.question import StepsQuestion
from core.attention.steps.rules import fitting, open_number
from core.attention.steps.trace import steps
from core.attention.steps.words import WIDTH
from core.opened import latex
from pages.kit import quiz
from pages.kit.code import code, equation
from pages.kit.downloads import downloads
from pages.kit.language import _
from pages.kit.provenance import provenance
from pages.kit.tabs import tabs

PAGE = "attention_step_by_step"


def lesson(question: StepsQuestion) -> None:
    """Draw it, about this sentence and these numbers."""
    provenance("steps", "hand" if question.numbers == "hand" else "random")
    tabs(
        PAGE,
        "care",
        numbers=(_("Formula and PyTorch"), lambda: _formula(question)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(question))),
        take=(_("Export"), lambda: _take_away(question)),
    )


def _formula(question: StepsQuestion) -> None:
    run = steps(question)
    place = fitting(run, question.place)
    st.latex(program.WHOLE)
    equation(latex(open_number(run, place)))
    code("attention_in_steps", program.program(run, place))


def _take_away(question: StepsQuestion) -> None:
    run = steps(question)
    place = fitting(run, question.place)
    st.markdown(
        _("The weights as a picture, all numbers as a table, and a program that computes them.")
    )
    row, column = steps_lesson.weight_place(run, place)
    downloads(
        "attention_steps",
        svg=lambda: picture.picture(run, row, column),
        csv=lambda: picture.table(run),
        py=lambda: program.program(run, place).encode(),
    )


def _questions(question: StepsQuestion) -> list[quiz.Question]:
    about = steps_lesson.about(question)
    facts = steps_lesson.facts(question)
    grows = {"more": _("larger"), "less": _("smaller"), "same": _("the same")}
    return [
        quiz.Question(
            "scale",
            about,
            _(
                "The root of d is switched {state}. Were it switched {other}, the largest weight "
                "of “{word}” would be …"
            ).format(
                state=_("on") if question.scaled else _("off"),
                other=_("off") if question.scaled else _("on"),
                word=facts.word,
            ),
            facts.other_scale,
            _("Computed: {now:.3f} now, {then:.3f} then.").format(
                now=facts.largest, then=facts.largest_other_scale
            ),
            {
                "more": _(
                    "A larger weight comes from scores that lie further apart. Dividing brings "
                    "them together."
                ),
                "less": _(
                    "Weights become more even when their scores come closer together. Without "
                    "the division they lie further apart."
                ),
                "same": _(
                    "A softmax undoes a constant that is added to all scores, but not a factor."
                ),
            },
            choices=grows,
        ),
        quiz.Question(
            "order",
            about,
            _(
                "If the words stood in reverse order, would “{word}” give the same weights to the "
                "same words?"
            ).format(word=facts.word),
            "yes" if facts.order_free else "no",
            _(
                "Without positions attention does not know the order; a causal mask, padding or "
                "positions tell it. Largest difference, computed: {gap:.3f}."
            ).format(gap=facts.order_gap),
            {
                "yes": _("Something tells the order here: positions, a mask or padding."),
                "no": _(
                    "Attention knows no neighbours. The same query meets the same keys, wherever "
                    "they stand."
                ),
            },
            choices={"yes": _("yes"), "no": _("no")},
        ),
        quiz.Question(
            "products",
            about,
            _("How many products add up to one score, with {heads} heads?").format(
                heads=question.heads
            ),
            facts.products,
            _("Eight columns among {heads} heads: {products} each.").format(
                heads=question.heads, products=facts.products
            ),
            {
                WIDTH: _("That is the whole width. Each head has only its share of the columns."),
                WIDTH**2: _("A score is one dot product of a query and a key, not a whole matrix."),
            },
            hint=_("One product for each column of a head. The heads share the eight columns."),
        ),
    ]
