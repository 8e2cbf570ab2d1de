"""What is asked at the end of each page, and again on later ones, until it is remembered.

A page declares its questions in its folder's `recall.py`. The browser asks them, chooses which
earlier ones come back, and remembers what was answered (kit/memory.js): the server keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from core.goals import Goal
from core.schema import Refusal, mark
from core.schema.refusal import Explained
from pages.kit.language import LANGUAGES, _, catalogue
from pages.kit.picture import Picture
from pages.kit.routes import Live

PICTURE = Picture("recall", "kit/recall.js")
PAGE = 3
"""Questions that each page asks about itself."""
EARLIER = 2
"""Questions of earlier pages that come with them."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be given, and why it is right or wrong. Both untranslated."""

    text: str
    why: str


@dataclass(frozen=True)
class Question:
    """A question with one right answer.

    Attributes:
        name: tells it from the others of its page; browsers remember it.
        prompt: the question, untranslated.
        choices: what can be answered.
        right: which of them is right.
        source: of the right answer, where it is published and not computed here.
    """

    name: str
    prompt: str
    choices: tuple[Choice, ...]
    right: int
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse a question without its answer."""
        if not 0 <= self.right < len(self.choices):
            raise ValueError(f"{self.name}: the answer is not among the choices.")


class Page(Protocol):
    """What is asked of an entry of the registry."""

    @property
    def path(self) -> str:
        """Its address."""

    @property
    def title(self) -> str:
        """What it is called, untranslated."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it asks."""

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What can be reached on it."""


def route(pages: Iterable[Page]) -> Live:
    """GET /forward-pass/recall/<language>: all questions of the course, in its order."""
    return Live("/recall/{language}", lambda code: written(pages, code), _language, read=True)


def written(pages: Iterable[Page], code: str) -> list[dict[str, Any]]:
    """The questions and the goals of these pages in a language, as plain values."""
    translate = catalogue(code).gettext
    return [
        {
            "page": page.path,
            "title": translate(page.title),
            "questions": [
                {
                    "name": f"{page.path}/{question.name}",
                    "prompt": translate(question.prompt),
                    "choices": [
                        [translate(choice.text), translate(choice.why)]
                        for choice in question.choices
                    ],
                    "right": question.right,
                    "source": question.source,
                }
                for question in page.questions
            ],
            "goals": [
                [goal.name, Explained(goal.sentence, **goal.values).sentence(translate)]
                for goal in page.goals
            ],
        }
        for page in pages
    ]


def _language(asked: Mapping[str, str]) -> str:
    if asked["language"] not in LANGUAGES:
        raise Refusal(mark("There is nothing at this address."))
    return asked["language"]


def ask(page: str) -> None:
    """Draw the questions that end a page."""
    PICTURE.show(
        lambda view: None,
        page=page,
        earlier=EARLIER,
        words={
            "title": _("Do you remember?"),
            "here": _("From this page"),
            "before": _("From earlier pages"),
            "right": _("Right."),
            "wrong": _("Not quite. You can try once more."),
            "shown": _("Not quite. This is the answer:"),
            "second": _("Right at the second try."),
            "score": _("{right} of {asked} right at the first try"),
            "again": _("Ask me again"),
            "save": _("Save my answers (HTML)"),
            "answers": _("My answers"),
            "goals": _("Goals"),
            "kept": _("Your answers stay in this browser. What was wrong is asked again first."),
            "unkept": _("This browser keeps nothing: your answers last until you leave the page."),
            "source": _("Source: {source}"),
            "unreachable": _("The questions cannot be fetched now; trying again."),
        },
    )
