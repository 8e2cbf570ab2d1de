"""A PostgreSQL of the tests' own, on loopback, in a folder that goes with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.patience import until
from tests.served import HOST, free_port

USER = "postgres"


class Postgres:
    """A server with one empty database.

    Args:
        durable: whether what is committed is on the disk, as it is by PostgreSQL's own settings.
    """

    def __init__(self, durable: bool = False) -> None:
        """Make its files."""
        self._fsync = "on" if durable else "off"
        pytest.importorskip("psycopg", reason="requirements-postgres.txt is not installed")
        self._programs = _programs()
        self._folder = tempfile.TemporaryDirectory(prefix="postgres-")
        self.port = free_port()
        self.url = f"postgresql://{USER}@{HOST}:{self.port}/postgres"
        self._as: dict[str, Any] = {"cwd": self._folder.name}
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            shutil.chown(self._folder.name, USER)
            self._as["user"] = USER
        self._run("initdb", "-D", "data", "-U", USER, "-A", "trust", "-N")
        self._process: subprocess.Popen[bytes] | None = None

    def _run(self, name: str, *arguments: str) -> None:
        command = [str(self._programs / name), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self._as)
        assert done.returncode == 0, done.stderr

    def __enter__(self) -> Postgres:
        """Start it, and wait until it answers."""
        options = ["-p", str(self.port), "-h", HOST, "-k", "", "-c", f"fsync={self._fsync}"]
        self._process = subprocess.Popen(
            [str(self._programs / "postgres"), "-D", "data", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._as,
        )
        ready = [str(self._programs / "pg_isready"), "-h", HOST, "-p", str(self.port)]
        until(lambda: subprocess.run(ready, capture_output=True, check=False).returncode == 0)
        return self

    def __exit__(self, *error: object) -> None:
        """Stop it at once."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()


def _programs() -> Path:
    """Where Debian and others put them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    path = Path(shutil.which("initdb") or "")
    if not found and not path.name:
        pytest.skip("There is no PostgreSQL (on Debian: apt install postgresql).")
    return found[-1].parent if found else path.resolve().parent
