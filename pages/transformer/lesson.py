"""Below the picture of "Transformer": lesson, formulas, questions, what to take away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from core.attention.parallel import chains
from core.language.transformer import lesson as facts
from core.language.transformer import program
from core.language.transformer.networks import network
from core.language.transformer.numbers import Number
from core.language.transformer.question import DecodingQuestion
from core.opened import latex
from core.schema import Refusal
from pages.kit import quiz
from pages.kit.code import as_latex, code
from pages.kit.downloads import downloads
from pages.kit.language import _
from pages.kit.prose import prose
from pages.kit.provenance import provenance
from pages.kit.tabs import tabs
from pages.transformer.words import block_names, block_words

PAGE = "transformer"


def lesson(question: DecodingQuestion) -> None:
    """Draw it, about this text, what was decoded from it, and the number that is opened."""
    shipped = network(question.task)
    provenance("transformer", "shipped", shipped.card)
    question = replace(question, head=min(question.head, shipped.shape["heads"] - 1))
    tabs(
        PAGE,
        "care",
        parallel=(_("In parallel"), _parallel),
        numbers=(_("Formula and PyTorch"), lambda: _formula(question)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(_found(question)))),
        take=(_("Export"), lambda: _take_away(question)),
    )


def _found(question: DecodingQuestion) -> dict[str, Any]:
    """What is decoded from the text."""
    return facts.greedy(question.task, question.text, question.prefix)


def _source(question: DecodingQuestion) -> str:
    return program.picture(question.task, _found(question)["text"], question.prefix)


def _formula(question: DecodingQuestion) -> None:
    number = _number(question)
    formula = latex(number.shown)
    st.caption(_place(number))
    st.latex(formula)
    general = (facts.WHOLE, facts.ATTENTION, facts.POSITIONS)
    for each in general:
        st.latex(each)
    as_latex("\n\n".join((formula, *general)))
    code("a_number_of_the_transformer", program.number(number))
    title = _("The whole answer, in torch's own layers")
    code("say_it_with_a_transformer", _source(question), title)


def _take_away(question: DecodingQuestion) -> None:
    found = _found(question)
    st.markdown(_("The map as a picture, every weight of every head as a table, and a program."))
    downloads(
        "transformer",
        svg=lambda: facts.picture(found, question.head),
        csv=lambda: facts.table(found),
        py=lambda: _source(question).encode(),
    )


def _parallel() -> None:
    """What must be computed one after the other, in a recurrent network and in attention."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        prose(PAGE, "parallel")
    heads = _("tokens"), "RNN", _("self-attention"), _("weights")
    lines = [
        f"| {each.length} | {each.recurrent} | {each.attention} | {each.weights:,} |"
        for each in chains()
    ]
    with right:
        st.markdown(
            "\n".join([f"| {' | '.join(heads)} |", "| ---: | ---: | ---: | ---: |", *lines])
        )
        st.caption(
            _(
                "Operations on the longest chain of autograd's graph: to the last state of an "
                "RNN, and to all rows of one head. Counted now."
            )
        )


def _number(question: DecodingQuestion) -> Number:
    try:
        return facts.number(question)
    except Refusal:  # a cell of another text, which this one does not have
        return facts.number(replace(question, cell=None))


def _place(number: Number) -> str:
    """Where the number stands: the block, the matrix, the token, and the column."""
    words, matrix = block_words(), number.matrix
    row, column = (0, *number.shown.cell.index)[-2:]
    cell = words["cell"].format(
        matrix=words["matrices"][matrix.name],
        row=matrix.rows[row],
        column=column + 1 if matrix.columns is None else matrix.columns[column],
    )
    stack, _, kind = number.block.name.partition(".")
    kind = (kind or stack).rpartition(".")[2].rstrip("0123456789")
    masked = stack == "decoder" and kind == "attention"
    block = block_names()["masked" if masked else kind]
    return f"{words['title'].format(stack=words['stacks'][stack], block=block)}: {cell}"


def _questions(found: dict[str, list[str]]) -> list[quiz.Question]:
    steps = len(found["target"]) - 1
    return [
        quiz.Question(
            "transformer-passes",
            f"{found['task']} {found['text']}",
            _("How often did the decoder run to produce this answer, if nothing is cached?"),
            steps,
            _("Once for each token, the end token too: {steps}. The encoder ran once.").format(
                steps=steps
            ),
            {
                1: _(
                    "That is true in training, where all tokens are given. In generation "
                    "each token has to be produced before the next one can be predicted."
                ),
                steps - 1: _("The end token has to be produced as well."),
            },
            hint=_("It runs once for each token that it produces, the end token too."),
        ),
        quiz.Question(
            "transformer-mask",
            "",
            _(
                "In training all tokens are predicted at once. What keeps the decoder from "
                "copying them?"
            ),
            "mask",
            _(
                "The mask: a row reads only itself and what came before. Without it the "
                "loss misleads."
            ),
            {
                "positions": _("Positions say where a token stands; they hide none."),
                "softmax": _("The softmax shares out weights among all that may be read."),
            },
            choices={
                "mask": _("the mask"),
                "positions": _("the positions"),
                "softmax": _("the softmax"),
            },
        ),
    ]
