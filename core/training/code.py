"""Which code computes: another version of it may give other numbers."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

CORE = Path(__file__).resolve().parents[1]


class Unfit(Exception):
    """A worker cannot compute a chunk that another one may: its address."""

    @property
    def worker(self) -> str:
        """The address of the worker."""
        return str(self.args[0])


class OtherCode(Unfit):
    """It has another version of this program, or of the libraries that compute."""


class NoData(Unfit):
    """The data that the run learns from are not on it."""


@cache
def fingerprint() -> str:
    """A name for the code below `core` and the libraries that compute, as this process has them."""
    digest = hashlib.sha256()
    for path in sorted(CORE.rglob("*.py")):
        digest.update(path.relative_to(CORE).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for library in ("torch", "numpy"):
        digest.update(version(library).partition("+")[0].encode())
    return digest.hexdigest()
