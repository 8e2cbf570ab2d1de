"""The live route of "Attention, step by step": asked while a number is dragged or a word is typed.

POST /forward-pass/attention/steps   JSON as in `core.attention.steps.question.Question.of` -> JSON
as in `core.attention.steps.live.answer`. A question that cannot be used gets a 4xx and a sentence.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.attention.steps import live as steps_live
from core.attention.steps.question import Question
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, answered, posted

ADDRESS = f"{assets.PREFIX}/attention/steps"


def routes() -> list[BaseRoute]:
    """The route for `st.App`."""
    return [Route(ADDRESS, _answer, methods=METHODS)]


@answered
async def _answer(request: Request) -> Response:
    # Two or three milliseconds of computing: a thread of its own would cost as much again.
    found = steps_live.answer(Question.of(await posted(request, steps_live.MAX_BYTES)))
    return Response(found, headers=HEADERS, media_type="application/json")
