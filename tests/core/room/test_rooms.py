"""A room keeps what it acknowledged, tells each what is theirs, and takes no more than it holds."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text, update

from core.room import limits
from core.room.ballot import Ballot
from core.room.limits import NotTaken, Paces
from core.room.listening import Listening
from core.room.question import NOT_OFFERED, RoomQuestion
from core.room.record import pieces_csv, votes_csv
from core.room.rooms import Rooms
from core.room.shown import Shown
from core.room.tables import META, ROOMS, VOTES, database
from core.schema import Refusal
from core.vision.ink import as_text
from tests.clock import Clock
from tests.patience import PATIENCE, until
from tests.postgres import Postgres

WHICH = RoomQuestion("Which digit?", choices=("three", "eight", "five"), answer="three")
MANY = RoomQuestion("How many?", "number")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = database(f"sqlite:///{tmp_path / 'deep' / 'rooms.sqlite3'}")
    else:
        engine = database(request.getfixturevalue("postgres").url)
    yield engine
    META.drop_all(engine)
    engine.dispose()


def test_a_room_votes_twice_and_then_the_answer_is_revealed(engine: Engine) -> None:
    heard: list[str] = []
    rooms = Rooms(engine, changed=lambda code, lecturers: heard.append(code))
    code, token = rooms.open()
    keys = [rooms.join(code) for _ in range(3)]
    assert rooms.told(code, lecturer=True)["people"] == 3
    number = rooms.ask(code, token, WHICH)
    for key, given in zip(keys, (1, 1, 0), strict=True):
        rooms.vote(code, key, number, given)
    rooms.vote(code, keys[0], number, 2)  # another mind: it takes the place of the first
    open_, led = rooms.told(code)["question"], rooms.told(code, lecturer=True)["question"]
    assert (open_["votes"], open_["bars"], open_["answer"]) == ([], [], "")
    assert led["votes"] == [3]
    assert led["bars"] == [["three", 1], ["eight", 1], ["five", 1]]
    rooms.steer(code, token, number, "close")
    with pytest.raises(NotTaken, match="closed"):
        rooms.vote(code, keys[0], number, 0)
    assert rooms.told(code)["question"]["bars"] == led["bars"]
    rooms.steer(code, token, number, "again")
    for key in keys[:2]:
        rooms.vote(code, key, number, 0)
    assert rooms.told(code)["question"]["bars"] == []
    known = {"question": number, "votes": {"1": 2.0, "2": 0.0}, "name": ""}
    assert rooms.known(code, keys[0]) == known
    rooms.steer(code, token, number, "reveal", why="It has no closed loop.")
    told = rooms.told(code)["question"]
    assert told["bars"] == [["three", 1, 2], ["eight", 1, 0], ["five", 1, 0]]
    assert (told["answer"], told["right"], told["explanation"]) == ("three", [1, 2], "")
    rooms.steer(code, token, number, "reveal", "eight", "It closes both.")
    assert rooms.told(code)["question"]["explanation"] == "It closes both."
    rooms.steer(code, token, number, "away")
    assert rooms.told(code)["question"] is None
    assert [each["votes"] for each in rooms.record(code, token)] == [[3, 2]]
    assert set(heard) == {code}


def test_who_is_no_lecturer_cannot_steer_and_nobody_reads_another(engine: Engine) -> None:
    rooms = Rooms(engine)
    code, token = rooms.open()
    other, theirs = rooms.open()
    key = rooms.join(code)
    number = rooms.ask(code, token, WHICH)
    for stranger in (theirs, key, "", "x" * 10_000):
        with pytest.raises(NotTaken, match="Only whoever opened"):
            rooms.steer(code, stranger, number, "close")
        with pytest.raises(NotTaken, match="Only whoever opened"):
            rooms.ask(code, stranger, WHICH)
        with pytest.raises(NotTaken, match="Only whoever opened"):
            rooms.record(code, stranger)
        with pytest.raises(NotTaken, match="Only whoever opened"):
            rooms.end(code, stranger)
    with pytest.raises(NotTaken, match="Another question"):
        rooms.steer(other, theirs, number, "close")
    with pytest.raises(NotTaken, match="does not know you"):
        rooms.vote(code, token, number, 0)
    with pytest.raises(NotTaken, match="does not know you"):
        rooms.vote(other, key, number, 0)


def test_the_database_knows_no_token_and_no_key(engine: Engine) -> None:
    rooms = Rooms(engine)
    code, token = rooms.open("203.0.113.7")
    key = rooms.join(code, "203.0.113.8")
    with engine.connect() as line:
        held = str([line.execute(table.select()).all() for table in META.sorted_tables])
    for secret in (token, key, "203.0.113.7", "203.0.113.8"):
        assert secret not in held


def test_a_room_goes_after_a_day_and_when_it_is_ended_with_all_votes(engine: Engine) -> None:
    clock = Clock()
    rooms = Rooms(engine, clock=clock)
    code, token = rooms.open()
    number = rooms.ask(code, token, WHICH)
    rooms.vote(code, rooms.join(code), number, 0)
    clock.now += limits.DAY + 1
    with pytest.raises(NotTaken, match="no room of these letters"):
        rooms.told(code)
    second, theirs = rooms.open()
    with engine.connect() as line:
        assert line.execute(select(VOTES)).all() == []
    rooms.end(second, theirs)
    with pytest.raises(NotTaken, match="no room of these letters"):
        rooms.join(second)


def test_a_room_takes_no_more_than_it_holds(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MEMBERS_HERE", 2)
    monkeypatch.setattr(limits, "QUESTIONS", 2)
    monkeypatch.setattr(limits, "ROOMS_HERE", 2)
    rooms = Rooms(engine)
    code, token = rooms.open("here")
    rooms.open("here")
    with pytest.raises(NotTaken, match="as many rooms"):
        rooms.open("here")
    rooms.open("there")
    for _ in range(2):
        rooms.name(code, rooms.join(code, "one"), "Mina")
    with pytest.raises(NotTaken, match="The room is full"):
        rooms.join(code, "one")
    key = rooms.join(code, "two")
    rooms.ask(code, token, MANY)
    number = rooms.ask(code, token, WHICH)
    with pytest.raises(NotTaken, match="holds 2 questions"):
        rooms.ask(code, token, MANY)
    for _ in range(limits.PACE[0]):
        rooms.vote(code, key, number, 0)
    with pytest.raises(NotTaken, match="faster than anybody"):
        rooms.vote(code, key, number, 0)


def test_whoever_rests_may_go_on() -> None:
    clock = Clock()
    paces = Paces((2, 5.0), limits.FAST, clock)
    paces.keep("a"), paces.keep("a"), paces.keep("b")
    with pytest.raises(NotTaken):
        paces.keep("a")
    clock.now += 5
    paces.keep("a")


def test_what_the_lecturer_shows_is_text_and_has_limits(engine: Engine) -> None:
    rooms = Rooms(engine)
    code, token = rooms.open()
    rooms.show(code, token, Shown.read({"page": "draw-a-digit", "link": "seed=4", "title": "<b>"}))
    assert rooms.told(code)["shown"]["title"] == "<b>"
    with pytest.raises(Refusal):
        Shown.read({"link": "x" * 10_000})


@pytest.mark.parametrize(
    "asked",
    [
        {"prompt": "Which?"},
        {"prompt": " ", "choices": ["a", "b"]},
        {"prompt": "Which?", "choices": ["a", " a"]},
        {"prompt": "Which?", "choices": ["a", ""]},
        {"prompt": "How many?", "kind": "number", "choices": ["a", "b"]},
        {"prompt": "Which?", "choices": ["a", "b"], "answer": "c"},
        {"prompt": "How many?", "kind": "number", "answer": "many"},
        {"prompt": "Which?", "choices": [str(i) for i in range(9)]},
        {"prompt": "x" * 401, "choices": ["a", "b"]},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        RoomQuestion.read(asked)


@pytest.mark.parametrize("given", [True, "1", 3, -1, None, 0.5, [], {}])
def test_a_vote_is_one_of_the_choices(given: object) -> None:
    with pytest.raises(Refusal, match="none of the choices"):
        WHICH.vote(given)


@pytest.mark.parametrize("given", [True, "", "many", "nan", "1e400", None, [1]])
def test_a_number_is_one(given: object) -> None:
    with pytest.raises(Refusal, match="is a number"):
        RoomQuestion("How many?", "number").vote(given)


def test_a_place_is_a_pixel_of_the_picture_and_right_where_it_is_near() -> None:
    picture = as_text(bytes(12))
    asked = {"prompt": "Where?", "kind": "place", "rows": 3, "columns": 4, "picture": picture}
    question = RoomQuestion.read(asked | {"answer": "6", "tolerance": 1})
    assert question.vote(11) == 11.0
    assert question.bars([6, 6, 3], [11]) == [["3", 1, 0], ["6", 2, 0], ["11", 0, 1]]
    assert question.right([6, 1, 11, 4, 8]) == 3
    for wrong in (12, -1, "6", True, None):
        with pytest.raises(Refusal, match="no place"):
            question.vote(wrong)
    for change in ({"rows": 4}, {"picture": ""}, {"choices": ["a", "b"]}, {"answer": "12"}):
        with pytest.raises(Refusal):
            RoomQuestion.read(asked | change)


def test_numbers_that_all_differ_are_drawn_in_few_bars() -> None:
    bars = RoomQuestion("How many?", "number").bars([float(i) for i in range(100)], [0.0])
    assert len(bars) == 12 and sum(bar[1] for bar in bars) == 100 and bars[0][2] == 1


def test_processes_hear_of_each_other(postgres: Postgres) -> None:
    heard: queue.Queue[tuple[str, bool]] = queue.Queue()
    here, there = database(postgres.url), database(postgres.url)
    mine = Rooms(here)
    listening = Listening(here, lambda *told: heard.put(told), mine.own)
    try:
        assert heard.get(timeout=PATIENCE) == ("", False)
        rooms = Rooms(there)
        code, token = rooms.open()
        number = rooms.ask(code, token, WHICH)
        assert heard.get(timeout=PATIENCE) == (code, False)
        key = mine.join(code)  # what was done here is known here
        rooms.vote(code, key, number, 1)
        assert heard.get(timeout=PATIENCE) == (code, True), "phones see no bars yet"
        rooms.steer(code, token, number, "bars")
        assert heard.get(timeout=PATIENCE) == (code, False)
        # the line breaks: it is taken up again, and everything may have changed
        broken = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        with there.begin() as line:
            line.execute(text(broken))
        assert heard.get(timeout=PATIENCE) == ("", False)
        until(lambda: Rooms(here).told(code)["question"] is not None)
    finally:
        listening.close()
        META.drop_all(here)
        here.dispose(), there.dispose()


def test_votes_that_come_together_are_stored_together(engine: Engine) -> None:
    """One that is refused keeps no other one out, and each hears its own reason."""
    heard: list[tuple[str, bool]] = []
    rooms = Rooms(engine, changed=lambda *told: heard.append(told))
    rooms_of = [rooms.open() for _ in range(2)]
    (code, token), (other, others) = rooms_of
    one, two, three = (rooms.join(code) for _ in range(3))
    stranger = rooms.join(other)
    number, many = rooms.ask(code, token, WHICH), rooms.ask(other, others, MANY)
    rooms.steer(other, others, many, "bars")
    heard.clear()
    outcomes = rooms.votes(
        [
            Ballot(code, one, number, 0),
            Ballot(code, two, number, "five"),
            Ballot(other, stranger, many, "2.5"),
            Ballot(code, stranger, number, 1),
            Ballot(code, three, many, 1),
            Ballot("AAAAAA", one, number, 1),
            Ballot(code, one, number, 2),
        ]
    )
    assert [o if isinstance(o, float) else str(o.rule) for o in outcomes] == [
        0.0, NOT_OFFERED, 2.5, limits.NOT_JOINED, limits.CLOSED, limits.NO_ROOM, 2.0
    ]  # fmt: skip
    assert rooms.told(code, lecturer=True)["question"]["bars"] == [
        ["three", 0], ["eight", 0], ["five", 1]
    ]  # fmt: skip
    assert sorted(heard) == sorted([(code, True), (other, False)])


def test_a_database_that_was_started_again_is_found_again(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose connection rested is tried before it is used: no lecturer sees the first press fail."""
    monkeypatch.setattr("core.room.tables.REST", 0.0)
    engine, other = database(postgres.url), database(postgres.url)
    try:
        rooms = Rooms(engine)
        code, token = rooms.open()
        gone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IS NOT NULL"
        with other.begin() as line:
            line.execute(text(f"{gone} AND pid <> pg_backend_pid()"))
        rooms.led(code, token)
    finally:
        META.drop_all(other)
        engine.dispose(), other.dispose()


VOTING = """
import json, sys
from core.room.record import pieces_csv, votes_csv
from core.room.rooms import Rooms
from core.room.tables import database
rooms = Rooms(database(sys.argv[1]))
code, number, keys = json.loads(sys.argv[2])
rooms._paces.keep = lambda who: None
for each in range(10**6):
    rooms.vote(code, keys[each % len(keys)], number, each // len(keys) % 3)
    print(each, flush=True)
"""


def test_every_acknowledged_vote_is_there_after_kill_9(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rooms.sqlite3'}"
    rooms = Rooms(database(url))
    code, token = rooms.open()
    keys = [rooms.join(code) for _ in range(20)]
    for last in (3, 17, 41):
        number = rooms.ask(code, token, WHICH)
        asked = json.dumps([code, number, keys])
        command = [sys.executable, "-c", VOTING, url, asked]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told = next(line for line in process.stdout if int(line) >= last)
            os.kill(process.pid, signal.SIGKILL)
            told = [told, *process.stdout][-1]
        expected = {each % 20: each // 20 % 3 for each in range(int(told) + 1)}
        for i, given in expected.items():
            vote = rooms.known(code, keys[i])["votes"]["1"]
            # one more may have been stored without anybody having been told
            assert vote in (given, (int(told) + 1) // 20 % 3)


def test_what_a_room_did_is_taken_away_without_who(engine: Engine) -> None:
    rooms = Rooms(engine)
    code, token = rooms.open()
    keys = [rooms.join(code) for _ in range(3)]
    number = rooms.ask(code, token, RoomQuestion("=How many?", "number", answer="2"))
    for key, given in zip(keys, (1, 2, 2), strict=True):
        rooms.vote(code, key, number, given)
    rooms.ask(code, token, WHICH)
    record = rooms.record(code, token)
    assert votes_csv(record).splitlines()[1:] == [
        "1,'=How many?,number,1,1,1,no",
        "1,'=How many?,number,1,2,2,yes",
    ]
    pieces = [{"id": 4, "kind": "hidden", "sent": {"text": "@_"}, "made": {}}]
    assert pieces_csv(pieces).splitlines()[1] == '4,hidden,"{""text"": ""@_""}",{}'


def test_several_places_may_be_right_and_words_are_places() -> None:
    ink = {"kind": "place", "rows": 4, "columns": 5, "picture": "A" * 27}
    spot = RoomQuestion.read({"prompt": "Which?", "answer": "0 1 5 6", **ink})
    assert spot.right([0, 6, 2, 19]) == 2 and spot.answered == "1, 1; 1, 2; 2, 1; 2, 2"
    near = RoomQuestion.read({"prompt": "Where?", "answer": "7", "tolerance": 1, **ink})
    assert near.right([1, 13, 14, 4]) == 2
    told = {"prompt": "Which?", "kind": "place", "rows": 1, "columns": 3}
    said = RoomQuestion.read({**told, "words": ["the", "cat", "sat"], "answer": "1"})
    assert said.right([1, 0]) == 1 and said.answered == "cat" and said.correct([0, 1]) == ["cat"]
    for wrong in (
        {"words": ["the", "cat"]},
        {"words": ["the", "cat", "sat"], "picture": "AAAA"},
        {"words": ["the", "cat", "sat"], "answer": "3"},
        {"words": ["the", "cat", "sat"], "answer": "1 cat"},
        {"words": ["the", "cat", "sat"], "columns": 0},
        {"words": ["a"] * 41, "columns": 40},
    ):
        with pytest.raises(Refusal):
            RoomQuestion.read(told | wrong)


def test_nobody_new_is_let_in_and_who_is_in_stays_and_comes_back(engine: Engine) -> None:
    rooms = Rooms(engine)
    code, token = rooms.open()
    key = rooms.join(code)
    number = rooms.ask(code, token, WHICH)
    rooms.show(code, token, Shown(shut=True))
    assert rooms.told(code)["shown"]["shut"]
    with pytest.raises(NotTaken, match="nobody new") as refused:
        rooms.join(code)
    assert refused.value.kind == "closed"
    assert rooms.vote(code, key, number, 1) == 1
    assert Rooms(engine).known(code, key)["votes"] == {"1": 1.0}, "after a restart as well"
    assert rooms.told(code, lecturer=True)["people"] == 1
    rooms.show(code, token, Shown())
    rooms.join(code)
    assert rooms.told(code, lecturer=True)["people"] == 2


def test_a_room_of_before_that_says_nothing_of_it_lets_people_in(engine: Engine) -> None:
    rooms = Rooms(engine)
    code, token = rooms.open()
    shown = {name: value for name, value in Shown().write().items() if name != "shut"}
    with engine.begin() as connection:
        connection.execute(update(ROOMS).values(shown=json.dumps(shown)))
    rooms.join(code)
    rooms.show(code, token, Shown.read(shown | {"shut": True}))
    with pytest.raises(NotTaken, match="nobody new"):
        rooms.join(code)
