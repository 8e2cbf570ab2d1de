"""The live routes: what a component asks while the pen moves, answered without a rerun of the page.

POST /forward-pass/trace     JSON as in `core.vision.live.Question.of` -> one binary answer
(`core.vision.live.answer`) POST /forward-pass/why       the same question -> JSON, what the answer
hangs on (`core.vision.live.reasons`) GET  /forward-pass/sample/N  {"drawing": [...]}: a drawing to
begin with

A question that cannot be used gets a 4xx and a sentence. Nothing is kept between two questions: no
client can touch what another one sees.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.vision import live
from core.vision.hand import sample
from core.weights import WeightsError
from pages.parts import (
    architectures_live,
    assets,
    attention_steps_live,
    bert_live,
    conv_live,
    encoder_live,
    plain_live,
    pooling_live,
    trained_live,
    transformer_live,
    vectors_live,
)
from pages.parts.asked import HEADERS, METHODS, Refused, answered, posted

_log = logging.getLogger("forward_pass")

# A trace takes two milliseconds and is computed on the event loop itself: a thread of its own would
# cost more than one millisecond to hand over to (docs/decisions.md). Reasons take a hundred times
# as long and get a thread.
_WHY = ThreadPoolExecutor(1, "why")
_SEATS = asyncio.Semaphore(32)


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [
        assets.route(),
        Route(f"{assets.PREFIX}/trace", _trace, methods=METHODS),
        Route(f"{assets.PREFIX}/why", _why, methods=METHODS),
        Route(f"{assets.PREFIX}/sample/{{number}}", _sample),
        *attention_steps_live.routes(),
        *architectures_live.routes(),
        *bert_live.routes(),
        *conv_live.routes(),
        *pooling_live.routes(),
        *plain_live.routes(),
        *trained_live.routes(),
        *encoder_live.routes(),
        *transformer_live.routes(),
        *vectors_live.routes(),
    ]


def warm() -> None:
    """Load the weights and run every path once: the first stroke is as fast as the others."""
    for subject in (live.warm, bert_live.warm, trained_live.warm, transformer_live.warm):
        try:
            subject()
        except WeightsError as error:  # the page says so too, and the rest of the course works
            _log.error("%s", error)


@answered
async def _trace(request: Request) -> Response:
    found = live.answer(await _question(request))
    return Response(found, headers=HEADERS, media_type="application/octet-stream")


@answered
async def _why(request: Request) -> Response:
    question = await _question(request)
    if _SEATS.locked():
        raise Refused(503, "Many are asking why at once. Ask again in a moment.")
    async with _SEATS:
        found = await asyncio.get_running_loop().run_in_executor(_WHY, live.reasons, question)
    return Response(found, headers=HEADERS, media_type="application/json")


@answered
async def _sample(request: Request) -> Response:
    number = request.path_params["number"]
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        raise Refused(404, "A sample has a number from 0 to 999999.")
    return Response(
        orjson.dumps({"drawing": sample(int(number)).lists()}), media_type="application/json"
    )


async def _question(request: Request) -> live.Question:
    return live.Question.of(await posted(request, live.MAX_BYTES, live.MAX_LISTS))
