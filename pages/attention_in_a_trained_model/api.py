"""The live route of "Attention in a trained model": asked for a sentence, a cut, a weight.

POST /forward-pass/attention/trained   JSON as in `core.attention.trained.live.Question.of` -> the
bytes of `core.attention.trained.live.answer`. A question that cannot be used gets a 4xx and a
sentence; unknown words get the sentence with words near them, as JSON.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.attention.trained import live
from core.attention.trained.sentence import Unknown
from core.schema import mark
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, Refused, answered, posted

ADDRESS = f"{assets.PREFIX}/attention/trained"

# A sentence of ten words takes two milliseconds and is answered on the event loop itself. One of
# sixty-four takes twenty, and would hold up everybody's pen.
LONG = 24
_THREAD = ThreadPoolExecutor(1, "trained")
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
    try:
        found = await _computed(live.Question.of(await posted(request, live.MAX_BYTES)))
    except Unknown as error:
        strangers = [{"word": one.word, "near": one.near} for one in error.strangers]
        told = orjson.dumps({"sentence": str(error), "strangers": strangers})
        return Response(told, 422, media_type="application/json")
    return Response(found, headers=HEADERS, media_type="application/octet-stream")


async def _computed(question: live.Question) -> bytes:
    if len(question.words) <= LONG:
        return live.answer(question)
    if _SEATS.locked():
        raise Refused(503, mark("Many long sentences at once. Ask again in a moment."))
    async with _SEATS:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_THREAD, live.answer, question)
