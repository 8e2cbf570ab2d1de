"""The live route of "Convolution": asked while a slider moves, a weight is dragged, a digit drawn.

POST /forward-pass/convolution   JSON as in `core.vision.convolution.live.reply` -> one binary
answer. A setting that cannot be computed gets 422 and JSON: the sentence, the rule, the nearest
value that fits. Anything else that cannot be used gets a 4xx and a sentence.
"""

from __future__ import annotations

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from core.vision.convolution import live
from core.vision.convolution.limits import Impossible
from core.weights import WeightsError
from pages.parts import assets
from pages.parts.asked import HEADERS, METHODS, Refused, posted

ADDRESS = f"{assets.PREFIX}/convolution"


def routes() -> list[BaseRoute]:
    """The route for `st.App`."""
    return [Route(ADDRESS, _answer, methods=METHODS)]


async def _answer(request: Request) -> Response:
    # One to fifteen milliseconds of computing: a thread of its own would cost as much again.
    try:
        body = await posted(request, live.MAX_BYTES)
        if body.count(b"[") > live.MAX_LISTS:
            raise Refused(413, "A question has fewer lists.")
        found = live.reply(orjson.loads(body))
    except Refused as error:
        return PlainTextResponse(str(error), error.status)
    except ClientDisconnect:
        return PlainTextResponse("The question was not sent to its end.", 400)
    except orjson.JSONDecodeError:  # a kind of ValueError
        return PlainTextResponse("The question is not valid JSON.", 400)
    except Impossible as error:
        return Response(live.refusal(error), 422, HEADERS, "application/json")
    except ValueError as error:
        return PlainTextResponse(str(error), 422)
    except WeightsError as error:
        return PlainTextResponse(str(error), 503)
    return Response(found, headers=HEADERS, media_type="application/octet-stream")
