"""Questions put to one's own vectors: uploaded files, kept for a while, and their route.

GET /forward-pass/language/vectors/ID/look/near?word=&count=     nearest words, as JSON
GET /forward-pass/language/vectors/ID/look/analogy?a=&b=&c=      a - b + c, as JSON

An ID is a digest of the file: who has not given the file does not know it. A question that cannot
be used gets a 4xx and a sentence.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from core.language.embeddings.files import Vectors
from core.schema import mark
from pages.kit.requests import Refused
from pages.kit.routes import Live

View = Callable[[Vectors, Mapping[str, str]], dict[str, Any]]
KEPT = 4
"""Files in memory at a time; each may have 50,000 words."""
MOST = 20
"""Neighbours that can be asked for."""

_FILES: OrderedDict[str, Vectors] = OrderedDict()
_LOCK = Lock()


def keep(content: bytes, found: Vectors) -> str:
    """Keep the vectors of a file; returns the id by which they are asked."""
    name = hashlib.sha256(content).hexdigest()[:32]
    with _LOCK:
        _FILES[name] = found
        _FILES.move_to_end(name)
        while len(_FILES) > KEPT:
            _FILES.popitem(last=False)
    return name


def find(name: str) -> Vectors | None:
    """The vectors of an id, if they are still kept."""
    with _LOCK:
        if name in _FILES:
            _FILES.move_to_end(name)
        return _FILES.get(name)


def _view(asked: Mapping[str, str]) -> tuple[View, Vectors, Mapping[str, str]]:
    view = VIEWS.get(asked["name"])
    if view is None:
        raise Refused(404, mark("There is no such view of vectors."))
    vectors = find(asked["file"])
    if vectors is None:
        raise Refused(404, mark("The server no longer has this file: choose it again."))
    return view, vectors, asked


def _answer(question: tuple[View, Vectors, Mapping[str, str]]) -> dict[str, Any]:
    view, vectors, query = question
    return view(vectors, query)


def _near(vectors: Vectors, query: Mapping[str, str]) -> dict[str, Any]:
    count = query.get("count", "8")
    if not count.isascii() or not count.isdigit() or not 1 <= int(count) <= MOST:
        raise ValueError(f"From 1 to {MOST} neighbours can be asked for.")
    word = query.get("word", "")
    return {"word": word, "cosine": vectors.near(word, int(count))}


def _analogy(vectors: Vectors, query: Mapping[str, str]) -> dict[str, Any]:
    a, b, c = (query.get(name, "") for name in "abc")
    return {**vectors.analogy(a, b, c, 5), "answer": None}


VIEWS: Mapping[str, View] = {"near": _near, "analogy": _analogy}
LIVE = (Live("/language/vectors/{file}/look/{name}", _answer, _view, read=True, thread="vectors"),)
