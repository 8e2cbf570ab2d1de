"""What the lecturer has on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from core.room.pieces import KINDS
from core.schema import Record, choice, flag, mark, text

LONGEST = 6000
"""Characters of a link."""


@dataclass(frozen=True)
class Shown(Record):
    """A page of the course, as its link opens it.

    Attributes:
        page: the path of the page; "" for the course.
        link: its state, as the query of the lesson link.
        title: the page's name, in the lecturer's language.
        paused: whether everybody is asked to look at the lecturer's screen.
        taking: what the room may send to its wall (`core.room.pieces`); "" for nothing.
        prompt: what it is asked to send, in the lecturer's words.
    """

    page: str = text("", 80)
    link: str = text("", LONGEST)
    title: str = text("", 120)
    paused: bool = flag()
    taking: str = choice(("", *KINDS), label=mark("the kind"))
    prompt: str = text("", 400, lines=True, label=mark("the question"))
