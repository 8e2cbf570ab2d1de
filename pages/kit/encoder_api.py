"""The routes of pretrained models ("Attention in a trained model" and "BERT").

GET  /forward-pass/attention/encoders     what can be asked: `{"installed", "models", "fetch"}`
POST /forward-pass/attention/encoder      JSON as in `core.attention.pretrained.Question.of` -> the
bytes of `core.attention.packed`
POST /forward-pass/bert/pretrained        JSON as in `core.language.bert.pretrained.Question.of` ->
JSON as in `answer` there
POST /forward-pass/attention/fetch        {"name"}: begin to fetch a model from the hub, or go on
GET  /forward-pass/attention/fetch?name=  how far that is, as `core.pretrained.fetching.Fetch`

Loading a model takes seconds and a sentence a tenth of one: both happen in a thread of their own,
and where too many ask at once the rest are told to come back. A question that cannot be used gets a
4xx and a sentence.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.attention import pretrained
from core.language.bert import pretrained as games
from core.pretrained import fetching, shelf
from core.schema import mark
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, Refused, answered, posted, read_only

_log = logging.getLogger("forward_pass")
T = TypeVar("T")

BELOW = f"{assets.PREFIX}/attention"
MAX_BYTES = 16 * 1024
"""Longest question in bytes: the longest sentence, in any script, and the name of a model."""

_THREAD = ThreadPoolExecutor(1, "encoder")
_SEATS = asyncio.Semaphore(8)


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [
        Route(f"{BELOW}/encoders", answered(_encoders), methods=METHODS),
        Route(f"{BELOW}/encoder", answered(_encoder), methods=METHODS),
        Route(f"{assets.PREFIX}/bert/pretrained", answered(_games), methods=METHODS),
        Route(f"{BELOW}/fetch", answered(_fetch), methods=METHODS),
    ]


async def _encoders(request: Request) -> Response:
    read_only(request)
    running = fetching.running()
    return _json(
        {
            "installed": shelf.available(),
            "models": shelf.ready(),
            "fetch": running and vars(running),
        }
    )


async def _encoder(request: Request) -> Response:
    question = pretrained.Question.of(await posted(request, MAX_BYTES))
    found = await _asked(question.name, lambda: pretrained.answer(question))
    return Response(found, headers=HEADERS, media_type="application/octet-stream")


async def _games(request: Request) -> Response:
    question = games.Question.of(await posted(request, MAX_BYTES))
    return _json(await _asked(question.name, lambda: games.answer(question)))


async def _asked(name: str, answer: Callable[[], T]) -> T:
    """Have a model answer in its thread."""
    shelf.check(shelf.folder(name))  # what is no model costs no place
    if _SEATS.locked():
        raise Refused(503, mark("Many are asking this model at once. Ask again in a moment."))
    async with _SEATS:
        return await asyncio.get_running_loop().run_in_executor(_THREAD, answer)


async def _fetch(request: Request) -> Response:
    if request.method == "POST":
        asked = await posted(request, MAX_BYTES)
        if set(asked) != {"name"}:
            raise ValueError("A model is fetched by its name.")
        return _json(vars(fetching.fetch(asked["name"])), 202)
    read_only(request)
    found = fetching.fetching(request.query_params.get("name"))
    if found is None:
        raise Refused(404, mark("Nothing of that name has been fetched."))
    return _json(vars(found))


def _json(found: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(found), status, HEADERS, "application/json")
