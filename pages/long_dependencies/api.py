"""The route behind the sliders of "Long dependencies": norms of the gradient through time, at once.

POST /forward-pass/gradients  {length, forget_bias, scale, hidden, seed} -> JSON, as in
`core.recurrent.through_time.live.gradients`
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.recurrent.through_time import live
from core.schema import mark
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, Refused, answered, posted

MAX_BYTES = 1024
"""Longest question that is read."""

# An answer takes some ten milliseconds, too long for the event loop, and a room moves one slider
# each: the questions queue up, and beyond the seats they are turned away.
_THREAD = ThreadPoolExecutor(1, "gradients")
_SEATS = asyncio.Semaphore(64)


def routes() -> list[BaseRoute]:
    """The route for `st.App`."""
    return [Route(f"{assets.PREFIX}/gradients", _gradients, methods=METHODS)]


@answered
async def _gradients(request: Request) -> Response:
    question = await posted(request, MAX_BYTES)
    if _SEATS.locked():
        raise Refused(503, mark("Many are asking at once. Ask again in a moment."))
    async with _SEATS:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(_THREAD, live.gradients, question)
    return Response(
        orjson.dumps(found, option=orjson.OPT_SERIALIZE_NUMPY),
        headers=HEADERS,
        media_type="application/json",
    )
