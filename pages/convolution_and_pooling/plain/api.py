"""The live route of the tab "Why not a plain network": asked while a slider moves.

POST /forward-pass/plain   JSON as in `core.vision.plain.live.Question.of` -> JSON as in
`core.vision.plain.live.answer`. A question that cannot be used gets a 4xx and a sentence.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.vision.plain import live as plain_live
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, answered, posted

ADDRESS = f"{assets.PREFIX}/plain"


def routes() -> list[BaseRoute]:
    """The route for `st.App`."""
    return [Route(ADDRESS, _answer, methods=METHODS)]


@answered
async def _answer(request: Request) -> Response:
    question = await posted(request, plain_live.MAX_BYTES, plain_live.MAX_LISTS)
    found = plain_live.answer(plain_live.PlainQuestion.read(question))
    return Response(found, headers=HEADERS, media_type="application/json")
