"""What is guessed, in the picture or by a room: which word is read most."""

from __future__ import annotations

from core.attention.steps.lesson import about
from core.attention.steps.question import StepsQuestion
from core.attention.steps.read_most import read_most
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.place import Place
from pages.kit.quiz import Question

NAME = "steps-most"


def guess(question: StepsQuestion) -> Guess | None:
    """About the word that asks."""
    word, weights = read_most(question)
    looked = question.looked_at
    best = weights.index(max(weights))
    if len(looked) < 2:
        return None

    def why(i: int) -> str:
        return _(
            "“{word}” gets {share}. The weight follows from query times key: what is asked for, "
            "and what a word offers."
        ).format(word=looked[i], share=f"{100 * weights[i]:.0f}%")

    return Guess(
        Question(
            NAME,
            about(question),
            _prompt(word),
            str(best),
            _explained(weights[best]),
            {str(i): why(i) for i in range(len(looked)) if i != best},
            choices={str(i): each for i, each in enumerate(looked)},
        ),
        step="A",
        covers=".talk :is(.said, .note, svg, small), .flow :is(.S, .scaled, .masked, .A), .lens, "
        ".arithmetic",
        picks={str(i): f".answers [data-word='{i}']" for i in range(len(looked))},
    )


def place_of(question: StepsQuestion) -> Place | None:
    """The same, for a room to tap."""
    word, weights = read_most(question)
    best = max(range(len(weights)), key=weights.__getitem__)
    words = question.looked_at
    if len(words) < 2:
        return None
    return Place(
        NAME, about(question), _prompt(word), [best], _explained(weights[best]), words=words
    )


def _prompt(word: str) -> str:
    return _("Which word will “{word}” give the largest weight?").format(word=word)


def _explained(weight: float) -> str:
    return _("It gets {share} of the attention.").format(share=f"{100 * weight:.0f}%")
