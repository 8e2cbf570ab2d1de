"""What a room did, as tables to take away: its votes, and what it sent to the wall. Never who."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.encodings import is_number

VOTES = ("question", "asked", "kind", "vote", "answer", "votes", "right")
PIECES = ("number", "kind", "sent", "made")


def votes_csv(record: Iterable[Mapping[str, Any]]) -> str:
    r"""A line for each answer of each vote.

    Args:
        record: of `Rooms.record`.

    >>> asked = {"prompt": "=1+1?", "kind": "number", "answer": "2", "counts": [[["2", 3]]]}
    >>> print(votes_csv([asked | {"correct": ["2"]}]), end="")
    question,asked,kind,vote,answer,votes,right
    1,'=1+1?,number,1,2,3,yes
    """
    rows = [
        (i, each["prompt"], each["kind"], vote, label, count, _right(each, label))
        for i, each in enumerate(record, 1)
        for vote, counts in enumerate(each["counts"], 1)
        for label, count in counts
    ]
    return _table(VOTES, rows)


def pieces_csv(pieces: Iterable[Mapping[str, Any]]) -> str:
    """A line for each piece of the wall, what was sent and what was made of it as JSON."""
    rows = [(each["id"], each["kind"], _json(each["sent"]), _json(each["made"])) for each in pieces]
    return _table(PIECES, rows)


def _right(asked: Mapping[str, Any], label: str) -> str:
    if not asked["answer"]:
        return ""
    return "yes" if label in asked["correct"] else "no"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _table(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(names)
    table.writerows([_plain(value) for value in row] for row in rows)
    return file.getvalue()


def _plain(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula; numbers stay as they are."""
    formula = isinstance(value, str) and value[:1] in tuple("=+-@\t\r")
    return f"'{value}" if formula and not is_number(value) else value
