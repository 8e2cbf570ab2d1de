"""A guess in the picture: one question of the page is asked while the picture hides the answer.

A page computes the question from its state; the browser (guess.js) covers the answer, takes a guess
or a wish to be shown, and remembers both for its session. An address that asks for a state is not
asked about, and while somebody presents only the walk asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.schema import Refusal
from core.weights import WeightsError
from pages.kit.language import _
from pages.kit.quiz import Question, note


@dataclass(frozen=True)
class Guess:
    """A question with choices that a picture asks.

    Attributes:
        question: what is asked, answered and explained.
        step: the block of the picture at which the walk asks; one of the page's steps names it.
        covers: the parts of the picture that would betray the answer, as a CSS selector.
        picks: the parts of the picture that stand for a choice when they are clicked, as selectors
            under the choices' keys.
    """

    question: Question
    step: str
    covers: str
    picks: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a number: it cannot be chosen."""
        if self.question.choices is None:
            raise ValueError(f"{self.question.name}: a guess is a choice.")


def sent(guess: Callable[[], Guess | None]) -> dict[str, Any] | None:
    """What a picture is sent; nothing where the answer cannot be computed now."""
    try:
        found = guess()
    except (LookupError, Refusal, WeightsError):
        return None
    if found is None:
        return None
    note(found.question)
    return _plain(found)


def _plain(guess: Guess) -> dict[str, Any]:
    question = guess.question
    choices = question.choices or {}
    return {
        "name": question.name,
        "about": question.about,
        "prompt": question.prompt,
        "choices": [[key, text] for key, text in choices.items()],
        "answer": question.answer,
        "wrong": {key: question.why(key) for key in choices if key != question.answer},
        "explanation": question.explanation,
        "step": guess.step,
        "covers": guess.covers,
        "picks": dict(guess.picks),
        "words": {
            "title": _("Guess first"),
            "click": _("Choose here, or click it in the picture."),
            "pass": _("Show me"),
            "quiet": _("Ask me no more"),
            "close": _("Close"),
            "again": _("{given}: not quite. {why} Try once more."),
            "right": _("Right: {answer}. {explanation}"),
            "wrong": _("Not quite. {why}"),
            "shown": _("The answer is {answer}. {explanation}"),
        },
    }
