"""What is guessed: what is left of the answer when one head is cut, and what a head reads most."""

from __future__ import annotations

from core.attention.trained.one_head import one_head
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.read_most import read_most
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.numbers import percent
from pages.kit.place import Place
from pages.kit.quiz import Question


def guess(question: ReferentQuestion) -> Guess | None:
    """About the connection that the selected head shows most clearly."""
    found = one_head(question)
    if found is None:
        return None
    shares = {
        name: percent(value)
        for name, value in vars(found).items()
        if name in ("before", "here", "everywhere")
    }
    return Guess(
        Question(
            "trained-one-head",
            f"{question.words} {question.model} {question.head}",
            _(
                "Head {layer}.{head} reads “{noun}” at “{word}”. If this one connection of this "
                "one head is cut, what is left of the probability of the answer, {before}?"
            ).format(
                layer=found.layer,
                head=found.head,
                noun=found.noun,
                word=found.word,
                before=shares["before"],
            ),
            found.left,
            _(
                "“{answer}”: {before} before, {here} with this head cut, {everywhere} with the "
                "connection cut in all heads. Pointing is not causing."
            ).format(answer=found.answer, **shares),
            {
                "most": _("In this network this very head carries what the answer needs."),
                "half": _("One head is one of several ways: look at what the others carry."),
                "little": _(
                    "What this head carries, other heads and the layer before carry as well."
                ),
            },
            choices={
                "most": _("nearly all of it"),
                "half": _("about half"),
                "little": _("hardly anything"),
            },
        ),
        step="says",
        covers=".says",
    )


def place_of(question: ReferentQuestion) -> Place | None:
    """Which word the head on show reads most, for a room to tap."""
    found = read_most(question)
    if found is None:
        return None
    best = max(range(len(found.weights)), key=found.weights.__getitem__)
    return Place(
        "trained-most",
        f"{question.words} {question.model} {question.head} {question.at}",
        _("Which word does head {layer}.{head} read most at “{word}”?").format(
            layer=found.layer, head=found.head, word=question.words[found.at]
        ),
        [best],
        _("It gets {share} of the attention of this head.").format(
            share=percent(found.weights[best])
        ),
        words=question.words,
    )
