"""Below the picture of "Attention in a trained model": lesson, formula, questions, take away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.attention.trained import lesson as trained_lesson
from core.attention.trained import program
from core.attention.trained.lesson import Seen
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.grammar import VOCABULARIES
from core.attention.trained.sentences.reading import read, written
from core.attention.trained.sentences.vocabulary import Language
from core.attention.trained.shipped import EXAMPLES, network
from core.opened import latex
from pages.kit import quiz
from pages.kit.code import as_latex, code
from pages.kit.downloads import downloads
from pages.kit.language import _
from pages.kit.provenance import provenance
from pages.kit.tabs import tabs

PAGE = "attention_in_a_trained_model"


def lesson(question: ReferentQuestion) -> None:
    """Draw it, about this sentence, this network and these cuts."""
    provenance("trained", "shipped", network(question.model, question.language).card)
    seen = partial(trained_lesson.seen, question)
    tabs(
        PAGE,
        "care",
        part="" if question.language == "en" else "korean",
        numbers=(_("Formula and PyTorch"), lambda: _formula(seen())),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(seen()))),
        take=(_("Export"), lambda: _take_away(seen())),
    )


def _take_away(found: Seen) -> None:
    st.markdown(_("The map as a picture, every weight of every head as a table, and a program."))
    downloads(
        "attention_trained",
        svg=lambda: trained_lesson.picture(found),
        csv=lambda: trained_lesson.table(found),
        py=lambda: program.picture(found.question).encode(),
    )


def _formula(found: Seen) -> None:
    st.latex(trained_lesson.WEIGHT)
    question, numbers = found.question, found.numbers
    weight = numbers.open_weight()
    steps = [latex(numbers.open_weight(matrix)) for matrix in ("scores", "scaled")]
    steps.append(latex(weight))
    layer, head, source, target = question.cell or (0, 0, 0, 0)
    words = question.words
    place = _("layer {layer}, head {head}").format(layer=layer + 1, head=head + 1)
    st.caption(f"{place}: {words[source]} → {words[target]}")
    for step in steps:
        st.latex(step)
    other = question.number and numbers.open(question.number)
    if other:
        st.caption(_("The number that you opened"))
        st.latex(latex(other))
        steps.append(latex(other))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(_("Rollout: what reaches a word through all layers."))
        st.latex(trained_lesson.ROLLOUT)
    with right:
        st.markdown(_("What is passed along: the norm of weight times value."))
        st.latex(trained_lesson.NORM)
    as_latex("\n\n".join(steps))
    code("a_weight_of_attention", program.number(numbers, weight, question))
    if other:
        code(
            "a_number_of_attention",
            program.number(numbers, other, question),
            _("The number that you opened"),
        )
    code(
        "attention_in_a_trained_model",
        program.picture(found.question),
        _("The whole map and the answer"),
    )


def _questions(found: Seen) -> list[quiz.Question]:
    question = found.question
    single = network("1x1", question.language).card["scores"]
    asked = [
        quiz.Question(
            "trained-single",
            "" if question.language == "en" else question.language,
            _(
                "One layer, one head, and every answer is right. In how many sentences does its "
                "map look at the right noun?"
            ),
            _nearest(single["best_head"]["ahead"]),
            _(
                "{ahead:.1%} of {of:,}. The sum of what all words carry tells the network the "
                "answer; where the head looks tells us nothing."
            ).format(ahead=single["best_head"]["ahead"], of=single["of"]),
            {
                "1.0": _(
                    "Right answers need no head that points at the right noun: what all words "
                    "pass along can be enough."
                ),
                "0.75": _(
                    "That would be half-way between pointing and guessing. Nothing in the "
                    "training asks this head to point at all."
                ),
                "0.5": _("A coin toss would point right that often. This head does so more often."),
            },
            choices={"1.0": _("all"), "0.75": _("three of four"), "0.5": _("half")},
        ),
        _dirty(question.language),
    ]
    if cut := trained_lesson.cutting(found):
        asked.insert(
            0,
            quiz.Question(
                "trained-cut",
                f"{question.model} {written(question.words, question.language)}",
                _(
                    "Cut “{asked}” → “{noun}” in every head. What does the network answer then?"
                ).format(asked=cut.word, noun=cut.noun),
                "same" if cut.after == cut.before else "other",
                _("“{after}”. Of “{before}”, {now:.1%} becomes {then:.1%}.").format(
                    after=cut.after, before=cut.before, now=cut.share[0], then=cut.share[1]
                ),
                {
                    "same": _(
                        "With the connection cut in every head, this word no longer "
                        "reads the noun directly. The answer depended on that."
                    ),
                    "other": _(
                        "What the noun carries can also arrive through other words. Here "
                        "that is enough."
                    ),
                },
                choices={
                    "same": _("still “{word}”").format(word=cut.before),
                    "other": _("another word"),
                },
            ),
        )
    return asked


def _nearest(share: float) -> str:
    return min(("1.0", "0.75", "0.5"), key=lambda choice: abs(float(choice) - share))


def _dirty(language: Language) -> quiz.Question:
    """Of the example whose adjective fits both nouns."""
    sentence, vocabulary = EXAMPLES[language][2], VOCABULARIES[language]
    animal, thing = (word for word in read(sentence, language) if word in vocabulary.candidates)
    first, second = (trained_lesson.chance(sentence, noun, language) for noun in (animal, thing))
    larger, smaller = max(first, second), min(first, second)
    answer = "both" if larger < 2 * smaller else "cat" if first > second else "mat"
    return quiz.Question(
        "trained-dirty",
        "" if language == "en" else language,
        _("“{sentence}”: both nouns can be dirty. What does the network say?").format(
            sentence=sentence
        ),
        answer,
        _(
            "{animal} {first:.0%}, {thing} {second:.0%}. The sentence does not tell. The shares "
            "say how the network divides its answer, not that it knows the question to be open."
        ).format(animal=animal, first=first, thing=thing, second=second),
        {
            "cat": _(
                "Animals can be dirty, and so can things. Nothing in the sentence favours “{noun}”."
            ).format(noun=animal),
            "mat": _(
                "“{noun}” stands nearer, but in the sentences that the network was "
                "trained on nearness was no rule."
            ).format(noun=thing),
            "both": _("One of the two has at least twice the probability of the other."),
        },
        choices={
            "cat": _("surely “{noun}”").format(noun=animal),
            "mat": _("surely “{noun}”").format(noun=thing),
            "both": _("about half"),
        },
    )
