"""The wall of a room: what is sent hangs there with its verdict, until it is taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.room import limits
from core.room.drawings import Judged, judge
from core.room.limits import NotTaken
from core.room.shown import Shown
from core.room.tables import database
from core.room.wall import Walls
from core.schema import Refusal
from core.vision.drawing import Drawing
from core.vision.finetune.collection import ink
from core.vision.forward import verdict
from core.vision.hand import sample
from core.vision.ink import as_text
from core.vision.question import DrawingQuestion

SEVEN = Judged(7, "A", 7, 0.9)


@pytest.fixture
def walls(tmp_path: Path) -> Walls:
    return Walls(database(f"sqlite:///{tmp_path / 'rooms.sqlite3'}"))


@pytest.fixture
def room(walls: Walls) -> tuple[str, str]:
    code, token = walls.open()
    walls.show(code, token, Shown(drawing=True))
    return code, token


def test_a_drawing_is_judged_as_on_the_page_that_draws() -> None:
    drawing = sample(3).lists()
    judged = judge(3, drawing)
    found = verdict(DrawingQuestion(Drawing.of(drawing)))
    assert (judged.label, judged.image) == (3, as_text(ink(drawing)))
    assert judged.digit == int(found.probabilities.argmax())
    assert judged.share == float(found.probabilities.max())
    scribble = [[[100, 100], [900, 900]], [[100, 900], [900, 100]], [[500, 0], [500, 1000]]]
    assert (judge(1, scribble).digit < 0) != verdict(DrawingQuestion(Drawing.of(scribble))).is_digit
    for wrong in ((10, drawing), (3, []), (3, "x"), (True, drawing)):
        with pytest.raises(Refusal):
            judge(*wrong)


def test_what_is_sent_hangs_on_the_wall_without_its_sender(
    walls: Walls, room: tuple[str, str]
) -> None:
    code, token = room
    first, second = walls.join(code), walls.join(code)
    assert walls.draw(code, first, SEVEN) == 1
    assert walls.draw(code, first, Judged(7, "B", 1, 0.6)) == 2
    assert walls.draw(code, second, Judged(4, "C", -1, 0.4)) == 1
    told = walls.wall(code, token)
    assert [(each["label"], each["digit"]) for each in told["new"]] == [(7, 7), (7, 1), (4, -1)]
    assert set(told["new"][0]) == {"id", "label", "digit", "share", "image"}
    assert (told["score"]["right"], told["score"]["of"]) == (1, 3)
    assert told["score"]["hardest"] == [4, 0, 1]
    assert walls.told(code)["drawings"] == 3
    assert [each["image"] for each in walls.wall(code, token, told["ids"][1])["new"]] == ["C"]


def test_the_lecturer_takes_out_one_or_all_of_a_sender(walls: Walls, room: tuple[str, str]) -> None:
    code, token = room
    first, second = walls.join(code), walls.join(code)
    for key in (first, first, second):
        walls.draw(code, key, SEVEN)
    one, two, three = walls.wall(code, token)["ids"]
    walls.take_out(code, token, three)
    walls.take_out(code, token, three)
    assert walls.wall(code, token)["ids"] == [one, two]
    walls.take_out(code, token, one, all_of_sender=True)
    assert walls.wall(code, token)["ids"] == []
    with pytest.raises(NotTaken, match="taken out"):
        walls.draw(code, first, SEVEN)
    walls.draw(code, second, SEVEN)
    assert walls.wall(code, token)["ids"][0] > three, "a number does not come again"
    walls.clear(code, token)
    assert walls.wall(code, token)["ids"] == []


def test_students_cannot_see_steer_or_fill_a_wall(
    walls: Walls, room: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EACH", 2)
    monkeypatch.setattr(limits, "DRAWINGS_HERE", 3)
    code, token = room
    first, second = walls.join(code, "here"), walls.join(code, "here")
    other = walls.join(code, "there")
    for _ in range(2):
        walls.draw(code, first, SEVEN)
    with pytest.raises(NotTaken, match="as many as one person"):
        walls.draw(code, first, SEVEN)
    walls.draw(code, second, SEVEN)
    with pytest.raises(NotTaken, match="The wall is full"):
        walls.draw(code, second, SEVEN)
    walls.draw(code, other, SEVEN)
    for do in (walls.wall, walls.clear):
        with pytest.raises(NotTaken, match="Only whoever opened"):
            do(code, first)
    with pytest.raises(NotTaken, match="Only whoever opened"):
        walls.take_out(code, first, 1)
    walls.show(code, token, Shown())
    with pytest.raises(NotTaken, match="No drawings are taken"):
        walls.draw(code, other, SEVEN)
