"""What the lecturer has on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema import Record, text


@dataclass(frozen=True)
class Shown(Record):
    """A page of the course, as its link opens it.

    Attributes:
        page: the path of the page; "" for the course.
        link: its state, as the query of the lesson link.
        title: the page's name, in the lecturer's language.
    """

    page: str = text("", 80)
    link: str = text("", 6000)
    title: str = text("", 120)
