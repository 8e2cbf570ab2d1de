"""Where rooms are kept: tables that SQLite and PostgreSQL have alike.

Nothing about a person is in them but a nickname, where one was given: a member is a digest of a key
that the member's own browser has.
What belongs to a room goes with it.
"""

from __future__ import annotations

import math
import os
import time
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import InvalidatePoolError

from core.room.limits import VARIABLE

FILE = Path(__file__).resolve().parents[2] / "data" / "rooms.sqlite3"
META = MetaData()
REST = 1.0
"""Seconds after which a connection that was not used is tried before it is."""


def _of_room(**options: Any) -> Column[str]:
    place = ForeignKey("rooms.code", ondelete="CASCADE")
    return Column("room", String(6), place, nullable=False, **options)


ROOMS = Table(
    "rooms",
    META,
    Column("code", String(6), primary_key=True),
    Column("token", String(64), nullable=False),  # a digest of the lecturer's
    Column("client", String(64), nullable=False),  # of the lecturer's network address
    Column("salt", String(32), nullable=False),
    Column("opened", Float, nullable=False),
    Column("shown", Text, nullable=False),  # what the lecturer shows, as JSON
    Column("question", Integer, nullable=False),  # the one that is on; 0: none
)
MEMBERS = Table(
    "members",
    META,
    Column("id", Integer, primary_key=True),
    _of_room(index=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("client", String(64), nullable=False),
    Column("joined", Float, nullable=False),
)
QUESTIONS = Table(
    "questions",
    META,
    Column("id", Integer, primary_key=True),
    _of_room(index=True),
    Column("asked", Text, nullable=False),  # as JSON
    Column("round", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("shown", Boolean, nullable=False),  # whether the room sees the bars
    Column("revealed", Boolean, nullable=False),
)
VOTES = Table(
    "votes",
    META,
    Column("question", ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("member", ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    Column("value", Float, nullable=False),
)
PIECES = Table(
    "pieces",
    META,
    Column("id", Integer, primary_key=True),
    _of_room(index=True),
    Column("member", ForeignKey("members.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("sent", Text, nullable=False),  # as JSON
    Column("made", Text, nullable=False),  # what the network made of it, as JSON
    sqlite_autoincrement=True,  # a number that was taken out does not come again
)
NAMES = Table(
    "names",
    META,
    Column("member", ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    _of_room(index=True),
    Column("name", String(24), nullable=False),
)
"""The nicknames of those who gave one; no vote stands beside them."""
OUT = Table(
    "out",
    META,
    Column("member", ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    _of_room(),
)
"""Members from whom nothing more is taken for the wall."""
Index("votes_of_member", VOTES.c.member)


def database(url: str = "") -> Engine:
    """The database that an address names; without one the environment's, else a file of our own.

    Raises:
        ValueError: the address is of no database that rooms are kept in.
        OSError: the file's folder cannot be made.
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    url = url or os.environ.get(VARIABLE, "").strip() or f"sqlite:///{FILE}"
    parts = make_url(url)
    if parts.drivername in ("postgresql", "postgres"):
        parts = parts.set(drivername="postgresql+psycopg")
    kind = parts.get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise ValueError(f"{VARIABLE} names PostgreSQL or SQLite, not {kind}.")
    if kind == "sqlite":
        if parts.database:
            Path(parts.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parts, connect_args={"timeout": 15})
        event.listen(engine, "connect", _durable)
    else:
        engine = create_engine(parts)
        event.listen(engine, "checkin", _rests)
        event.listen(engine, "checkout", _still_there)
    META.create_all(engine)
    return engine


def _rests(connection: Any, record: Any) -> None:
    record.info["since"] = time.monotonic()


def _still_there(connection: Any, record: Any, proxy: Any) -> None:
    """A line that rested for long may lead to a database that was started again meanwhile.

    SQLAlchemy's own check asks each time: a trip more for each of three hundred votes.
    """
    if time.monotonic() - record.info.get("since", math.inf) < REST:
        return
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT 1")
        connection.rollback()
    except Exception as error:  # the driver's own, whatever went wrong
        raise InvalidatePoolError from error
    finally:
        cursor.close()


def _durable(connection: Any, record: Any) -> None:
    """What is committed is on the disk, and readers do not wait for writers."""
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")
