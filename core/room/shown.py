"""What the lecturer has on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema import Record, flag, text

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
        drawing: whether the room may send drawings.
    """

    page: str = text("", 80)
    link: str = text("", LONGEST)
    title: str = text("", 120)
    paused: bool = flag()
    drawing: bool = flag()
