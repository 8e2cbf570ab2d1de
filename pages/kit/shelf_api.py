"""The routes of the shelf of pretrained models; two pages ask them what a model says.

GET  /forward-pass/attention/encoders     what can be asked: `{"installed", "models", "fetch"}`
POST /forward-pass/attention/fetch        {"name"}: begin to fetch a model from the hub, or go on
GET  /forward-pass/attention/fetch?name=  how far that is, as `core.pretrained.fetching.Fetch`

Loading a model takes seconds and a sentence a tenth of one: `ask` does both in a thread of its own,
and where too many ask at once the rest are told to come back. A question that cannot be used gets a
4xx and a sentence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.pretrained import fetching, shelf
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, Refused, answered, posted, read_only

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
        Route(f"{BELOW}/fetch", answered(_fetch), methods=METHODS),
    ]


async def ask(name: str, answer: Callable[[], T]) -> T:
    """What a function answers that asks the model of that name, in the thread of all models.

    Raises:
        Refused: too many are asking.
        PretrainedError: there is no such model, or it cannot be used.
    """
    shelf.check(shelf.folder(name))  # what is no model costs no place
    if _SEATS.locked():
        raise Refused(503, "Many are asking this model at once. Ask again in a moment.")
    async with _SEATS:
        return await asyncio.get_running_loop().run_in_executor(_THREAD, answer)


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


async def _fetch(request: Request) -> Response:
    if request.method == "POST":
        asked = await posted(request, MAX_BYTES)
        if set(asked) != {"name"}:
            raise ValueError("A model is fetched by its name.")
        return _json(vars(fetching.fetch(asked["name"])), 202)
    read_only(request)
    fetch = fetching.fetching(request.query_params.get("name"))
    if fetch is None:
        raise Refused(404, "Nothing of that name has been fetched.")
    return _json(vars(fetch))


def _json(content: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, HEADERS, "application/json")
