"""Rooms whose people draw: the wall of digits, each with what the network makes of it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, func, insert, select

from core.room import limits
from core.room.drawings import Judged, score
from core.room.limits import NotTaken
from core.room.rooms import Rooms
from core.room.tables import DRAWINGS, MEMBERS, OUT


class Walls(Rooms):
    """All rooms of a database, with their walls."""

    def draw(self, code: str, key: str, judged: Judged) -> int:
        """Put a drawing on the wall; how many the member has sent.

        Raises:
            NotTaken: no drawings are taken, or not from this member, or no more.
        """
        self._paces.keep(key)
        count = select(func.count()).select_from(DRAWINGS).where(DRAWINGS.c.room == code)
        with self._writing() as database:
            member = self._member(database, code, key)
            if not json.loads(self._room(database, code).shown).get("drawing"):
                raise NotTaken("closed", limits.NOT_DRAWING)
            if database.execute(select(OUT).where(OUT.c.member == member)).first():
                raise NotTaken("denied", limits.OUT)
            mine = database.scalar(count.where(DRAWINGS.c.member == member)) or 0
            if mine >= limits.EACH:
                raise NotTaken("full", limits.DRAWN, most=limits.EACH)
            client = select(MEMBERS.c.client).where(MEMBERS.c.id == member).scalar_subquery()
            beside = select(MEMBERS.c.id).where(MEMBERS.c.client == client)
            here = database.scalar(count.where(DRAWINGS.c.member.in_(beside))) or 0
            if here >= limits.DRAWINGS_HERE or (database.scalar(count) or 0) >= limits.DRAWINGS:
                raise NotTaken("full", limits.WALL_FULL, most=limits.DRAWINGS)
            database.execute(insert(DRAWINGS).values(room=code, member=member, **vars(judged)))
            self._tell(database, code)
        self._changed(code)
        return mine + 1

    def told(self, code: str, lecturer: bool = False) -> dict[str, Any]:
        """What everybody in the room may know now, with how many drawings there are."""
        with self._reading() as database:
            count = select(func.count()).select_from(DRAWINGS).where(DRAWINGS.c.room == code)
            drawings: int = database.scalar(count) or 0
        return super().told(code, lecturer) | {"drawings": drawings}

    def wall(self, code: str, token: str, after: int = 0) -> dict[str, Any]:
        """The lecturer's wall: all numbers, the drawings after one, and how good the network is.

        Raises:
            NotTaken: it is not the asker's.
        """
        with self._reading() as database:
            self._led(database, code, token)
            here = DRAWINGS.c.room == code
            pairs = database.execute(
                select(DRAWINGS.c.id, DRAWINGS.c.label, DRAWINGS.c.digit)
                .where(here)
                .order_by(DRAWINGS.c.id)
            ).all()
            new = database.execute(
                select(DRAWINGS).where(here, DRAWINGS.c.id > after).order_by(DRAWINGS.c.id)
            ).all()
        fields = ("id", "label", "digit", "share", "image")
        return {
            "ids": [row.id for row in pairs],
            "new": [{name: getattr(row, name) for name in fields} for row in new],
            "score": score([(row.label, row.digit) for row in pairs]),
        }

    def take_out(self, code: str, token: str, number: int, all_of_sender: bool = False) -> None:
        """Take a drawing out; or all of whoever sent it, from whom no more is taken then."""
        with self._writing() as database:
            self._led(database, code, token)
            here = DRAWINGS.c.room == code
            one = select(DRAWINGS.c.member).where(here, DRAWINGS.c.id == number)
            member = database.scalar(one)
            if member is None:
                return
            which = DRAWINGS.c.member == member if all_of_sender else DRAWINGS.c.id == number
            database.execute(delete(DRAWINGS).where(here, which))
            if all_of_sender:
                database.execute(insert(OUT).values(member=member, room=code))
            self._tell(database, code)
        self._changed(code)

    def clear(self, code: str, token: str) -> None:
        """Take all drawings out."""
        with self._writing() as database:
            self._led(database, code, token)
            database.execute(delete(DRAWINGS).where(DRAWINGS.c.room == code))
            self._tell(database, code)
        self._changed(code)
