"""The live route of "Convolution": asked while a slider moves, a weight is dragged, a digit drawn.

POST /forward-pass/convolution   JSON as in `core.vision.convolution.live.reply` -> one binary
answer. A setting that cannot be computed gets 422 and JSON: the sentence, the rule, the nearest
value that fits. Anything else that cannot be used gets a 4xx and a sentence.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.vision.convolution import live
from core.vision.convolution.limits import Impossible
from pages.kit import assets
from pages.kit.asked import HEADERS, METHODS, answered, posted

ADDRESS = f"{assets.PREFIX}/convolution"


def routes() -> list[BaseRoute]:
    """The route for `st.App`."""
    return [Route(ADDRESS, _answer, methods=METHODS)]


@answered
async def _answer(request: Request) -> Response:
    # One to fifteen milliseconds of computing: a thread of its own would cost as much again.
    try:
        found = live.reply(await posted(request, live.MAX_BYTES, live.MAX_LISTS))
    except Impossible as error:
        return Response(live.refusal(error), 422, HEADERS, "application/json")
    return Response(found, headers=HEADERS, media_type="application/octet-stream")
