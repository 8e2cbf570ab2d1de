"""Whoever wants a room to fail: floods of names and rooms, stale steps, texts that spill over."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.room import limits, names
from core.room.limits import NotTaken
from core.room.pieces import EXAMPLES, judge
from core.room.question import RoomQuestion
from core.room.rooms import Rooms
from core.room.shown import Shown
from core.room.tables import database
from core.room.wall import Walls
from tests.clock import Clock

ASKED = RoomQuestion("Which?", choices=("a", "b"))


@pytest.fixture
def clock() -> Clock:
    return Clock(1000.0)


@pytest.fixture
def rooms(tmp_path: Path, clock: Clock) -> Walls:
    return Walls(database(f"sqlite:///{tmp_path / 'rooms.sqlite3'}"), clock)


def test_a_script_that_joins_for_ever_shuts_nobody_out(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MEMBERS_HERE", 4)
    code, token = rooms.open()
    number = rooms.ask(code, token, ASKED)
    voter, silent = rooms.join(code, "hall"), rooms.join(code, "hall")
    rooms.vote(code, voter, number, 1)
    for _ in range(9):
        rooms.join(code, "hall")
    late = rooms.join(code, "hall")
    assert rooms.told(code, lecturer=True)["people"] == 4
    assert rooms.vote(code, late, number, 0) == 0.0
    assert rooms.known(code, voter)["votes"] == {"1": 1.0}, "who has voted stays"
    with pytest.raises(NotTaken) as caught:
        rooms.vote(code, silent, number, 1)
    assert caught.value.kind == "denied", "and the phone joins again"
    for _ in range(2):
        rooms.name(code, rooms.join(code, "hall"), "Mina")
    with pytest.raises(NotTaken, match="holds 4") as caught:
        rooms.join(code, "hall")
    assert caught.value.kind == "full"


def test_a_hall_is_full_of_people_from_everywhere(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MEMBERS", 2)
    code, _token = rooms.open()
    for where in ("here", "there"):
        rooms.name(code, rooms.join(code, where), "Jun")
    with pytest.raises(NotTaken, match="holds 2"):
        rooms.join(code, "elsewhere")


def test_a_script_that_opens_rooms_keeps_nobody_from_one(
    rooms: Rooms, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ROOMS", 3)
    held, _token = rooms.open("lecturer")
    rooms.join(held)
    for _ in range(2):
        rooms.open("script")
    with pytest.raises(NotTaken, match="as many rooms"):
        rooms.open("another")
    clock.now += limits.SPARE + 1
    assert rooms.open("another")
    assert rooms.told(held, lecturer=True)["people"] == 1, "a room with people in it stays"


def test_rooms_that_lecturers_of_one_university_forgot_to_end_keep_nobody_from_one(
    rooms: Rooms, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ROOMS_HERE", 2)
    forgotten, _token = rooms.open("university")
    clock.now += limits.LESSON
    recent, _token = rooms.open("university")
    for code in (forgotten, recent):
        rooms.join(code)
    clock.now += 1
    assert rooms.open("university")
    assert rooms.told(recent, lecturer=True)["people"] == 1
    with pytest.raises(NotTaken, match="no room of these letters"):
        rooms.told(forgotten)
    with pytest.raises(NotTaken, match="as many rooms"):
        rooms.open("university")


def test_a_step_of_a_lecturer_who_is_late_does_nothing(rooms: Rooms) -> None:
    code, token = rooms.open()
    first = rooms.ask(code, token, ASKED)
    second = rooms.ask(code, token, RoomQuestion("And now?", choices=("c", "d")))
    for verb in ("away", "again", "bars", "close"):
        with pytest.raises(NotTaken) as caught:
            rooms.steer(code, token, first, verb)
        assert caught.value.kind == "closed"
    on = rooms.told(code)["question"]
    assert (on["id"], on["open"], on["round"]) == (second, True, 1)


def test_what_is_done_twice_is_done_once(rooms: Rooms) -> None:
    code, token = rooms.open()
    number = rooms.ask(code, token, ASKED)
    key = rooms.join(code)
    assert rooms.ask(code, token, ASKED) == number, "the answer was lost, and it is asked again"
    rooms.vote(code, key, number, 1)
    rooms.vote(code, key, number, 1)
    for verb in ("bars", "bars"):
        rooms.steer(code, token, number, verb)
    assert rooms.told(code)["question"]["bars"] == [["a", 0], ["b", 1]]
    for verb in ("cover", "cover"):
        rooms.steer(code, token, number, verb)
    assert rooms.told(code)["question"]["bars"] == []
    rooms.steer(code, token, number, "close")
    assert rooms.ask(code, token, ASKED) != number, "asked anew on purpose"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Z" + "\u0301" * 20, "\u0179" + 3 * "\u0301"),
        ("\u202eanim\u202c", "anim"),
        ("\u3164\u115f\u2800", ""),
        ("e\u0301a\ufe0f", "\u00e9a\ufe0f"),
        ("민아", "민아"),
        ("ਪੰਜਾਬੀ", "ਪੰਜਾਬੀ"),
    ],
)
def test_a_name_stays_on_its_line_and_reads_as_it_stands(name: str, shown: str) -> None:
    assert names.cleaned(name) == shown


def test_a_sentence_on_the_wall_is_as_plain_as_a_name() -> None:
    written = EXAMPLES["en"]["hidden"].replace("mina", "\u202emi\u0000na")
    assert judge("hidden", {"text": written}).sent["text"] == EXAMPLES["en"]["hidden"]


def test_whoever_sends_faster_than_a_hand_is_not_judged(rooms: Walls) -> None:
    code, token = rooms.open()
    key = rooms.join(code)
    with pytest.raises(NotTaken, match="Nothing of that kind"):
        rooms.expect(code, key, "digit")
    rooms.show(code, token, Shown(taking="digit"))
    for _ in range(limits.PACE[0] - 1):
        rooms.expect(code, key, "digit")
    with pytest.raises(NotTaken) as caught:
        rooms.expect(code, key, "digit")
    assert caught.value.kind == "fast"
    rooms.expect(code, rooms.join(code), "digit")
