"""What a lecturer is told of rooms is so."""

from __future__ import annotations

import re

from core.room.plan_file import parsed
from core.room.record import VOTES
from pages import registry
from pages.kit.room.words import PANEL, PLAN
from tests.served import ROOT

TEXT = (ROOT / "docs" / "rooms.md").read_text(encoding="utf-8")


def test_the_plan_that_is_shown_is_one() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    plan = parsed(example)
    pages = {entry.path for entry in registry.PAGES}
    assert {step.place[0] for step in plan.steps} <= pages
    asked = [question for step in plan.steps for question in step.questions]
    assert [each.right([9.0]) for each in asked if each.kind == "number"] == [1]
    assert all(each.answer for each in asked)


def test_the_buttons_that_are_named_are_there() -> None:
    words = {word.lower() for word in (*PANEL.values(), *PLAN.values())}
    for name in (
        "Open a room", "Ask the room", "Vote again", "Reveal the answer", "Pause all pages",
        "Let nobody new in", "Export", "End the room", "Teach it the room's hand",
        "Lesson plan and presenter's view",
    ):  # fmt: skip
        assert name.lower() in words and name.lower() in TEXT.lower(), name
    assert all(f"`{name}`" in TEXT for name in VOTES)
