"""Hears from other processes which rooms have changed, through PostgreSQL's LISTEN."""

from __future__ import annotations

import logging
import threading

from sqlalchemy import Engine

from core.room.rooms import CHANNEL, Changed

_log = logging.getLogger("forward_pass")
OFTEN = 1.0
"""Seconds after which it looks whether it is still wanted, and after which it tries again."""


class Listening:
    """A thread that hears of each room that was changed by another process.

    With SQLite there is one process, and nothing to hear.

    Args:
        engine: the database.
        changed: is told.
        own: the name of this process's `Rooms`, whose changes are known already.
    """

    def __init__(self, engine: Engine, changed: Changed, own: str = "") -> None:
        """Begin to listen."""
        self._engine, self._changed, self._own = engine, changed, own
        self._over = threading.Event()
        if engine.dialect.name == "postgresql":
            threading.Thread(target=self._run, name="rooms", daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._listen()
            except Exception as error:  # the driver's own, or SQLAlchemy's: it is tried again
                _log.warning("Rooms: %s", error)
                self._over.wait(OFTEN)

    def _listen(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
            line.exec_driver_sql(f"LISTEN {CHANNEL}")
            self._changed("", False)  # whatever happened while nobody listened
            driver = line.connection.driver_connection
            while driver is not None and not self._over.is_set():
                for note in driver.notifies(timeout=OFTEN):
                    own, code, *lecturers = note.payload.split(" ")
                    if own != self._own:
                        self._changed(code, bool(lecturers))
            line.detach()
