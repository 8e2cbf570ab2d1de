"""The live routes of "Attention in a trained model": asked for a sentence, a cut, a weight.

POST /forward-pass/attention/trained   JSON as in `core.attention.trained.live.Question.of` -> the
bytes of `core.attention.trained.live.answer`
POST /forward-pass/attention/encoder   JSON as in `core.attention.pretrained.Question.of` -> the
bytes of `core.attention.pretrained.answer`

A question that cannot be used gets a 4xx and a sentence; unknown words get the sentence with words
near them, as JSON.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.attention import pretrained
from core.attention.trained import live
from core.attention.trained.sentence import Unknown
from pages.kit import assets, shelf_api
from pages.kit.asked import HEADERS, METHODS, Refused, answered, posted

ADDRESS = f"{assets.PREFIX}/attention/trained"
ENCODER = f"{assets.PREFIX}/attention/encoder"

# A sentence of ten words takes two milliseconds and is answered on the event loop itself. One of
# sixty-four takes twenty, and would hold up everybody's pen.
LONG = 24
_THREAD = ThreadPoolExecutor(1, "trained")
_SEATS = asyncio.Semaphore(32)


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [
        Route(ADDRESS, _answer, methods=METHODS),
        Route(ENCODER, _encoder, methods=METHODS),
    ]


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


@answered
async def _encoder(request: Request) -> Response:
    question = pretrained.Question.of(await posted(request, shelf_api.MAX_BYTES))
    content = await shelf_api.ask(question.name, lambda: pretrained.answer(question))
    return Response(content, headers=HEADERS, media_type="application/octet-stream")


async def _computed(question: live.Question) -> bytes:
    if len(question.words) <= LONG:
        return live.answer(question)
    if _SEATS.locked():
        raise Refused(503, "Many long sentences at once. Ask again in a moment.")
    async with _SEATS:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_THREAD, live.answer, question)
