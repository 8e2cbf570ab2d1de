"""The routes of "LeNet, AlexNet, VGG": tables of networks, a drawing through five, their time.

GET  /forward-pass/architecture/NAME       the table of a published network, as JSON
POST /forward-pass/architectures/drawing   {drawing, stage} -> bytes, see the module in core.vision
POST /forward-pass/architectures/time      {} -> seconds for one picture, by network
GET  /forward-pass/fair                    the results of the fair comparison and of the ideas
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.schema import mark
from core.vision import live
from core.vision.architectures import live as architectures_live
from core.vision.architectures import sheet
from core.vision.fair import results as fair_results
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, Refused, answered, posted

# An answer takes some ten milliseconds, too long for the event loop, and a room draws at once: the
# questions queue up, and beyond the seats they are turned away.
_THREAD = ThreadPoolExecutor(1, "architectures")
_SEATS = asyncio.Semaphore(64)

T = TypeVar("T")


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [
        Route(f"{assets.PREFIX}/architecture/{{name}}", _table),
        Route(f"{assets.PREFIX}/architectures/drawing", _drawing, methods=METHODS),
        Route(f"{assets.PREFIX}/architectures/time", _time, methods=METHODS),
        Route(f"{assets.PREFIX}/fair", _fair),
    ]


@answered
async def _table(request: Request) -> Response:
    name = request.path_params["name"]
    try:
        found = await _computed(lambda: sheet.sheet(name))
    except ValueError:
        raise Refused(404, mark("There is no such network.")) from None
    return Response(orjson.dumps(found), media_type="application/json")


@answered
async def _drawing(request: Request) -> Response:
    asked = await posted(request, live.MAX_BYTES, live.MAX_LISTS)
    question = architectures_live.Question.of(asked)
    found = await _computed(lambda: architectures_live.answer(question))
    return Response(found, headers=HEADERS, media_type="application/octet-stream")


@answered
async def _time(request: Request) -> Response:
    await posted(request, 64)
    found = await _computed(architectures_live.times)
    return Response(orjson.dumps(found), headers=HEADERS, media_type="application/json")


@answered
async def _fair(request: Request) -> Response:
    try:
        found = fair_results.picture()
    except FileNotFoundError:
        raise Refused(404, mark("The comparison has not been measured yet.")) from None
    return Response(orjson.dumps(found), media_type="application/json")


async def _computed(compute: Callable[[], T]) -> T:
    if _SEATS.locked():
        raise Refused(503, mark("Many are asking at once. Ask again in a moment."))
    async with _SEATS:
        return await asyncio.get_running_loop().run_in_executor(_THREAD, compute)
