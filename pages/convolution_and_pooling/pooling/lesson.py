"""Below the picture of "Pooling": lesson, formula, questions, what to take away."""

from __future__ import annotations

import streamlit as st

from core.opened import Cell, latex
from core.vision.pooling import formula, rules
from core.vision.pooling import lesson as pooling_lesson
from core.vision.pooling.question import PoolingQuestion, inputs
from core.vision.pooling.rules import opened
from pages.kit import quiz
from pages.kit.code import code, equation
from pages.kit.code import formula as number_formula
from pages.kit.downloads import downloads
from pages.kit.language import _
from pages.kit.tabs import tabs

PAGE = "convolution_and_pooling/pooling"


def lesson(question: PoolingQuestion, cell: Cell | None) -> None:
    """Draw it, about this input, this layer, and the number that is open below."""
    tabs(
        PAGE,
        "care",
        numbers=(_("Formula and PyTorch"), lambda: _formula(question, cell)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(question))),
        take=(_("Export"), lambda: _take_away(question)),
    )


def _formula(question: PoolingQuestion, cell: Cell | None) -> None:
    x = inputs(question, [(0, 0)])[0]
    st.latex(formula.size(question.setting, *x.shape))
    st.latex(formula.RULES[question.setting.kind])
    equation(latex(opened(x, question.setting, question.row, question.column)))
    code("pooling", _program(question))
    if cell is not None:
        number_formula("number", lambda: rules.formula(question, cell))


def _take_away(question: PoolingQuestion) -> None:
    downloads(
        "pooled",
        png=lambda: pooling_lesson.picture(question),
        csv=lambda: pooling_lesson.table(question),
        py=lambda: _program(question).encode(),
    )


def _program(question: PoolingQuestion) -> str:
    x = inputs(question, [(0, 0)])[0]
    return formula.program(x, question.setting, question.row, question.column)


def _questions(question: PoolingQuestion) -> list[quiz.Question]:
    facts = pooling_lesson.facts(question)
    about = pooling_lesson.about(question)
    setting = question.setting
    silent = "none" if facts.silent == 0 else "half" if facts.silent < 0.5 else "most"
    less = "pooled" if facts.pooled < facts.plain else "plain"
    percent = "{:.0%}".format
    return [
        quiz.Question(
            "pool-size",
            about,
            _(
                "The input has {height} rows; window {window}, stride {stride}, padding {padding}. "
                "How many rows has the output?"
            ).format(
                height=facts.height,
                window=setting.window,
                stride=setting.stride,
                padding=setting.padding,
            ),
            facts.rows,
            formula.plain(setting, facts.height),
            {
                facts.rows - 1: _(
                    "That is how often it moves on. The place where it starts counts, too."
                ),
                facts.rows + 1: _(
                    "One too many: a window that would reach over the edge is not counted."
                ),
            },
            hint=_(
                "Add the padding on both sides. How often can the window move on by the stride "
                "until it meets the edge? The place where it starts counts, too."
            ),
        ),
        quiz.Question(
            "pool-gradient",
            about,
            _(
                "Every one of the {windows} outputs sends back a gradient of 1. How many input "
                "numbers get nothing?"
            ).format(windows=facts.windows),
            silent,
            _(
                "{share} of them get nothing. Maximum sends all of it to the winners; the average "
                "gives each number of a window its share."
            ).format(share=percent(facts.silent)),
            {
                "none": _(
                    "What no output depends on gets nothing: the losers of a maximum, or what "
                    "lies between the windows."
                ),
                "half": _("Take one window: on how many of its numbers does the output depend?"),
                "most": _(
                    "That is true where windows do not overlap and each has a single "
                    "winner. Look how they lie here, and how many of their numbers count."
                ),
            },
            {
                "none": _("none of them: each gets something"),
                "half": _("some, but fewer than half"),
                "most": _("half of them or more"),
            },
        ),
        quiz.Question(
            "pool-shift",
            about,
            _(
                "The input moves one pixel to the right. What differs more from before, measured "
                "by its length: the pooled numbers or the numbers without pooling?"
            ),
            "plain" if less == "pooled" else "pooled",
            _("Pooled: {pooled} of the length. Without pooling: {plain}.").format(
                pooled=percent(facts.pooled), plain=percent(facts.plain)
            ),
            {
                "pooled": _(
                    "What is the largest of its window often stays so after a shift by one pixel. "
                    "Without pooling every number moves on."
                ),
                "plain": _(
                    "Pooling does not always forgive: fewer numbers are left, and where a window "
                    "gets another winner its number jumps."
                ),
            },
            {"pooled": _("the pooled ones"), "plain": _("those without pooling")},
        ),
    ]
