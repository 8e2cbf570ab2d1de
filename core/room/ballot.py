"""A vote on its way to the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ballot:
    """The room, the member's key, the question, and what was given."""

    code: str
    key: str
    number: int
    given: Any
