"""Rooms: opened, joined, asked, answered. What was acknowledged is on the disk.

The lecturer's right is a token, a member's a key: long random texts that only their own browsers
have; the database has digests. All processes that share a PostgreSQL tell each other which room has
changed; within a process `changed` is called.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from core.room import limits
from core.room.ballot import Ballot
from core.room.code import new_code
from core.room.limits import NotTaken, Paces
from core.room.names import cleaned
from core.room.question import RoomQuestion
from core.room.shown import Shown
from core.room.tables import MEMBERS, NAMES, OUT, PIECES, QUESTIONS, ROOMS, VOTES
from core.schema import Refusal

_log = logging.getLogger("forward_pass")

CHANNEL = "forward_pass_room"
VERBS = ("close", "again", "bars", "cover", "reveal", "away")

NOBODY: dict[str, Any] = {"people": 0, "names": [], "pieces": {}}
"""What those in a room hear of one another."""

Changed = Callable[[str, bool], None]
"""Is told the code of a room that has changed ("": any), and whether its lecturer alone sees it."""


class Rooms:
    """All rooms of a database.

    Args:
        engine: the database.
        clock: seconds since 1970; a test has its own.
        changed: hears of each change that was stored here.

    Attributes:
        own: the name under which other processes hear of these changes.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], float] = time.time,
        changed: Changed = lambda code, lecturers: None,
    ) -> None:
        """Take up what the database holds."""
        self.own = secrets.token_hex(4)
        self._engine = engine
        self._clock = clock
        self._changed = changed
        self._paces = Paces(limits.PACE, limits.FAST)
        self._joins = Paces(limits.JOINS, limits.MANY)
        self._shares = engine.dialect.name == "postgresql"
        # a reading has no transaction: it would take two more trips, and protect nothing
        alone = {"isolation_level": "AUTOCOMMIT"} if self._shares else {}
        self._readers = engine.execution_options(**alone)

    # -- the lecturer -----------------------------------------------------------------------------

    def open(self, client: str = "") -> tuple[str, str]:
        """Open a room; its code, and the token of whoever may lead it.

        Raises:
            NotTaken: there are too many.
        """
        token, salt = secrets.token_urlsafe(32), secrets.token_hex(16)
        here = _digest(client)
        with self._writing() as database:
            self._tidy(database)
            count = select(func.count()).select_from(ROOMS)
            for most, within in (
                (limits.ROOMS_HERE, ROOMS.c.client == here),
                (limits.ROOMS, true()),
            ):
                if (database.scalar(count.where(within)) or 0) >= most:
                    self._let_go(database, within)
            code = new_code()
            while database.scalar(count.where(ROOMS.c.code == code)):
                code = new_code()
            database.execute(
                insert(ROOMS).values(
                    code=code,
                    token=_digest(token),
                    client=here,
                    salt=salt,
                    opened=self._clock(),
                    shown=json.dumps(Shown().write()),
                    question=0,
                )
            )
        return code, token

    def led(self, code: str, token: str) -> None:
        """Hold a token to its room.

        Raises:
            NotTaken: it is not the room's, or there is no such room.
        """
        with self._reading() as database:
            self._led(database, code, token)

    def ask(self, code: str, token: str, question: RoomQuestion) -> int:
        """Ask the room; the question's number.

        Asked again while it is on and open it is the same question: an answer may have been lost.

        Raises:
            NotTaken: it has been asked enough, or it is not the asker's.
        """
        with self._writing() as database:
            room = self._led(database, code, token)
            mine = QUESTIONS.c.room == code
            on, asked = self._question(database, code, room.question), json.dumps(question.write())
            if on is not None and on.open and on.round == 1 and on.asked == asked:
                return int(on.id)
            many = database.scalar(select(func.count()).select_from(QUESTIONS).where(mine)) or 0
            if many >= limits.QUESTIONS:
                raise NotTaken("full", limits.ASKED_ENOUGH, most=limits.QUESTIONS)
            database.execute(update(QUESTIONS).where(mine).values(open=False))
            row = database.execute(
                insert(QUESTIONS)
                .values(
                    room=code,
                    asked=asked,
                    round=1,
                    open=True,
                    shown=not question.hidden,
                    revealed=False,
                )
                .returning(QUESTIONS.c.id)
            ).one()
            number: int = row.id
            database.execute(update(ROOMS).where(ROOMS.c.code == code).values(question=number))
            self._tell(database, code)
        self._changed(code, False)
        return number

    def steer(
        self,
        code: str,
        token: str,
        number: int,
        verb: str,
        answer: str = "",
        why: str = "",
        wordings: object = None,
    ) -> None:
        """Do something with the question that is on; done twice it is as done once.

        Args:
            code: the room.
            token: the lecturer's.
            number: the question.
            verb: "close" the vote (and show its bars), vote "again", show the "bars" or "cover"
                them, "reveal" the answer, or take it "away".
            answer: to reveal, what the running model says now.
            why: and its explanation.
            wordings: the question in other languages, with that explanation.

        Raises:
            NotTaken: it is not on, or nothing of that name can be done with it.
            Refusal: the answer is none to this question.
        """
        if verb not in VERBS:
            raise NotTaken("unknown", limits.NO_STEP)
        with self._writing() as database:
            room = self._led(database, code, token)
            row = self._question(database, code, number)
            if row is None or room.question != number:
                raise NotTaken("closed", limits.NOT_ON)
            values: dict[str, Any] = {}
            match verb:
                case "close":
                    values = {"open": False, "shown": True}
                case "again":
                    values = {"open": True, "shown": False, "round": 2, "revealed": False}
                case "bars" | "cover":
                    values = {"shown": verb == "bars"}
                case "reveal":
                    asked = json.loads(row.asked)
                    if answer:
                        asked |= {"answer": answer, "explanation": why}
                    if wordings:
                        asked |= {"wordings": wordings}
                    asked = RoomQuestion.read(asked).write()
                    values = {"open": False, "shown": True, "revealed": bool(asked["answer"])}
                    values["asked"] = json.dumps(asked)
                case _:
                    values = {"open": False}
                    gone = update(ROOMS).where(ROOMS.c.code == code)
                    database.execute(gone.values(question=0))
            database.execute(update(QUESTIONS).where(QUESTIONS.c.id == number).values(**values))
            self._tell(database, code)
        self._changed(code, False)

    def show(self, code: str, token: str, shown: Shown) -> None:
        """Say what the lecturer has on the screen."""
        with self._writing() as database:
            self._led(database, code, token)
            content = json.dumps(shown.write())
            database.execute(update(ROOMS).where(ROOMS.c.code == code).values(shown=content))
            self._tell(database, code)
        self._changed(code, False)

    def end(self, code: str, token: str) -> None:
        """Delete the room with everything in it."""
        with self._writing() as database:
            self._led(database, code, token)
            database.execute(delete(ROOMS).where(ROOMS.c.code == code))
            self._tell(database, code)
        self._changed(code, False)

    # -- the room ---------------------------------------------------------------------------------

    def join(self, code: str, client: str = "") -> str:
        """Join a room; the key by which it knows the member again.

        Raises:
            NotTaken: there is no such room, it is full, or nobody new is let in.
        """
        self._joins.keep(code)
        key = secrets.token_urlsafe(24)
        with self._writing() as database:
            room = self._room(database, code)
            if json.loads(room.shown).get("shut"):  # rooms of an older version say nothing of it
                raise NotTaken("closed", limits.SHUT)
            here = _digest(room.salt + client)
            count = select(func.count()).select_from(MEMBERS).where(MEMBERS.c.room == code)
            for most, within in (
                (limits.MEMBERS_HERE, MEMBERS.c.client == here),
                (limits.MEMBERS, true()),
            ):
                if (database.scalar(count.where(within)) or 0) >= most:
                    self._make_room(database, code, within, most)
            row = {"key": _digest(key), "client": here, "joined": self._clock()}
            database.execute(insert(MEMBERS).values(room=code, **row))
            self._tell(database, code, lecturers=True)
        self._changed(code, True)
        return key

    def vote(self, code: str, key: str, number: int, given: Any) -> float:
        """Take a member's vote, in the place of an earlier one; what was stored.

        Raises:
            NotTaken: the vote is closed, or the room does not know the member.
            Refusal: it answers another question.
        """
        (outcome,) = self.votes([Ballot(code, key, number, given)])
        if isinstance(outcome, Refusal):
            raise outcome
        return outcome

    def votes(self, ballots: Sequence[Ballot]) -> list[float | Refusal]:
        """Take votes that came together in one transaction; what was stored of each, or why not."""
        outcomes: list[float | Refusal] = []
        values: dict[tuple[int, int, int], float] = {}
        seen: dict[str, bool] = {}
        with self._writing() as database:
            members = self._those_of(database, ballots)
            questions = self._asked_of(database, ballots)
            for each in ballots:
                try:
                    member = members.get((each.code, _digest(each.key)))
                    if member is None:
                        member = self._member(database, each.code, each.key)
                    self._paces.keep(member)
                    row = questions.get((each.code, each.number))
                    if row is None or not row.open:
                        raise NotTaken("closed", limits.CLOSED)
                    value = _read(row.asked).vote(each.given)
                except Refusal as error:
                    outcomes.append(error)
                    continue
                outcomes.append(value)
                values[row.id, row.round, member] = value
                seen[each.code] = row.shown
            if values:
                kind = postgresql.insert if self._shares else sqlite.insert
                put = kind(VOTES)
                place = ["question", "round", "member"]
                put = put.on_conflict_do_update(
                    index_elements=place, set_={"value": put.excluded.value}
                )
                # in order: two processes that store the same places do not wait for each other
                rows = [
                    dict(zip(place, at, strict=True), value=values[at]) for at in sorted(values)
                ]
                database.execute(put, rows)
            for code, shown in seen.items():
                self._tell(database, code, lecturers=not shown)
        for code, shown in seen.items():
            self._changed(code, not shown)
        return outcomes

    def name(self, code: str, key: str, name: object) -> str:
        """Give a member a nickname, or take it away; as it is shown.

        Raises:
            NotTaken: the room does not know the member.
            Refusal: it is too long, or not to be shown.
        """
        given = cleaned(name)
        with self._writing() as database:
            member = self._member(database, code, key)
            self._paces.keep(member)
            database.execute(delete(NAMES).where(NAMES.c.member == member))
            if given:
                database.execute(insert(NAMES).values(member=member, room=code, name=given))
            self._tell(database, code, lecturers=True)
        self._changed(code, True)
        return given

    def known(self, code: str, key: str) -> dict[str, Any]:
        """What a member has said so far: the votes about the question that is on, and the name.

        Raises:
            NotTaken: the room does not know the member.
        """
        with self._reading() as database:
            member = self._member(database, code, key)
            number = self._room(database, code).question
            found = database.execute(
                select(VOTES.c.round, VOTES.c.value).where(
                    VOTES.c.member == member, VOTES.c.question == number
                )
            )
            votes = {str(row.round): row.value for row in found}
            name = database.scalar(select(NAMES.c.name).where(NAMES.c.member == member))
        return {"question": number, "votes": votes, "name": name or ""}

    def told(self, code: str, lecturer: bool = False) -> dict[str, Any]:
        """What everybody in the room may know now; for the lecturer bars and counts as well.

        To the phones nothing changes while a vote goes on: three hundred are not told of each vote.

        Raises:
            NotTaken: there is no such room.
        """
        with self._reading() as database:
            room = self._room(database, code)
            row = self._question(database, code, room.question) if room.question else None
            told = {
                "code": code,
                "until": room.opened + limits.DAY,
                "shown": json.loads(room.shown),
                "question": None if row is None else self._told(database, row, lecturer),
            }
            return told | (self._counted(database, code) if lecturer else NOBODY)

    def record(self, code: str, token: str) -> list[dict[str, Any]]:
        """Everything that was asked and answered, in order, without who.

        Beside what is told of each while it is on: "counts", how often each answer was given in
        each vote, and which of them are "correct".

        Raises:
            NotTaken: it is not the asker's.
        """
        with self._reading() as database:
            self._led(database, code, token)
            rows = database.execute(
                select(QUESTIONS).where(QUESTIONS.c.room == code).order_by(QUESTIONS.c.id)
            ).all()
            return [self._recorded(database, row) for row in rows]

    # -- within -----------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction: all of it is on the disk at the end, or nothing."""
        try:
            with self._engine.begin() as database:
                yield database
        except SQLAlchemyError as error:
            _log.exception("The database of the rooms did not take something.")
            raise NotTaken("away", limits.AWAY) from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._readers.connect() as database:
                yield database
        except SQLAlchemyError as error:
            _log.exception("The database of the rooms did not answer.")
            raise NotTaken("away", limits.AWAY) from error

    def _recorded(self, database: Connection, row: Row[Any]) -> dict[str, Any]:
        asked, rounds = _read(row.asked), self._rounds(database, row)
        return self._told(database, row, lecturer=True) | {
            "answer": asked.answered,
            "explanation": asked.explanation,
            "counts": [asked.counts(votes) for votes in rounds],
            "correct": asked.correct([vote for votes in rounds for vote in votes]),
        }

    def _rounds(self, database: Connection, row: Row[Any]) -> list[list[float]]:
        """The votes about a question, round by round."""
        rounds: list[list[float]] = [[] for _ in range(row.round)]
        here = (VOTES.c.question == row.id, VOTES.c.round <= row.round)  # one may just have begun
        for vote in database.execute(
            select(VOTES.c.round, VOTES.c.value, func.count().label("many"))
            .where(*here)
            .group_by(VOTES.c.round, VOTES.c.value)
            .order_by(VOTES.c.value)
        ):
            rounds[vote.round - 1] += [vote.value] * vote.many
        return rounds

    def _told(self, database: Connection, row: Row[Any], lecturer: bool) -> dict[str, Any]:
        asked = _read(row.asked)
        sees = lecturer or row.shown or row.revealed
        rounds = self._rounds(database, row) if sees else []
        return {
            "id": row.id,
            "name": asked.name if lecturer else "",
            "prompt": asked.prompt,
            "kind": asked.kind,
            "choices": list(asked.choices),
            "rows": asked.rows,
            "columns": asked.columns,
            "picture": asked.picture,
            "words": list(asked.words),
            "tolerance": asked.tolerance,
            "round": row.round,
            "open": row.open,
            "shown": row.shown,
            "revealed": row.revealed,
            "votes": [len(votes) for votes in rounds],
            "bars": asked.bars(*rounds) if sees else [],
            "answer": asked.answer if row.revealed else "",
            "right": [asked.right(votes) for votes in rounds] if row.revealed else [],
            "explanation": asked.explanation if row.revealed else "",
            "wordings": [
                each.write() if row.revealed else each.write() | {"explanation": ""}
                for each in asked.wordings
            ],
        }

    def _room(self, database: Connection, code: str) -> Row[Any]:
        row = database.execute(select(ROOMS).where(ROOMS.c.code == code)).one_or_none()
        if row is None or self._clock() - row.opened > limits.DAY:
            raise NotTaken("unknown", limits.NO_ROOM)
        return row

    def _led(self, database: Connection, code: str, token: str) -> Row[Any]:
        room = self._room(database, code)
        if not secrets.compare_digest(room.token, _digest(token)):
            raise NotTaken("denied", limits.NOT_LECTURER)
        return room

    def _member(self, database: Connection, code: str, key: str) -> int:
        self._room(database, code)
        row = database.execute(
            select(MEMBERS).where(MEMBERS.c.room == code, MEMBERS.c.key == _digest(key))
        ).one_or_none()
        if row is None:
            raise NotTaken("denied", limits.NOT_JOINED)
        number: int = row.id
        return number

    def _those_of(
        self, database: Connection, ballots: Sequence[Ballot]
    ) -> dict[tuple[str, str], int]:
        """Of each ballot whose member the room knows: the member, by room and digest of the key."""
        keys = {_digest(each.key) for each in ballots}
        wanted = (
            select(MEMBERS.c.id, MEMBERS.c.room, MEMBERS.c.key)
            .join(ROOMS)
            .where(MEMBERS.c.key.in_(keys), ROOMS.c.opened >= self._clock() - limits.DAY)
            .with_for_update(read=True, key_share=True, of=MEMBERS)  # they stay until it is stored
        )
        return {(row.room, row.key): row.id for row in database.execute(wanted)}

    def _asked_of(
        self, database: Connection, ballots: Sequence[Ballot]
    ) -> dict[tuple[str, int], Row[Any]]:
        """The questions of ballots; another process closes them only after these votes."""
        numbers = sorted({each.number for each in ballots})
        wanted = select(QUESTIONS).where(QUESTIONS.c.id.in_(numbers)).order_by(QUESTIONS.c.id)
        rows = database.execute(wanted.with_for_update(read=True))
        return {(row.room, row.id): row for row in rows}

    def _question(self, database: Connection, code: str, number: int) -> Row[Any] | None:
        wanted = select(QUESTIONS).where(QUESTIONS.c.room == code, QUESTIONS.c.id == number)
        return database.execute(wanted).one_or_none()

    def _counted(self, database: Connection, code: str) -> dict[str, Any]:
        """How many are there, who gave a name, how much hangs on each wall."""
        people = select(func.count()).select_from(MEMBERS).where(MEMBERS.c.room == code)
        named = select(NAMES.c.name).where(NAMES.c.room == code).order_by(NAMES.c.member)
        hung = select(PIECES.c.kind, func.count().label("many")).where(PIECES.c.room == code)
        return {
            "people": database.scalar(people) or 0,
            "names": list(database.scalars(named)),
            "pieces": {row.kind: row.many for row in database.execute(hung.group_by("kind"))},
        }

    def _tell(self, database: Connection, code: str, lecturers: bool = False) -> None:
        """Tell the other processes, once this is committed."""
        if self._shares:
            note = f"{self.own} {code}{' lecturer' if lecturers else ''}"
            database.execute(text("SELECT pg_notify(:c, :m)"), {"c": CHANNEL, "m": note})

    def _let_go(self, database: Connection, within: ColumnElement[bool]) -> None:
        """Delete the oldest room that nobody has joined, or one whose lesson is long over.

        Raises:
            NotTaken: there is none.
        """
        joined = select(MEMBERS.c.id).where(MEMBERS.c.room == ROOMS.c.code).exists()
        now = self._clock()
        over = or_(
            and_(ROOMS.c.opened < now - limits.SPARE, ~joined),
            ROOMS.c.opened < now - limits.LESSON,
        )
        spare = select(ROOMS.c.code).where(within, over).order_by(joined, ROOMS.c.opened)
        code = database.scalar(spare.limit(1))
        if code is None:
            raise NotTaken("full", limits.MANY_ROOMS)
        database.execute(delete(ROOMS).where(ROOMS.c.code == code))

    def _make_room(
        self, database: Connection, code: str, within: ColumnElement[bool], most: int
    ) -> None:
        """Forget who joined longest ago and has said nothing.

        Raises:
            NotTaken: everybody has.
        """
        said = [
            select(table.c.member).where(table.c.member == MEMBERS.c.id).exists()
            for table in (VOTES, PIECES, NAMES, OUT)
        ]
        here = (MEMBERS.c.room == code, within)
        silent = select(MEMBERS.c.id).where(*here, ~or_(*said)).order_by(MEMBERS.c.id).limit(1)
        member = database.scalar(silent)
        if member is None:
            raise NotTaken("full", limits.FULL, most=most)
        database.execute(delete(MEMBERS).where(MEMBERS.c.id == member))

    def _tidy(self, database: Connection) -> None:
        old = ROOMS.c.opened < self._clock() - limits.DAY
        database.execute(delete(ROOMS).where(old))


@lru_cache(256)
def _read(asked: str) -> RoomQuestion:
    """A question as it was stored."""
    return RoomQuestion.read(json.loads(asked))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
