"""The wall of a room: what its people send, each piece with what the network makes of it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from core.room import limits
from core.room.limits import NotTaken
from core.room.pieces import Piece
from core.room.rooms import Rooms
from core.room.score import score
from core.room.tables import MEMBERS, OUT, PIECES


class Walls(Rooms):
    """All rooms of a database, with their walls."""

    def expect(self, code: str, key: str, kind: str) -> None:
        """Hear that a member sends a piece: what is not taken is not judged, which costs more.

        Raises:
            NotTaken: none of its kind is taken, or nothing from this member, or no more; or it
                comes too soon after the others.
        """
        with self._reading() as database:
            member = self._member(database, code, key)
            self._paces.keep(member)
            self._place(database, code, member, kind)

    def send(self, code: str, key: str, piece: Piece) -> int:
        """Put a piece on the wall; how many the member has sent.

        Raises:
            NotTaken: none of its kind is taken, or nothing from this member, or no more.
        """
        with self._writing() as database:
            member = self._member(database, code, key)
            mine = self._place(database, code, member, piece.kind)
            values = {name: json.dumps(getattr(piece, name)) for name in ("sent", "made")}
            database.execute(
                insert(PIECES).values(room=code, member=member, kind=piece.kind, **values)
            )
            self._tell(database, code, lecturers=True)
        self._changed(code, True)
        return mine + 1

    def _place(self, database: Connection, code: str, member: int, kind: str) -> int:
        """Whether there is a place for a member's piece; how many the member has sent."""
        count = select(func.count()).select_from(PIECES).where(PIECES.c.room == code)
        if json.loads(self._room(database, code).shown).get("taking") != kind:
            raise NotTaken("closed", limits.NOT_TAKING)
        if database.execute(select(OUT).where(OUT.c.member == member)).first():
            raise NotTaken("denied", limits.OUT)
        mine = database.scalar(count.where(PIECES.c.member == member)) or 0
        if mine >= limits.EACH:
            raise NotTaken("full", limits.SENT, most=limits.EACH)
        client = select(MEMBERS.c.client).where(MEMBERS.c.id == member).scalar_subquery()
        beside = select(MEMBERS.c.id).where(MEMBERS.c.client == client)
        here = database.scalar(count.where(PIECES.c.member.in_(beside))) or 0
        if here >= limits.PIECES_HERE or (database.scalar(count) or 0) >= limits.PIECES:
            raise NotTaken("full", limits.WALL_FULL, most=limits.PIECES)
        return mine

    def wall(self, code: str, token: str, kind: str, after: int = 0) -> dict[str, Any]:
        """The lecturer's wall of a kind: all numbers, and the pieces after one.

        Of digits also how good the network is on all of them.

        Raises:
            NotTaken: it is not the asker's.
        """
        with self._reading() as database:
            self._led(database, code, token)
            here = (PIECES.c.room == code, PIECES.c.kind == kind)
            rows = database.execute(
                select(PIECES.c.id, PIECES.c.made).where(*here).order_by(PIECES.c.id)
            ).all()
            new = database.execute(
                select(PIECES).where(*here, PIECES.c.id > after).order_by(PIECES.c.id)
            ).all()
        told: dict[str, Any] = {
            "ids": [row.id for row in rows],
            "new": [
                {"id": row.id, "sent": json.loads(row.sent), "made": json.loads(row.made)}
                for row in new
            ],
            "score": None,
        }
        if kind == "digit":
            verdicts = [json.loads(row.made) for row in rows]
            told["score"] = score([(each["label"], each["digit"]) for each in verdicts])
        return told

    def pieces(self, code: str, token: str) -> list[dict[str, Any]]:
        """All that hangs on the walls, in the order in which it came.

        Raises:
            NotTaken: it is not the asker's.
        """
        with self._reading() as database:
            self._led(database, code, token)
            rows = database.execute(
                select(PIECES).where(PIECES.c.room == code).order_by(PIECES.c.id)
            ).all()
        return [
            {
                "id": row.id,
                "kind": row.kind,
                "sent": json.loads(row.sent),
                "made": json.loads(row.made),
            }
            for row in rows
        ]

    def take_out(self, code: str, token: str, number: int, all_of_sender: bool = False) -> None:
        """Take a piece out; or all of whoever sent it, from whom nothing more is taken then."""
        with self._writing() as database:
            self._led(database, code, token)
            here = PIECES.c.room == code
            one = select(PIECES.c.member).where(here, PIECES.c.id == number)
            member = database.scalar(one)
            if member is None:
                return
            which = PIECES.c.member == member if all_of_sender else PIECES.c.id == number
            database.execute(delete(PIECES).where(here, which))
            if all_of_sender:
                database.execute(insert(OUT).values(member=member, room=code))
            self._tell(database, code, lecturers=True)
        self._changed(code, True)

    def clear(self, code: str, token: str, kind: str) -> None:
        """Take all pieces of a kind out."""
        with self._writing() as database:
            self._led(database, code, token)
            here = (PIECES.c.room == code, PIECES.c.kind == kind)
            database.execute(delete(PIECES).where(*here))
            self._tell(database, code, lecturers=True)
        self._changed(code, True)
