"""Below the picture of "Words as vectors": what it shows, questions, and the PyTorch."""

from __future__ import annotations

import json
from statistics import median
from typing import Any

import streamlit as st

from core.language.embeddings.results import results
from pages.kit import quiz
from pages.kit.code import code, equation, run_program
from pages.kit.language import _, language
from pages.kit.run.inspection import inspect, inspect_example
from pages.kit.tabs import tabs
from pages.words_as_vectors.view import methods

PAGE = "words_as_vectors"
EARLY = 160
"""Steps after which a question is asked: words have found their kind, but not yet their place."""
EXAMPLES = {"en": "shipped-vectors", "ko": "shipped-vectors_ko"}


def lesson(config: dict[str, Any], number: dict[str, Any] | None) -> None:
    """Draw it.

    Args:
        config: of a run that begins here.
        number: that was opened in the picture, with its "latex" and its "program".
    """
    tabs(
        PAGE,
        "care",
        numbers=(_("Formula and PyTorch"), lambda: _formula(number)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions())),
        python=(_("The whole run"), lambda: run_program("words_as_vectors", "vectors", config)),
    )


def number(question: str) -> dict[str, Any] | None:
    """The number of a run that was opened by a question (JSON: run, step and query), if any."""
    try:
        about = json.loads(question)
        answer = inspect(about["run"], int(about["step"]), "arithmetic", about["query"])
    except (AttributeError, KeyError, LookupError, TypeError, ValueError):
        return None
    return dict(answer)


def _formula(number: dict[str, Any] | None) -> None:
    if number is None:
        st.caption(_("Select a number in the picture: its formula and its program come here."))
        return
    equation(number["latex"])
    code("a_number_of_word_vectors", number["program"])


def _questions() -> list[quiz.Question]:
    code = language()
    questions = [_control(code)]
    try:
        questions = [_nearest(code), *questions, _sum(code)]
    except (LookupError, ValueError):  # the engine has only just been started
        pass
    return questions


def _of_example(code: str, step: int | None, name: str, **query: str) -> Any:
    return inspect_example(EXAMPLES[code], step, name, query)


def _nearest(code: str) -> quiz.Question:
    """An early state of the shipped run: a sum of words, with no word left out of the answers."""
    a, b, c = _of_example(code, None, "words")["examples"][0]
    analogy = _of_example(code, EARLY, "analogy", a=a, b=b, c=c)
    (first, cosine), (out, _out) = analogy["including"][0], analogy["excluding"][0]
    wanted = analogy["answer"]
    last = _of_example(code, None, "analogy", a=a, b=b, c=c)["including"][0][0]
    return quiz.Question(
        "vectors-nearest",
        code,
        _(
            "The saved run at step {step}: {a} − {b} + {c}. No word is left out of the answers. "
            "Which one is nearest?"
        ).format(step=EARLY, a=a, b=b, c=c),
        first if first in (wanted, a, c) else "other",
        _(
            "“{first}”, with a cosine of {cosine:.3f}; with the three words left out it is “{out}”"
            ". At the end of the run the answer is “{last}”, nothing left out."
        ).format(first=first, cosine=cosine, out=out, last=last),
        {
            wanted: _(
                "That is the answer one hopes for. At this early step another word is nearer."
            ),
            a: _("The sum begins at this word, but it has been moved away from there."),
            c: _("This word has been added, but it is one part of three."),
            "other": _("The sum lies close to the words that are named here."),
        },
        choices={wanted: wanted, a: a, c: c, "other": _("another word")},
    )


def _control(code: str) -> quiz.Question:
    """GloVe against the control that is not trained, in the middle of the seeds."""
    scores = {row["method"]: median(row["excluding"]) for row in results()[code]}
    names = methods()
    pair = ("glove", "ppmi_svd")
    return quiz.Question(
        "vectors-control",
        code,
        _(
            "PPMI + SVD only counts and trains nothing; GloVe is trained. Which one answers more "
            "of the analogies of our text?"
        ),
        max(pair, key=lambda method: scores[method]),
        _(
            "GloVe {glove:.0%}, PPMI + SVD {ppmi:.0%}. GloVe sees only pairs that occur; that two "
            "words never meet says much in a small text, and only PPMI sees it."
        ).format(glove=scores["glove"], ppmi=scores["ppmi_svd"]),
        {
            "glove": _(
                "What is trained is not better for that. It learns from what its loss shows it, "
                "and this one shows it only pairs that occur."
            ),
            "ppmi_svd": _(
                "Counting is a strong control, but here the trained vectors answer more."
            ),
        },
        choices={method: names[method] for method in pair},
    )


def _sum(code: str) -> quiz.Question:
    """One pair of the shipped run, which is trained by negative sampling."""
    window = _of_example(code, None, "window", sentence="0")
    place = next(i for i, pairs in enumerate(window["pairs"]) if pairs)
    beside = next(at for at in window["pairs"][place][0] if at != place)
    tokens = window["tokens"]
    step = _of_example(code, None, "opened", centre=tokens[place], context=tokens[beside])
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
            "For “{centre}” and “{context}” of the saved run they add up to {total:.3f}. A "
            "softmax shares out one probability, so what one word gains the others give; here each "
            "word is a question of its own."
        ).format(centre=tokens[place], context=tokens[beside], total=total),
        {
            "yes": _(
                "That holds for a softmax, where all words share one probability. Here none of "
                "them takes anything from another."
            ),
            "no": _("Here they happen to cancel."),
        },
        choices={"yes": _("yes, always"), "no": _("no")},
    )
