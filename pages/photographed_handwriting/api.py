"""The live routes of "Photographed handwriting", and the photographs that visitors have here.

POST /forward-pass/photo          JSON as in `core.vision.photo.question` -> one binary answer
POST /forward-pass/photo/stage    the same, "stage" and "side" -> a stage as a picture, JPEG
POST /forward-pass/photo/number   the same, "digit" and "number" -> how it comes about, as JSON

A photograph lies in memory, under a name that nobody can guess, and never on a disk. Reading one
takes longer than an event loop may wait: one thread does it, in turns.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from core import memory
from core.memory import Store
from core.schema import mark
from core.vision.photo import answer
from core.vision.photo.goals import GOALS
from core.vision.photo.question import PhotoNumberQuestion, PhotoQuestion, StageQuestion
from core.vision.photo.sheet import Sheet
from pages.kit.requests import Refused
from pages.kit.routes import BYTES, JSON, Live

SHEETS = Store[Sheet](memory.SHEETS)
MOST, LISTS = 32 * 1024, 8
"""Bytes and lists of a question: the corrections of a full sheet, and room to spare."""
GONE = mark("The server no longer has this photo: choose it again.")


def store(sheet: Sheet, owner: str = "", client: str = "") -> str:
    """Hold a photograph for somebody at a network address; returns its name.

    Raises:
        Full: there is no room for it.
    """
    name = secrets.token_urlsafe(16)
    SHEETS.put(name, sheet, sheet.size, owner, client)
    return name


def sheet_of(question: PhotoQuestion) -> Sheet:
    """The photograph that a question is about, or the example.

    Raises:
        Refused: it is not held any more.
    """
    if not question.sheet:
        return question.example()
    found = SHEETS.get(question.sheet)
    if found is None:
        raise Refused(404, GONE)
    return found


def _of(answered: Callable[[Sheet, Any], Any], question: PhotoQuestion) -> Any:
    return answered(sheet_of(question), question)


_POSTED: Mapping[str, Any] = {"most": MOST, "lists": LISTS, "thread": "photo"}
LIVE = (
    Live(
        "/photo",
        partial(_of, answer.answer),
        PhotoQuestion.read,
        media=BYTES,
        goals=GOALS,
        warm=answer.warm,
        **_POSTED,
    ),
    Live(
        "/photo/stage",
        partial(_of, answer.stage),
        StageQuestion.read,
        media="image/jpeg",
        **_POSTED,
    ),
    Live(
        "/photo/number",
        partial(_of, answer.number),
        PhotoNumberQuestion.read,
        media=JSON,
        **_POSTED,
    ),
)
