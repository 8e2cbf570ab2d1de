"""The live route of the tab "Pooling": asked while a slider moves.

POST /forward-pass/pooling   JSON as in `core.vision.pooling.live.Question.of` -> JSON as in
`core.vision.pooling.live.answer`. A question that cannot be used gets a 4xx and a sentence; a layer
that torch has not gets 422 and the broken rule as JSON.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.vision.pooling import live as pooling_live
from core.vision.pooling.layer import Impossible
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, answered, posted

_MAPS = ThreadPoolExecutor(1, "pooling")

ADDRESS = f"{assets.PREFIX}/pooling"


def routes() -> list[BaseRoute]:
    """The route for `st.App`."""
    return [Route(ADDRESS, _answer, methods=METHODS)]


async def _computed(question: pooling_live.Question) -> bytes:
    """A few milliseconds, for which a thread would cost as much again; but ten network passes."""
    if question.source == "map" and question.view == "shift":
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_MAPS, pooling_live.answer, question)
    return pooling_live.answer(question)


@answered
async def _answer(request: Request) -> Response:
    try:
        question = await posted(request, pooling_live.MAX_BYTES, pooling_live.MAX_LISTS)
        found = await _computed(pooling_live.Question.of(question))
    except Impossible as error:
        return Response(pooling_live.refusal(error), 422, media_type="application/json")
    return Response(found, headers=HEADERS, media_type="application/json")
