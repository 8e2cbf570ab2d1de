"""What is guessed in the picture: the word at the end of a sum of words."""

from __future__ import annotations

from core.language.embeddings.first_sum import first_sum
from pages.kit.guess import Guess
from pages.kit.language import _, language
from pages.kit.quiz import Question


def guess() -> Guess:
    """About the shipped run."""
    found = first_sum(language())
    (a, b, c), (word, cosine) = found.words, found.nearest
    choices = {each: each for each in (found.hoped, a, c)} | {"other": _("another word")}
    return Guess(
        Question(
            "vectors-sum-first",
            language(),
            _("{a} − {b} + {c}, with the vectors of the run. Which word lies nearest?").format(
                a=a, b=b, c=c
            ),
            word if word in choices else "other",
            _("“{word}”, with a cosine of {cosine}; no word was left out.").format(
                word=word, cosine=f"{cosine:.3f}"
            ),
            {
                found.hoped: _("That is the answer one hopes for. Here another word is nearer."),
                a: _("The sum begins at this word, but it has been moved away from there."),
                c: _("This word has been added, but it is one part of three."),
                "other": _("The sum lies close to the words that are named here."),
            },
            choices=choices,
        ),
        step="analogy",
        covers="[data-block=analogy] .ways, [data-fp=expected]",
    )
