"""docs/architecture.md and its picture are true for the house as it stands."""

from __future__ import annotations

import pytest

from docs.architecture import (
    PICTURE,
    ROOT,
    changes,
    drawn,
    imports,
    javascript_imports,
    ordered,
    ways,
)

STOPS = [(way, stop.file) for way, stops in ways().items() for stop in stops]
OPENED = [(change, file) for change, files in changes().items() for file in files]


def test_rooms_import_each_other_in_one_direction() -> None:
    pairs = imports()
    order = ordered(pairs)
    back = sorted(pair for pair in pairs if order.index(pair[0]) > order.index(pair[1]))
    assert not back


def test_a_circle_would_be_seen() -> None:
    pairs = {("pages/a", "pages/kit"), ("pages/kit", "core/b"), ("core/b", "pages/kit")}
    order = ordered(pairs)
    assert any(order.index(user) > order.index(used) for user, used in pairs)


def test_python_and_javascript_are_both_read() -> None:
    pairs = imports()
    assert {("dashboard.py", "pages/kit"), ("pages/bert", "core/language")} <= pairs
    script = ROOT / "pages/bert/view.js"
    assert any(path.parent.name == "kit" for path in javascript_imports(script))


@pytest.mark.parametrize(("where", "file"), STOPS + OPENED)
def test_what_is_listed_exists(where: str, file: str) -> None:
    assert (ROOT / file).exists(), where


def test_three_ways_are_told_and_three_changes_traced() -> None:
    assert list(ways()) == ["a stroke", "a run", "a refusal"]
    assert list(changes()) == ["a conv pixel", "an optimiser", "a page"]
    assert all(ways().values()) and all(changes().values())


def test_the_picture_is_of_today() -> None:
    assert PICTURE.read_text(encoding="utf-8") == drawn(), "python -m docs.architecture draws it"


def test_an_optimiser_is_named_in_the_files_that_are_listed_and_no_others() -> None:
    files = [path for name in ("core", "pages") for path in (ROOT / name).rglob("*.*")]
    read = [path for path in files if path.suffix in (".py", ".js")]
    named = {
        path.relative_to(ROOT).as_posix()
        for path in read
        if "rmsprop" in path.read_text(encoding="utf-8").lower()
    }
    assert named == set(changes()["an optimiser"])
