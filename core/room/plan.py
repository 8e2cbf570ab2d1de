"""A lesson plan: lesson links in order, each with notes, minutes, and what the room is asked."""

from __future__ import annotations

from dataclasses import dataclass

from core.room.question import RoomQuestion
from core.room.shown import LONGEST
from core.schema import Record, Refusal, listed, mark, nested, number, text

STEPS, ASKED = 60, 8
"""Steps of a plan, and questions of a step."""

NO_LINK = mark("A step of a plan has the link of a page.")


@dataclass(frozen=True)
class Step(Record):
    """One page of a lesson.

    Attributes:
        title: what it is called in the plan.
        link: the lesson link, whole or from the page's path on.
        note: what the lecturer sees beside it, and nobody else.
        minutes: how long it is to take.
        questions: what the room may be asked there.

    >>> Step(link="https://example.edu/fp/sine-live?seed=3&cell=lstm").place
    ('sine-live', 'seed=3&cell=lstm')
    """

    title: str = text("", 120)
    link: str = text("", LONGEST, label=mark("the link"))
    note: str = text("", 4000, lines=True, label=mark("the note"))
    minutes: float = number(5.0, 0.0, 600.0, label=mark("the minutes"))
    questions: tuple[RoomQuestion, ...] = listed(
        nested(RoomQuestion), 0, ASKED, (), label=mark("the questions")
    )

    def check_together(self) -> None:
        """Refuse a link that leads to no page."""
        if not self.place[0]:
            raise Refusal(NO_LINK)

    @property
    def place(self) -> tuple[str, str]:
        """The page's path and its query."""
        before, _, query = self.link.strip().partition("?")
        return before.rstrip("/").rpartition("/")[2], query


@dataclass(frozen=True)
class Plan(Record):
    """A lesson.

    Attributes:
        title: what it is called.
        steps: in order.
    """

    title: str = text("", 120)
    steps: tuple[Step, ...] = listed(nested(Step), 0, STEPS, (), label=mark("the steps"))
