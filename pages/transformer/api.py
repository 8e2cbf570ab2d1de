"""The live route of "Transformer": asked when a text, a token or a block changes.

POST /forward-pass/language/transformer   JSON as in `core.language.transformer.question` -> JSON
as in `core.language.transformer.live.answer`. A question that cannot be used gets a 4xx and a
sentence.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.language.transformer import live
from core.schema import mark
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, Refused, answered, posted

ADDRESS = f"{assets.PREFIX}/language/transformer"

# A sentence takes tens of milliseconds, a pass of the decoder a token: too long for the event loop.
_THREAD = ThreadPoolExecutor(1, "transformer")
_SEATS = asyncio.Semaphore(32)


def routes() -> list[BaseRoute]:
    """The route for `st.App`."""
    return [Route(ADDRESS, _answer, methods=METHODS)]


def warm() -> None:
    """Load the networks and run each path once.

    Raises:
        WeightsError: one of them is missing or damaged.
    """
    live.warm()


@answered
async def _answer(request: Request) -> Response:
    found = await _computed(await posted(request, live.MAX_BYTES))
    return Response(found, headers=HEADERS, media_type="application/json")


async def _computed(asked: object) -> bytes:
    if _SEATS.locked():
        raise Refused(503, mark("Many are translating at once. Ask again in a moment."))
    async with _SEATS:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_THREAD, live.answer, asked)
