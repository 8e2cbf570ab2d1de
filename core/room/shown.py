"""What the lecturer has on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from core.room.pieces import KINDS
from core.schema import Record, choice, flag, mark, text, whole

LONGEST = 6000
"""Characters of a link."""


@dataclass(frozen=True)
class Shown(Record):
    """A page of the course, as its link opens it.

    Attributes:
        page: the path of the page; "" for the course.
        link: its state, as the query of the lesson link.
        title: the page's name, in the lecturer's language.
        step: of the walk through the page, counted from 0; -1: nobody walks.
        job, run: what is trained there, and the name by which its run is watched; "" for none.
        moment: the saved step of it that is looked back at; -1: where it stands.
        paused: whether everybody is asked to look at the lecturer's screen.
        shut: whether nobody new may join; who has joined stays, and comes back with the key.
        taking: what the room may send to its wall (`core.room.pieces`); "" for nothing.
        prompt: what it is asked to send, in the lecturer's words.
    """

    page: str = text("", 80)
    link: str = text("", LONGEST)
    title: str = text("", 120)
    step: int = whole(-1, -1, 99)
    job: str = text("", 40, label=mark("the run"))
    run: str = text("", 80)
    moment: int = whole(-1, -1, 10**9, label=mark("the step"))
    paused: bool = flag()
    shut: bool = flag()
    taking: str = choice(("", *KINDS), label=mark("the kind"))
    prompt: str = text("", 400, lines=True, label=mark("the question"))
