"""What is guessed in the picture: which word is read most."""

from __future__ import annotations

from core.attention.steps.lesson import about
from core.attention.steps.question import StepsQuestion
from core.attention.steps.read_most import read_most
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.quiz import Question


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
            "steps-most",
            about(question),
            _("Which word will “{word}” give the largest weight?").format(word=word),
            str(best),
            _("It gets {share} of the attention.").format(share=f"{100 * weights[best]:.0f}%"),
            {str(i): why(i) for i in range(len(looked)) if i != best},
            choices={str(i): each for i, each in enumerate(looked)},
        ),
        step="A",
        covers=".talk :is(.said, .note, svg, small), .flow :is(.S, .scaled, .masked, .A), .lens, "
        ".arithmetic",
        picks={str(i): f".answers [data-word='{i}']" for i in range(len(looked))},
    )
