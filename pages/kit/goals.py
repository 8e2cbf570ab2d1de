"""The goals of a page: a folded list that says which of them have been reached.

A page declares them in its folder's `goals.py`; what reaches one is checked in core (core/goals.py)
whenever one of its questions is answered. The browser remembers (kit/memory.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.goals import Goal
from core.schema.refusal import Explained, Message
from pages.kit.language import _
from pages.kit.picture import Picture

PICTURE = Picture("goals", "kit/goals.js")
LEAST = 2
"""Goals that each page has."""


def show(goals: Sequence[Goal]) -> None:
    """Draw the list."""
    PICTURE.show(lambda view: None, goals=[_told(goal) for goal in goals], words=_words())


def _told(goal: Goal) -> dict[str, str]:
    def filled(text: Message) -> str:
        return Explained(text, **goal.values).sentence(_)

    return {"name": goal.name, "sentence": filled(goal.sentence), "hint": filled(goal.hint)}


def _words() -> dict[str, Any]:
    return {
        "title": _("Goals"),
        "count": _("{reached} of {goals} reached"),
        "open": _("not reached yet"),
        "done": _("reached"),
        "hint": _("Hint"),
        "now": _("Goal reached: {goal}"),
        "how": _("The page checks them while you work. What you reach stays in this browser."),
        "unkept": _("This browser keeps nothing: what you reach lasts until you leave the page."),
    }
