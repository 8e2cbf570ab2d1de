"""Questions put to one's own vectors: uploaded files, stored for a while, and their route.

GET /forward-pass/language/vectors/ID/look/near?word=&count=     nearest words, as JSON
GET /forward-pass/language/vectors/ID/look/analogy?a=&b=&c=      a - b + c, as JSON
GET /forward-pass/language/vectors/ID/look/arithmetic?a=&b=      how a cosine comes about, as JSON

An ID is a digest of the file: who has not given the file does not know it. A question that cannot
be used gets a 4xx and a sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from core import memory
from core.language.embeddings.files import Vectors
from core.language.embeddings.step_json import opened_json
from core.memory import Store
from core.opened import Cell
from core.schema import mark, whole
from pages.kit.requests import Refused
from pages.kit.routes import Live

View = Callable[[Vectors, Mapping[str, str]], dict[str, Any]]
COUNT = whole(8, 1, 20).named("count")
"""Neighbours of a word."""

FILES = Store[Vectors](memory.VECTORS)


def store(content: bytes, found: Vectors, owner: str = "", client: str = "") -> str:
    """Store the vectors of a file for somebody at a network address; returns their id.

    Raises:
        Full: there is no room for them.
    """
    read = hashlib.sha256(content)
    read.update("\n".join((found.notes.encoding, *found.encodings[:1])).encode())
    name = read.hexdigest()[:32]
    FILES.put(name, found, found.size, owner, client)
    return name


def find(name: str) -> Vectors | None:
    """The vectors of an id, if they are still stored."""
    return FILES.get(name)


def _view(query: Mapping[str, str]) -> tuple[View, Vectors, Mapping[str, str]]:
    view = VIEWS.get(query["name"])
    if view is None:
        raise Refused(404, mark("There is no such view of vectors."))
    vectors = find(query["file"])
    if vectors is None:
        raise Refused(404, mark("The server no longer has this file: choose it again."))
    return view, vectors, query


def _answer(question: tuple[View, Vectors, Mapping[str, str]]) -> dict[str, Any]:
    view, vectors, query = question
    return view(vectors, query)


def _near(vectors: Vectors, query: Mapping[str, str]) -> dict[str, Any]:
    word = query.get("word", "")
    count = COUNT.parse(query.get("count", "8"))
    return {"word": word, "cosine": vectors.near(word, count)}


def _analogy(vectors: Vectors, query: Mapping[str, str]) -> dict[str, Any]:
    a, b, c = (query.get(name, "") for name in "abc")
    return {**vectors.analogy(a, b, c, 5), "answer": None}


def arithmetic(vectors: Vectors, query: Mapping[str, str]) -> dict[str, Any]:
    """How the cosine of some words comes about: as JSON, as a formula and as a program."""
    names = "abcd" if query.get("d") else "ab"
    step = vectors.cosine({name: query.get(name, "") for name in names})
    return opened_json(step, Cell("cosine", ()))


VIEWS: Mapping[str, View] = {
    "near": _near,
    "analogy": _analogy,
    "arithmetic": arithmetic,
}
LIVE = (Live("/language/vectors/{file}/look/{name}", _answer, _view, read=True, thread="vectors"),)
