"""Below the picture of "Transformer": lesson, formulas, questions, what to take away."""

from __future__ import annotations

import streamlit as st

from core.language.transformer import lesson as facts
from core.language.transformer import live, program
from pages.kit import quiz
from pages.kit.code import code
from pages.kit.downloads import downloads
from pages.kit.language import _
from pages.kit.lesson import tabs
from pages.kit.provenance import provenance

PAGE = "transformer"


def lesson(task: str, text: str, prefix: tuple[str, ...], head: int) -> None:
    """Draw it, about this text and what was decoded from it."""
    provenance("transformer", "shipped", live.card(task))
    found = facts.seen(task, text, prefix)
    head = min(head, live.shape(task)["heads"] - 1)
    source = program.picture(task, found["text"], prefix)
    numbers, predict, take = tabs(
        PAGE, "care", _("Formula and PyTorch"), _("Predict, then reveal"), _("Take away")
    )
    with numbers:
        for formula in (facts.WHOLE, facts.ATTENTION, facts.POSITIONS):
            st.latex(formula)
        with st.expander(_("The same as LaTeX")):
            both = "\n\n".join((facts.WHOLE, facts.ATTENTION, facts.POSITIONS))
            st.code(both, language="latex")
        code("say_it_with_a_transformer", source)
    with predict:
        quiz.ask(*_questions(found))
    with take:
        st.markdown(_("Every weight of the encoder-decoder attention as a table, and a program."))
        downloads(
            "transformer",
            png=(lambda: facts.picture(found, head)) if facts.drawable(found) else None,
            csv=lambda: facts.table(found),
            py=source.encode,
        )


def _questions(found: dict[str, list[str]]) -> list[quiz.Question]:
    steps = len(found["target"]) - 1
    return [
        quiz.Question(
            "transformer-passes",
            f"{found['task']} {found['text']}",
            _("How often did the decoder run to say this answer, if nothing is remembered?"),
            steps,
            _("Once for each token, the end token too: {steps}. The encoder ran once.").format(
                steps=steps
            ),
        ),
        quiz.Question(
            "transformer-mask",
            "",
            _("In training all tokens are predicted at once. What keeps them from being read off?"),
            "mask",
            _("The mask: a row reads only itself and what came before. Without it the loss lies."),
            choices={
                "mask": _("the mask"),
                "positions": _("the positions"),
                "softmax": _("the softmax"),
            },
        ),
    ]
