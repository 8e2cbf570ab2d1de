"""The live routes of "Draw a digit": asked while the pen moves, without a rerun of the page.

POST /forward-pass/trace      JSON as in `core.vision.live.Question.of` -> one binary answer
                              (`core.vision.live.answer`)
POST /forward-pass/why        the same question -> JSON, what the answer hangs on
                              (`core.vision.live.reasons`)
GET  /forward-pass/sample/N   {"drawing": [...]}: a drawing to begin with

A question that cannot be used gets a 4xx and a sentence. Nothing is kept between two questions: no
client can touch what another one sees.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.schema import mark
from core.vision import live
from core.vision.hand import sample
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, Refused, answered, posted

# A trace takes two milliseconds and is computed on the event loop itself: a thread of its own would
# cost more than one millisecond to hand over to (docs/decisions.md). Reasons take a hundred times
# as long and get a thread.
_WHY = ThreadPoolExecutor(1, "why")
_SEATS = asyncio.Semaphore(32)


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [
        Route(f"{assets.PREFIX}/trace", _trace, methods=METHODS),
        Route(f"{assets.PREFIX}/why", _why, methods=METHODS),
        Route(f"{assets.PREFIX}/sample/{{number}}", _sample),
    ]


@answered
async def _trace(request: Request) -> Response:
    found = live.answer(await _question(request))
    return Response(found, headers=HEADERS, media_type="application/octet-stream")


@answered
async def _why(request: Request) -> Response:
    question = await _question(request)
    if _SEATS.locked():
        raise Refused(503, mark("Many are asking why at once. Ask again in a moment."))
    async with _SEATS:
        found = await asyncio.get_running_loop().run_in_executor(_WHY, live.reasons, question)
    return Response(found, headers=HEADERS, media_type="application/json")


@answered
async def _sample(request: Request) -> Response:
    number = request.path_params["number"]
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        raise Refused(404, mark("A sample has a number from 0 to 999999."))
    return Response(
        orjson.dumps({"drawing": sample(int(number)).lists()}), media_type="application/json"
    )


async def _question(request: Request) -> live.Question:
    return live.Question.of(await posted(request, live.MAX_BYTES, live.MAX_LISTS))
