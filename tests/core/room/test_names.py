"""Nicknames are short plain text without what a list names; a plan holds links and questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from core.room import names
from core.room.limits import NotTaken
from core.room.pieces import judge
from core.room.plan import Plan
from core.room.plan_file import parsed
from core.room.rooms import Rooms
from core.room.tables import database
from core.schema import Refusal


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    file = tmp_path / "words.txt"
    file.write_text("Darn\n바보\n\n", encoding="utf-8")
    monkeypatch.setenv(names.VARIABLE, str(file))
    names._words.cache_clear()
    yield
    names._words.cache_clear()


@pytest.mark.usefixtures("listed")
def test_what_the_list_names_is_not_shown() -> None:
    assert names.cleaned("darning needle") == "darning needle"
    for name in ("darn", "DARN!", "ｄａｒｎ it", "이바보야"):
        with pytest.raises(Refusal, match="other words"):
            names.cleaned(name)
    with pytest.raises(Refusal, match="other words"):
        judge("hidden", {"text": "the darn _ was tasty."})


@pytest.mark.parametrize("name", ["x" * 25, "x" * 10_000, 7, None, ["a"]])
def test_a_name_is_a_short_text(name: object) -> None:
    with pytest.raises(Refusal, match="at most 24"):
        names.cleaned(name)


def test_the_lecturer_reads_names_and_nobody_else_does(tmp_path: Path) -> None:
    rooms = Rooms(database(f"sqlite:///{tmp_path / 'rooms.sqlite3'}"))
    code, _token = rooms.open()
    first, second = rooms.join(code), rooms.join(code)
    assert rooms.name(code, first, " <b>Mina</b> ") == "<b>Mina</b>"
    rooms.name(code, second, "Jun")
    assert rooms.told(code, lecturer=True)["names"] == ["<b>Mina</b>", "Jun"]
    assert rooms.told(code)["names"] == []
    assert rooms.known(code, second)["name"] == "Jun"
    rooms.name(code, second, "")
    assert rooms.told(code, lecturer=True)["names"] == ["<b>Mina</b>"]
    with pytest.raises(NotTaken):
        rooms.name(code, "x", "Jun")


def test_a_plan_is_read_and_written_again() -> None:
    link = "https://example.edu/fp/bert?seed=3"
    asked = {"prompt": "Which?", "choices": ["a", "b"]}
    raw = {"title": "BERT", "steps": [{"link": link, "note": "Slowly.", "questions": [asked]}]}
    plan = Plan.read(raw)
    assert plan.steps[0].place == ("bert", "seed=3") and plan.steps[0].minutes == 5.0
    assert Plan.read(plan.write()) == plan
    text = "title: BERT\nsteps:\n- link: https://example.edu/fp/bert?seed=3\n  note: Slowly.\n"
    text += "  questions: [{prompt: Which?, choices: [a, b]}]\n"
    assert parsed(text) == parsed(json.dumps(raw)) == plan
    for wrong in (
        {"steps": [{"link": ""}]},
        {"steps": [{"link": "bert", "minutes": -1}]},
        {"steps": [{"link": "bert", "questions": [{"prompt": ""}]}]},
        {"steps": "bert"},
        {"stages": []},
        [],
    ):
        with pytest.raises(Refusal):
            Plan.read(wrong)


BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise("abcdefghi")
)


@pytest.mark.parametrize(
    "text",
    [
        *("", "title", "- a", "1", "steps: [", "a: 1\n---\nb: 2", "\0", "steps: 2020-99-99"),
        *("title: !!python/object/apply:os.system [id]", "title: &x a\nsteps: *x", BOMB),
        *("[" * 9_000, "{" * 9_000, '{"a":' * 9_000, "- " * 9_000, "? " * 9_000),
        "- {link: bert}\n" * 9_000,
        *("title: " + "9" * 9_000, "steps: [{link: bert, minutes: .nan}]", "minutes: .inf"),
    ],
)
def test_a_file_that_is_no_plan_is_a_sentence(text: str) -> None:
    with pytest.raises(Refusal):
        parsed(text)
