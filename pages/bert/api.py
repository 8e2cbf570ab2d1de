"""The live route of "BERT": its games, asked and answered.

POST /forward-pass/bert/answer   JSON as in `core.language.bert.live.Question.of` -> JSON as in
`core.language.bert.live.answer`. A question that cannot be used gets a 4xx and a sentence.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.language.bert import live
from core.schema import mark
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, Refused, answered, posted

ADDRESS = f"{assets.PREFIX}/bert/answer"

# A hidden word takes a few milliseconds, a text that is written mask by mask many times that.
_THREAD = ThreadPoolExecutor(1, "bert")
_SEATS = asyncio.Semaphore(32)


def routes() -> list[BaseRoute]:
    """The route for `st.App`."""
    return [Route(ADDRESS, _answer, methods=METHODS)]


def warm() -> None:
    """Load the networks and play each game once.

    Raises:
        WeightsError: one of them is missing or damaged.
    """
    live.warm()


@answered
async def _answer(request: Request) -> Response:
    question = live.Question.of(await posted(request, live.MAX_BYTES))
    if _SEATS.locked():
        raise Refused(503, mark("Many are asking at once. Ask again in a moment."))
    async with _SEATS:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(_THREAD, live.answer, question)
    return Response(found, headers=HEADERS, media_type="application/json")
